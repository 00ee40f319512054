"""Desk load: queues and work at every desk, hour by hour, worked out from the rows of ``handoffs``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.behaviour.decisions import NO_UNIT_FREE
from aegean_sim.entities.boat import as_column
from aegean_sim.handoff.roster import roster_of
from aegean_sim.quantities import HOUR_S, MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from aegean_sim.quantities import BoolArray, FloatArray, IntArray
    from aegean_sim.scenario.desks import Desk

Columns = dict[str, "NDArray[Any]"]


def desk_load(
    handoffs: Mapping[str, NDArray[Any]], desks: Sequence[Desk], clock_s: float, horizon_s: float
) -> Columns:
    """Work out how busy each desk was in each hour of a run.

    Parameters
    ----------
    handoffs : mapping of column name to array
        All hops.
    desks : sequence of Desk
        All desks of the scenario.
    clock_s : float
        Seconds after midnight, UTC, of time zero.
    horizon_s : float
        End of the run, and so of the last hour, though it be a short one.

    Returns
    -------
    dict of str to array, shape (desks * hours,)
        One row a desk and hour. ``waiting_mean``, ``busy_mean`` and ``officers_mean`` are means over time of
        how many messages wait, how many officers are at work, and how many are on shift; an officer whose
        shift has ended may still be at work. Messages count in the hour in which they arrive, are taken up,
        are decided on, or are given up on the way (``lost``). Of those decided on, ``refused`` were refused,
        for whatever reason, and not passed on; for ``no_unit`` the desk had no unit free, whatever it did
        then. What has waited for a unit counts in the hour in which the desk let it wait. ``wait_mean_min``
        is that of messages taken up in the hour, NaN without any.
    """
    cells = _Cells(np.append(np.arange(0.0, horizon_s, HOUR_S), horizon_s), len(desks))
    row = {desk.id: number for number, desk in enumerate(desks)}
    desk = np.array([row[name] for name in handoffs["receiver"]], dtype=np.int64)
    messages = _Messages(desk, *(handoffs[name] for name in ("arrived_s", "taken_up_s", "decided_s")))
    waiting_mean, waiting_max = cells.between(desk, messages.arrived_s, messages.taken_up_s)
    busy_mean, _ = cells.between(desk, messages.taken_up_s, messages.decided_s)
    officers_mean, _ = cells.levels(*_shifts(desks, clock_s, horizon_s))
    return {
        "desk": np.repeat(as_column([each.id for each in desks]), cells.hours),
        "start_s": np.tile(cells.edges_s[:-1], len(desks)),
        "end_s": np.tile(cells.edges_s[1:], len(desks)),
        **messages.counts(cells),
        "refused": messages.decisions(cells, handoffs["decision"] == "refused"),
        "no_unit": messages.decisions(
            cells,
            (handoffs["reason"] == NO_UNIT_FREE.reason) | np.isfinite(handoffs["waited_until_s"]),
        ),
        "waiting_mean": waiting_mean,
        "waiting_max": waiting_max.astype(np.int64),
        "wait_mean_min": messages.wait_mean_s(cells) / MINUTE_S,
        "officers_mean": officers_mean,
        "busy_mean": busy_mean,
    }


@dataclass(frozen=True, slots=True)
class _Cells:
    """Desks by hours, desk by desk in one row.

    Parameters
    ----------
    edges_s : array, shape (hours + 1,)
        Where the hours begin, and the end.
    """

    edges_s: FloatArray
    desks: int

    @property
    def hours(self) -> int:
        return len(self.edges_s) - 1

    def at(self, desk: IntArray, time_s: FloatArray) -> IntArray:
        """Give the cell of a desk and a moment; an hour holds its beginning."""
        return desk * self.hours + np.searchsorted(self.edges_s, time_s, side="right") - 1

    def sums(
        self, desk: IntArray, time_s: FloatArray, rows: BoolArray, values: FloatArray | None = None
    ) -> NDArray[Any]:
        """Count some rows by the cell they fall in, or add up their values."""
        cell = self.at(desk[rows], time_s[rows])
        return np.bincount(cell, None if values is None else values[rows], minlength=self.desks * self.hours)

    def between(self, desk: IntArray, in_s: FloatArray, out_s: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Give mean and greatest number of those who are in; who has no ``out_s`` stays to the end."""
        came, went = np.isfinite(in_s), np.isfinite(in_s) & np.isfinite(out_s)
        step = np.repeat([1.0, -1.0], [came.sum(), went.sum()])
        return self.levels(
            np.concatenate([desk[came], desk[went]]), np.concatenate([in_s[came], out_s[went]]), step
        )

    def levels(self, desk: IntArray, time_s: FloatArray, step: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Give mean and greatest level in each cell, of desks whose levels start at 0 and change by steps.

        A level that lasts for no time is none.
        """
        desk, time_s, level = self._stairs(desk, time_s, step)
        cell = self.at(desk, time_s)
        first = np.searchsorted(cell, np.arange(self.desks * self.hours))
        goes_on = np.zeros(len(cell), dtype=np.bool_)
        goes_on[:-1] = cell[1:] == cell[:-1]
        until_s = np.where(goes_on, np.roll(time_s, -1), self.edges_s[cell % self.hours + 1])
        area = np.add.reduceat(level * (until_s - time_s), first)
        return area / np.tile(np.diff(self.edges_s), self.desks), np.maximum.reduceat(level, first)

    def _stairs(
        self, desk: IntArray, time_s: FloatArray, step: FloatArray
    ) -> tuple[IntArray, FloatArray, FloatArray]:
        """Sort steps, with one of 0 where each hour begins, and give desk, time and level after each."""
        desk = np.concatenate([np.repeat(np.arange(self.desks), self.hours), desk])
        time_s = np.concatenate([np.tile(self.edges_s[:-1], self.desks), time_s])
        step = np.concatenate([np.zeros(self.desks * self.hours), step])
        order = np.lexsort((time_s, desk))
        desk, time_s = desk[order], time_s[order]
        in_all = np.bincount(desk, step[order], minlength=self.desks)
        level = np.cumsum(step[order]) - (np.cumsum(in_all) - in_all)[desk]
        last = np.ones(len(desk), dtype=np.bool_)
        last[:-1] = (desk[1:] != desk[:-1]) | (time_s[1:] != time_s[:-1])
        return desk[last], time_s[last], level[last]


@dataclass(frozen=True, slots=True)
class _Messages:
    """Messages on their way to desks and there; a time that has not come is NaN."""

    desk: IntArray
    arrived_s: FloatArray
    taken_up_s: FloatArray
    decided_s: FloatArray

    def counts(self, cells: _Cells) -> Columns:
        came, ended = np.isfinite(self.arrived_s), np.isfinite(self.decided_s)
        return {
            "arrived": cells.sums(self.desk, self.arrived_s, came),
            "taken_up": cells.sums(self.desk, self.taken_up_s, np.isfinite(self.taken_up_s)),
            "decided": cells.sums(self.desk, self.decided_s, came & ended),
            "lost": cells.sums(self.desk, self.decided_s, ~came & ended),
        }

    def decisions(self, cells: _Cells, such: BoolArray) -> NDArray[Any]:
        return cells.sums(self.desk, self.decided_s, such & np.isfinite(self.decided_s))

    def wait_mean_s(self, cells: _Cells) -> FloatArray:
        taken_up = np.isfinite(self.taken_up_s)
        waited_s = cells.sums(self.desk, self.taken_up_s, taken_up, self.taken_up_s - self.arrived_s)
        count = cells.sums(self.desk, self.taken_up_s, taken_up)
        mean_s = np.full(len(count), np.nan)
        np.divide(waited_s, count, out=mean_s, where=count > 0)
        return mean_s


def _shifts(
    desks: Sequence[Desk], clock_s: float, horizon_s: float
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Give the steps in the numbers of officers on shift: desk, time and step."""
    rosters = [roster_of(desk, clock_s) for desk in desks]
    times_s = [[0.0, *roster.changes_s(horizon_s)] for roster in rosters]
    officers = [[roster.officers(at) for at in each] for roster, each in zip(rosters, times_s, strict=True)]
    return (
        np.repeat(np.arange(len(desks)), [len(each) for each in times_s]),
        np.array([at for each in times_s for at in each], dtype=np.float64),
        np.array([step for each in officers for step in np.diff(each, prepend=0)], dtype=np.float64),
    )
