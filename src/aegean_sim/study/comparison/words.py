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
    from collections.abc import Iterable, Iterator, Sequence

    from aegean_sim.quantities import FloatArray
    from aegean_sim.study.comparison.comparing import Compared, Differences
    from aegean_sim.study.comparison.comparison import Comparison, Part
    from aegean_sim.study.comparison.strata import Levels

FEW = 20
_OPEN = Verdict.NOT_YET_KNOWN.value
_ERROR = 0.05


def headline(comparison: Comparison, part: Part) -> str:
    """Say in a line what the first measure came to: the greatest difference with the baseline."""
    each, levels = part.found[0], part.stratum.levels
    some = each.from_baseline
    place = _greatest(some, range(len(some.pairs)))
    what = f"{comparison.lever} {levels.labels[some.pairs[place][0]]} against {base_of(levels)}"
    if some.doubts[place] is Doubt.NEVER_VARIES and some.found.together.estimate[place] == 0.0:
        return f"{what}: {each.measure.title.lower()} the same in all {part.stratum.replications} runs"
    return f"{what}: {each.measure.title.lower()} {_interval(each, some, place)}: {some.verdicts[place]}"


def _greatest(some: Differences, places: Iterable[int]) -> int:
    """Give the place of the greatest difference, of equal ones the last."""
    return max(places, key=lambda place: (abs(float(some.found.together.estimate[place])), place))


def base_of(levels: Levels) -> str:
    """Give the baseline's name, in quotation marks where it is one of named cases."""
    label = levels.labels[levels.baseline]
    return f"'{label}'" if levels.values is None else label


def _interval(each: Compared, some: Differences, place: int) -> str:
    found = some.found.together
    estimate, low, high = (
        written(each.measure, float(values[place]), signed=True)
        for values in (found.estimate, found.low, found.high)
    )
    return f"{' '.join(filter(None, (estimate, unit_of_differences(each))))}, {low} to {high}"


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
    some, base = each.from_baseline, base_of(levels)
    places = [place for place, word in enumerate(some.verdicts) if word != _OPEN]
    places.sort(key=lambda place: some.verdicts[place])
    for word, alike in groupby(places, key=lambda place: some.verdicts[place]):
        found = list(alike)
        names = listed([levels.labels[some.pairs[place][0]] for place in found])
        if word != Verdict.EQUIVALENT.value:
            most = _greatest(some, found)
            which = f"most {levels.labels[some.pairs[most][0]]}: " if len(found) > 1 else ""
            has = "have" if len(found) > 1 else "has"
            yield (
                f"{names} {has} {_direction(each, word)} than {base} ({which}{_interval(each, some, most)})"
            )
        elif each.worth > 0.0:
            yield f"{names} {_are(found)} equivalent to {base}, within {written(each.measure, each.worth)}"
        else:
            yield f"{names} {_are(found)} the same as {base} in every run"


def _are(found: Sequence[int]) -> str:
    return "are" if len(found) > 1 else "is"


def _direction(each: Compared, word: str) -> str:
    if each.measure.better == "neither":
        return word
    fewer = (word == Verdict.BETTER.value) == each.measure.smaller_is_better
    return f"{'fewer' if fewer else 'more'}, which is {word},"


def unit_of_differences(each: Compared) -> str:
    """Give the unit in which differences are told."""
    return "points" if each.measure.unit == "%" else each.measure.unit


def _best(each: Compared, levels: Levels) -> Iterator[str]:
    if each.best is None or each.best.may_be_best.all():
        return
    names = [levels.labels[place] for place in np.flatnonzero(each.best.may_be_best)]
    if each.worth > 0.0:
        yield f"not shown to be worse than the best by more than that: {listed(names)}"
    elif len(names) == 1:
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
    said = [said for each in part.found for said in _open(each, part.stratum.levels)]
    return [*said, _IN_BRACKETS] if said else []


_IN_BRACKETS = (
    "In brackets: how many in all it takes at least, if the differences are as found; skewed ones take more."
)


def _open(each: Compared, levels: Levels) -> Iterator[str]:
    some, base = each.from_baseline, base_of(levels)
    open_ones = [place for place, word in enumerate(some.verdicts) if word == _OPEN]
    if not open_ones:
        return
    if not each.is_known:
        yield f"{each.measure.title}: some levels have no mean, as there is nothing to take shares of."
        return
    told = [f"{levels.labels[some.pairs[place][0]]} ({_wanted(some.needed[place])})" for place in open_ones]
    yield f"{each.measure.title}: not yet known against {base}: {listed(told)}."


def _wanted(needed: int) -> str:
    if needed == 0:
        return "no sign of a difference"
    if needed >= UNREACHABLE:
        return "more than a million replications"
    return f"{needed:,} replications"


def doubts_of(comparison: Comparison, part: Part) -> list[str]:
    """Say what is to be held against the intervals and the differences of a stratum."""
    return [
        *_few(part),
        *_dropped(part),
        *_skewed(part),
        *_same(part),
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


def _skewed(part: Part) -> Iterator[str]:
    names = _doubted(part, Doubt.SKEWED)
    if names:
        yield (
            f"A few runs have most of the difference (skewed): {'; '.join(names)}. Their 95 % intervals may"
            " hold the truth in less than 92 % of studies."
        )


def _same(part: Part) -> Iterator[str]:
    names, count = _doubted(part, Doubt.NEVER_VARIES), part.stratum.replications
    if names:
        share = 1.0 - _ERROR ** (1.0 / count)
        yield (
            f"The difference is the same in all {count} runs: {'; '.join(names)}. What comes in fewer than"
            f" one run of {1.0 / share:,.0f} may well have been missed."
        )


def _doubted(part: Part, doubt: Doubt) -> list[str]:
    """Name the measures, and the levels whose differences with the baseline are doubted so."""
    labels, names = part.stratum.levels.labels, []
    for each in part.found:
        some = each.from_baseline
        levels = [labels[some.pairs[place][0]] for place, one in enumerate(some.doubts) if one is doubt]
        names += [f"{each.measure.title.lower()} ({', '.join(levels)})"] if levels else []
    return names


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


def pairing_of(part: Part) -> list[str]:
    """Say what pairing gained from each level to the next, a measure a sentence."""
    if not part.stratum.levels.is_paired:
        return ["Nothing: levels are seeds, which meet other boats and other luck."]
    return [said for each in part.found for said in _gained(each)]


def _gained(each: Compared) -> Iterator[str]:
    pairing = each.from_neighbour.pairing
    ratios = pairing.variance_ratio[np.isfinite(pairing.variance_ratio)]
    if ratios.size:
        correlations = pairing.correlation[np.isfinite(pairing.correlation)]
        told = f" (correlation {_range(correlations)})" if correlations.size else ""
        yield (
            f"{each.measure.title}: without pairs {_range(ratios)} times the replications would be needed"
            f"{told}."
        )


def _range(values: FloatArray) -> str:
    low, high = (f"{end:,.0f}" if end >= 100.0 else f"{end:.3g}" for end in (values.min(), values.max()))
    return low if low == high else f"{low} to {high}"


def listed(names: Sequence[str], word: str = "and") -> str:
    """Put names into a sentence."""
    return f"{', '.join(names[:-1])} {word} {names[-1]}" if len(names) > 1 else "".join(names)
