"""What may be concluded from a comparison, and what not, in words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.study.comparison.comparing import UNREACHABLE
from aegean_sim.study.comparison.measures import written
from aegean_sim.study.comparison.model_error import miss_of
from aegean_sim.study.statistics.doubts import Doubt
from aegean_sim.study.statistics.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aegean_sim.study.comparison.comparing import Compared, Differences
    from aegean_sim.study.comparison.comparison import Comparison, Part
    from aegean_sim.study.comparison.strata import Levels

FEW = 20
_OPEN = Verdict.NOT_YET_KNOWN.value


def headline(comparison: Comparison, part: Part) -> str:
    """Say in a line what the first measure came to between the baseline and the level furthest from it."""
    each, levels = part.found[0], part.stratum.levels
    far = 0 if levels.baseline else len(levels.labels) - 1
    some = each.from_baseline
    place = some.pairs[:, 0].tolist().index(far)
    found = some.found.together
    estimate, low, high = (
        written(each.measure, float(values[place]), signed=True)
        for values in (found.estimate, found.low, found.high)
    )
    return (
        f"{comparison.lever} {levels.labels[far]} against {levels.labels[levels.baseline]}:"
        f" {each.measure.title.lower()} {estimate} ({low} to {high}), {some.verdicts[place]}"
    )


def may_be_concluded(part: Part) -> list[str]:
    """Say what is settled, a sentence or two a measure."""
    return [said for each in part.found for said in [_settled(each, part.stratum.levels)] if said]


def _settled(each: Compared, levels: Levels) -> str:
    words = [
        *_against_baseline(each, levels),
        *_best(each, levels),
        *_next_units(each, levels),
    ]
    return f"{each.measure.title}: {'; '.join(words)}." if words else ""


def _against_baseline(each: Compared, levels: Levels) -> Iterator[str]:
    """Say which levels differ from the baseline, those of one verdict together."""
    some, base = each.from_baseline, levels.labels[levels.baseline]
    places = [place for place, word in enumerate(some.verdicts) if word != _OPEN]
    places.sort(key=lambda place: some.verdicts[place])
    for word, alike in groupby(places, key=lambda place: some.verdicts[place]):
        found = list(alike)
        names = listed([levels.labels[some.pairs[place][0]] for place in found])
        if word == Verdict.EQUIVALENT.value:
            yield f"{names} and {base} differ by no more than {_worth(each)}"
        else:
            has = "has" if len(found) == 1 else "have"
            yield f"{names} {has} {_direction(each, word)} than {base} ({_size(each, some, found)})"


def _worth(each: Compared) -> str:
    if each.worth == 0.0:
        return "nothing in any run"
    return f"the {written(each.measure, each.worth)} that make no odds"


def _direction(each: Compared, word: str) -> str:
    if each.measure.better == "neither":
        return word
    fewer = (word == Verdict.BETTER.value) == each.measure.smaller_is_better
    return f"{'fewer' if fewer else 'more'}, which is {word}"


def _size(each: Compared, some: Differences, places: Sequence[int]) -> str:
    """Give the difference with its interval, that of the last level where there are several."""
    last = places[-1]
    found = some.found.together
    low, high = (written(each.measure, float(end[last]), signed=True) for end in (found.low, found.high))
    estimate = written(each.measure, float(found.estimate[last]), signed=True)
    return f"{'the last ' if len(places) > 1 else ''}{estimate} {unit_of_differences(each)}, {low} to {high}".replace(
        "  ", " "
    )


def unit_of_differences(each: Compared) -> str:
    """Give the unit in which differences are told."""
    return "points" if each.measure.unit == "%" else each.measure.unit


def _best(each: Compared, levels: Levels) -> Iterator[str]:
    if each.best is None or each.best.may_be_best.all():
        return
    names = [levels.labels[place] for place in np.flatnonzero(each.best.may_be_best)]
    if len(names) == 1:
        yield f"{names[0]} is the best"
    else:
        yield f"the best is one of {listed(names)}"


def _next_units(each: Compared, levels: Levels) -> Iterator[str]:
    gains = each.gains
    if gains is None or each.measure.better == "neither" or not gains.helps.any():
        return
    unclear = gains.first_unclear
    if unclear is None:
        yield "every further step helps"
    elif unclear > 0:
        yield (
            f"each further step helps up to {levels.labels[unclear]}, and from there on is not told from"
            " nothing"
        )
    if each.worth > 0.0 and gains.first_not_worth is not None:
        yield (
            f"going beyond {levels.labels[gains.first_not_worth]} is shown to gain less than the"
            f" {written(each.measure, each.worth)} by unit that are worth having"
        )


def may_not_be_concluded(part: Part) -> list[str]:
    """Say what is open, and how many replications would settle it if differences are as found."""
    return [said for each in part.found for said in _open(each, part.stratum.levels)]


def _open(each: Compared, levels: Levels) -> Iterator[str]:
    some, base = each.from_baseline, levels.labels[levels.baseline]
    open_ones = [place for place, word in enumerate(some.verdicts) if word == _OPEN]
    if not open_ones:
        return
    if not each.is_known:
        yield f"{each.measure.title}: of some levels there is no mean, as there is nothing to take shares of."
        return
    told = [f"{levels.labels[some.pairs[place][0]]} ({_wanted(some.needed[place])})" for place in open_ones]
    yield f"{each.measure.title}: whether {base} or {listed(told, 'or')} has more is not yet known."


def _wanted(needed: int) -> str:
    if needed == 0:
        return "no sign of a difference"
    if needed >= UNREACHABLE:
        return "more than a million replications"
    return f"some {needed:,} replications"


def doubts_of(comparison: Comparison, part: Part) -> list[str]:
    """Say what is to be held against the intervals and the differences of a stratum."""
    return [
        *_few(part),
        *_dropped(part),
        *(said for each in part.found for said in _doubtful(each, part)),
        *(said for each in part.found for said in _within_model_error(each, comparison, part)),
    ]


def _few(part: Part) -> Iterator[str]:
    count = part.stratum.replications
    if count < FEW:
        yield (
            f"There are {count} replications only: intervals are wide, and of what is rare there may be none."
            f" {FEW} or more are usual."
        )


def _dropped(part: Part) -> Iterator[str]:
    if part.stratum.dropped:
        yield (
            f"{part.stratum.dropped:,} runs are left out, as other levels have no run of the same replication"
            " yet, or it failed. Failures that come with a level bias the rest."
        )


def _doubtful(each: Compared, part: Part) -> Iterator[str]:
    labels, some = part.stratum.levels.labels, each.from_baseline
    skewed = [
        labels[some.pairs[place][0]] for place, doubt in enumerate(some.doubts) if doubt is Doubt.SKEWED
    ]
    if skewed:
        yield (
            f"{each.measure.title}: differences of {listed(skewed)} come from a few runs (skewed): their 95 %"
            " intervals may hold the truth in less than 92 % of studies."
        )
    still = [
        labels[some.pairs[place][0]] for place, doubt in enumerate(some.doubts) if doubt is Doubt.NEVER_VARIES
    ]
    if still:
        share = 1.0 - 0.05 ** (1.0 / part.stratum.replications)
        yield (
            f"{each.measure.title}: differences of {listed(still)} are the same in every run; with"
            f" {part.stratum.replications} runs another one may still come in up to {share:.0%} of runs."
        )


def _within_model_error(each: Compared, comparison: Comparison, part: Part) -> Iterator[str]:
    """Warn where a difference that is told from 0 is smaller than what the model misses history by."""
    miss = miss_of(each.measure.name, comparison.material.scenario)
    if miss is None:
        return
    some, labels = each.from_baseline, part.stratum.levels.labels
    size = np.abs(some.found.alone.estimate)
    within = size < miss.share * np.abs(each.levels.estimate[part.stratum.levels.baseline])
    names = [
        labels[some.pairs[place][0]]
        for place, word in enumerate(some.verdicts)
        if word not in (_OPEN, Verdict.EQUIVALENT.value) and within[place]
    ]
    if names:
        yield (
            f"{each.measure.title}: the difference of {listed(names)} is within what the model misses history"
            f" by ({miss.told}): its sign may hold, its size hangs on the model."
        )


def listed(names: Sequence[str], word: str = "and") -> str:
    """Put names into a sentence."""
    return f"{', '.join(names[:-1])} {word} {names[-1]}" if len(names) > 1 else "".join(names)
