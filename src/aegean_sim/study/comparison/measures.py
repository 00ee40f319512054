"""Measures: what cells are compared by, each defined so that it can be, lives first."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from aegean_sim.errors import AegeanError
from aegean_sim.recording.figures import at_theatre, figure_of, theatre_of, wholes_of
from aegean_sim.scenario.hints import guess

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Way: TypeAlias = Literal["fewer", "more", "neither"]
COST = "cost_eur"


@dataclass(frozen=True, slots=True)
class Measure:
    """What one number of all cells says.

    Parameters
    ----------
    name : str
        As ``--measure`` and the tables have it; of one theatre with its name behind an ``@``.
    title : str
        In words.
    unit : str
        ``%`` for shares, which are kept as shares of 1.
    better : str
        Whether ``fewer`` or ``more`` is better; ``neither`` where that is not for a model to say.
    parts : tuple of str
        Key figures that add up to it; of a share, the share itself.
    wholes : tuple of str
        Key figures that together are what it is a share of; none for a plain mean over runs.
    """

    name: str
    title: str
    unit: str
    better: Way
    parts: tuple[str, ...]
    wholes: tuple[str, ...] = ()

    @property
    def smaller_is_better(self) -> bool:
        """Whether a fall counts as a gain; where neither way is better, a rise does."""
        return self.better == "fewer"


_KNOWN = (
    Measure("persons_dead", "Deaths", "persons", "fewer", ("persons_dead",)),
    Measure("distress_h", "Time of boats in distress", "boat-hours", "fewer", ("distress_h",)),
    Measure("persons_met", "People met at sea", "persons", "more", ("persons_met",)),
    Measure("persons_rescued", "People rescued", "persons", "more", ("persons_rescued",)),
    Measure("boats_decisive", "Boats that reports decided", "boats", "more", ()),
    Measure("boats_seen_share", "Boats seen", "%", "more", ("boats_seen_share",), ("boats",)),
    Measure("boats_told_in_time_share", "Boats told of in time", "%", "more", ("boats_told_in_time_share",),
            ("boats",)),
    Measure("persons_returned", "People returned", "persons", "neither", ("persons_returned",)),
)  # fmt: skip
_COST = Measure(COST, "Cost over the baseline", "EUR", "fewer", (COST,))
_DECISIVE = "boats_decisive_"
_BY_THEATRE = ("persons_dead",)
SPARSE = ("boats_decisive_", "boats_changed_", "in_vain_")
"""Key figures that a run leaves out where it counts none."""


def measures_of(columns: Iterable[str], asked: Sequence[str], *, priced: bool) -> list[Measure]:
    """Give the measures to compare: those asked for, or all of the registry that there are figures of.

    Parameters
    ----------
    columns : iterable of str
        Key figures there are.
    asked : sequence of str
        Names; none for the registry's own choice.
    priced : bool
        Whether cells have a cost.

    Raises
    ------
    AegeanError
        When one asked for is not known, or cannot be compared.
    """
    there = dict.fromkeys(columns)
    known = _there(there, priced=priced)
    if not asked:
        return [measure for measure in known.values() if _is_usual(measure.name)]
    return [known.get(name) or _of_figure(name, known, there) for name in dict.fromkeys(asked)]


def _there(columns: Mapping[str, None], *, priced: bool) -> dict[str, Measure]:
    """Give the registry's measures that there are figures of, those of a theatre behind that of all."""
    theatres = list(dict.fromkeys(theatre_of(name) for name in columns))
    found: dict[str, Measure] = {}
    for measure in _KNOWN:
        for theatre in theatres:
            here = _at(measure, theatre, columns)
            if here.parts and {*here.parts, *here.wholes} <= columns.keys():
                found[here.name] = here
    return found | ({COST: _COST} if priced else {})


def _at(measure: Measure, theatre: str, columns: Iterable[str]) -> Measure:
    parts = measure.parts
    if measure.name == "boats_decisive":
        parts = tuple(name for name in columns if name.startswith(_DECISIVE) and "@" not in name)
    if not theatre:
        return replace(measure, parts=parts)
    return replace(
        measure,
        name=at_theatre(measure.name, theatre),
        title=f"{measure.title}, {theatre}",
        parts=tuple(at_theatre(part, theatre) for part in measure.parts),
        wholes=tuple(at_theatre(whole, theatre) for whole in measure.wholes),
    )


def _is_usual(name: str) -> bool:
    return not theatre_of(name) or figure_of(name) in _BY_THEATRE


def _of_figure(name: str, known: Mapping[str, Measure], columns: Mapping[str, None]) -> Measure:
    """Take another key figure as a measure of which neither way is better."""
    if figure_of(name).endswith("_min") or "_wait_min_" in name:
        raise AegeanError(
            f"--measure {name}: a median of those who were dealt with is not compared: it may rise because"
            " more are dealt with; distress_h counts the time of all boats in distress"
        )
    wholes = wholes_of(name)
    if name not in columns or not {*wholes} <= columns.keys():
        raise AegeanError(f"--measure {name}: no such measure{guess(name, [*known, *columns])}")
    if "share" in name and not wholes:
        raise AegeanError(f"--measure {name}: it is not kept what this is a share of, so it is not compared")
    return Measure(name, name, "%" if wholes else "", "neither", (name,), wholes)


def is_needed(name: str, asked: Sequence[str]) -> bool:
    """Tell whether a key figure is read for a comparison."""
    figures = {part for measure in _KNOWN for part in (*measure.parts, *measure.wholes)}
    wanted = {*asked, *(whole for one in asked for whole in wholes_of(one))}
    return figure_of(name) in figures or name in wanted or name.startswith(_DECISIVE)


def written(measure: Measure, value: float, *, signed: bool = False) -> str:
    """Write a value of a measure; shares in per cent, their differences in points."""
    if math.isnan(value):
        return "none"
    scaled = 100.0 * value if measure.unit == "%" else value
    size = abs(scaled)
    digits = 0 if size >= 100.0 else 1 if size >= 10.0 else 2
    text = f"{scaled:{'+' if signed else ''},.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
