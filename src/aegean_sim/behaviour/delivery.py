"""Delivery: units with people aboard stay for other boats, hand them over, or bring them ashore."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.agenda import after
from aegean_sim.behaviour.courses import meet, rejoin, way_home
from aegean_sim.handoff.chance import minutes_s
from aegean_sim.kinematics.legs import Track, sail
from aegean_sim.quantities import HOUR_S, MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Callable

    import simpy

    from aegean_sim.behaviour.ashore import Ashore
    from aegean_sim.behaviour.courses import Meeting
    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.party import Party
    from aegean_sim.entities.unit import Unit
    from aegean_sim.scenario.base import Delay
    from aegean_sim.scenario.rescue import Rescue, Transfer
    from aegean_sim.streams import Streams

_Place = tuple[float, float]


@dataclass(slots=True, eq=False)
class Delivery:
    """What becomes of people taken aboard, for all units.

    Parameters
    ----------
    ashore_min : delay
        Time in port.
    freed : callable
        Called when a unit is back.
    """

    env: simpy.Environment
    rules: Rescue
    ashore: Ashore
    ashore_min: Delay
    streams: Streams
    freed: Callable[[], None] = field(init=False)

    def at_once(self, unit: Unit) -> bool:
        """Tell whether a unit brings people ashore from their boat, without a stay or a transfer."""
        return unit.passing or (self.rules.stay_h == 0.0 and self.rules.transfer is None)

    def took(self, scene: Scene, unit: Unit, party: Party) -> None:
        """Note who has come aboard a unit that does not bring them ashore at once."""
        unit.parties.append(party)
        if len(unit.parties) == 1:
            stays_s = party.aboard_s + self.rules.stay_h * HOUR_S - self.env.now
            after(self.env, max(0.0, stays_s), partial(self.check, scene), unit)

    def check(self, scene: Scene, unit: Unit) -> None:
        """Send a unit off with those aboard, if it is not busy and is full or has stayed long enough."""
        if unit.busy or not unit.parties:
            return
        overdue = self.env.now >= unit.parties[0].aboard_s + self.rules.stay_h * HOUR_S
        full = unit.room <= (1.0 - self.rules.full_share) * unit.craft.capacity
        if overdue or full:
            unit.busy = True
            self.env.process(self._send_off(scene, unit))

    def landing_s(self, unit: Unit, scene: Scene, boat: int) -> float:
        """Draw how long it takes to bring the people of a boat ashore."""
        return minutes_s(self.ashore_min, self.streams, "ashore", unit.key, scene.key(boat))

    def _send_off(self, scene: Scene, unit: Unit) -> simpy.events.ProcessGenerator:
        """Hand people over at sea if that is much nearer than a port, and then bring ashore who is left."""
        here = unit.start(self.env.now)[0]
        port = self.ashore.port(scene, unit, unit.parties[-1].boat, here)
        taker = self._taker(scene, unit, here, port)
        if taker is not None:
            yield from self._hand_over(scene, unit, *taker)
        elif port is not None:
            yield from self._bring_ashore(scene, unit, here, port)
        unit.busy = False
        self.check(scene, unit)
        self.freed()

    def _bring_ashore(
        self, scene: Scene, unit: Unit, here: _Place, port: _Place
    ) -> simpy.events.ProcessGenerator:
        home = way_home(scene.sea, unit, port, here, self.env.now)
        ashore_s = home.time_s.item(-1) + self.landing_s(unit, scene, unit.parties[-1].boat)
        back_s = self._sail(scene, unit, home, port, ashore_s)
        yield self.env.timeout(ashore_s - self.env.now)
        state = scene.sea.zones.water_at(*port)
        for party in unit.parties:
            party.land(self.env.now, state, unit.id)
        unit.parties.clear()
        yield self.env.timeout(max(0.0, back_s - self.env.now))

    def _sail(self, scene: Scene, unit: Unit, way: Track, end: _Place, free_s: float) -> float:
        """Put a unit on a way, let it lie at its end until a moment, and then return to its plan."""
        lies = Track(np.array([free_s]), np.array([end[0]]), np.array([end[1]]))
        pieces, back_s = rejoin(scene.sea, unit, end, free_s)
        scene.lookout.divert(unit, (way.then(lies), *pieces), back_s)
        return back_s

    def _hand_over(
        self, scene: Scene, unit: Unit, taker: Unit, meeting: Meeting, rules: Transfer
    ) -> simpy.events.ProcessGenerator:
        """Meet another ship on its way, where both lie until it has taken those aboard over."""
        persons = sum(party.persons for party in unit.parties)
        place = meeting.place
        over_s = meeting.time_s + persons * rules.per_person_min * MINUTE_S
        way = taker.sailed(meeting.time_s)[-1].since(self.env.now)
        taker.busy = True
        self._sail(scene, taker, way, place, over_s)
        self._sail(scene, unit, sail(meeting.path_xy, self.env.now, meeting.time_s), place, over_s)
        yield self.env.timeout(over_s - self.env.now)
        parties, unit.parties = unit.parties, []
        taker.busy = False
        for party in parties:
            self.took(scene, taker, party)
        self.check(scene, taker)

    def _taker(
        self, scene: Scene, unit: Unit, here: _Place, port: _Place | None
    ) -> tuple[Unit, Meeting, Transfer] | None:
        """Find the ship that can take all and is met first, if that is soon enough."""
        rules, now = self.rules.transfer, self.env.now
        if rules is None or port is None or not _named(unit, rules.givers):
            return None
        home_s = way_home(scene.sea, unit, port, here, now).time_s.item(-1)
        best, before_s = None, now + rules.sooner_share * (home_s - now)
        for other in scene.units:
            if not self._can_take(unit, other, rules):
                continue
            piece = other.piece_at(now)
            if piece is None:
                continue
            meeting = meet(scene.sea, piece, here, unit.dash_mps, now, before_s, closed=unit.craft.keep_out)
            if meeting is not None:
                best, before_s = (other, meeting, rules), meeting.time_s
        return best

    def _can_take(self, unit: Unit, other: Unit, rules: Transfer) -> bool:
        """Tell whether another ship is free and has room for all, and stays out longer than this one."""
        aboard = sum(party.persons for party in unit.parties)
        bigger = other.craft.capacity > unit.craft.capacity and other.room >= aboard
        return other is not unit and bigger and other.free(self.env.now) and _named(other, rules.takers)


def _named(unit: Unit, forces: frozenset[str]) -> bool:
    return not unit.passing and (not forces or unit.craft.owner in forces)
