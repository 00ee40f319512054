"""Strangers: harmless traffic as a density, of which only those taken for migrant boats happen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.agenda import after
from aegean_sim.behaviour.belief import straight_on
from aegean_sim.behaviour.classing import error_share
from aegean_sim.detection.sweep import sweep_width_m
from aegean_sim.entities.stranger import Stranger
from aegean_sim.environment.conditions import CONDITIONS
from aegean_sim.quantities import DAY_S, HOUR_S, KNOT_MPS, NM_M
from aegean_sim.scenario.sensing import TARGET_CLASSES
from aegean_sim.streams import identity, mixed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import simpy

    from aegean_sim.behaviour.classing import Classer
    from aegean_sim.behaviour.reporting import Reporter
    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.unit import Unit
    from aegean_sim.quantities import FloatArray, IntArray
    from aegean_sim.scenario.doctrine import Harmless
    from aegean_sim.streams import Streams

_LIKE = TARGET_CLASSES.index("wooden")
_AREA_M2 = 1000.0 * NM_M**2


@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """How often one unit comes upon suspect craft of one traffic.

    Parameters
    ----------
    key : int
        Identity for draws.
    sensor : array, shape (conditions,)
        Which of its sensors sees farthest.
    range_m : array, shape (conditions,)
        From where it sees them first: half the sweep width.
    rate_per_s : array, shape (conditions,)
        Suspects on open sea, at the usual density.
    greatest_per_s : float
        A rate that is never exceeded.
    """

    unit: Unit
    key: int
    sensor: IntArray
    range_m: FloatArray
    rate_per_s: FloatArray
    greatest_per_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Traffic:
    """One kind of harmless craft in one theatre.

    Suspects come to each unit as a Poisson process at its greatest rate, thinned by light and sea, by the
    hour, and by whether there is water of the right kind, in sight, where the craft would be.

    Parameters
    ----------
    clock_s : float
        Seconds after midnight, UTC, of time zero.
    """

    env: simpy.Environment
    scene: Scene
    reporter: Reporter
    classer: Classer
    streams: Streams
    rules: Harmless
    clock_s: float

    def begin(self, units: Sequence[Unit]) -> None:
        """Plan the first suspect of each unit."""
        for watch in watches(self.scene, self.rules, self.classer, units):
            if watch.greatest_per_s > 0.0:
                self._await_next(watch, 0)

    def _await_next(self, watch: Watch, number: int) -> None:
        gap = -math.log(self.streams.one("stranger gap", watch.key, number))
        after(self.env, gap / watch.greatest_per_s, partial(self._come_upon, watch), number)

    def _come_upon(self, watch: Watch, number: int) -> None:
        self._await_next(watch, number + 1)
        condition = self.scene.conditions.code_at(self.env.now)
        hour = int((self.clock_s + self.env.now) % DAY_S // HOUR_S)
        rate_per_s = watch.rate_per_s.item(condition) * self.rules.hours_utc[hour]
        draw = self.streams.one("stranger", watch.key, number)
        if draw * watch.greatest_per_s >= rate_per_s:
            return
        place = self._place(watch, condition, number)
        if place is not None:
            self._suspect(watch, condition, number, place)

    def _place(self, watch: Watch, condition: int, number: int) -> tuple[float, float] | None:
        """Draw where the craft is; nowhere if that is ashore, out of sight or in other waters."""
        if watch.unit.piece_at(self.env.now) is None:
            return None
        x_m, y_m = watch.unit.start(self.env.now)[0]
        bearing = 2.0 * math.pi * self.streams.one("stranger bearing", watch.key, number)
        range_m = watch.range_m.item(condition)
        first, width = self.scene.lookout.sensors.sector_rad[watch.sensor.item(condition)].tolist()
        if (bearing - first) % (2.0 * math.pi) > width:
            return None
        there = x_m + range_m * math.sin(bearing), y_m + range_m * math.cos(bearing)
        hidden_from = there if watch.unit.craft.flies else (x_m, y_m)
        ends = (np.array([value]) for value in (*hidden_from, *there))
        if self.scene.sea.crosses(*ends)[0] or not self._in_waters(there):
            return None
        return there

    def _in_waters(self, place: tuple[float, float]) -> bool:
        west, south, east, north = self.scene.sea.bounds_m
        inside = west <= place[0] <= east and south <= place[1] <= north
        return inside and (
            not self.rules.waters or self.scene.sea.zones.water_at(*place) in self.rules.waters
        )

    def _suspect(self, watch: Watch, condition: int, number: int, place: tuple[float, float]) -> None:
        """Let the craft sail on, looked at and then reported."""
        course = 2.0 * math.pi * self.streams.one("stranger course", watch.key, number)
        speed_mps = self.rules.speed_kn * KNOT_MPS
        velocity = speed_mps * math.sin(course), speed_mps * math.cos(course)
        key = mixed(watch.key, number)
        track = straight_on(self.scene.sea, self.env.now, place, velocity)
        sensor, range_m = watch.sensor.item(condition), watch.range_m.item(condition)
        self.scene.strangers.append(Stranger(self.rules.id, key, watch.unit.row, sensor, range_m, track))
        report = partial(self.reporter.suspected, self.scene)
        after(self.env, self.classer.look_s(key), report, -len(self.scene.strangers))


def watches(scene: Scene, traffic: Harmless, classer: Classer, units: Sequence[Unit]) -> Iterator[Watch]:
    """Work out how often units come upon suspect craft.

    Notes
    -----
    Contacts with craft of density ``d`` on courses evenly spread come at the rate ``d W w``, where ``W`` is
    the sweep width against a wooden boat and ``w`` the mean relative speed (Koopman, Search and Screening,
    1980). Of these the share that is classed wrongly is suspect.
    """
    sensors, rules = scene.lookout.sensors, classer.rules
    their_mps = traffic.speed_kn * KNOT_MPS
    relative_mps = np.array(
        [mean_relative_speed(unit.craft.speed_kn * KNOT_MPS, their_mps) for unit in scene.units]
    )
    width_m = sweep_width_m(sensors, np.maximum(relative_mps[sensors.unit], 0.1))[:, _LIKE]
    first, count = sensors.carriers(len(scene.units))
    for unit in units:
        own = slice(first[unit.row], first[unit.row] + count[unit.row])
        if own.start == own.stop:
            continue
        best = width_m[own].argmax(axis=0)
        range_m = 0.5 * np.take_along_axis(width_m[own], best[np.newaxis], axis=0)[0]
        shares = [error_share(rules, rules.suspect, code, range_m[code]) for code in range(len(CONDITIONS))]
        density = traffic.per_1000_nm2 / _AREA_M2
        rate_per_s = density * 2.0 * range_m * relative_mps[unit.row] * np.array(shares)
        key = mixed(unit.key, identity("traffic", traffic.id))
        greatest_per_s = rate_per_s[scene.conditions.code].max().item() * max(traffic.hours_utc)
        yield Watch(unit, key, own.start + best, range_m, rate_per_s, greatest_per_s)


def mean_relative_speed(one_mps: float, other_mps: float) -> float:
    """Give the mean relative speed of two movers whose courses are evenly spread.

    ``(2 / pi) (V + u) E(m)`` with ``m = 4 V u / (V + u)**2`` (Koopman, Search and Screening, 1980).
    """
    from scipy.special import ellipe  # noqa: PLC0415  (slow to import, and most scenarios do not ask)

    total = one_mps + other_mps
    if total == 0.0:
        return 0.0
    return float(2.0 / math.pi * total * ellipe(4.0 * one_mps * other_mps / total**2))
