"""The built-in scenarios of June 2016 on the map: beaches, patrols, ports and sites lie where they may."""

import itertools
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
import shapely
from tests.unit.scenario.builtin import scenario

from aegean_sim.geography.coastline import load_coastline
from aegean_sim.geography.frame import THEATRES
from aegean_sim.geography.places import place
from aegean_sim.geography.sea import open_theatre
from aegean_sim.geography.zones import load_zones
from aegean_sim.quantities import BoolArray, FloatArray
from aegean_sim.scenario.boats import Flow
from aegean_sim.scenario.forces import Barrier, Craft, Loop, Patrol, Station

SCENARIOS = {"aegean": "aegean-2016", "central-med": "central-med-2016"}


class Mover(NamedTuple):
    theatre: str
    patrol: Patrol
    craft: Craft | None


def along(line: list[tuple[float, float]], theatre: str = "aegean") -> FloatArray:
    """Points every hundred metres or so on the straight legs through points in lon and lat, in metres."""
    corners = shapely.linestrings(np.column_stack(THEATRES[theatre].to_xy(*np.array(line).T)))
    steps = np.linspace(0.0, 1.0, 2 + int(shapely.length(corners) / 100.0))
    return np.asarray(
        shapely.get_coordinates(shapely.line_interpolate_point(corners, steps, normalized=True))
    )


def within(points: FloatArray, metres: float, theatre: str = "aegean") -> BoolArray:
    return np.asarray(shapely.dwithin(load_coastline(theatre).land, shapely.points(points), metres))


def waters(points: FloatArray, theatre: str = "aegean") -> set[str]:
    return set(load_zones(theatre).waters_at(*points.T).tolist())


def legs(patrol: Patrol, theatre: str = "aegean") -> list[tuple[float, float]]:
    assert isinstance(patrol, (Barrier, Loop))
    points = [*patrol.between] if isinstance(patrol, Barrier) else [*patrol.points, patrol.points[0]]
    return [place(theatre, each) if isinstance(each, str) else each for each in points]


@cache
def movers() -> dict[str, Mover]:
    found: dict[str, Mover] = {}
    for theatre, name in SCENARIOS.items():
        of_2016 = scenario(name)
        (nato,) = of_2016.deployments
        found |= {each.id: Mover(theatre, each.patrol, None) for each in nato.stations}
        found |= {
            unit.id: Mover(theatre, unit.patrol, unit)
            for unit in of_2016.units
            if not isinstance(unit.patrol, Station)
        }
    return found


@pytest.mark.parametrize(
    ("theatre", "stretch"),
    [(theatre, stretch) for theatre, name in SCENARIOS.items() for stretch in scenario(name).stretches],
)
def test_stretches_lie_in_their_waters_just_off_the_beach(theatre: str, stretch: str) -> None:
    found = scenario(SCENARIOS[theatre]).stretches[stretch]
    points = along(list(found.line), theatre)
    assert waters(points, theatre) == {found.waters}
    assert not within(points, 250.0, theatre).any()
    assert within(points, 3000.0, theatre).all()


@pytest.mark.parametrize("name", movers())
def test_patrols_keep_clear_of_land(name: str) -> None:
    theatre, patrol, _ = movers()[name]
    assert not within(along(legs(patrol, theatre), theatre), 500.0, theatre).any()


@pytest.mark.parametrize("name", [name for name, mover in movers().items() if mover.craft])
def test_national_units_keep_out_of_the_other_side(name: str) -> None:
    theatre, patrol, craft = movers()[name]
    assert craft is not None
    assert craft.keep_out
    assert not waters(along(legs(patrol, theatre), theatre), theatre) & craft.keep_out


def test_european_ships_patrol_outside_libyan_waters_and_libyan_ones_inside() -> None:
    for name, (theatre, patrol, craft) in movers().items():
        if theatre == "central-med" and craft is not None:
            there = waters(along(legs(patrol, theatre), theatre), theatre)
            assert there <= ({"LY"} if craft.owner == "LCG" else {"high_seas", "IT"}), name


def test_nato_stations_off_libya_are_on_the_high_seas() -> None:
    (nato,) = scenario("central-med-2016").deployments
    for station in nato.stations:
        assert waters(along(legs(station.patrol, "central-med"), "central-med"), "central-med") == {
            "high_seas"
        }


def test_ways_lead_from_every_beach_to_its_destination() -> None:
    sea, loaded = open_theatre("central-med"), scenario("central-med-2016")
    (flow,) = loaded.flows
    assert isinstance(flow, Flow)
    for route in flow.routes:
        ends = [loaded.stretches[name].line[0] for name in (route.origin, route.destination)]
        (x0, x1), (y0, y1) = sea.frame.to_xy(*np.array(ends).T)
        way = sea.route(x0, y0, x1, y1)
        straight_m = np.hypot(x1 - x0, y1 - y0)
        length_m = np.hypot(*np.diff(way, axis=0).T).sum()
        assert straight_m - 1.0 <= length_m < 1.2 * straight_m, route


def test_ports_off_libya_are_at_sea_and_on_their_own_side() -> None:
    for unit in scenario("central-med-2016").units:
        assert isinstance(unit.home_port, str), unit.id
        lon, lat = place("central-med", unit.home_port)
        point = np.column_stack(THEATRES["central-med"].to_xy([lon], [lat]))
        assert not within(point, 100.0, "central-med").any(), unit.id
        assert waters(point, "central-med") == {"LY" if unit.owner == "LCG" else "IT"}, unit.id


def test_ports_and_sites_are_on_their_own_side() -> None:
    for unit in scenario("aegean-2016").units:
        own = "TR" if unit.owner == "TCG" else "GR"
        if isinstance(unit.patrol, Station):
            assert not isinstance(unit.patrol.at, str)
            x, y = THEATRES["aegean"].to_xy(*np.array([unit.patrol.at]).T)
            point = np.column_stack(load_coastline("aegean").nearest_water(x, y, unit.patrol.off_shore_m))
            assert np.hypot(*(point - np.column_stack([x, y])).T)[0] < 1000.0, unit.id
        else:
            port = unit.home_port
            assert port is not None
            where = place("aegean", port) if isinstance(port, str) else port
            point = np.column_stack(THEATRES["aegean"].to_xy([where[0]], [where[1]]))
            assert not within(point, 100.0).any(), unit.id
        assert waters(point) == {own}, unit.id


def test_greek_and_turkish_ships_stay_on_their_side_whatever_is_open() -> None:
    zones_of = {
        station.id: waters(along(legs(station.patrol)))
        for station in scenario("aegean-2016").deployments[0].stations
    }
    closings = [list(areas) for n in range(3) for areas in itertools.combinations(("samos", "south"), n)]
    for ships, closed in itertools.product(range(9), closings):
        overrides = (f"deployments.nato.ships={ships}", f"deployments.nato.closed_areas={closed}")
        (nato,) = scenario("aegean-2016", *overrides).deployments
        assert len(nato.assigned()) == ships
        for hull, station in nato.assigned():
            assert not zones_of[station.id] & hull.keep_out, (hull.id, station.id)
