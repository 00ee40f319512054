"""The chance that a report of a boat in a cell is still in time: somebody who may act gets there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aegean_sim.behaviour.orders import Orders
from aegean_sim.behaviour.timetable import build_units
from aegean_sim.engine.coverage.fairways import fairways_of, open_waters
from aegean_sim.engine.coverage.moments import moments_of
from aegean_sim.engine.coverage.passage import kinds_of, stages
from aegean_sim.engine.coverage.relay import Relay, sighting
from aegean_sim.geography.zones import HIGH_SEAS
from aegean_sim.handoff.jurisdiction import Courts
from aegean_sim.handoff.network import build_network
from aegean_sim.quantities import HOUR_S, MINUTE_S
from aegean_sim.recording.record import CoverageGrid
from aegean_sim.streams import identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aegean_sim.engine.coverage.fairways import Fairways
    from aegean_sim.engine.coverage.passage import Kind
    from aegean_sim.engine.coverage.watch import Watch
    from aegean_sim.entities.unit import Unit
    from aegean_sim.handoff.network import Network, Report
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray
    from aegean_sim.recording.layers import Layer

_STAGES, _LONGEST_S = 96, 48.0 * HOUR_S
_START_S = 10.0 * MINUTE_S


def in_time(watch: Watch, layer: Layer) -> CoverageGrid:
    """Work out the chance that a boat seen in a cell is met before it lands.

    Notes
    -----
    The share of moments, spread evenly over the time that units are out, at which a report by the chosen
    watchers (of several forces, by the one that is quickest) lets a desk send a unit that meets the boat on
    its passage, in waters where both may act. The report takes the median of every delay, and no desk has a
    queue; units start from where they were as sailed, or from port if they are on call, and are taken as
    free; they go by water from cell to cell at their dash speed. The boat keeps to its passage, for
    two days at most, and is found.
    """
    responders = _Responders(watch)
    parts = [
        kind.share * _chance(responders, kind, layer)
        for kind in kinds_of(watch.scenario, watch.theatre, layer.boat)
    ]
    return CoverageGrid(watch.cells.x_m, watch.cells.y_m, watch.cells.on_grid(np.sum(parts, axis=0)))


class _Plight(NamedTuple):
    """What a report says and who answers along the way, the same for many cells."""

    waters: str
    heading: str
    courts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Boats:
    """One kind of boat's passages.

    Parameters
    ----------
    after_s : array, shape (wet cells, stages)
        Time since it was in the cell; the last stage is the landing.
    cell : array, shape (wet cells, stages)
        Wet cell nearest to where it is then.
    plight : array, shape (wet cells,)
        Place in ``plights``.
    """

    after_s: FloatArray
    cell: IntArray
    plight: IntArray
    plights: list[_Plight]


class _Responders:
    """Who may be told, and who may be sent."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        scenario = watch.scenario
        self.handoffs = scenario.handoffs
        self.network: Network = build_network(self.handoffs, scenario.clock_s)
        self.orders = Orders(scenario.operations, scenario.start)
        rules = self.handoffs.jurisdiction
        self.courts = None if rules is None else Courts(rules, watch.sea, scenario.start, watch.streams)

    @cached_property
    def fairways(self) -> Fairways:
        """Ways by water."""
        return fairways_of(self.watch)

    @cached_property
    def units(self) -> list[Unit]:
        """All units with their timetables, in the order of the watch's names."""
        watch = self.watch
        return build_units(watch.scenario, watch.theatre, watch.sea, watch.streams)

    @cached_property
    def court_of_cells(self) -> tuple[IntArray, list[str]]:
        """Who answers in each wet cell: places in the names."""
        cells = self.watch.cells
        if self.courts is None:
            return np.zeros(len(cells.wet), dtype=np.int64), [HIGH_SEAS]
        return self.courts.courts_at(cells.wet_x_m, cells.wet_y_m)

    def may_act(self, desk: str, boat: int) -> BoolArray:
        """Tell of each wet cell whether a desk may act on a boat there."""
        which, names = self.court_of_cells
        if self.courts is None:
            return np.ones(len(which), dtype=np.bool_)
        return self.courts.open_to(desk, names, boat)[which]

    def answerable(self, courts: tuple[str, ...], boat: int) -> tuple[str, ...]:
        """Name the desks that answer along a way."""
        if self.courts is None:
            return ()
        return tuple(dict.fromkeys(desk for court in courts for desk in self.courts.desks_of(court, boat)))

    def sooner_s(self, desk: str, now_s: float) -> FloatArray:
        """Tell how soon after a moment the first unit that a desk may send could be in each wet cell."""
        teams: dict[tuple[float, frozenset[str]], list[tuple[tuple[float, float], float]]] = {}
        for unit in self.units:
            start = self._start(unit, now_s) if self._may_be_sent(unit, desk, now_s) else None
            if start is not None:
                teams.setdefault((unit.dash_mps, unit.craft.keep_out), []).append(start)
        soonest = np.full(len(self.watch.cells.wet), np.inf)
        for (speed_mps, closed), starts in teams.items():
            places, ready_s = zip(*starts, strict=True)
            there_s = self.fairways.sooner_s(np.array(places), np.array(ready_s), speed_mps, closed)
            soonest = np.minimum(soonest, np.where(open_waters(self.watch, closed), there_s, np.inf))
        return soonest

    def _may_be_sent(self, unit: Unit, desk: str, now_s: float) -> bool:
        craft = unit.craft
        commanded = craft.owner in self.network.desks[desk].commands and unit.dash_mps > 0.0
        return commanded and "intercept" in self.orders.duties(craft, now_s) and unit.is_on_call(now_s)

    def _start(self, unit: Unit, now_s: float) -> tuple[tuple[float, float], float] | None:
        """Tell where a unit would start from, and after how long: as sailed, else from port if it has one."""
        place = self.watch.place(unit.row, now_s)
        if place is not None:
            return place, 0.0
        return None if unit.port is None else (unit.port, unit.craft.ready_min * MINUTE_S)


