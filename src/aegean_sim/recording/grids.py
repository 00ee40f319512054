"""Tables of a report, cell by cell, whether they are printed or written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.recording.beside import beside
from aegean_sim.recording.estimates import interval, number
from aegean_sim.recording.figures import at_theatre
from aegean_sim.recording.history import months_covered
from aegean_sim.recording.labels import lives_sections, work_sections

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aegean_sim.recording.beside import Beside
    from aegean_sim.recording.estimates import Estimate
    from aegean_sim.recording.history import Seen
    from aegean_sim.recording.labels import Section
    from aegean_sim.scenario.model import Scenario

_USES = {"calibration": "used to calibrate", "not used": "not used"}


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Parameters
    ----------
    numbers : int
        How many columns after the first hold numbers.
    sources : sequence of str
        Who counted what a row is compared with; empty where nothing is.
    """

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: int
    sources: Sequence[str] = ()


def grids(scenario: Scenario, estimates: Mapping[str, Estimate], *, several: bool) -> list[Grid]:
    """Give all tables of a report: lives, what the same months really saw, then the work."""
    lives, work = lives_sections(estimates), work_sections(estimates)
    return [
        *(_grid(section, estimates, several=several) for section in lives),
        *_history(scenario, estimates, several=several),
        *(_grid(section, estimates, several=several) for section in work),
    ]


def _grid(section: Section, estimates: Mapping[str, Estimate], *, several: bool) -> Grid:
    if section.theatres:
        head = ["", "all", *section.theatres]
        rows = [[label, *_by_theatre(name, section, estimates)] for name, label in section.rows]
    else:
        head = ["", *_own_head(several=several)]
        rows = [[label, *_own(name, estimates[name], several=several)] for name, label in section.rows]
    return Grid(section.title, head, rows, len(head) - 1)


def _by_theatre(figure: str, section: Section, estimates: Mapping[str, Estimate]) -> list[str]:
    """Write a figure of all together and of each theatre; empty where a theatre has none."""
    names = [at_theatre(figure, theatre) for theatre in ("", *section.theatres)]
    return [_with_interval(name, estimates[name]) if name in estimates else "" for name in names]


def _with_interval(name: str, estimate: Estimate) -> str:
    bounds = interval(name, estimate)
    return number(name, estimate.mean) + (f" ({bounds})" if bounds else "")


def _own_head(*, several: bool) -> list[str]:
    return ["mean", "95 % interval"] if several else ["number"]


def _own(name: str, estimate: Estimate, *, several: bool) -> list[str]:
    told = number(name, estimate.mean)
    return [told, interval(name, estimate)] if several else [told]


def _history(scenario: Scenario, estimates: Mapping[str, Estimate], *, several: bool) -> list[Grid]:
    """Give a table for each theatre of which something was published."""
    found = beside(scenario, estimates)
    alone = len(months_covered(scenario.start, scenario.duration_s)) == 1
    title = f"What the same {'month' if alone else 'months'} really saw"
    own = _own_head(several=several)
    by_theatre: dict[str, list[Beside]] = {}
    for each in found:
        by_theatre.setdefault(each.theatre, []).append(each)
    return [
        Grid(
            title if len(scenario.theatres) == 1 else f"{title}: {theatre}",
            ["", *own, "really", "when", "in the model"],
            [_compared(each, several=several) for each in some],
            len(own) + 1,
            [", ".join(_counted_by(each.seen)) for each in some],
        )
        for theatre, some in by_theatre.items()
    ]


def _compared(each: Beside, *, several: bool) -> list[str]:
    own, seen = _own(each.kpi, each.estimate, several=several), each.seen
    return [each.label, *own, number(each.kpi, seen.value), _when(seen), _USES[seen.use]]


def _counted_by(seen: Seen) -> list[str]:
    """Name who counted, each once."""
    return list(dict.fromkeys(name for told in seen.publishers for name in told.split(", ")))


def _when(seen: Seen) -> str:
    months = seen.first if seen.first == seen.last else f"{seen.first} to {seen.last}"
    return f"{months}, pro rata" if seen.pro_rata else months
