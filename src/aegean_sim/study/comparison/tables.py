"""Tables of a comparison: what is printed and what the document shows, texts only."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from aegean_sim.study.comparison.costing import BOUGHT
from aegean_sim.study.comparison.measures import written
from aegean_sim.study.comparison.rows import gain_word
from aegean_sim.study.comparison.words import unit_of_differences
from aegean_sim.study.statistics.doubts import Doubt
from aegean_sim.study.statistics.fieller import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aegean_sim.study.comparison.comparing import Compared
    from aegean_sim.study.comparison.comparison import Part
    from aegean_sim.study.comparison.costs import Price
    from aegean_sim.study.comparison.measures import Measure
    from aegean_sim.study.comparison.strata import Levels
    from aegean_sim.study.statistics.fieller import Ratio


_SHORT = 8
MARKS: dict[Doubt | None, str] = {Doubt.SKEWED: "*", Doubt.NEVER_VARIES: "="}
MARKS_IN_WORDS = "*: skewed, a few runs have most of it; =: the same difference in every run."


class Grid(NamedTuple):
    """A table: its head, and rows of which the first cell is a label."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def main_table(part: Part) -> Grid:
    """Give each measure's levels, and what each is against the baseline."""
    levels = part.stratum.levels
    base = levels.labels[levels.baseline]
    less = f"less {base}" if len(base) < _SHORT else "less baseline"
    head = ("", "level", "mean", "95 % interval", less, "95 % together", "Holm p", "verdict")
    return Grid(head, tuple(row for each in part.found for row in _main_rows(each, levels)))


def _main_rows(each: Compared, levels: Levels) -> Iterator[tuple[str, ...]]:
    pairs = {pair[0]: place for place, pair in enumerate(each.from_baseline.pairs.tolist())}
    for place, label in enumerate(levels.labels):
        yield (
            titled(each.measure) if place == 0 else "",
            label,
            written(each.measure, float(each.levels.estimate[place])),
            _between(each.measure, float(each.levels.low[place]), float(each.levels.high[place])),
            *(_difference(each, pairs[place]) if place in pairs else ("baseline", "", "", "")),
        )


def titled(measure: Measure) -> str:
    """Give a measure's title with its unit."""
    return f"{measure.title}, {measure.unit}" if measure.unit else measure.title


def _difference(each: Compared, place: int) -> tuple[str, ...]:
    some = each.from_baseline
    found = some.found
    low, high = float(found.together.low[place]), float(found.together.high[place])
    return (
        written(each.measure, float(found.together.estimate[place]), signed=True),
        _between(each.measure, low, high, signed=True),
        p_value(float(found.p_holm[place])),
        f"{some.verdicts[place]} {MARKS.get(some.doubts[place], '')}".strip(),
    )


def _between(measure: Measure, low: float, high: float, *, signed: bool = False) -> str:
    if math.isnan(low) or math.isnan(high):
        return ""
    return f"{written(measure, low, signed=signed)} to {written(measure, high, signed=signed)}"


def p_value(value: float) -> str:
    """Write a p-value."""
    if math.isnan(value):
        return ""
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def skewed_table(part: Part) -> Grid | None:
    """Give both intervals of skewed differences with the baseline, side by side; None without any."""
    head = ("", "level", "difference", "Student, 95 %", "bootstrap, 95 %", "n")
    rows = tuple(row for each in part.found for row in _skewed_rows(each, part))
    return Grid(head, rows) if rows else None


def _skewed_rows(each: Compared, part: Part) -> Iterator[tuple[str, ...]]:
    some = each.from_baseline
    alone = some.found.alone
    for place, doubt in enumerate(some.doubts):
        if doubt is Doubt.SKEWED:
            yield (
                titled(each.measure),
                part.stratum.levels.labels[some.pairs[place, 0]],
                written(each.measure, float(alone.estimate[place]), signed=True),
                *(
                    _between(each.measure, float(found.low[place]), float(found.high[place]), signed=True)
                    for found in (alone.student, alone.bootstrap)
                ),
                str(part.stratum.replications),
            )


def steps_table(part: Part) -> Grid:
    """Give what each level has more than the one before it, and what pairing gained."""
    head = ("", "step", "difference", "95 % together", "Holm p", "verdict", "better in",
            "by unit of the lever", "variance ratio", "correlation")  # fmt: skip
    labels = part.stratum.levels.labels
    return Grid(head, tuple(row for each in part.found for row in _step_rows(each, labels)))


