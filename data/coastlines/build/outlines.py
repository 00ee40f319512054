"""Corners of outlines: where a way by water can bend round land, or round the waters of a state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.polygon import orient

from rays import cross

if TYPE_CHECKING:
    from aegean_sim.geography.frame import LambertFrame

OPEN_OFF_M, OPEN_TOLERANCE_M = 250.0, 150.0
NARROW_OFF_M, NARROW_TOLERANCE_M = 80.0, 40.0
NARROW_BEYOND_M = 300.0
CLEARANCE_M, CLEARANCE_TOLERANCE_M = 20.0, 10.0
ZONE_OFF_M, ZONE_TOLERANCE_M = 120.0, 100.0
INSIDE_DEG = 0.01


@dataclass(frozen=True, slots=True)
class Corners:
    """Convex corners of widened areas, and vectors to their neighbours on rings with the area on the left."""

    place: np.ndarray
    before: np.ndarray
    after: np.ndarray

    def __getitem__(self, rows: np.ndarray) -> Corners:
        return Corners(self.place[rows], self.before[rows], self.after[rows])

    def with_more(self, others: Corners) -> Corners:
        """Give these and others."""
        pairs = zip(
            (self.place, self.before, self.after), (others.place, others.before, others.after), strict=True
        )
        return Corners(*map(np.concatenate, pairs))

    def touched(self, arriving: np.ndarray) -> np.ndarray:
        """Tell whether lines that arrive along these vectors touch the areas at the corners, not entering."""
        return cross(arriving, self.before) * cross(arriving, self.after) >= 0.0


def widened(area: shapely.Geometry, by_m: float, tolerance_m: float) -> shapely.Geometry:
    """Widen an area and simplify its outline, which stays clear of the area itself."""
    wide = shapely.union_all(shapely.buffer(shapely.get_parts(area), by_m, quad_segs=2))
    return shapely.simplify(wide, tolerance_m)


def margin(land: shapely.Geometry) -> shapely.Geometry:
    """Give land with the strip along its shores that ways between corners keep out of."""
    return widened(land, CLEARANCE_M, CLEARANCE_TOLERANCE_M)


def land_corners(land: shapely.Geometry, frame: LambertFrame) -> Corners:
    """Give the corners of open water and, closer to the shore, those of waters too narrow for them."""
    wide = widened(land, OPEN_OFF_M, OPEN_TOLERANCE_M)
    opens = convex_corners(wide)
    close = convex_corners(widened(land, NARROW_OFF_M, NARROW_TOLERANCE_M))
    shapely.prepare(edge := shapely.boundary(wide))
    narrow = ~shapely.dwithin(edge, shapely.points(close.place), NARROW_BEYOND_M)
    both = opens.with_more(close[narrow])
    return both[inside(both.place, frame)]


def zone_corners(area: shapely.Geometry, land: shapely.Geometry, frame: LambertFrame) -> Corners:
    """Give the corners at sea of a state's waters."""
    corners = convex_corners(widened(area, ZONE_OFF_M, ZONE_TOLERANCE_M))
    shapely.prepare(dry := margin(land))
    return corners[inside(corners.place, frame) & ~shapely.intersects_xy(dry, *corners.place.T)]


def convex_corners(outline: shapely.Geometry) -> Corners:
    """Give the corners round which a way by water can bend."""
    rows = []
    for polygon in shapely.get_parts(outline):
        oriented = orient(polygon, 1.0)
        for ring in (oriented.exterior, *oriented.interiors):
            points = shapely.get_coordinates(ring)[:-1]
            back, ahead = np.roll(points, 1, axis=0) - points, np.roll(points, -1, axis=0) - points
            rows.append(np.hstack([points, back, ahead])[cross(ahead, back) > 0.0])
    table = np.concatenate(rows)
    return Corners(table[:, :2], table[:, 2:4], table[:, 4:6])


def inside(place: np.ndarray, frame: LambertFrame) -> np.ndarray:
    """Tell of each corner whether it lies within the theatre, off the cut edges of its areas."""
    lon, lat = frame.to_door(place[:, 0], place[:, 1])
    west, south, east, north = frame.door_bounds
    across = (lon > west + INSIDE_DEG) & (lon < east - INSIDE_DEG)
    return across & (lat > south + INSIDE_DEG) & (lat < north - INSIDE_DEG)
