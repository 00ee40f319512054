"""Cases of history: what is run, and which published figures stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from aegean_sim.datafiles import history_folder
from aegean_sim.errors import ScenarioError
from aegean_sim.quantities import HOUR_S
from aegean_sim.recording.history import months_covered, seen_in
from aegean_sim.scenario.reading import read_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aegean_sim.recording.history import Seen, Use
    from aegean_sim.scenario.model import Scenario

_PER = 1000.0


@dataclass(frozen=True, slots=True)
class Published:
    """A published figure, as it stands beside a simulated one.

    Parameters
    ----------
    months : str
        That it is about, where they are others than those of the run; else empty.
    """

    value: float
    use: Use
    source: str
    months: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a run and where its published counterpart is.

    Parameters
    ----------
    figure : str
        A KPI, or one of `aegean_sim.study.launches`.
    metric : str
        In ``monthly.csv``; empty when ``given`` says all.
    per_1000 : str
        A metric to divide by, for a figure per thousand; empty for none.
    months : str
        Months to look up instead of the run's, ``YYYY-MM..YYYY-MM``; empty for the run's.
    given : Published, optional
        A figure that is not in the table of months.
    """

    figure: str
    metric: str = ""
    per_1000: str = ""
    months: str = ""
    given: Published | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A scenario with changes, and its figures.

    Parameters
    ----------
    overrides : tuple of str
        ``path=value``, as of ``--set``.
    """

    name: str
    title: str
    scenario: str
    overrides: tuple[str, ...]
    figures: tuple[Figure, ...]


@cache
def cases() -> Mapping[str, Case]:
    """Read the cases that come with the package, by name, in the order of the file."""
    data = read_mapping(history_folder() / "cases.yaml")
    return {name: _case(name, each) for name, each in data.items()}


def counterpart(figure: Figure, scenario: Scenario) -> Published:
    """Look up what was published for a figure of a scenario with one theatre.

    Raises
    ------
    ScenarioError
        When nothing was published for those months.
    """
    if figure.given is not None:
        return figure.given
    seen = _seen(figure.metric, figure, scenario)
    value = seen.value
    if figure.per_1000:
        value *= _PER / _seen(figure.per_1000, figure, scenario).value
    return Published(value, seen.use, "; ".join(seen.sources), _other_months(seen, scenario))


def _seen(metric: str, figure: Figure, scenario: Scenario) -> Seen:
    (theatre,) = scenario.theatres.values()
    months = _named(figure.months) if figure.months else _months(scenario)
    for seen in seen_in(theatre.coast, months):
        if seen.metric == metric:
            return seen
    between = f"{min(months)}..{max(months)}"
    raise ScenarioError(f"{figure.figure}: no {metric} of {between} is in data/history/monthly.csv")


def _named(months: str) -> dict[str, float]:
    """Give all months from the first to the last of ``YYYY-MM..YYYY-MM``, whole."""
    first, last = (datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC) for month in months.split(".."))
    covered = months_covered(first, (last - first).total_seconds() + HOUR_S)
    return dict.fromkeys(covered, 1.0)


def _other_months(seen: Seen, scenario: Scenario) -> str:
    if {seen.first, seen.last} <= _months(scenario).keys():
        return ""
    return seen.first if seen.first == seen.last else f"{seen.first}..{seen.last}"


def _months(scenario: Scenario) -> dict[str, float]:
    return months_covered(scenario.start, scenario.duration_s)


def _case(name: str, data: Mapping[str, Any]) -> Case:
    figures = tuple(_figure(each) for each in data["figures"])
    return Case(name, data["title"], data["scenario"], tuple(data.get("set", ())), figures)


def _figure(data: Mapping[str, Any]) -> Figure:
    if "value" in data:
        return Figure(data["figure"], given=Published(float(data["value"]), data["use"], data["source"]))
    return Figure(**data)
