"""Build the graphs of sea routes: corners of land and of states' waters, and what is in sight of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from aegean_sim.geography.coastline import load_coastline
from aegean_sim.geography.frame import THEATRES, LambertFrame
from aegean_sim.geography.zones import load_zones
from coast import STORE, box_in_plane
from outlines import Corners, land_corners, margin, zone_corners
from rays import DIRECTIONS, RAYS, Cells, Shore, cross

CELL_M = 5000.0
LANDMARKS = 16
LANDMARK_SIGHTS = 10
NEARLY = 1.02

Areas = Mapping[str, shapely.Geometry]


@dataclass(frozen=True, slots=True)
class Sights:
    """Pairs of corners that see each other along useful ways, and pairs of a cell and a corner."""

    pairs: np.ndarray
    views: np.ndarray

    @classmethod
    def joined(cls, parts: list[Sights]) -> Sights:
        """Give those of all parts, the views cell by cell."""
        views = np.concatenate([part.views for part in parts])
        return cls(np.concatenate([part.pairs for part in parts]), views[np.lexsort(views.T[::-1])])


def look_round(corners: Corners, lands: int, eyes: np.ndarray, shore: Shore, cells: Cells) -> Sights:
    """Look round from some corners: those of land at later ones, those of waters also at all of land.

    The first ``lands`` corners are those of land.
    """
    parts = []
    for one in eyes:
        place = corners.place[one]
        sight = shore.sight_m(place)
        if one < lands:
            others = np.arange(one + 1, lands)
        else:
            others = np.concatenate([np.arange(lands), np.arange(one + 1, len(corners.place))])
        way = corners.place[others] - place
        near = np.hypot(way[:, 0], way[:, 1]) <= NEARLY * widest(sight, way)
        others, way = others[near], way[near]
        bends = corners[np.full(len(others), one)].touched(way) & corners[others].touched(way)
        useful = np.flatnonzero(~runs_ashore(corners.before[one], corners.after[one]))
        seen = cells.passed(place, useful, sight[useful])
        parts.append(Sights(with_one(one, others[bends]), with_one(one, seen)[:, ::-1]))
    return Sights.joined(parts)


def with_one(one: int, others: np.ndarray) -> np.ndarray:
    """Pair one number with each of some."""
    return np.column_stack([np.full(len(others), one), others])


def widest(sight_m: np.ndarray, way: np.ndarray) -> np.ndarray:
    """Give the longest sight along the rays next to each vector."""
    ray = np.floor(np.arctan2(way[:, 1], way[:, 0]) * (RAYS / (2.0 * np.pi))).astype(np.int64)
    return np.max([sight_m[(ray + side) % RAYS] for side in (-1, 0, 1, 2)], axis=0)


def runs_ashore(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Tell of each ray whether what comes along it to the corner would then run straight into its area."""
    return (cross(after, -DIRECTIONS) > 0.0) & (cross(-DIRECTIONS, before) > 0.0)


def clear(pairs: np.ndarray, corners: Corners, land: shapely.Geometry) -> np.ndarray:
    """Keep the pairs whose line stays a little clear of all land."""
    shapely.prepare(obstacle := shapely.boundary(margin(land)))
    return pairs[~shapely.intersects(obstacle, lines_of(pairs, corners))]


def lines_of(pairs: np.ndarray, corners: Corners) -> np.ndarray:
    """Give the lines between pairs of corners."""
    return shapely.linestrings(corners.place[pairs])


def entered(pairs: np.ndarray, corners: Corners, areas: Areas) -> np.ndarray:
    """Give for each pair the states whose waters its line enters, the first in the lowest bit."""
    lines, bits = lines_of(pairs, corners), np.zeros(len(pairs), dtype=np.uint8)
    for number, area in enumerate(areas.values()):
        bits |= shapely.intersects(area, lines).astype(np.uint8) << np.uint8(number)
    return bits


def network(edges: np.ndarray, place: np.ndarray) -> csr_array:
    """Give the lengths of edges as a sparse matrix."""
    length = np.hypot(*(place[edges[:, 0]] - place[edges[:, 1]]).T)
    return coo_array((length, edges.T), shape=(len(place), len(place))).tocsr()


def landmarks(edges: np.ndarray, place: np.ndarray) -> list[int]:
    """Choose corners far from each other."""
    graph = network(edges, place)
    sights = np.bincount(edges.ravel(), minlength=len(place))
    nearest = dijkstra(graph, directed=False, indices=np.argmax(sights))
    fit = np.flatnonzero((sights >= LANDMARK_SIGHTS) & np.isfinite(nearest))
    marks = [int(fit[np.argmax(nearest[fit])])]
    nearest = dijkstra(graph, directed=False, indices=marks[0])
    while len(marks) < LANDMARKS:
        marks.append(int(fit[np.argmax(nearest[fit])]))
        nearest = np.minimum(nearest, dijkstra(graph, directed=False, indices=marks[-1]))
    return marks


