"""Validation: quick checks of theory, and cases of history beside what was published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.engine.run import simulate
from aegean_sim.errors import AegeanError
from aegean_sim.recording.kpis import kpis
from aegean_sim.recording.replications import aligned, estimate
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.study.cases import cases, counterpart
from aegean_sim.study.incidents import beside_published, dead_by_incident
from aegean_sim.study.launches import launch_figures
from aegean_sim.study.theory import CHECKS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aegean_sim.quantities import IntArray
    from aegean_sim.recording.estimates import Estimate
    from aegean_sim.scenario.loading import Loaded
    from aegean_sim.study.cases import Case, Published
    from aegean_sim.study.check import Check
    from aegean_sim.study.incidents import Incidents

    Progress = Callable[[str], Callable[[float], None]]


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of a case beside the published one; its interval needs two replications."""

    figure: str
    estimate: Estimate
    published: Published


@dataclass(frozen=True, slots=True)
class Result:
    """What a case came to.

    Parameters
    ----------
    incidents : Incidents, optional
        How the dead fall on fatal incidents, where these were published one by one.
    """

    case: Case
    replications: int
    compared: tuple[Compared, ...]
    incidents: Incidents | None = None


@dataclass(frozen=True, slots=True)
class Validation:
    """All that was looked at.

    Parameters
    ----------
    theory : tuple of Check
    history : tuple of Result
    """

    theory: tuple[Check, ...]
    history: tuple[Result, ...]

    @property
    def theory_holds(self) -> bool:
        """Tell whether every check agrees with its formula."""
        return all(check.holds for check in self.theory)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look at."""

    checks: Mapping[str, Callable[[], Check]]
    cases: Mapping[str, Case]


def plan(names: Sequence[str] = (), *, theory: bool = True, history: bool = True) -> Plan:
    """Choose checks and cases.

    Parameters
    ----------
    names : sequence of str
        Of checks and cases; none for all.

    Raises
    ------
    AegeanError
        When nothing chosen has such a name.
    """
    whole = Plan(CHECKS if theory else {}, cases() if history else {})
    for name in names:
        if name not in whole.checks and name not in whole.cases:
            raise AegeanError(f"no case {name!r}{guess(name, [*whole.checks, *whole.cases])}")
    if not names:
        return whole
    return Plan(
        {name: check for name, check in whole.checks.items() if name in names},
        {name: case for name, case in whole.cases.items() if name in names},
    )


def validate(chosen: Plan, replications: int, progress: Progress) -> Validation:
    """Work out the chosen checks, and run each chosen case so many times."""
    return Validation(
        tuple(_checked(name, check, progress) for name, check in chosen.checks.items()),
        tuple(compare(case, replications, progress) for case in chosen.cases.values()),
    )


def compare(case: Case, replications: int, progress: Progress) -> Result:
    """Run a case, numbered from 0, and put its figures beside the published ones."""
    loaded = load_scenario(case.scenario, case.overrides)
    published = [counterpart(figure, loaded.scenario) for figure in case.figures]
    found = [_figures(loaded, case, number, progress) for number in range(replications)]
    runs = aligned([numbers for numbers, _ in found])
    compared = (
        Compared(figure.figure, estimate(runs, figure.figure), beside)
        for figure, beside in zip(case.figures, published, strict=True)
    )
    (theatre,) = loaded.scenario.theatres.values()
    incidents = beside_published([dead for _, dead in found], theatre.coast)
    return Result(case, replications, tuple(compared), incidents)


def _checked(name: str, check: Callable[[], Check], progress: Progress) -> Check:
    progress(f"theory: {name}")
    return check()


def _figures(
    loaded: Loaded, case: Case, number: int, progress: Progress
) -> tuple[dict[str, float], IntArray]:
    """Run a case once; give its figures, and the dead of each fatal incident."""
    record = simulate(loaded, number, progress=progress(f"{case.name}, run {number}"))
    numbers = kpis(record.tables, loaded.scenario)
    per_1000 = 1000.0 * numbers["persons_dead_recorded"] / max(numbers["persons"], 1.0)
    figures = {**numbers, **launch_figures(loaded, record), "persons_dead_recorded_per_1000": per_1000}
    return figures, dead_by_incident(record.tables["voyages"])
