"""Paired runs: the same replication with something silenced, to see which boats fare otherwise."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any

from aegean_sim.engine.run import simulate
from aegean_sim.recording.decisive import decisive
from aegean_sim.recording.record import Voice
from aegean_sim.scenario.desks import Silenced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from aegean_sim.recording.record import RunRecord
    from aegean_sim.scenario.loading import Loaded
    from aegean_sim.scenario.model import Scenario

_REPORTER = {"unit": "unit", "force": "owner"}


def simulate_pairs(
    loaded: Loaded,
    record: RunRecord,
    voices: Sequence[Voice],
    *,
    progress: Callable[[float], None] | None = None,
) -> RunRecord:
    """Run a replication again without each of some voices, and compare boat by boat.

    Parameters
    ----------
    loaded : Loaded
        The scenario that the record is of.
    record : RunRecord
        The run with all voices.
    voices : sequence of Voice
        What is silenced, one at a time; one that reported nothing costs no run.
    progress : callable, optional
        Called now and then with the share of all runs that is done.

    Returns
    -------
    RunRecord
        The same with its table ``decisive``.
    """
    begun = perf_counter()
    voyages = {}
    for number, voice in enumerate(voices):
        told = partial(_tell, progress, number, len(voices)) if progress else None
        silent = not reports(record.tables["handoffs"], voice)
        other = record if silent else simulate(without(loaded, [voice]), record.replication, progress=told)
        voyages[voice] = other.tables["voyages"]
    tables = {**record.tables, "decisive": decisive(record.tables["voyages"], voyages)}
    timings = {**record.timings_s, "pairs": perf_counter() - begun}
    return replace(record, tables=tables, timings_s=timings, paired=tuple(voices))


def _tell(progress: Callable[[float], None], number: int, count: int, done: float) -> None:
    progress((number + done) / count)


def reports(handoffs: Mapping[str, NDArray[Any]], voice: Voice) -> bool:
    """Tell whether silencing a voice can change a run: not that of a unit or force without a report."""
    column = _REPORTER.get(voice.kind)
    return column is None or bool((handoffs[column] == voice.name).any())


def without(loaded: Loaded, voices: Iterable[Voice]) -> Loaded:
    """Give the scenario with some voices silenced, beside those that it silences itself."""
    handoffs = loaded.scenario.handoffs
    already, named = handoffs.silenced, list(voices)

    def names(kind: str) -> frozenset[str]:
        return frozenset(voice.name for voice in named if voice.kind == kind)

    ends = (name.partition(">") for name in sorted(names("link")))
    silenced = Silenced(
        units=already.units | names("unit"),
        forces=already.forces | names("force"),
        desks=already.desks | names("desk"),
        links=(*already.links, *((sender, receiver) for sender, _, receiver in ends)),
    )
    changed = handoffs.model_copy(update={"silenced": silenced})
    return replace(loaded, scenario=loaded.scenario.model_copy(update={"handoffs": changed}))


def reporters(scenario: Scenario) -> dict[str, list[str]]:
    """Name the units that can see, of each force that a desk hears."""
    heard: dict[str, list[str]] = {force: [] for desk in scenario.handoffs.desks for force in desk.hears}
    for name, craft in scenario.crafts().items():
        if craft.sensors and craft.owner in heard:
            heard[craft.owner].append(name)
    return {force: names for force, names in heard.items() if names}


def that_only_tell(scenario: Scenario) -> tuple[Voice, ...]:
    """Name the forces that report to a desk and of which no unit may stop or meet a boat."""
    acting = {craft.owner for craft in scenario.crafts().values() if "intercept" in craft.duties}
    return tuple(Voice("force", force) for force in reporters(scenario) if force not in acting)