def ways_from(marks: list[int], edges: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Give the way from each of some corners to all, metres; 0 where there is none."""
    ways = dijkstra(network(edges, place), directed=False, indices=marks)
    return np.where(np.isfinite(ways), ways, 0.0).astype(np.float32)


def every_corner(land: shapely.MultiPolygon, areas: Areas, frame: LambertFrame) -> tuple[Corners, np.ndarray]:
    """Give the corners of land, then those of each state's waters; and the bit of each one's state, or 0."""
    corners = land_corners(land, frame)
    own = [np.zeros(len(corners.place), dtype=np.uint8)]
    for number, area in enumerate(areas.values()):
        more = zone_corners(area, land, frame)
        corners = corners.with_more(more)
        own.append(np.full(len(more.place), 1 << number, dtype=np.uint8))
    return corners, np.concatenate(own)


def look_round_waters(
    corners: Corners, own: np.ndarray, areas: Areas, land: shapely.MultiPolygon, cells: Cells
) -> Sights:
    """Look round from the corners of each state's waters over the sea outside them."""
    parts, shores = [], shapely.get_parts(shapely.boundary(land))
    for number, area in enumerate(areas.values()):
        limits = shapely.get_parts(shapely.boundary(area))
        shore = Shore.of(shapely.multilinestrings(np.concatenate([shores, limits])))
        eyes = np.flatnonzero(own == 1 << number)
        parts.append(look_round(corners, np.count_nonzero(own == 0), eyes, shore, cells))
    return Sights.joined(parts)


def part_to_store(
    prefix: str, corners: Corners, edges: np.ndarray, bits: np.ndarray, views: np.ndarray, cells: Cells
) -> dict[str, np.ndarray]:
    """Give the arrays to store of the corners of land, or of waters."""
    arrays = {
        "corner": np.round(corners.place, 1),
        "before": corners.before.astype(np.float32),
        "after": corners.after.astype(np.float32),
        "edge": edges.astype(np.uint16),
        "entered": bits,
        "seen": cells.count(views[:, 0]).astype(np.uint16),
        "view": views[:, 1].astype(np.uint16),
    }
    return {prefix + name: array for name, array in arrays.items()}


def build(frame: LambertFrame) -> None:
    """Store the graph of one theatre."""
    land, areas = load_coastline(frame.theatre).land, load_zones(frame.theatre).territorial
    corners, own = every_corner(land, areas, frame)
    cells = Cells.over(box_in_plane(frame, frame.door_bounds).bounds, CELL_M)
    lands = np.count_nonzero(own == 0)
    first = np.arange(lands)
    sights = look_round(corners, lands, first, Shore.of(shapely.boundary(land)), cells)
    edges = clear(sights.pairs, corners, land)
    bits = entered(edges, corners, areas)
    zone_sights = look_round_waters(corners, own, areas, land, cells)
    zone_edges = clear(zone_sights.pairs, corners, land)
    zone_bits = entered(zone_edges, corners, areas)
    outside = zone_bits & (own[zone_edges[:, 0]] | own[zone_edges[:, 1]]) == 0
    zone_edges, zone_bits = zone_edges[outside], zone_bits[outside]
    marks = landmarks(edges, corners.place[first])
    ways_m = ways_from(marks, np.concatenate([edges, zone_edges]), corners.place)
    path = STORE / f"{frame.theatre}-routes.npz"
    np.savez_compressed(
        path,
        **part_to_store("", corners[first], edges, bits, sights.views, cells),
        **part_to_store(
            "zone_", corners[np.flatnonzero(own)], zone_edges, zone_bits, zone_sights.views, cells
        ),
        landmark_m=ways_m[:, :lands],
        zone_landmark_m=ways_m[:, lands:],
        zone_owner=own[lands:],
        states=list(areas),
        grid_m=[cells.west_m, cells.south_m, cells.size_m],
    )
    print(
        f"{path.name}: {lands} corners of land and {len(own) - lands} of waters,"
        f" {len(edges)} and {len(zone_edges)} edges, {len(sights.views)} and {len(zone_sights.views)} views,"
        f" {path.stat().st_size // 1024} KiB"
    )


def main() -> None:
    """Build both graphs."""
    for frame in THEATRES.values():
        build(frame)


if __name__ == "__main__":
    main()
