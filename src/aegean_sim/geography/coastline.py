"""Coasts: the land of a theatre in metres, what lies on it, and what it stands in the way of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from aegean_sim.errors import GeographyError
from aegean_sim.geography.fence import Fence, fence_of
from aegean_sim.geography.frame import THEATRES
from aegean_sim.geography.layers import read_shapes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aegean_sim.quantities import BoolArray, FloatArray

_SEARCH_M = 20_000.0
_ARC_STEPS = 16
_ARC_ALLOWANCE = 1.0025


@dataclass(frozen=True, slots=True, eq=False)
class Coastline:
    """Land of one theatre.

    Parameters
    ----------
    polygons : array of shapely.Polygon
        Land in metres, one polygon a piece and state.
    states : array of str
        ISO 3166 code of each polygon's state.
    land : shapely.MultiPolygon
        All polygons in one, prepared.
    fence : Fence
        The land and its shores, to be asked often.
    """

    polygons: NDArray[Any]
    states: NDArray[np.str_]
    land: shapely.MultiPolygon
    fence: Fence

    def crosses(self, xa: FloatArray, ya: FloatArray, xb: FloatArray, yb: FloatArray) -> BoolArray:
        """Tell of each segment from (xa, ya) to (xb, yb) whether it meets land."""
        return np.asarray(self.fence.meets(xa, ya, xb, yb) | self.on_land(xa, ya))

    def on_land(self, x: FloatArray, y: FloatArray) -> BoolArray:
        """Tell of each point whether it lies on land."""
        return self.fence.holds(x, y)

    def nearest_water(
        self, x: FloatArray, y: FloatArray, clearance_m: float
    ) -> tuple[FloatArray, FloatArray]:
        """Move points on land, or nearer to it than ``clearance_m``, to the nearest open water that is not.

        Raises
        ------
        GeographyError
            When there is no such water within 20 km.
        """
        points = np.asarray(shapely.points(np.atleast_1d(x), np.atleast_1d(y)))
        near = np.flatnonzero(shapely.dwithin(self.land, points, clearance_m))
        for index in near:
            points[index] = self._moved_off(points[index], clearance_m)
        return np.asarray(shapely.get_x(points)), np.asarray(shapely.get_y(points))

    def _moved_off(self, point: shapely.Point, clearance_m: float) -> shapely.Point:
        half = _SEARCH_M + 2.0 * clearance_m
        window = shapely.box(point.x - half, point.y - half, point.x + half, point.y + half)
        land = shapely.make_valid(shapely.clip_by_rect(self.land, *window.bounds))
        wide = shapely.buffer(land, clearance_m * _ARC_ALLOWANCE, quad_segs=_ARC_STEPS)
        waters = shapely.get_parts(shapely.difference(window, wide))
        outward = shapely.union_all(waters[shapely.intersects(waters, window.boundary)])
        if outward.is_empty or outward.distance(point) > _SEARCH_M:
            raise GeographyError(
                f"no open water {clearance_m:g} m off land within {_SEARCH_M / 1000:g} km"
                f" of the point x {point.x:.0f} m, y {point.y:.0f} m"
            )
        nearest = shapely.shortest_line(point, outward)
        return shapely.Point(nearest.coords[1])


def build_coastline(polygons: NDArray[Any], states: NDArray[np.str_]) -> Coastline:
    """Prepare land given as polygons in metres that do not overlap."""
    land = shapely.MultiPolygon(list(shapely.get_parts(shapely.coverage_union_all(polygons))))
    shapely.prepare(land)
    return Coastline(polygons, states, land, fence_of([land]))


@cache
def load_coastline(theatre: str) -> Coastline:
    """Read, project and prepare the stored coast of a theatre."""
    frame = THEATRES[theatre]
    polygons, states = read_shapes(f"{theatre}-coast.parquet", frame)
    return build_coastline(polygons, states)
