"""The document of a comparison: what may be concluded, what not, and the tables it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from aegean_sim.recording.reactions_words import reactions_in_words
from aegean_sim.scenario.model import Scenario
from aegean_sim.study.comparison.measures import written
from aegean_sim.study.comparison.over_worlds import over_worlds
from aegean_sim.study.comparison.tables import (
    MARKS_IN_WORDS,
    best_table,
    cost_table,
    main_table,
    skewed_table,
    steps_table,
    trade_table,
)
from aegean_sim.study.comparison.words import (
    doubts_of,
    may_be_concluded,
    may_not_be_concluded,
    pairing_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aegean_sim.study.comparison.comparison import Comparison, Part
    from aegean_sim.study.comparison.costing import Costing
    from aegean_sim.study.comparison.tables import Grid

_PAIRED = "paired: those of one number meet the same boats and the same luck"
_NOT_PAIRED = "not paired: each seed has boats and luck of its own"
_OVER_WORLDS = (
    ", each the mean over {} worlds: intervals are over replications, and hold for these worlds only"
)
_TRADE = (
    "A level is beaten where another is as good in all of these and better in one. Of costs it only matters"
    " which is the dearer."
)
_NOTES = (
    "Intervals hold 95 % of the time; those *together* all at once (Bonferroni), and verdicts go by them."
    " Of skewed differences the wider of Student's and the bootstrap's interval is shown.",
    "*Variance ratio*: as many times the replications would be needed without pairs.",
    "*not yet known* is not *no difference*: only *equivalent* says that, within what makes no odds.",
)


def document(comparison: Comparison, pictures: Mapping[str, Sequence[str]]) -> str:
    """Write the document, Markdown.

    Parameters
    ----------
    pictures : mapping of stratum to sequence of str
        File names beside the document.
    """
    material = comparison.material
    lines = [f"# {material.name}: compared by `{comparison.lever}`", "", *_setting(comparison)]
    for part in comparison.parts:
        lines += ["", *_part(comparison, part, pictures.get(part.stratum.name, ()))]
    return "\n".join([*lines, "", "## How to read it", "", *_bullets(_NOTES)]) + "\n"


def _setting(comparison: Comparison) -> Iterator[str]:
    stratum = comparison.parts[0].stratum
    levels = stratum.levels
    yield f"Baseline: {levels.labels[levels.baseline]}. {blocks_in_words(comparison.parts[0])}."
    worths = [
        f"{written(each.measure, each.worth)} {each.measure.unit} of {each.measure.title.lower()}"
        for each in comparison.parts[0].found
        if each.worth > 0.0
    ]
    yield (
        f"Makes no odds, and must be gained by unit to be worth having: {', '.join(worths)}."
        if worths
        else "Nothing was called worth having (`--worth`), so that any difference counts."
    )
    if comparison.material.failed:
        yield f"{comparison.material.failed:,} runs failed."
    yield from (f"Left out: {said}." for said in comparison.lacking)
    yield from comparison.material.warnings
    yield from reacting(comparison)


def blocks_in_words(part: Part) -> str:
    """Say how many blocks there are, and what one is."""
    stratum = part.stratum
    paired = _PAIRED if stratum.levels.is_paired else _NOT_PAIRED
    over = _OVER_WORLDS.format(stratum.worlds) if stratum.worlds > 1 else ""
    return f"{stratum.replications} replications, {paired}{over}"


def reacting(comparison: Comparison) -> list[str]:
    """Say how the other side reacts; nothing where the scenario is not known."""
    try:
        return [reactions_in_words(Scenario.model_validate(dict(comparison.material.scenario)))]
    except ValidationError:
        return []


def _part(comparison: Comparison, part: Part, pictures: Sequence[str]) -> Iterator[str]:
    name = part.stratum.name
    yield f"## {name or 'All cells'}"
    if name:
        yield from ("", f"{blocks_in_words(part)}.")
    for title, said, none in (
        ("What may be concluded", may_be_concluded(part), "Nothing yet."),
        ("What may not", may_not_be_concluded(part), "Nothing is left open."),
        ("What to hold against it", doubts_of(comparison, part), "Nothing that the numbers show."),
        ("What pairing gained", pairing_of(part), "Nothing varies."),
    ):
        yield from ("", f"### {title}", "", *(_bullets(said) if said else [none]))
    if part.by_world:
        yield from ("", "### From world to world", "", *_bullets(over_worlds(part)))
    for picture in pictures:
        yield from ("", f"![{picture}]({picture})")
    yield from _tables(part)


def _tables(part: Part) -> Iterator[str]:
    levels = markdown(main_table(part))
    yield from ("", "### Levels, and differences with the baseline", "", *levels, "", MARKS_IN_WORDS)
    skewed = skewed_table(part)
    if skewed is not None:
        yield from ("", "### Skewed differences, by both intervals, each for itself", "", *markdown(skewed))
    yield from ("", "### From each level to the next", "", *markdown(steps_table(part)))
    yield from ("", "### The best", "", *markdown(best_table(part)))
    yield from ("", "### Cost", "", *_cost(part))
    trade = trade_table(part)
    if trade is not None:
        yield from ("", "### Lives, information and cost", "", *markdown(trade), "", _TRADE)


def _cost(part: Part) -> list[str]:
    costing, grid = part.costing, cost_table(part)
    if costing is None:
        return ["Not reckoned: the scenarios of the cells are not known, or there are too many."]
    if grid is None:
        return [
            "No level costs more than another: the same ships, officers and crews are paid for in each, and"
            " what one theatre gets is taken from another."
        ]
    return [*markdown(grid), *_cost_in_words(part.stratum.levels.labels, costing)]


def _cost_in_words(labels: Sequence[str], costing: Costing) -> list[str]:
    """Say what the costs may be used for."""
    words = []
    if not all(one.is_sourced for one in costing.prices):
        name, eur = labels[costing.reference], costing.reference_eur
        words += [
            "",
            "Rates that are assumed have no published source (`data/costs/rates.csv`): nothing is ranked by"
            f" them. *Even at*: what a level may cost to come as cheap for each as {name}, were that to cost"
            f" EUR {eur:,.0f}; half if that costs half.",
        ]
    if sum(not (one.eur or one.high_eur) for one in costing.prices) > 1:
        words += ["", "Where nothing more is paid for, what one theatre gets is taken from another."]
    return words


def markdown(grid: Grid) -> list[str]:
    """Write a table."""
    lines = [grid.head, tuple("---" for _ in grid.head), *grid.rows]
    return [f"| {' | '.join(row)} |" for row in lines]


def _bullets(sentences: Sequence[str]) -> list[str]:
    return [f"- {sentence}" for sentence in sentences]
