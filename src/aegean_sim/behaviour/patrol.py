"""Patrols: from what a scenario says to the way that is sailed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from aegean_sim.behaviour.ways import Round, Script, Still, Wandering
from aegean_sim.errors import GeographyError
from aegean_sim.geography.places import locate
from aegean_sim.kinematics.legs import Track
from aegean_sim.quantities import HOUR_S, KNOT_MPS, NM_M
from aegean_sim.scenario.forces import Barrier, Ladder, Loop, RandomPatrol, Scripted, Search, Station

if TYPE_CHECKING:
    from aegean_sim.behaviour.ways import Way
    from aegean_sim.geography.sea import Sea
    from aegean_sim.quantities import FloatArray
    from aegean_sim.scenario.base import Place, Point
    from aegean_sim.scenario.forces import Craft, Patrol
    from aegean_sim.streams import Streams


def way_of(patrol: Patrol, name: str, craft: Craft, sea: Sea, streams: Streams, key: int) -> Way:
    """Lay out a patrol.

    Parameters
    ----------
    name : str
        Who sails it, for messages.
    craft : Craft
        What sails it: its speed, and the waters that a round keeps out of.
    key : int
        Identity of the station; it keys where on its round the patrol is at time zero.

    Raises
    ------
    GeographyError
        When a point lies on land, or no way leads by water, or a moving patrol has no speed.
    """
    speed_mps = craft.speed_kn * KNOT_MPS
    if speed_mps <= 0.0 and not isinstance(patrol, (Station, Scripted)):
        raise GeographyError(f"{name} has speed_kn 0, so it can only be at a station; give it a speed")
    match patrol:
        case RandomPatrol():
            return _wandering(patrol, speed_mps, sea, streams, key)
        case Station():
            return Still(*_moved_off(patrol, name, sea))
        case Scripted():
            hours, first, second = np.array(patrol.points).T
            x_m, y_m = sea.frame.to_xy(first, second)
            return Script(Track(hours * HOUR_S, x_m, y_m))
        case _:
            return _round(_corners(patrol, name, sea), name, craft, sea, streams, key)


def _corners(patrol: Barrier | Loop | Ladder | Search, name: str, sea: Sea) -> tuple[Place, ...]:
    """Give the places that a round leads through."""
    match patrol:
        case Barrier():
            return patrol.between
        case Loop():
            return patrol.points
        case Ladder():
            return _at_door(sea, _ladder(patrol, sea))
        case Search(centre=centre) if centre is not None:
            return _at_door(sea, box(patrol, *locate(sea.frame, centre)))
        case _:
            raise GeographyError(f"{name} flies from no ship to search round; give the search a centre")


def _wandering(patrol: RandomPatrol, speed_mps: float, sea: Sea, streams: Streams, key: int) -> Wandering:
    corners = np.column_stack(sea.frame.to_xy(*np.array(patrol.area).T))
    longest = np.inf if patrol.leg_nm is None else patrol.leg_nm * NM_M
    area = shapely.make_valid(shapely.Polygon(corners))
    return Wandering(
        sea, area, longest, speed_mps, lambda start: streams.generator("patrol", key, round(start))
    )


def _moved_off(patrol: Station, name: str, sea: Sea) -> tuple[float, float]:
    x_m, y_m = locate(sea.frame, patrol.at)
    if sea.coast is None:
        return x_m, y_m
    try:
        x, y = sea.coast.nearest_water(np.array([x_m]), np.array([y_m]), patrol.off_shore_m)
    except GeographyError as error:
        first, second = patrol.at if isinstance(patrol.at, tuple) else (patrol.at, "")
        raise GeographyError(f"patrol of {name}: station at {first} {second}: {error}") from error
    return float(x[0]), float(y[0])


def _ladder(patrol: Ladder, sea: Sea) -> FloatArray:
    """Give a ladder's corners: legs along the longer side."""
    ends = np.column_stack(sea.frame.to_xy(*np.array([patrol.corner, patrol.opposite]).T))
    across = 0 if np.ptp(ends[:, 1]) >= np.ptp(ends[:, 0]) else 1
    return _rungs(ends, across, patrol.spacing_nm)


def box(patrol: Search, x_m: float, y_m: float) -> FloatArray:
    """Give the corners of a search round a point, shape (points, 2), from its south-west."""
    half_m = 0.5 * NM_M * np.array([[patrol.length_nm, patrol.width_nm]])
    return _rungs(np.concatenate([-half_m, half_m]) + np.array([x_m, y_m]), 1, patrol.spacing_nm)


def _rungs(ends: FloatArray, across: int, spacing_nm: float) -> FloatArray:
    """Give the corners of legs a spacing apart along an axis, over a rectangle with two corners given."""
    count = max(2, int(np.ceil(np.ptp(ends[:, across]) / (spacing_nm * NM_M))) + 1)
    rungs = np.repeat(np.linspace(ends[0, across], ends[1, across], count), 2)
    far = np.resize([0, 1, 1, 0], 2 * count)
    corners = np.empty((2 * count, 2))
    corners[:, across], corners[:, 1 - across] = rungs, ends[far, 1 - across]
    return corners


def _at_door(sea: Sea, corners: FloatArray) -> tuple[Point, ...]:
    first, second = sea.frame.to_door(*corners.T)
    return tuple(zip(first.tolist(), second.tolist(), strict=True))


def _round(places: tuple[Place, ...], name: str, craft: Craft, sea: Sea, streams: Streams, key: int) -> Round:
    points = [
        _at_sea(sea, *locate(sea.frame, each), name, number) for number, each in enumerate(places, start=1)
    ]
    legs = [
        way_by_water(sea, *one, *other, craft.keep_out)
        for one, other in zip(points, [*points[1:], points[0]], strict=True)
    ]
    path = np.concatenate([legs[0][:1], *(leg[1:] for leg in legs)])
    if not np.ptp(path, axis=0).any():
        raise GeographyError(f"the patrol of {name} goes nowhere: all its points are one; use a station")
    return Round(path, craft.speed_kn * KNOT_MPS, streams.one("patrol phase", key))


def _at_sea(sea: Sea, x_m: float, y_m: float, name: str, number: int) -> tuple[float, float]:
    if sea.coast is not None and sea.coast.on_land(np.array([x_m]), np.array([y_m]))[0]:
        first, second = sea.frame.to_door(x_m, y_m)
        raise GeographyError(
            f"patrol of {name}: point {number}, {first:.4f}, {second:.4f}, is on land; give points at sea"
        )
    return x_m, y_m


@lru_cache(maxsize=4096)
def way_by_water(sea: Sea, x0: float, y0: float, x1: float, y1: float, closed: frozenset[str]) -> FloatArray:
    """Give the way between two places that are asked for again and again, such as ports and patrols."""
    return sea.route(x0, y0, x1, y1, closed)
