"""What an interval of a difference says, in one of four words."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aegean_sim.study.statistics.intervals import Intervals


class Verdict(StrEnum):
    """What may be said of one cell against another."""

    BETTER = "better"
    WORSE = "worse"
    EQUIVALENT = "equivalent"
    NOT_YET_KNOWN = "not yet known"


def verdicts(
    intervals: Intervals, *, smaller_is_better: bool, indifference: float = 0.0
) -> tuple[Verdict, ...]:
    """Judge differences by their intervals.

    Parameters
    ----------
    intervals : Intervals
        Of differences; simultaneous ones make the verdicts right all together.
    smaller_is_better : bool
    indifference : float, optional
        Differences up to it, either way, make no odds.

    Notes
    -----
    Equivalent: the whole interval lies within the indifference, even if it leaves out 0. That is two
    one-sided tests (Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15, 1987) at half the error
    that the interval allows. Better and worse: the interval lies on one side of 0. A difference of 0 in all
    runs is equivalent.
    """
    sign = -1.0 if smaller_is_better else 1.0
    ends = zip(intervals.low.tolist(), intervals.high.tolist(), strict=True)
    return tuple(
        _verdict(min(sign * low, sign * high), max(sign * low, sign * high), indifference)
        for low, high in ends
    )


def _verdict(low: float, high: float, indifference: float) -> Verdict:
    if -indifference <= low and high <= indifference:
        return Verdict.EQUIVALENT
    if low > 0.0:
        return Verdict.BETTER
    return Verdict.WORSE if high < 0.0 else Verdict.NOT_YET_KNOWN