def _step_rows(each: Compared, labels: Sequence[str]) -> Iterator[tuple[str, ...]]:
    some = each.from_neighbour
    found = some.found
    for place in range(len(labels) - 1):
        low, high = float(found.together.low[place]), float(found.together.high[place])
        yield (
            f"{each.measure.title}, {unit_of_differences(each)}".rstrip(", ") if place == 0 else "",
            f"{labels[place]} to {labels[place + 1]}",
            written(each.measure, float(found.together.estimate[place]), signed=True),
            _between(each.measure, low, high, signed=True),
            p_value(float(found.p_holm[place])),
            some.verdicts[place],
            "" if each.measure.better == "neither" else f"{some.ahead[place]:.0%} of runs",
            _gain(each, place),
            _plain(float(some.pairing.variance_ratio[place])),
            _plain(float(some.pairing.correlation[place])),
        )


def _gain(each: Compared, place: int) -> str:
    if each.gains is None or each.measure.better == "neither":
        return ""
    return gain_word(each, place)


def _plain(value: float) -> str:
    if math.isnan(value):
        return "does not vary"
    return "never differs" if math.isinf(value) else f"{value:.3g}"


def best_table(part: Part) -> Grid:
    """Tell which levels may be the best by each measure, and which are surely as good but for the worth."""
    labels = part.stratum.levels.labels
    rows = [
        (
            each.measure.title,
            ", ".join(label for label, may_be in zip(labels, each.best.may_be_best, strict=True) if may_be),
            ", ".join(label for label, near in zip(labels, each.best.surely_near, strict=True) if near)
            or "none",
        )
        for each in part.found
        if each.best is not None
    ]
    return Grid(("", "may be the best", "shown to be as good as the best"), tuple(rows))


def cost_table(part: Part) -> Grid | None:
    """Give what levels cost over the baseline, and what that buys."""
    costing = part.costing
    if costing is None or costing.all_alike:
        return None
    labels = part.stratum.levels.labels
    rows = [
        (
            label,
            f"{one.eur:+,.0f}",
            f"{one.low_eur:+,.0f} to {one.high_eur:+,.0f}",
            _basis(one),
            *_bought(part, place),
        )
        for place, (label, one) in enumerate(zip(labels, costing.prices, strict=True))
    ]
    return Grid(
        ("", "EUR over the baseline", "range of the rates", "rates", *_bought_head(part)), tuple(rows)
    )


def _basis(price: Price) -> str:
    if not price.eur and not price.high_eur:
        return "nothing more is paid for"
    return "published" if price.is_sourced else "assumed"


def _bought_head(part: Part) -> list[str]:
    step = "" if part.stratum.levels.values is None else ", by step"
    return [f"for each {BOUGHT[name]}{step}" for name in _bought_names(part)]


def _bought_names(part: Part) -> list[str]:
    return list(dict.fromkeys(one.measure for one in part.costing.bought)) if part.costing else []


def _bought(part: Part, level: int) -> Iterator[str]:
    if part.costing is None:
        return
    reference = part.costing.reference_eur
    there = {one.measure: one for one in part.costing.bought if one.level == level}
    for name in _bought_names(part):
        one = there.get(name)
        if one is None:
            yield ""
        elif one.eur_each is not None:
            yield _ratio(one.eur_each, 1.0, "EUR")
        elif one.break_even is not None:
            is_open = one.break_even.reach is not Reach.BETWEEN
            yield "not known" if is_open else _ratio(one.break_even, reference, "even at EUR")
        else:
            yield "measure of the others"


def _ratio(ratio: Ratio, scale: float, what: str) -> str:
    if ratio.reach is Reach.ANYWHERE:
        return "not known"
    estimate, low, high = (_short(scale * value) for value in (ratio.estimate, ratio.low, ratio.high))
    if ratio.reach is Reach.OUTSIDE:
        return f"{what} {low} at most or {high} at least"
    return f"{what} {estimate} ({low} to {high})"


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100.0 else f"{value:.2g}"


def trade_table(part: Part) -> Grid | None:
    """Give the front of lives, information and cost, and how sure it is."""
    trade = part.trade
    if trade is None:
        return None
    sides = (trade.lives, trade.information)
    costs = [f"{one.eur:+,.0f}" for one in part.costing.prices] if trade.costs_count and part.costing else []
    rows = [
        (
            label,
            *(
                written(each.measure, float(each.levels.estimate[place]))
                for each in (trade.lives, trade.information)
            ),
            *costs[place : place + 1],
            "yes" if trade.front.on_front[place] else "no",
            f"{trade.front.probability[place]:.0%}",
        )
        for place, label in enumerate(part.stratum.levels.labels)
    ]
    head = ["", *(titled(each.measure) for each in sides)]
    return Grid((*head, *(["EUR"] if costs else []), "beaten by none", "in how many resamples"), tuple(rows))
