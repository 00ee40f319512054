"""Build the graphs of sea routes: corners of land a little offshore, and what is in sight of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from shapely.geometry.polygon import orient

from aegean_sim.geography.coastline import load_coastline, segments
from aegean_sim.geography.frame import THEATRES, LambertFrame
from coast import STORE, box_in_plane
from rays import DIRECTIONS, RAYS, Cells, Shore, cross

OPEN_OFF_M, OPEN_TOLERANCE_M = 250.0, 150.0
NARROW_OFF_M, NARROW_TOLERANCE_M = 80.0, 40.0
NARROW_BEYOND_M = 300.0
CLEARANCE_M, CLEARANCE_TOLERANCE_M = 20.0, 10.0
INSIDE_DEG = 0.01
CELL_M = 5000.0
LANDMARKS = 16
LANDMARK_SIGHTS = 10
NEARLY = 1.02


@dataclass(frozen=True, slots=True)
class Corners:
    """Convex corners of widened land, with the vectors to their neighbours on rings with land on the left."""

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
        """Tell whether lines that arrive along these vectors touch the land at the corners, not entering."""
        return cross(arriving, self.before) * cross(arriving, self.after) >= 0.0


def widened(land: shapely.Geometry, by_m: float, tolerance_m: float) -> shapely.Geometry:
    """Widen land and simplify its outline, which stays clear of the shore."""
    wide = shapely.union_all(shapely.buffer(shapely.get_parts(land), by_m, quad_segs=2))
    return shapely.simplify(wide, tolerance_m)


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


def all_corners(land: shapely.Geometry, frame: LambertFrame) -> Corners:
    """Give the corners of open water and, closer to the shore, those of waters too narrow for them."""
    wide = widened(land, OPEN_OFF_M, OPEN_TOLERANCE_M)
    opens = convex_corners(wide)
    close = convex_corners(widened(land, NARROW_OFF_M, NARROW_TOLERANCE_M))
    shapely.prepare(edge := shapely.boundary(wide))
    narrow = ~shapely.dwithin(edge, shapely.points(close.place), NARROW_BEYOND_M)
    both = opens.with_more(close[narrow])
    return both[inside(both.place, frame)]


def inside(place: np.ndarray, frame: LambertFrame) -> np.ndarray:
    """Tell of each corner whether it lies within the theatre, off the cut edges of its land."""
    lon, lat = frame.to_door(place[:, 0], place[:, 1])
    west, south, east, north = frame.door_bounds
    across = (lon > west + INSIDE_DEG) & (lon < east - INSIDE_DEG)
    return across & (lat > south + INSIDE_DEG) & (lat < north - INSIDE_DEG)


def look_round(corners: Corners, shore: Shore, cells: Cells) -> tuple[np.ndarray, np.ndarray]:
    """Give pairs of corners that may see each other along useful ways, and pairs of a cell and a corner."""
    pairs, views = [], []
    for one, place in enumerate(corners.place):
        sight = shore.sight_m(place)
        later = np.arange(one + 1, len(corners.place))
        way = corners.place[later] - place
        near = np.hypot(way[:, 0], way[:, 1]) <= NEARLY * widest(sight, way)
        later, way = later[near], way[near]
        bends = corners[np.full(len(later), one)].touched(way) & corners[later].touched(way)
        pairs.append(np.column_stack([np.full(np.count_nonzero(bends), one), later[bends]]))
        useful = np.flatnonzero(~runs_ashore(corners.before[one], corners.after[one]))
        seen = cells.passed(place, useful, sight[useful])
        views.append(np.column_stack([seen, np.full(len(seen), one)]))
    return np.concatenate(pairs), np.concatenate(views)


def widest(sight_m: np.ndarray, way: np.ndarray) -> np.ndarray:
    """Give the longest sight along the rays next to each vector."""
    ray = np.floor(np.arctan2(way[:, 1], way[:, 0]) * (RAYS / (2.0 * np.pi))).astype(np.int64)
    return np.max([sight_m[(ray + side) % RAYS] for side in (-1, 0, 1, 2)], axis=0)


def runs_ashore(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Tell of each ray whether what comes along it to the corner would then run straight into its land."""
    return (cross(after, -DIRECTIONS) > 0.0) & (cross(-DIRECTIONS, before) > 0.0)


def clear(pairs: np.ndarray, corners: Corners, land: shapely.Geometry) -> np.ndarray:
    """Keep the pairs whose line stays a little clear of all land."""
    shapely.prepare(obstacle := shapely.boundary(widened(land, CLEARANCE_M, CLEARANCE_TOLERANCE_M)))
    lines = segments(*corners.place[pairs[:, 0]].T, *corners.place[pairs[:, 1]].T)
    return pairs[~shapely.intersects(obstacle, lines)]


def landmarks(edges: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Give the way from each of some far corners to all, metres; 0 where there is none."""
    length = np.hypot(*(place[edges[:, 0]] - place[edges[:, 1]]).T)
    graph = coo_array((length, edges.T), shape=(len(place), len(place))).tocsr()
    sights = np.bincount(edges.ravel(), minlength=len(place))
    nearest = dijkstra(graph, directed=False, indices=np.argmax(sights))
    fit = np.flatnonzero((sights >= LANDMARK_SIGHTS) & np.isfinite(nearest))
    ways: list[np.ndarray] = []
    while len(ways) < LANDMARKS:
        ways.append(dijkstra(graph, directed=False, indices=fit[np.argmax(nearest[fit])]))
        nearest = np.minimum.reduce(ways)
    return np.where(np.isfinite(ways), ways, 0.0)


def build(frame: LambertFrame) -> None:
    """Store the graph of one theatre."""
    coast = load_coastline(frame.theatre)
    corners = all_corners(coast.land, frame)
    cells = Cells.over(box_in_plane(frame, frame.door_bounds).bounds, CELL_M)
    pairs, views = look_round(corners, Shore.of(coast.boundary), cells)
    edges = clear(pairs, corners, coast.land)
    views = views[np.lexsort(views.T[::-1])]
    path = STORE / f"{frame.theatre}-routes.npz"
    np.savez_compressed(
        path,
        corner=np.round(corners.place, 1),
        before=corners.before.astype(np.float32),
        after=corners.after.astype(np.float32),
        edge=edges.astype(np.uint16),
        landmark_m=landmarks(edges, corners.place).astype(np.float32),
        grid_m=[cells.west_m, cells.south_m, cells.size_m],
        seen=cells.count(views[:, 0]).astype(np.uint16),
        view=views[:, 1].astype(np.uint16),
    )
    print(
        f"{path.name}: {len(corners.place)} corners, {len(edges)} edges, {len(views)} views,"
        f" {path.stat().st_size // 1024} KiB"
    )


def main() -> None:
    """Build both graphs."""
    for frame in THEATRES.values():
        build(frame)


if __name__ == "__main__":
    main()
