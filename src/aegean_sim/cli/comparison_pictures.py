"""Pictures of a comparison: from what was found to panels, a few files a stratum."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim import __version__
from aegean_sim.study.comparison.document import blocks_in_words
from aegean_sim.study.comparison.words import headline, unit_of_differences
from aegean_sim.views.gains_chart import GainsPanel, draw_gains
from aegean_sim.views.levels_chart import LevelsPanel, draw_levels
from aegean_sim.views.panels import Heading
from aegean_sim.views.pareto_chart import ParetoPoints, Side, draw_pareto

if TYPE_CHECKING:
    from pathlib import Path

    from aegean_sim.quantities import FloatArray
    from aegean_sim.study.comparison.comparing import Compared
    from aegean_sim.study.comparison.comparison import Comparison, Part, Trade
    from aegean_sim.study.comparison.strata import Levels

MOST_STRATA = 6


def draw_comparison(comparison: Comparison, folder: Path) -> dict[str, list[str]]:
    """Draw the pictures of the first strata into a folder, and name the files by stratum."""
    names: dict[str, list[str]] = {}
    for number, part in enumerate(comparison.parts[:MOST_STRATA]):
        slug = re.sub(r"[^A-Za-z0-9.]+", "-", part.stratum.name).strip("-")[:60] or "all"
        slug = f"{number + 1}-{slug}" if len(comparison.parts) > 1 else slug
        names[part.stratum.name] = _drawn(comparison, part, slug, folder)
    return names


def _drawn(comparison: Comparison, part: Part, slug: str, folder: Path) -> list[str]:
    found = [each for each in part.found if each.is_known]
    levels, gains, pareto = (f"{kind}-{slug}.png" for kind in ("levels", "gains", "pareto"))
    if found:
        panels = [_levels_panel(each, part.stratum.levels) for each in found]
        draw_levels(panels, comparison.lever, _heading(comparison, part, _LEVELS), folder / levels)
        along = part.stratum.levels.values is not None
        heading = _heading(comparison, part, _STEPS if along else _CASES)
        steps = f"step of {comparison.lever}" if along else comparison.lever
        draw_gains([_gains_panel(each, part) for each in found], steps, heading, folder / gains)
    if part.trade is None:
        return [levels, gains] if found else []
    draw_pareto(_points(part, part.trade), _pareto_heading(comparison, part), folder / pareto)
    return [levels, gains, pareto]


_LEVELS = "Dot: mean, with its 95 % interval; small dots: single replications."
_STEPS = (
    "Gain by unit of the lever in each step: above 0, blue, is better, below, orange, worse; pale: not told"
    " from nothing. Intervals hold 95 % all together."
)
_CASES = (
    "Gain over the baseline: above 0, blue, is better, below, orange, worse; pale: not told from nothing."
    " Intervals hold 95 % all together."
)


def _heading(comparison: Comparison, part: Part, about: str) -> Heading:
    return Heading(headline(comparison, part), (about, _runs(part)), _credit(comparison))


def _runs(part: Part) -> str:
    where = f"{part.stratum.name}. " if part.stratum.name else ""
    return f"{where}{blocks_in_words(part)}."


def _credit(comparison: Comparison) -> str:
    material = comparison.material
    seed = material.scenario.get("seed")
    seeded = "" if seed is None else f" · seed {seed}"
    return f"aegean-sim {__version__} · {material.name} · {material.where}{seeded}"


def _scale(each: Compared) -> float:
    return 100.0 if each.measure.unit == "%" else 1.0


def _levels_panel(each: Compared, levels: Levels) -> LevelsPanel:
    scale = _scale(each)
    places = np.arange(len(levels.labels), dtype=np.float64) if levels.values is None else levels.values
    return LevelsPanel(
        each.measure.title,
        each.measure.unit,
        levels.labels,
        places,
        levels.values is not None,
        scale * each.levels.estimate,
        scale * each.levels.low,
        scale * each.levels.high,
        scale * _singles(each),
    )


def _singles(each: Compared) -> FloatArray:
    if each.blocks.wholes is None:
        return each.blocks.parts
    nothing = np.full_like(each.blocks.parts, np.nan)
    return np.divide(each.blocks.parts, each.blocks.wholes, out=nothing, where=each.blocks.wholes > 0.0)


def _gains_panel(each: Compared, part: Part) -> GainsPanel:
    levels, scale = part.stratum.levels, _scale(each)
    if each.gains is not None:
        pairs, found = each.from_neighbour.pairs, each.gains.gains
        labels = tuple(f"{levels.labels[second]}→{levels.labels[first]}" for first, second in pairs.tolist())
        estimate, low, high = found.estimate, found.low, found.high
    else:
        sign = -1.0 if each.measure.smaller_is_better else 1.0
        together = each.from_baseline.found.together
        labels = tuple(levels.labels[first] for first, _ in each.from_baseline.pairs.tolist())
        low, high = np.sort([sign * together.low, sign * together.high], axis=0)
        estimate = sign * together.estimate
    told = (low > 0.0) | (high < 0.0)
    unit = unit_of_differences(each)
    title = (
        f"{each.measure.title}: fewer" if each.measure.smaller_is_better else f"{each.measure.title}: more"
    )
    return GainsPanel(
        title,
        unit,
        labels,
        scale * estimate,
        scale * low,
        scale * high,
        told,
        scale * each.worth,
        each.measure.better != "neither",
    )


def _points(part: Part, trade: Trade) -> ParetoPoints:
    """Mark levels that are numbers by themselves, and cases by numbers."""
    levels = part.stratum.levels
    marks, labels = levels.labels, levels.labels
    if levels.values is None:
        marks = tuple(str(number) for number in range(1, len(labels) + 1))
        labels = tuple(f"{mark}  {label}" for mark, label in zip(marks, labels, strict=True))
    if trade.costs_count and part.costing is not None:
        prices = part.costing.prices
        labels = tuple(f"{label} ({_money(one.eur)})" for label, one in zip(labels, prices, strict=True))
    sides = _side(trade.lives), _side(trade.information)
    return ParetoPoints(marks, labels, *sides, trade.front.on_front, trade.front.probability)


def _money(eur: float) -> str:
    return f"EUR {eur / 1e6:+,.2f} m" if eur else "no more cost"


def _side(each: Compared) -> Side:
    return Side(f"{each.measure.title}, {each.measure.unit}", _scale(each) * each.levels.estimate)


def _pareto_heading(comparison: Comparison, part: Part) -> Heading:
    trade = part.trade
    count = int(trade.front.on_front.sum()) if trade is not None else 0
    third = ", information and cost" if trade is not None and trade.costs_count else " and information"
    levels = len(part.stratum.levels.labels)
    finding = f"Front of lives{third}: {count} of {levels} levels of {comparison.lever}"
    about = (
        "Better is down and to the right. Thick rim: beaten by none. Per cent, and how full: in how many"
        " resamples of the runs."
    )
    return Heading(finding, (about, _runs(part)), _credit(comparison))
