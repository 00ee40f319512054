"""Everything that the page needs to show a sweep: what each level came to, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.errors import AegeanError
from aegean_sim.study.comparison.comparison import compare
from aegean_sim.study.comparison.document import blocks_in_words, reacting
from aegean_sim.study.comparison.measures import written
from aegean_sim.study.comparison.question import Question
from aegean_sim.study.comparison.words import doubts_of, may_be_concluded, may_not_be_concluded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aegean_sim.quantities import FloatArray
    from aegean_sim.study.comparison.comparing import Compared
    from aegean_sim.study.comparison.comparison import Comparison, Part
    from aegean_sim.study.comparison.question import Material

_MOST_DOTS = 60


def sweep_of(material: Material) -> dict[str, Any]:
    """Give a sweep as one document: each lever that can be compared by, in each setting of the others.

    Raises
    ------
    AegeanError
        When no lever can be compared by: too few runs are complete.
    """
    found, reasons = [], []
    for lever in material.levers:
        try:
            found.append(compare(material, Question(lever)))
        except AegeanError as error:
            reasons.append(str(error))
    if not found:
        raise AegeanError(reasons[0] if reasons else f"{material.where}: its sweep varies no lever")
    return {
        "schema": 1,
        "kind": "sweep",
        "levers": [_lever(each) for each in found],
        "warnings": [*material.warnings, *reacting(found[0]), *reasons],
        "failed": material.failed,
    }


def _lever(comparison: Comparison) -> dict[str, Any]:
    return {
        "name": comparison.lever,
        "lacking": list(comparison.lacking),
        "parts": [_part(comparison, part) for part in comparison.parts],
    }


def _part(comparison: Comparison, part: Part) -> dict[str, Any]:
    levels = part.stratum.levels
    return {
        "name": part.stratum.name,
        "runs": blocks_in_words(part),
        "labels": list(levels.labels),
        "at": None if levels.values is None else _numbers(levels.values),
        "baseline": levels.baseline,
        "measures": [_measure(each, len(levels.labels)) for each in part.found],
        "may": may_be_concluded(part),
        "may_not": may_not_be_concluded(part),
        "doubts": doubts_of(comparison, part),
    }


def _measure(each: Compared, levels: int) -> dict[str, Any]:
    """Give a measure at each level, and how each differs from the baseline; shares in per cent."""
    scale = 100.0 if each.measure.unit == "%" else 1.0
    return {
        "title": each.measure.title,
        "unit": each.measure.unit,
        "estimate": _numbers(scale * each.levels.estimate),
        "low": _numbers(scale * each.levels.low),
        "high": _numbers(scale * each.levels.high),
        "singles": [_numbers(scale * cell) for cell in _singles(each).T],
        "told": [written(each.measure, float(value)) for value in each.levels.estimate],
        "interval": [
            f"{written(each.measure, float(low))} to {written(each.measure, float(high))}"
            for low, high in zip(each.levels.low, each.levels.high, strict=True)
        ],
        "apart": _apart(each, levels),
    }


def _singles(each: Compared) -> FloatArray:
    """Give single replications, evenly chosen; NaN for a share of nothing."""
    blocks = each.blocks
    some = slice(None, None, -(-blocks.replications // _MOST_DOTS))
    if blocks.wholes is None:
        return blocks.parts[some]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(blocks.parts[some] / blocks.wholes[some])


def _apart(each: Compared, levels: int) -> list[dict[str, str] | None]:
    told: list[dict[str, str] | None] = [None] * levels
    some = each.from_baseline
    found = some.found.together
    for place, (level, _) in enumerate(some.pairs.tolist()):
        estimate, low, high = (
            written(each.measure, float(values[place]), signed=True)
            for values in (found.estimate, found.low, found.high)
        )
        told[level] = {"told": f"{estimate} ({low} to {high})", "verdict": some.verdicts[place]}
    return told


def _numbers(values: Iterable[float]) -> list[float | None]:
    return list(_finite(values))


def _finite(values: Iterable[float]) -> Iterator[float | None]:
    for value in values:
        yield float(f"{value:.6g}") if np.isfinite(value) else None
