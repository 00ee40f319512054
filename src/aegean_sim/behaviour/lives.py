"""Lives: what becomes of boats and of those aboard if nobody comes, drawn ahead as they set out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.behaviour.drifting import drifted
from aegean_sim.environment.survival import water_h
from aegean_sim.handoff.chance import triangle_quantile
from aegean_sim.quantities import HOUR_S
from aegean_sim.ragged import ragged
from aegean_sim.streams import mixed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.behaviour.mishaps import Dangers, Mishaps, Sailor
    from aegean_sim.environment.weather import WeatherTable
    from aegean_sim.geography.sea import Sea
    from aegean_sim.kinematics.legs import Track
    from aegean_sim.quantities import FloatArray, IntArray, KeyArray
    from aegean_sim.scenario.perils import Perils
    from aegean_sim.streams import Streams


@dataclass(frozen=True, slots=True)
class Life:
    """The whole life of a boat if nobody comes.

    Parameters
    ----------
    track : Track
        To its arrival, its landfall, or the last death; otherwise past the end of the run.
    distress_s, capsize_s : float
        NaN where it never comes to it.
    deaths_s : array
        When persons die, rising.
    """

    track: Track
    distress_s: float
    capsize_s: float
    deaths_s: FloatArray


@dataclass(frozen=True, slots=True)
class Lives:
    """Where boats live: a sea, its weather, chance, and until when their drift is worked out."""

    sea: Sea
    weather: WeatherTable
    streams: Streams
    until_s: float

    def of(self, boats: Sequence[Sailor], dangers: Sequence[Dangers]) -> list[Life]:
        """Draw the lives of boats, each among its own dangers."""
        if not boats:
            return []
        mishaps = [each.befall(boat) for boat, each in zip(boats, dangers, strict=True)]
        perils = [each.perils for each in dangers]
        deaths_s = self._deaths_s(boats, perils, mishaps)
        return [self._life(*each) for each in zip(boats, perils, mishaps, deaths_s, strict=True)]

    def _deaths_s(
        self, boats: Sequence[Sailor], perils: Sequence[Perils], mishaps: Sequence[Mishaps]
    ) -> list[FloatArray]:
        """Draw when each person would die aboard, adrift or in the water, for all boats in one call, rising.

        Whoever is adrift dies at a moment of their own; in a capsize some die at once, and the others live so
        much longer as the water lets them, or die at that moment where it comes sooner. At any time some may
        die aboard.
        """
        count = [
            boat.persons if each.ends_s < math.inf or rules.ailing_per_h > 0.0 else 0
            for boat, rules, each in zip(boats, perils, mishaps, strict=True)
        ]
        boat, person = ragged(np.zeros(len(count), dtype=np.int64), np.array(count, dtype=np.int64))
        who, whom = np.array([each.key for each in boats], dtype=np.uint64)[boat], person.astype(np.uint64)
        adrift_s, capsize_s = np.array([[each.adrift_s, each.capsize_s] for each in mishaps])[boat].T
        median_h, factor = np.array([each.exposure_h.lognormal for each in perils])[boat].T
        exposed_h = median_h * factor ** self.streams.normal("exposure", who, whom)
        water_h = self._water_h(boats, perils, mishaps, boat, whom)
        dies_s = np.minimum(adrift_s + exposed_h * HOUR_S, capsize_s + water_h * HOUR_S)
        dies_s = np.minimum(dies_s, self._ailing_s(boats, perils, boat, whom))
        order = np.lexsort((dies_s, boat))
        return np.split(dies_s[order], np.cumsum(count)[:-1])

    def _ailing_s(
        self, boats: Sequence[Sailor], perils: Sequence[Perils], boat: IntArray, whom: KeyArray
    ) -> FloatArray:
        """Draw when each person would die aboard whatever befalls the boat; infinite for never."""
        rates = np.array([each.ailing_per_h for each in perils])[boat]
        who = np.array([each.key for each in boats], dtype=np.uint64)[boat]
        departed_s = np.array([each.departed_s for each in boats])[boat]
        waits_h = np.full(len(boat), np.inf)
        np.divide(self.streams.exponential("ailing", who, whom), rates, out=waits_h, where=rates > 0.0)
        return np.asarray(departed_s + waits_h * HOUR_S)

    def _water_h(
        self,
        boats: Sequence[Sailor],
        perils: Sequence[Perils],
        mishaps: Sequence[Mishaps],
        boat: IntArray,
        whom: KeyArray,
    ) -> FloatArray:
        """Draw how long each person would live after a capsize, in water as warm as it then is; hours."""
        key = np.array([each.key for each in boats], dtype=np.uint64)
        trapped_share = [
            triangle_quantile(each.capsizing.trapped_share.triangular, self.streams.one("trapped", int(own)))
            for each, own in zip(perils, key, strict=True)
        ]
        row = np.searchsorted(self.weather.time_s, [each.capsize_s for each in mishaps], side="right") - 1
        who = key[boat]
        hours = water_h(self.weather.sea_c[row.clip(0)][boat], self.streams.normal("water", who, whom))
        jacket_share, without = np.array([[each.jacket_share, each.no_jacket_factor] for each in perils])[
            boat
        ].T
        hours *= np.where(self.streams.uniform("jacket", who, whom) < jacket_share, 1.0, without)
        trapped = self.streams.uniform("trapped", who, whom) < np.array(trapped_share)[boat]
        return np.where(trapped, 0.0, hours)

    def _life(self, boat: Sailor, perils: Perils, mishaps: Mishaps, deaths_s: FloatArray) -> Life:
        """Follow a boat to its end, and drop what would have come after."""
        track = mishaps.course
        if mishaps.ends_s < self.until_s:
            last_s = deaths_s.item(-1) if len(deaths_s) else math.inf
            track = self._drift(boat, perils, mishaps, min(self.until_s, last_s))
        end_s = track.time_s.item(-1)
        distress_s = min(mishaps.ends_s, mishaps.calls_s)
        return Life(
            track,
            distress_s if distress_s < end_s else math.nan,
            mishaps.capsize_s if mishaps.capsize_s < end_s else math.nan,
            deaths_s[deaths_s <= end_s],
        )

    def _drift(self, boat: Sailor, perils: Perils, mishaps: Mishaps, end_s: float) -> Track:
        """Drift after the course, first as a boat adrift and then as what is left of a capsized one."""
        track, ashore = mishaps.course, False
        turns_s = min(mishaps.capsize_s, end_s)
        for number, leeway, until_s in (
            (0, perils.leeway, turns_s),
            (1, perils.leeway_capsized, end_s),
        ):
            start = (track.time_s.item(-1), track.x_m.item(-1), track.y_m.item(-1))
            if start[0] < until_s and not ashore:
                drift, ashore = drifted(
                    self.sea, self.weather, self.streams, leeway, mixed(boat.key, number), start, until_s
                )
                track = track.joining(drift, start[0])
        return track
