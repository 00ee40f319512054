"""Pictures: what a desk takes for one boat, report by report; it may take one boat for two."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aegean_sim.quantities import HOUR_S, MINUTE_S
from aegean_sim.streams import mixed

if TYPE_CHECKING:
    from aegean_sim.handoff.network import Report
    from aegean_sim.scenario import doctrine
    from aegean_sim.streams import Streams

_CURRENT_S = 3.0 * HOUR_S


@dataclass(slots=True, eq=False)
class Case:
    """What a desk takes for one boat.

    Parameters
    ----------
    number : int
        Of this desk's cases on this boat, from 0; only the first is news of a boat unknown so far.
    latest : Report
        Of those ascribed to it, the one that was observed last.
    units : set of str
        Who reported it.
    last_s : float
        When a report on it was last taken up.
    searches : int
        How often it was sought in vain since the latest report.
    """

    number: int
    latest: Report
    units: set[str]
    last_s: float
    searches: int = 0

    def add(self, report: Report, now_s: float) -> None:
        """Ascribe one more report to it."""
        if report.unit:
            self.units.add(report.unit)
        if report.seen_s >= self.latest.seen_s:
            if report.number != self.latest.number:
                self.searches = 0
            self.latest = report
        self.last_s = now_s


@dataclass(slots=True, eq=False)
class Picture:
    """All cases of one desk.

    Parameters
    ----------
    key : int
        The desk's identity for draws.
    """

    rules: doctrine.Picture
    key: int
    streams: Streams
    _of_boat: dict[tuple[str, int], list[Case]] = field(default_factory=dict)
    _of_report: dict[int, Case] = field(default_factory=dict)
    _recent: deque[tuple[float, Case]] = field(default_factory=deque)
    _about: Counter[int] = field(default_factory=Counter)

    def filed(self, report: Report, now_s: float) -> Case:
        """Ascribe a report to the case that it is tidings of, if that is seen, else to a new one."""
        known = self._of_report.get(report.number)
        if known is not None:
            return known
        case = self._case(report, now_s)
        case.add(report, now_s)
        self._of_report[report.number] = case
        if self.rules.crowd is not None:
            self._recent.append((now_s, case))
            self._about[id(case)] += 1
        return case

    def _case(self, report: Report, now_s: float) -> Case:
        """Find the latest case that a report is matched to, or open one."""
        same_boat = self._of_boat.setdefault((report.theatre, report.boat), [])
        for case in reversed(same_boat):
            if self._matches(report, case, now_s):
                return case
        same_boat.append(Case(len(same_boat), report, set(), now_s))
        return same_boat[-1]

    def match_share(self, apart_s: float, others: int) -> float:
        """Give the chance that a report is matched to a case ``apart_s`` old, with so many others about."""
        share, rules = self.rules.match_share, self.rules
        if rules.match_half_min is not None:
            share *= 0.5 ** (apart_s / (rules.match_half_min * MINUTE_S))
        return share if rules.crowd is None else share / (1.0 + others / rules.crowd)

    def _matches(self, report: Report, case: Case, now_s: float) -> bool:
        """Tell whether it is taken for the same boat: surely if the unit reports it again, else by chance."""
        if report.unit in case.units:
            return True
        share = self.match_share(now_s - case.last_s, self._others(case, now_s))
        return share >= 1.0 or self.streams.one("match", self.key, mixed(report.key, case.number)) < share

    def _others(self, case: Case, now_s: float) -> int:
        """Count the other cases of the last hours."""
        if self.rules.crowd is None:
            return 0
        while self._recent and now_s - self._recent[0][0] > _CURRENT_S:
            gone = id(self._recent.popleft()[1])
            self._about[gone] -= 1
            if self._about[gone] == 0:
                del self._about[gone]
        return len(self._about) - (id(case) in self._about)