def _chance(responders: _Responders, kind: Kind, layer: Layer) -> FloatArray:
    watch = responders.watch
    boats = _boats(responders, kind)
    moments = moments_of(watch, layer.light, float(boats.after_s.max(initial=0.0)))
    if not len(moments.time_s):
        return np.full(len(watch.cells.wet), np.nan)
    tellers = _tellers(watch, layer.by)
    total = np.zeros(len(watch.cells.wet))
    for number, (now_s, weight) in enumerate(zip(moments.time_s, moments.weight, strict=True)):
        boat = identity("probe", number)
        decided = list(_decided(responders, boats, tellers, boat, now_s))
        total += weight * _met(responders, boats, decided, boat, now_s)
    return total


def _boats(responders: _Responders, kind: Kind) -> _Boats:
    """Lay out one kind's passages, by the cells that they lead through."""
    from scipy.spatial import cKDTree  # noqa: PLC0415  (slow to import, needed only for maps)

    watch = responders.watch
    place_m, after_s = stages(watch, kind.speed_mps, _LONGEST_S, _STAGES)
    here = np.column_stack([watch.cells.wet_x_m, watch.cells.wet_y_m])
    cell = np.asarray(cKDTree(here).query(place_m)[1], dtype=np.int64)
    waters = watch.sea.waters_at(watch.cells.wet_x_m, watch.cells.wet_y_m)[cell]
    which, names = responders.court_of_cells
    told = [
        _Plight(own[0], _heading(own), tuple(names[court] for court in dict.fromkeys(along)))
        for own, along in zip(waters.tolist(), which[cell].tolist(), strict=True)
    ]
    plights = list(dict.fromkeys(told))
    place = {plight: number for number, plight in enumerate(plights)}
    return _Boats(after_s, cell, np.array([place[plight] for plight in told], dtype=np.int64), plights)


def _heading(waters: Sequence[str]) -> str:
    """Give into which state's waters a way leads first, of those it does not begin in; empty for none."""
    return next((each for each in waters if each not in {HIGH_SEAS, waters[0]}), "")


def _tellers(watch: Watch, by: str) -> list[tuple[str, str]]:
    """Give the forces and nations of those who watch."""
    crafts = watch.scenario.crafts()
    chosen = [
        crafts[name] for name, is_chosen in zip(watch.names, watch.chosen(by), strict=True) if is_chosen
    ]
    return sorted({(craft.owner, craft.nation or "") for craft in chosen if craft.sensors})


def _decided(
    responders: _Responders, boats: _Boats, tellers: list[tuple[str, str]], boat: int, now_s: float
) -> Iterator[dict[str, float]]:
    """Tell for each plight how long after the sighting each desk has decided, told by the quickest."""
    watch = responders.watch
    at_sea = {name for row, name in enumerate(watch.names) if watch.place(row, now_s) is not None}
    relay = Relay(responders.handoffs, responders.network, at_sea, now_s)
    for plight in boats.plights:
        owners, soonest = responders.answerable(plight.courts, boat), dict[str, float]()
        for force, nation in tellers:
            report: Report = sighting(force, nation, watch.theatre, plight.waters, plight.heading, now_s)
            for desk, after_s in relay.decided_s(report, owners).items():
                soonest[desk] = min(after_s, soonest.get(desk, np.inf))
        yield soonest


def _met(
    responders: _Responders, boats: _Boats, decided: list[dict[str, float]], boat: int, now_s: float
) -> BoolArray:
    """Tell of each wet cell whether a boat that is there now is met in time."""
    met = np.zeros(len(boats.plight), dtype=np.bool_)
    for desk in {desk for each in decided for desk in each if responders.network.desks[desk].commands}:
        after_s = np.array([each.get(desk, np.inf) for each in decided])
        may_act = responders.may_act(desk, boat)
        start = np.rint(after_s / _START_S)
        for step in np.unique(start[np.isfinite(start)]):
            soonest_s = np.where(may_act, responders.sooner_s(desk, now_s + step * _START_S), np.inf)
            rows = np.flatnonzero((start == step)[boats.plight] & ~met)
            there_s = after_s[boats.plight[rows], np.newaxis] + soonest_s[boats.cell[rows]]
            met[rows] = (there_s <= boats.after_s[rows]).any(axis=1)
    return met
