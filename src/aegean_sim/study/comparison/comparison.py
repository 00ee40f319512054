"""A whole comparison: every stratum by every measure, what it costs, and which levels no other beats."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aegean_sim.errors import AegeanError
from aegean_sim.scenario.hints import guess
from aegean_sim.study.comparison.comparing import as_blocks, compare_cells
from aegean_sim.study.comparison.costing import costing_of
from aegean_sim.study.comparison.measures import COST, measures_of
from aegean_sim.study.comparison.strata import strata_of
from aegean_sim.study.statistics.pareto import pareto_front

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aegean_sim.quantities import FloatArray
    from aegean_sim.study.comparison.comparing import Compared
    from aegean_sim.study.comparison.costing import Costing
    from aegean_sim.study.comparison.measures import Measure
    from aegean_sim.study.comparison.question import Material, Question
    from aegean_sim.study.comparison.strata import Stratum
    from aegean_sim.study.statistics.pareto import Front

_LIVES = "persons_dead"
_INFORMATION = ("boats_decisive", "boats_told_in_time_share")
_FIXED = {"cell", "replication"}


@dataclass(frozen=True, slots=True, eq=False)
class Trade:
    """The front of lives, information and cost.

    Parameters
    ----------
    lives, information : Compared
        The two measures of runs.
    costs_count : bool
        Whether cost is the third.
    """

    lives: Compared
    information: Compared
    costs_count: bool
    front: Front


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What was found in one stratum.

    Parameters
    ----------
    by_world : mapping of measure to array of float, (worlds, levels)
        Means of the single worlds; empty where there is one only.
    """

    stratum: Stratum
    found: tuple[Compared, ...]
    costing: Costing | None
    trade: Trade | None
    by_world: Mapping[str, FloatArray] = field(default_factory=dict)

    def of(self, name: str) -> Compared | None:
        """Give what was found by a measure, if it was asked for."""
        return next((each for each in self.found if each.measure.name == name), None)


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What was found in all strata, and of what.

    Parameters
    ----------
    lacking : tuple of str
        What strata that could not be compared lack.
    """

    material: Material
    question: Question
    parts: tuple[Part, ...]
    lacking: tuple[str, ...] = ()

    @property
    def lever(self) -> str:
        """What the cells that are compared differ by."""
        return self.parts[0].stratum.levels.lever


def compare(material: Material, question: Question) -> Comparison:
    """Compare all cells of a material.

    Raises
    ------
    AegeanError
        When something asked for is not there, or there are too few complete replications.
    """
    names = [str(name) for name in material.runs.columns if name not in _FIXED]
    measures = measures_of(names, question.measures, priced=bool(material.spent))
    _check_worth(question, measures)
    strata, lacking = strata_of(material, question)
    parts = tuple(_part(material, question, stratum, measures) for stratum in strata)
    return Comparison(material, question, parts, tuple(lacking))


def _check_worth(question: Question, measures: Sequence[Measure]) -> None:
    known = {measure.name: measure for measure in measures}
    for name, worth in question.worth.items():
        if name not in known:
            raise AegeanError(f"--worth {name}: is not one of the measures compared{guess(name, known)}")
        if known[name].unit == "%" and worth > 1.0:
            raise AegeanError(
                f"--worth {name}:{worth:g}: a share is at most 1; {worth:g} points are"
                f" --worth {name}:{worth / 100.0:g}"
            )


def _part(material: Material, question: Question, stratum: Stratum, measures: Sequence[Measure]) -> Part:
    found = tuple(
        compare_cells(
            measure,
            stratum.blocks(measure, material.runs),
            stratum.levels,
            question.worth.get(measure.name, 0.0),
        )
        for measure in measures
        if measure.name != COST
    )
    costing = costing_of(stratum, found, material.spent)
    by_world = {
        each.measure.name: stratum.by_world(each.measure, material.runs)
        for each in found
        if stratum.worlds > 1
    }
    return Part(stratum, found, costing, _trade(stratum, found, costing), by_world)


def _trade(stratum: Stratum, found: Sequence[Compared], costing: Costing | None) -> Trade | None:
    by_name = {each.measure.name: each for each in found}
    information = next((by_name[name] for name in _INFORMATION if name in by_name), None)
    if _LIVES not in by_name or information is None or not information.is_known:
        return None
    lives = by_name[_LIVES]
    sides = [(lives.blocks, True), (information.blocks, False)]
    if costing is not None and not costing.all_alike:
        cost = as_blocks([one.eur for one in costing.prices], stratum.replications)
        return Trade(lives, information, True, pareto_front([*sides, (cost, True)]))  # noqa: FBT003  (a field)
    return Trade(lives, information, False, pareto_front(sides))  # noqa: FBT003  (a field)
