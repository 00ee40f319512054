"""A comparison as rows: one for each number with its interval, for `comparison.csv` and ``--json``."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from aegean_sim.study.comparison.measures import COST
from aegean_sim.study.statistics.fieller import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.study.comparison.comparing import Compared, Differences
    from aegean_sim.study.comparison.comparison import Comparison, Part
    from aegean_sim.study.statistics.doubts import Shown
    from aegean_sim.study.statistics.fieller import Ratio

COLUMNS = (
    "stratum", "measure", "kind", "cell", "against", "estimate", "low", "high", "low_together",
    "high_together", "student_low", "student_high", "bootstrap_low", "bootstrap_high", "p_value",
    "p_holm", "verdict", "ahead_share", "needed", "variance_ratio", "correlation", "doubt", "n",
)  # fmt: skip
Row = dict[str, Any]


def rows_of(comparison: Comparison) -> list[Row]:
    """Give all numbers of a comparison.

    Returns
    -------
    list of dict
        Keys are `COLUMNS`, ``None`` where there is none. ``kind`` is ``level``; ``difference``, with the
        baseline; ``step``, with the level before; ``gain``, by unit of the lever; ``best``, with the best of
        the others, above 0 for ahead; ``cost``, over the baseline, with the range of the rates; ``eur_each``;
        or ``break_even``, how many times what the level ``against`` costs it may cost. Shares are of 1.
    """
    return [row for part in comparison.parts for row in _of_part(part)]


def _of_part(part: Part) -> Iterator[Row]:
    about: Row = {"stratum": part.stratum.name, "n": part.stratum.replications}
    labels = part.stratum.levels.labels
    for each in part.found:
        measure = {**about, "measure": each.measure.name}
        for row in (
            *_levels(each, labels),
            *_pairs(each, labels),
            *_gains(each, labels),
            *_best(each, labels),
        ):
            yield _row({**measure, **row})
    for row in _costs(part):
        yield _row({**about, **row})


def _row(given: Row) -> Row:
    return {name: _plain(given.get(name)) for name in COLUMNS}


def _plain(value: Any) -> Any:
    if not isinstance(value, float):
        return value
    return None if math.isnan(value) else value


def _levels(each: Compared, labels: tuple[str, ...]) -> Iterator[Row]:
    for place, label in enumerate(labels):
        yield {
            "kind": "level",
            "cell": label,
            **_shown(each.levels, place),
            "doubt": each.level_doubts[place],
        }


def _shown(found: Shown, place: int) -> Row:
    """Give a number, the interval that is shown, and the two it is put together from."""
    ends = {
        "": found,
        "student_": found.student,
        "bootstrap_": found.bootstrap,
    }
    return {
        "estimate": float(found.estimate[place]),
        **{f"{name}low": float(some.low[place]) for name, some in ends.items()},
        **{f"{name}high": float(some.high[place]) for name, some in ends.items()},
    }


def _pairs(each: Compared, labels: tuple[str, ...]) -> Iterator[Row]:
    for kind, some in (("difference", each.from_baseline), ("step", each.from_neighbour)):
        for place in range(len(some.pairs)):
            yield {"kind": kind, **_pair(some, place, labels)}


def _pair(some: Differences, place: int, labels: tuple[str, ...]) -> Row:
    first, second = some.pairs[place].tolist()
    found = some.found
    numbers = {
        "low_together": found.together.low,
        "high_together": found.together.high,
        "p_value": found.p_value,
        "p_holm": found.p_holm,
        "variance_ratio": some.pairing.variance_ratio,
        "correlation": some.pairing.correlation,
    }
    return {
        "cell": labels[first],
        "against": labels[second],
        **_shown(found.alone, place),
        **{name: float(values[place]) for name, values in numbers.items()},
        "verdict": some.verdicts[place],
        "ahead_share": float(some.ahead[place]),
        "needed": some.needed[place] or None,
        "doubt": some.doubts[place],
    }


def _gains(each: Compared, labels: tuple[str, ...]) -> Iterator[Row]:
    if each.gains is None:
        return
    gains = each.gains
    for place in range(len(labels) - 1):
        yield {
            "kind": "gain",
            "cell": labels[place + 1],
            "against": labels[place],
            "estimate": float(gains.gains.estimate[place]),
            "low_together": float(gains.gains.low[place]),
            "high_together": float(gains.gains.high[place]),
            "verdict": gain_word(each, place),
        }


def gain_word(each: Compared, place: int) -> str:
    """Say in a word what one step gains."""
    gains = each.gains
    if gains is None:
        return ""
    if each.worth > 0.0 and gains.worth_having[place]:
        return "worth having"
    if each.worth > 0.0 and gains.not_worth_having[place]:
        return "not worth having"
    return "helps" if gains.helps[place] else "not told from nothing"


def _best(each: Compared, labels: tuple[str, ...]) -> Iterator[Row]:
    best = each.best
    if best is None:
        return
    for place, label in enumerate(labels):
        near, may_be = bool(best.surely_near[place]), bool(best.may_be_best[place])
        yield {
            "kind": "best",
            "cell": label,
            "against": "best of the others",
            "estimate": float(best.ahead[place]),
            "low_together": float(best.low[place]),
            "high_together": float(best.high[place]),
            "verdict": "best or as good" if near else "may be best" if may_be else "not the best",
        }


def _costs(part: Part) -> Iterator[Row]:
    costing, labels = part.costing, part.stratum.levels.labels
    if costing is None:
        return
    baseline = labels[part.stratum.levels.baseline]
    for label, one in zip(labels, costing.prices, strict=True):
        yield {
            "measure": COST, "kind": "cost", "cell": label, "against": baseline, "estimate": one.eur,
            "low": one.low_eur, "high": one.high_eur, "verdict": "published" if one.is_sourced else "assumed",
        }  # fmt: skip
    for bought in costing.bought:
        name = {"measure": bought.measure, "cell": labels[bought.level]}
        if bought.eur_each is not None:
            yield {**name, "kind": "eur_each", "against": labels[bought.against], **_ratio(bought.eur_each)}
        if bought.break_even is not None:
            against = labels[costing.reference]
            yield {**name, "kind": "break_even", "against": against, **_ratio(bought.break_even)}


def _ratio(ratio: Ratio) -> Row:
    words = {Reach.BETWEEN: "", Reach.OUTSIDE: "at most low or at least high", Reach.ANYWHERE: "not known"}
    return {"estimate": ratio.estimate, "low": ratio.low, "high": ratio.high, "verdict": words[ratio.reach]}
