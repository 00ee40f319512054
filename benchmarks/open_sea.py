"""Benchmark `open-sea`: the project against the kernel's floor, a naive SimPy model and a NumPy stepper.

All run in one process in interleaved rounds; CPU time, medians over the rounds, and ratios within a round.
Every round is another replication, and the engines that sail the scenario are given its very tracks.
"""

from __future__ import annotations

import gc
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, TypeVar

import report
from aegean_sim.engine.run import simulate
from aegean_sim.engine.world import build_world
from aegean_sim.recording.store import fill
from aegean_sim.scenario.loading import Loaded, load_scenario
from peers import bare_timeouts, naive_simpy, numpy_steps
from peers.sea import Polyline, Sea, Tally

if TYPE_CHECKING:
    from collections.abc import Callable

    from aegean_sim.engine.world import World
    from aegean_sim.kinematics.legs import Track
    from aegean_sim.recording.record import RunRecord

SCENARIO = Path(__file__).with_name("open-sea.yaml")
T = TypeVar("T")
ROUNDS = {12: 5, 120: 3}
PROJECT, FOLDER, FLOOR = "project", "writing its result folder", "bare SimPy timeouts"
NUMPY, NAIVE = "NumPy, 60 s steps", "naive SimPy, 60 s steps"


@dataclass(slots=True)
class Measured:
    """All rounds at one rate: CPU seconds by engine, events, and what became of the boats by engine."""

    cpu_s: dict[str, list[float]] = field(default_factory=dict)
    events: list[int] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)

    def timed(self, engine: str, work: Callable[[], T]) -> T:
        """Do some work and put down its CPU time."""
        gc.collect()
        begun = process_time()
        result = work()
        self.cpu_s.setdefault(engine, []).append(process_time() - begun)
        return result

    def count(self, engine: str, tally: Tally) -> None:
        """Add what an engine found in a round."""
        self.tallies.setdefault(engine, Tally()).add(tally)

    def ratios(self, engine: str, to: str) -> list[float]:
        """Give an engine's time over another's, round by round."""
        return [one / other for one, other in zip(self.cpu_s[engine], self.cpu_s[to], strict=True)]


def main() -> None:
    scenarios = {rate: load_scenario(str(SCENARIO), [f"flows.boats.rate_per_day={rate}"]) for rate in ROUNDS}
    _round(Measured(), scenarios[min(ROUNDS)], 0)
    measured = {rate: Measured() for rate in ROUNDS}
    for number in range(max(ROUNDS.values())):
        for rate, loaded in scenarios.items():
            if number < ROUNDS[rate]:
                _round(measured[rate], loaded, number)
    parts = [_SETTING, *(_section(rate, each) for rate, each in measured.items())]
    report.publish("open-sea", "Open sea", parts)


def _round(measured: Measured, loaded: Loaded, replication: int) -> None:
    """Measure every engine once."""
    sea, events = _drawn(loaded, replication)
    measured.events.append(events)
    record = measured.timed(PROJECT, lambda: simulate(loaded, replication))
    measured.count(PROJECT, _tally(record))
    with tempfile.TemporaryDirectory() as folder:
        measured.timed(FOLDER, lambda: fill(record, Path(folder) / "run", inputs=loaded.folder))
    measured.timed(FLOOR, lambda: bare_timeouts.run(events))
    measured.count(NUMPY, measured.timed(NUMPY, lambda: numpy_steps.run(sea, replication)))
    measured.count(NAIVE, measured.timed(NAIVE, lambda: naive_simpy.run(sea, replication)))


def _drawn(loaded: Loaded, replication: int) -> tuple[Sea, int]:
    """Give the tracks of a replication, and how many events the kernel has in it."""
    world = build_world(loaded.scenario, loaded.folder, replication)
    scene = world.scenes["lab"]
    watches = {unit.id: bool(unit.craft.sensors) for unit in scene.units}
    plans = {unit.id: _polyline(unit.plan[0]) for unit in scene.units}
    sea = Sea(
        ships=[plans[name] for name in plans if watches[name]],
        guards=[plans[name] for name in plans if not watches[name]],
        boats=[_polyline(track) for track in scene.fleet.boats.tracks],
        horizon_s=loaded.scenario.duration_s,
    )
    return sea, _events(world)


def _events(world: World) -> int:
    count = 0
    while world.env.peek() < world.scenario.duration_s:
        world.env.step()
        count += 1
    return count


def _polyline(track: Track) -> Polyline:
    return Polyline(track.time_s, track.x_m, track.y_m)


def _tally(record: RunRecord) -> Tally:
    voyages, contacts = record.tables["voyages"], record.tables["contacts"]
    return Tally(
        boats=len(voyages["copy"]),
        seen=len(set(contacts["copy"])),
        reports=len(record.tables["handoffs"]["copy"]),
        met=int((voyages["outcome"] == "met").sum()),
    )


def _section(rate: int, measured: Measured) -> str:
    boats = measured.tallies[PROJECT].boats / ROUNDS[rate]
    events = sum(measured.events) / ROUNDS[rate]
    heading = (
        f"## {rate} boats a day\n\n{ROUNDS[rate]} rounds, on average {boats:.0f} boats and"
        f" {events:.0f} kernel events ({events / boats:.1f} a boat)."
    )
    return "\n\n".join([heading, _times(measured, boats), _agreement(measured)])


def _times(measured: Measured, boats: float) -> str:
    rows = []
    for engine in (PROJECT, FOLDER, FLOOR, NUMPY, NAIVE):
        middle = median(measured.cpu_s[engine])
        to_floor, to_project = _ratio(measured, engine, FLOOR), _ratio(measured, engine, PROJECT)
        rows.append([engine, f"{middle:.4f}", f"{1e6 * middle / boats:.0f}", to_floor, to_project])
    return report.table(["", "CPU s", "us a boat", "times the floor", "times the project"], rows)


def _ratio(measured: Measured, engine: str, to: str) -> str:
    if engine == to:
        return "1"
    ratios = measured.ratios(engine, to)
    return f"{median(ratios):.3g} ({min(ratios):.3g} to {max(ratios):.3g})"


def _agreement(measured: Measured) -> str:
    own = measured.tallies[PROJECT]
    rows = [
        [engine, str(each.boats), *(_against(one, other) for one, other in _counts(each, own))]
        for engine, each in measured.tallies.items()
    ]
    return report.table(["all rounds", "boats", "seen", "reports", "met"], rows)


def _counts(some: Tally, own: Tally) -> list[tuple[int, int]]:
    return [(some.seen, own.seen), (some.reports, own.reports), (some.met, own.met)]


def _against(count: int, own: int) -> str:
    return f"{count} ({count / own - 1.0:+.1%})"


_SETTING = f"""\
30 days on {SCENARIO.name}: six ships see at 6 nm, messages take 15 minutes on average (exponential), ten
coast guards sail collision courses at 25 kn and resume their loops. One process, engines interleaved round by
round, a replication a round; CPU seconds, medians; ratios are medians of those within a round (least to
greatest). The project's time is that of `simulate`: all draws, timetables and tables, no file; reading the
scenario and imports are left out. The other engines are given the tracks, and keep nothing but counts."""


if __name__ == "__main__":
    main()
