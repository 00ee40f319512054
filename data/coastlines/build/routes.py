"""Build the graphs of sea routes: corners of land a little offshore, and which of them see each other."""

from __future__ import annotations

import numpy as np
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from shapely.geometry.polygon import orient

from aegean_sim.geography.coastline import load_coastline, segments
from aegean_sim.geography.frame import THEATRES, LambertFrame
from coast import STORE

CORNER_OFF_M = 250.0
CORNER_TOLERANCE_M = 150.0
CLEARANCE_M = 40.0
CLEARANCE_TOLERANCE_M = 30.0
INSIDE_DEG = 0.01
CHUNK = 100_000


def widened(land: shapely.Geometry, by_m: float, tolerance_m: float) -> shapely.Geometry:
    """Widen land and simplify its outline, which stays clear of the shore."""
    wide = shapely.union_all(shapely.buffer(shapely.get_parts(land), by_m, quad_segs=2))
    return shapely.simplify(wide, tolerance_m)


def convex_corners(outline: shapely.Geometry) -> np.ndarray:
    """Give the corners round which a way by water can bend: x, y, and the vectors to both neighbours."""
    rows = []
    for polygon in shapely.get_parts(outline):
        oriented = orient(polygon, 1.0)
        for ring in (oriented.exterior, *oriented.interiors):
            points = shapely.get_coordinates(ring)[:-1]
            back, ahead = np.roll(points, 1, axis=0) - points, np.roll(points, -1, axis=0) - points
            convex = ahead[:, 0] * back[:, 1] - ahead[:, 1] * back[:, 0] > 0.0
            rows.append(np.hstack([points, back, ahead])[convex])
    return np.concatenate(rows)


def inside(corners: np.ndarray, frame: LambertFrame) -> np.ndarray:
    """Tell of each corner whether it lies within the theatre, off the cut edges of its land."""
    lon, lat = frame.to_door(corners[:, 0], corners[:, 1])
    west, south, east, north = frame.door_bounds
    across = (lon > west + INSIDE_DEG) & (lon < east - INSIDE_DEG)
    return across & (lat > south + INSIDE_DEG) & (lat < north - INSIDE_DEG)


def bends(corners: np.ndarray, one: int, others: np.ndarray) -> np.ndarray:
    """Tell whether the line from a corner to each of others touches the land at both and enters neither."""
    line = corners[others, :2] - corners[one, :2]
    touches = np.ones(len(others), dtype=bool)
    for rows in (np.full(len(others), one), others):
        back, ahead = corners[rows, 2:4], corners[rows, 4:6]
        left = line[:, 0] * back[:, 1] - line[:, 1] * back[:, 0]
        right = line[:, 0] * ahead[:, 1] - line[:, 1] * ahead[:, 0]
        touches &= left * right >= 0.0
    return touches


def edges(corners: np.ndarray, obstacle: shapely.Geometry) -> np.ndarray:
    """Give the pairs of corners that see each other, shape (edges, 2)."""
    found, pending, count = [], [], 0
    for one in range(len(corners)):
        others = np.arange(one + 1, len(corners))
        others = others[bends(corners, one, others)]
        pending.append(np.column_stack([np.full(len(others), one), others]))
        count += len(others)
        if count > CHUNK or one == len(corners) - 1:
            pairs = np.concatenate(pending)
            lines = segments(*corners[pairs[:, 0], :2].T, *corners[pairs[:, 1], :2].T)
            found.append(pairs[~shapely.intersects(obstacle, lines)])
            pending, count = [], 0
    return np.concatenate(found)


def connected(corners: np.ndarray, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keep the largest set of corners that are connected, and renumber the pairs."""
    links = csr_matrix((np.ones(len(pairs)), pairs.T), (len(corners), len(corners)))
    _, part = connected_components(links, directed=False)
    keep = part == np.argmax(np.bincount(part))
    number = np.cumsum(keep) - 1
    return corners[keep], number[pairs[keep[pairs].all(axis=1)]]


def build(frame: LambertFrame) -> None:
    """Store the graph of one theatre."""
    land = load_coastline(frame.theatre).land
    corners = convex_corners(widened(land, CORNER_OFF_M, CORNER_TOLERANCE_M))
    corners = corners[inside(corners, frame)]
    obstacle = shapely.boundary(widened(land, CLEARANCE_M, CLEARANCE_TOLERANCE_M))
    shapely.prepare(obstacle)
    corners, pairs = connected(corners, edges(corners, obstacle))
    path = STORE / f"{frame.theatre}-routes.npz"
    np.savez_compressed(
        path,
        corner=corners[:, :2].astype(np.float32),
        before=corners[:, 2:4].astype(np.float32),
        after=corners[:, 4:6].astype(np.float32),
        edge=pairs.astype(np.uint16),
    )
    print(f"{path.name}: {len(corners)} corners, {len(pairs)} edges, {path.stat().st_size // 1024} KiB")


def main() -> None:
    """Build both graphs."""
    for frame in THEATRES.values():
        build(frame)


if __name__ == "__main__":
    main()
