"""Zones: whose territorial sea a place lies in, and who is answerable for rescue there."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from shapely.geometry import shape

from aegean_sim.geography.fence import Fence, fence_of, holders
from aegean_sim.geography.frame import THEATRES, LambertFrame
from aegean_sim.geography.layers import project_long, read_shapes, stored

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import shapely
    from numpy.typing import NDArray

    from aegean_sim.quantities import BoolArray, FloatArray

HIGH_SEAS = "high_seas"


@dataclass(frozen=True, slots=True, eq=False)
class RescueRegion:
    """A state's search-and-rescue region and the days it is in force; ``None`` leaves an end open."""

    state: str
    area: shapely.Geometry
    valid_from: date | None
    valid_to: date | None
    fence: Fence = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fence", fence_of([self.area]))

    def in_force(self, day: date) -> bool:
        """Tell whether the region counts on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, eq=False)
class Zones:
    """Territorial seas and rescue regions of one theatre.

    Parameters
    ----------
    territorial : mapping
        For each state, by its ISO 3166 code, its land with its territorial sea, in metres.
    rescue_regions : tuple of RescueRegion
        All regions, whatever their days.
    fences : mapping
        The territorial seas by state, to be asked often.
    """

    territorial: Mapping[str, shapely.Geometry]
    rescue_regions: tuple[RescueRegion, ...]
    fences: Mapping[str, Fence] = field(init=False)

    def __post_init__(self) -> None:
        fences = {state: fence_of([area]) for state, area in self.territorial.items()}
        object.__setattr__(self, "fences", fences)

    def waters_at(self, x: FloatArray, y: FloatArray) -> NDArray[np.str_]:
        """Give the state in whose territorial sea (or on whose land) each point lies, else ``high_seas``."""
        x, y = np.atleast_1d(x), np.atleast_1d(y)
        codes = np.full(len(x), HIGH_SEAS, dtype="<U9")
        held = holders(tuple(self.fences.values()), x, y)
        for number, state in enumerate(self.fences):
            codes[held >> number & 1 > 0] = state
        return codes

    def water_at(self, x_m: float, y_m: float) -> str:
        """Give the same for a single point."""
        return next((state for state, fence in self.fences.items() if fence.holds_point(x_m, y_m)), HIGH_SEAS)

    def enters(self, path_xy: FloatArray, states: Collection[str]) -> bool:
        """Tell whether a path, shape (points, 2), comes into the waters of any of these states."""
        return bool(self.entered(path_xy, states).any())

    def entered(self, path_xy: FloatArray, states: Collection[str]) -> BoolArray:
        """Tell of each leg of a path whether it comes into the waters of any of these states."""
        met = np.zeros(len(path_xy) - 1, dtype=np.bool_)
        for fence in (self.fences[state] for state in states if state in self.fences):
            met |= fence.holds(*path_xy[:-1].T) | fence.meets(*path_xy[:-1].T, *path_xy[1:].T)
        return met

    def regions_in_force(self, when: datetime) -> dict[str, list[Fence]]:
        """Give the rescue regions that count on a day, by state in alphabetical order."""
        in_force = [region for region in self.rescue_regions if region.in_force(when.date())]
        return {
            state: [region.fence for region in in_force if region.state == state]
            for state in sorted({region.state for region in in_force})
        }


OPEN_SEA = Zones({}, ())


@cache
def load_zones(theatre: str) -> Zones:
    """Read the stored territorial seas and rescue regions of a theatre."""
    frame = THEATRES[theatre]
    areas, states = read_shapes(f"{theatre}-territorial.parquet", frame)
    return Zones(dict(zip(states.tolist(), areas, strict=True)), _read_rescue_regions(frame))


def _read_rescue_regions(frame: LambertFrame) -> tuple[RescueRegion, ...]:
    features = json.loads(stored("rescue_regions.geojson").read_text(encoding="utf-8"))["features"]
    areas = project_long(np.array([shape(feature["geometry"]) for feature in features]), frame)
    return tuple(
        RescueRegion(facts["state"], area, _day(facts["valid_from"]), _day(facts["valid_to"]))
        for facts, area in zip((feature["properties"] for feature in features), areas, strict=True)
    )


def _day(text: Any) -> date | None:
    return None if text is None else date.fromisoformat(text)
