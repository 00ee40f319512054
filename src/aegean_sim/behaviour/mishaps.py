"""Mishaps: how far a boat gets by itself, and when its engine, its fuel, the water or a capsize ends that."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.environment.hazards import danger, factor_per_s
from aegean_sim.handoff.chance import quantile, triangle_quantile
from aegean_sim.quantities import HOUR_S, MINUTE_S, NM_M

if TYPE_CHECKING:
    from aegean_sim.environment.hazards import Danger
    from aegean_sim.environment.pace import Pace, Way
    from aegean_sim.environment.weather import WeatherTable
    from aegean_sim.kinematics.legs import Track
    from aegean_sim.scenario.perils import Hazard, Perils
    from aegean_sim.streams import Streams


@dataclass(frozen=True, slots=True)
class Sailor:
    """A boat that sets out: identity, persons aboard, way, speed in a flat calm, moment."""

    key: int
    persons: int
    way: Way
    speed_mps: float
    departed_s: float


@dataclass(frozen=True, slots=True)
class Mishaps:
    """What befalls one boat; a moment that never comes is infinite.

    Parameters
    ----------
    course : Track
        What it sails if it does not capsize: to its end, or to where it is adrift.
    adrift_s : float
        When it has no engine any more.
    capsize_s : float
        When it capsizes, unless it has drifted ashore by then.
    calls_s : float
        When those aboard call for help though the boat still moves.
    """

    course: Track
    adrift_s: float
    capsize_s: float
    calls_s: float

    @property
    def ends_s(self) -> float:
        """When it no longer goes where it wants."""
        return min(self.adrift_s, self.capsize_s)


@dataclass(frozen=True, slots=True)
class Dangers:
    """What may befall boats of one type in the weather of one theatre."""

    perils: Perils
    pace: Pace
    engine: Danger
    swamping: Danger
    capsizing: Danger
    streams: Streams

    @classmethod
    def of(cls, perils: Perils, pace: Pace, weather: WeatherTable, streams: Streams) -> Dangers:
        """Put a type's perils and pace, the weather and chance together."""
        return cls(
            perils,
            pace,
            danger(perils.engine, weather),
            danger(perils.swamping, weather),
            danger(perils.capsizing, weather),
            streams,
        )

    def befall(self, boat: Sailor) -> Mishaps:
        """Draw what happens to a boat, each thing by its own threshold keyed by the boat."""
        course, stops_s = self._sailed(boat)
        arrives_s = course.time_s.item(-1)
        amount_s = self._amount_s("swamping", self.perils.swamping, boat)
        swamped_s = self.swamping.when(amount_s, boat.departed_s, boat.departed_s)
        adrift_s = min(stops_s, swamped_s if swamped_s < arrives_s else math.inf)
        capsize_s = self._capsizes_s(boat, adrift_s)
        if capsize_s >= arrives_s and math.isinf(adrift_s):
            capsize_s = math.inf
        return Mishaps(course.until(min(adrift_s, capsize_s)), adrift_s, capsize_s, self._calls_s(boat))

    def _sailed(self, boat: Sailor) -> tuple[Track, float]:
        """Sail until the way, the fuel or the engine ends; give when one of the last two does."""
        perils, end_m = self.perils, self._end_m(boat)
        gone_m, since_s, number = 0.0, boat.departed_s, 0
        track = self.pace.sail(boat.way, boat.speed_mps, since_s, 0.0, end_m)
        while True:
            fails_s = self._fails_s(boat, since_s, number)
            if fails_s >= track.time_s.item(-1):
                return track, math.inf if end_m == boat.way.length_m else track.time_s.item(-1)
            track = track.until(fails_s)
            if self.streams.one("mending", boat.key, number) >= perils.engine.repaired_share:
                return track, fails_s
            gone_m = min(end_m, gone_m + self.pace.gone_m(boat.speed_mps, since_s, fails_s))
            halt_min = quantile(perils.engine.repair_min, self.streams.one("halt", boat.key, number))
            since_s, number = fails_s + halt_min * MINUTE_S, number + 1
            track = track.then(self.pace.sail(boat.way, boat.speed_mps, since_s, gone_m, end_m))

    def _end_m(self, boat: Sailor) -> float:
        """Tell how far it wants to go, or how far the fuel goes where that is less."""
        if self.perils.range_nm is None:
            return boat.way.length_m
        range_nm = triangle_quantile(self.perils.range_nm.triangular, self.streams.one("fuel", boat.key))
        return min(boat.way.length_m, range_nm * NM_M)

    def _fails_s(self, boat: Sailor, since_s: float, number: int) -> float:
        amount_s = self._amount_s("engine", self.perils.engine, boat, number)
        return self.engine.when(amount_s, since_s, boat.departed_s)

    def _capsizes_s(self, boat: Sailor, adrift_s: float) -> float:
        """Find when it capsizes, first under way and then, at another rate, adrift."""
        departed_s, more = boat.departed_s, self.perils.capsizing.adrift_factor
        amount_s = self._amount_s("capsizing", self.perils.capsizing, boat)
        capsize_s = self.capsizing.when(amount_s, departed_s, departed_s)
        if capsize_s <= adrift_s:
            return capsize_s
        left_s = amount_s - self.capsizing.brought(departed_s, adrift_s, departed_s)
        return self.capsizing.when(left_s / more, adrift_s, departed_s) if more > 0.0 else math.inf

    def _calls_s(self, boat: Sailor) -> float:
        if self.perils.calls_h is None:
            return math.inf
        hours = quantile(self.perils.calls_h, self.streams.one("call for help", boat.key))
        return boat.departed_s + hours * HOUR_S

    def _amount_s(self, purpose: str, hazard: Hazard, boat: Sailor, number: int = 0) -> float:
        """Draw what must come together of a hazard; infinite where there is none."""
        factor = factor_per_s(hazard, boat.persons, self.perils.capacity)
        if factor == 0.0:
            return math.inf
        return -math.log(self.streams.one(purpose, boat.key, number)) / factor
