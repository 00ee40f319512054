"""A stepper that moves and compares everything at once, in NumPy, minute by minute."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from peers.sea import MESSAGE_S, PURSUIT_MPS, RANGE_M, STEP_S, Sea, Tally, back_on_loop_s

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
        self.changes = [
            (float(leg[0]), row, n) for row, legs in enumerate(self.legs) for n, leg in enumerate(legs)
        ]
        self.changes += [(float(self.arrives_s[row]), row, -1) for row in range(len(sea.boats))]
        self.changes.sort(reverse=True)
        self.messages: list[tuple[float, int]] = []
        self.waiting: list[int] = []
        self.loops = sea.guards
        self.busy = np.zeros(len(sea.guards), dtype=np.bool_)
        self.hunters = np.empty(0, dtype=np.int64)
        self.hunted = np.empty(0, dtype=np.int64)
        self.hunters_xy = np.empty((0, 2))
        self.returns: list[tuple[float, int]] = []
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
                self._call(row, step)
        if len(self.hunters):
            self._hunt(now)
        while self.returns and self.returns[0][0] <= now:
            self._freed(heappop(self.returns)[1], step)

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

    def _call(self, row: int, step: int) -> None:
        """Send the idle guard that can be there first, if in time, or let the boat wait for one."""
        idle = np.flatnonzero(~self.busy)
        self.called[row] = True
        if not len(idle):
            self.waiting.append(row)
            return
        place, velocity = self._boats(np.array([row]), self.clock_s[step])
        waits_s = _lead_s(place - self.slots[step, idle], velocity)
        best = int(waits_s.argmin())
        if self.clock_s[step] + waits_s[best] < self.arrives_s[row]:
            self._send(int(idle[best]), row, step)
        else:
            self.called[row] = False

    def _send(self, guard: int, row: int, step: int) -> None:
        self.busy[guard] = True
        self.hunters, self.hunted = np.append(self.hunters, guard), np.append(self.hunted, row)
        self.hunters_xy = np.concatenate([self.hunters_xy, self.slots[step, guard][np.newaxis]])

    def _freed(self, guard: int, step: int) -> None:
        """Let a guard that is back take the first case that waits and can still be met."""
        self.busy[guard] = False
        while self.waiting and not self.busy[guard]:
            row = self.waiting.pop(0)
            if self.at_sea[row]:
                self._call(row, step)

    def _boats(self, rows: NDArray[np.int64], now: float) -> tuple[Floats, Floats]:
        start_s, x, y, vx, vy = self.now_on[:, rows]
        velocity = np.stack([vx, vy], axis=1)
        return np.stack([x, y], axis=1) + velocity * (now - start_s)[:, np.newaxis], velocity

    def _hunt(self, now: float) -> None:
        """Sail a step on the collision courses; send back those who have met their boat, or lost it."""
        place, velocity = self._boats(self.hunted, now)
        apart = place - self.hunters_xy
        wait_s = _lead_s(apart, velocity)
        met, over = wait_s <= STEP_S, ~self.at_sea[self.hunted]
        self.hunters_xy += (apart / np.maximum(wait_s, STEP_S)[:, np.newaxis] + velocity) * STEP_S
        done = met | over
        if done.any():
            self._turn_back(np.flatnonzero(done), now)
            self.hunters, self.hunted = self.hunters[~done], self.hunted[~done]
            self.hunters_xy = self.hunters_xy[~done]

    def _turn_back(self, places: NDArray[np.int64], now: float) -> None:
        for place in places:
            guard, row = int(self.hunters[place]), int(self.hunted[place])
            self.tally.met += bool(self.at_sea[row])
            self.at_sea[row] = False
            x_m, y_m = self.hunters_xy[place].tolist()
            back_s = back_on_loop_s(self.loops[guard], x_m, y_m, now)
            heappush(self.returns, (back_s, guard))
        self._renew()


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
