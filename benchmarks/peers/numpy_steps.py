"""A stepper that moves and compares everything at once, in NumPy, minute by minute."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from peers.sea import MESSAGE_S, PURSUIT_MPS, RANGE_M, STEP_S, Sea, Tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from peers.sea import Polyline

    Floats = NDArray[np.float64]


def run(sea: Sea, seed: int) -> Tally:
    """Sail it."""
    stepper = Stepper(sea, seed)
    for step in range(len(stepper.clock_s)):
        stepper.step(step)
    return stepper.tally


class Stepper:
    """Everything as arrays; boats at sea in compact columns, renewed when one sets out, turns or ends."""

    def __init__(self, sea: Sea, seed: int) -> None:
        self.clock_s = np.arange(0.0, sea.horizon_s, STEP_S)
        self.ships = _timetable(sea.ships, self.clock_s)
        self.slots = _timetable(sea.guards, self.clock_s)
        self.draws = np.random.default_rng(seed)
        self.tally = Tally(boats=len(sea.boats))
        self.legs = [_legs_of(line) for line in sea.boats]
        self.departs_s = np.array([line.time_s[0] for line in sea.boats])
        self.arrives_s = np.array([line.time_s[-1] for line in sea.boats])
        self.now_on = np.full((5, len(sea.boats)), np.nan)  # leg of each boat: start, x, y, vx, vy
        self.seen = np.zeros((len(sea.boats), len(sea.ships)), dtype=np.bool_)
        self.at_sea = np.zeros(len(sea.boats), dtype=np.bool_)
        self.called = np.zeros(len(sea.boats), dtype=np.bool_)
        self.changes = [(float(leg[0]), row, n) for row, legs in enumerate(self.legs) for n, leg in enumerate(legs)]
        self.changes += [(float(self.arrives_s[row]), row, -1) for row in range(len(sea.boats))]
        self.changes.sort(reverse=True)
        self.messages: list[tuple[float, int]] = []
        self.waiting: list[int] = []
        self.guard_xy = self.slots[0].copy()
        self.busy = np.zeros(len(sea.guards), dtype=np.bool_)
        self.target = np.full(len(sea.guards), -1)
        self._renew()

    def step(self, step: int) -> None:
        """Go on by a minute."""
        now = self.clock_s[step]
        if self.changes and self.changes[-1][0] <= now:
            self._take_changes(now)
        if len(self.rows):
            self._look(step, now)
        while self.messages and self.messages[0][0] <= now:
            row = heappop(self.messages)[1]
            if self.at_sea[row] and not self.called[row]:
                self._call(row, now)
        self._move_guards(step, now)

    def _renew(self) -> None:
        self.rows = np.flatnonzero(self.at_sea)
        self.columns = self.now_on[:, self.rows]
        self.not_seen = ~self.seen[self.rows]

    def _take_changes(self, now: float) -> None:
        while self.changes and self.changes[-1][0] <= now:
            _, row, leg = self.changes.pop()
            if leg == 0:
                self.at_sea[row] = True
            elif leg < 0:
                self.at_sea[row] = False
            if leg >= 0:
                self.now_on[:, row] = self.legs[row][leg]
        self._renew()

    def _look(self, step: int, now: float) -> None:
        """Compare all boats at sea with all ships."""
        start_s, x, y, vx, vy = self.columns
        elapsed_s = now - start_s
        ships = self.ships[step]
        dx = (x + vx * elapsed_s)[:, np.newaxis] - ships[:, 0]
        dy = (y + vy * elapsed_s)[:, np.newaxis] - ships[:, 1]
        fresh = (dx * dx + dy * dy < RANGE_M**2) & self.not_seen
        if fresh.any():
            for place, ship in zip(*np.nonzero(fresh), strict=True):
                self._sight(int(self.rows[place]), int(ship), now)
            self.not_seen = ~self.seen[self.rows]

    def _sight(self, row: int, ship: int, now: float) -> None:
        self.tally.seen += not self.seen[row].any()
        self.tally.reports += 1
        self.seen[row, ship] = True
        heappush(self.messages, (now + self.draws.exponential(MESSAGE_S), row))

    def _call(self, row: int, now: float) -> None:
        """Send the idle guard that can be there first, if in time, or let the boat wait for one."""
        idle = np.flatnonzero(~self.busy)
        self.called[row] = True
        if not len(idle):
            self.waiting.append(row)
            return
        place, velocity = self._boats(np.array([row]), now)
        waits_s = _lead_s(place - self.guard_xy[idle], velocity)
        best = int(waits_s.argmin())
        if now + waits_s[best] < self.arrives_s[row]:
            self.busy[idle[best]], self.target[idle[best]] = True, row
        else:
            self.called[row] = False

    def _boats(self, rows: NDArray[np.int64], now: float) -> tuple[Floats, Floats]:
        start_s, x, y, vx, vy = self.now_on[:, rows]
        velocity = np.stack([vx, vy], axis=1)
        return np.stack([x, y], axis=1) + velocity * (now - start_s)[:, np.newaxis], velocity

    def _move_guards(self, step: int, now: float) -> None:
        """Keep idle guards on their loops, and steer the others at boats or back to their loops."""
        slots = self.slots[step]
        if not self.busy.any():
            self.guard_xy = slots.copy()
            return
        self.guard_xy[~self.busy] = slots[~self.busy]
        hunting = self.target >= 0
        gone = hunting & ~self.at_sea[self.target]
        self.target[gone] = -1
        hunting &= ~gone
        to, velocity = slots.copy(), (slots - self.slots[max(step - 1, 0)]) / STEP_S
        to[hunting], velocity[hunting] = self._boats(self.target[hunting], now)
        there = self._steer(to, velocity) & self.busy
        for guard in np.flatnonzero(there):
            self._arrived(int(guard), now)

    def _steer(self, to: Floats, velocity: Floats) -> NDArray[np.bool_]:
        """Sail a step on the collision courses; tell who is there."""
        apart = to - self.guard_xy
        wait_s = _lead_s(apart, velocity)[:, np.newaxis]
        there = wait_s <= STEP_S
        onward = (apart / np.maximum(wait_s, STEP_S) + velocity) * STEP_S
        away = self.busy[:, np.newaxis]
        self.guard_xy = np.where(there & away, to, np.where(away, self.guard_xy + onward, self.guard_xy))
        return np.asarray(there[:, 0])

    def _arrived(self, guard: int, now: float) -> None:
        row = int(self.target[guard])
        if row >= 0:
            self.target[guard], self.at_sea[row] = -1, False
            self.tally.met += 1
            self._renew()
            return
        self.busy[guard] = False
        while self.waiting and not self.busy[guard]:
            row = self.waiting.pop(0)
            if self.at_sea[row]:
                self._call(row, now)


def _timetable(lines: list[Polyline], clock_s: Floats) -> Floats:
    """Give where each is at each step, shape (steps, movers, 2)."""
    return np.stack(
        [
            np.column_stack([np.interp(clock_s, line.time_s, axis) for axis in (line.x_m, line.y_m)])
            for line in lines
        ],
        axis=1,
    )


def _legs_of(line: Polyline) -> Floats:
    span_s = np.diff(line.time_s)
    return np.column_stack(
        [
            line.time_s[:-1],
            line.x_m[:-1],
            line.y_m[:-1],
            np.diff(line.x_m) / span_s,
            np.diff(line.y_m) / span_s,
        ]
    )


def _lead_s(apart: Floats, velocity: Floats) -> Floats:
    """Give times to meet on collision courses, as `peers.sea.lead_s` does for one."""
    along = (apart * velocity).sum(axis=1)
    faster = PURSUIT_MPS**2 - (velocity * velocity).sum(axis=1)
    return np.asarray((along + np.sqrt(along**2 + faster * (apart * apart).sum(axis=1))) / faster)
