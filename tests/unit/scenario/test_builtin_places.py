"""The built-in scenarios of June 2016 on the map: beaches, patrols, ports and sites lie where they may."""

import itertools
from functools import cache

import numpy as np
import pytest
import shapely
from tests.unit.scenario.builtin import scenario

from aegean_sim.geography.coastline import Coastline, load_coastline
from aegean_sim.geography.frame import AEGEAN
from aegean_sim.geography.places import place
from aegean_sim.geography.zones import load_zones
from aegean_sim.quantities import BoolArray, FloatArray
from aegean_sim.scenario.forces import Barrier, Craft, Loop, Patrol, Station


@pytest.fixture(scope="module")
def coast() -> Coastline:
    return load_coastline("aegean")


def along(line: list[tuple[float, float]]) -> FloatArray:
    """Points every hundred metres or so on the straight legs through points in lon and lat, in metres."""
    corners = shapely.linestrings(np.column_stack(AEGEAN.to_xy(*np.array(line).T)))
    steps = np.linspace(0.0, 1.0, 2 + int(shapely.length(corners) / 100.0))
    return np.asarray(
        shapely.get_coordinates(shapely.line_interpolate_point(corners, steps, normalized=True))
    )


def within(points: FloatArray, coast: Coastline, metres: float) -> BoolArray:
    return np.asarray(shapely.dwithin(coast.land, shapely.points(points), metres))


def waters(points: FloatArray) -> set[str]:
    return set(load_zones("aegean").waters_at(*points.T).tolist())


def legs(patrol: Patrol) -> list[tuple[float, float]]:
    assert isinstance(patrol, (Barrier, Loop))
    points = [*patrol.between] if isinstance(patrol, Barrier) else [*patrol.points, patrol.points[0]]
    return [place("aegean", each) if isinstance(each, str) else each for each in points]


@cache
def movers() -> dict[str, tuple[Patrol, Craft | None]]:
    of_2016 = scenario("aegean-2016")
    (nato,) = of_2016.deployments
    patrols: dict[str, tuple[Patrol, Craft | None]] = {each.id: (each.patrol, None) for each in nato.stations}
    patrols |= {
        unit.id: (unit.patrol, unit) for unit in of_2016.units if not isinstance(unit.patrol, Station)
    }
    return patrols


@pytest.mark.parametrize("stretch", scenario("aegean-2016").stretches)
def test_stretches_lie_in_their_waters_just_off_the_beach(stretch: str, coast: Coastline) -> None:
    found = scenario("aegean-2016").stretches[stretch]
    points = along(list(found.line))
    assert waters(points) == {found.waters}
    assert not within(points, coast, 250.0).any()
    assert within(points, coast, 3000.0).all()


@pytest.mark.parametrize("name", movers())
def test_patrols_keep_clear_of_land(name: str, coast: Coastline) -> None:
    assert not within(along(legs(movers()[name][0])), coast, 500.0).any()


@pytest.mark.parametrize("name", [name for name, (_, craft) in movers().items() if craft])
def test_national_units_keep_out_of_the_other_side(name: str) -> None:
    patrol, craft = movers()[name]
    assert craft is not None
    assert craft.keep_out
    assert not waters(along(legs(patrol))) & craft.keep_out


def test_ports_and_sites_are_on_their_own_side(coast: Coastline) -> None:
    for unit in scenario("aegean-2016").units:
        own = "TR" if unit.owner == "TCG" else "GR"
        if isinstance(unit.patrol, Station):
            assert not isinstance(unit.patrol.at, str)
            x, y = AEGEAN.to_xy(*np.array([unit.patrol.at]).T)
            point = np.column_stack(coast.nearest_water(x, y, unit.patrol.off_shore_m))
            assert np.hypot(*(point - np.column_stack([x, y])).T)[0] < 1000.0, unit.id
        else:
            port = unit.home_port
            assert port is not None
            where = place("aegean", port) if isinstance(port, str) else port
            point = np.column_stack(AEGEAN.to_xy([where[0]], [where[1]]))
            assert not within(point, coast, 100.0).any(), unit.id
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
