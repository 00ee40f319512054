"""The way most SimPy models are written: one process a mover, which wakes every minute and looks round."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import simpy

from peers.sea import MESSAGE_S, RANGE_M, STEP_S, Polyline, Sea, Tally, back_on_loop_s, lead_s


class Mover:
    """Something on a polyline."""

    def __init__(self, line: Polyline) -> None:
        self.time_s, self.xs, self.ys = line.time_s.tolist(), line.x_m.tolist(), line.y_m.tolist()
        self.leg = -1
        self.ends_s = self.time_s[0]
        self.move(self.time_s[0])

    def move(self, now: float) -> None:
        """Take the position of a moment that is not before the last one asked for."""
        while now >= self.ends_s and self.leg < len(self.time_s) - 2:
            self._begin_leg(self.leg + 1)
        self.x = self.xs[self.leg] + self.vx * (now - self.time_s[self.leg])
        self.y = self.ys[self.leg] + self.vy * (now - self.time_s[self.leg])

    def _begin_leg(self, leg: int) -> None:
        self.leg, self.ends_s = leg, self.time_s[leg + 1]
        span_s = self.ends_s - self.time_s[leg]
        self.vx = (self.xs[leg + 1] - self.xs[leg]) / span_s
        self.vy = (self.ys[leg + 1] - self.ys[leg]) / span_s


class Boat(Mover):
    """A boat, and what is known of it."""

    def __init__(self, line: Polyline) -> None:
        super().__init__(line)
        self.at_sea = True
        self.called = False
        self.seen_by: set[int] = set()


class Guard:
    """A coast guard: on its loop, after a boat, or on the way back to where its loop will have got to."""

    def __init__(self, line: Polyline) -> None:
        self.line, self.slot = line, Mover(line)
        self.x, self.y = self.slot.x, self.slot.y
        self.busy = False
        self.boat: Boat | None = None

    def steer(self, to: Boat) -> bool:
        """Sail a step on the collision course; tell whether the boat is met."""
        px, py = to.x - self.x, to.y - self.y
        wait_s = lead_s(px, py, to.vx, to.vy)
        if wait_s <= STEP_S:
            self.x, self.y = to.x, to.y
            return True
        self.x += (px / wait_s + to.vx) * STEP_S
        self.y += (py / wait_s + to.vy) * STEP_S
        return False


@dataclass
class World:
    """All that the processes share."""

    env: simpy.Environment
    ships: list[Mover]
    guards: list[Guard]
    chance: random.Random
    tally: Tally
    waiting: list[Boat] = field(default_factory=list)

    def call(self, boat: Boat) -> None:
        """Send the idle guard that can be there first, if in time, or let the boat wait for one."""
        idle = [guard for guard in self.guards if not guard.busy]
        boat.called = True
        if not idle:
            self.waiting.append(boat)
            return
        waits_s = [lead_s(boat.x - one.x, boat.y - one.y, boat.vx, boat.vy) for one in idle]
        best_s = min(waits_s)
        if self.env.now + best_s < boat.time_s[-1]:
            guard = idle[waits_s.index(best_s)]
            guard.busy, guard.boat = True, boat
        else:
            boat.called = False

    def freed(self, guard: Guard) -> None:
        """Let a guard that is back take the first case that waits and can still be met."""
        guard.busy = False
        while self.waiting and not guard.busy:
            boat = self.waiting.pop(0)
            if boat.at_sea:
                self.call(boat)


def run(sea: Sea, seed: int) -> Tally:
    """Sail it."""
    env = simpy.Environment()
    tally = Tally(boats=len(sea.boats))
    ships, guards = [Mover(line) for line in sea.ships], [Guard(line) for line in sea.guards]
    world = World(env, ships, guards, random.Random(seed), tally)  # noqa: S311  (no secret)
    for ship in ships:
        env.process(_sail(env, ship))
    for guard in guards:
        env.process(_guard(world, guard))
    for line in sea.boats:
        env.process(_cross(world, line))
    env.run(until=sea.horizon_s)
    return tally


def _sail(env: simpy.Environment, ship: Mover) -> simpy.events.ProcessGenerator:
    while True:
        ship.move(env.now)
        yield env.timeout(STEP_S)


def _cross(world: World, line: Polyline) -> simpy.events.ProcessGenerator:
    env = world.env
    yield env.timeout(line.time_s[0])
    boat, arrives_s = Boat(line), line.time_s[-1]
    while boat.at_sea and env.now < arrives_s:
        boat.move(env.now)
        _look(world, boat)
        yield env.timeout(STEP_S)
    boat.at_sea = False


def _look(world: World, boat: Boat) -> None:
    for number, ship in enumerate(world.ships):
        dx, dy = boat.x - ship.x, boat.y - ship.y
        if dx * dx + dy * dy < RANGE_M**2 and number not in boat.seen_by:
            world.tally.seen += not boat.seen_by
            world.tally.reports += 1
            boat.seen_by.add(number)
            world.env.process(_report(world, boat))


def _report(world: World, boat: Boat) -> simpy.events.ProcessGenerator:
    yield world.env.timeout(world.chance.expovariate(1.0 / MESSAGE_S))
    if boat.at_sea and not boat.called:
        world.call(boat)


def _guard(world: World, guard: Guard) -> simpy.events.ProcessGenerator:
    env = world.env
    while True:
        guard.slot.move(env.now)
        if guard.boat is None:
            guard.x, guard.y = guard.slot.x, guard.slot.y
        elif _pursued(world, guard, guard.boat):
            guard.boat = None
            yield env.timeout(back_on_loop_s(guard.line, guard.x, guard.y, env.now) - env.now)
            guard.slot.move(env.now)
            guard.x, guard.y = guard.slot.x, guard.slot.y
            world.freed(guard)
        yield env.timeout(STEP_S)


def _pursued(world: World, guard: Guard, boat: Boat) -> bool:
    """Sail a step after a boat; tell whether that is over."""
    if boat.at_sea and not guard.steer(boat):
        return False
    world.tally.met += boat.at_sea
    boat.at_sea = False
    return True
