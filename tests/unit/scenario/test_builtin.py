import itertools
from collections import defaultdict
from datetime import UTC, datetime
from functools import cache
from typing import Any

import numpy as np
import pytest
import shapely
import yaml
from pydantic import TypeAdapter

from aegean_sim.datafiles import configs_folder
from aegean_sim.geography.coastline import Coastline, load_coastline
from aegean_sim.geography.frame import AEGEAN
from aegean_sim.geography.places import place
from aegean_sim.geography.zones import load_zones
from aegean_sim.quantities import BoolArray, FloatArray
from aegean_sim.scenario.boats import Flow
from aegean_sim.scenario.forces import Barrier, Craft, Loop, Patrol, Station
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.scenario.model import Scenario
from aegean_sim.scenario.sensing import Preset

COASTAL = ("aegean-2016", "aegean-2016-no-table", "aegean-2015-10", "aegean-2015-autumn")
NAMES = (*COASTAL, "lab-crossing")
OFFICIAL_HULLS = ["de", "ca", "uk", "nl", "gr", "tr"]


@cache
def scenario(name: str, *overrides: str) -> Scenario:
    return load_scenario(name, overrides).scenario


def flow(name: str) -> Flow:
    (only,) = scenario(name).flows
    assert isinstance(only, Flow)
    return only


def written(name: str) -> Any:
    return yaml.safe_load((configs_folder() / f"{name}.yaml").read_text(encoding="utf-8"))


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


@pytest.mark.parametrize("name", NAMES)
def test_each_loads_under_its_own_name(name: str) -> None:
    assert scenario(name).name == name


def test_nothing_else_is_built_in() -> None:
    files = {file.name for file in configs_folder().iterdir()}
    assert files == {*(f"{name}.yaml" for name in NAMES), "sensors.yaml", "README.md"}


@pytest.mark.parametrize("name", COASTAL)
def test_facts_lead_to_values_and_are_marked(name: str) -> None:
    loaded = scenario(name)
    whole = loaded.model_dump(mode="json")
    for fact in loaded.facts:
        node = whole
        for part in fact.path.split("."):
            if isinstance(node, list):
                named = [item for item in node if isinstance(item, dict) and item.get("id") == part]
                node = named[0] if named else node[int(part)]
            else:
                node = node[part]
        if fact.range is not None:
            assert isinstance(node, (int, float)), fact.path
            assert fact.range[0] <= node <= fact.range[1], fact.path
        if fact.basis == "ASSUMPTION":
            assert fact.confidence != "high", fact.path


@pytest.mark.parametrize(
    ("preset", "at_speed_kn", "rubber", "night"),
    [
        ("lookout-ship", 15, (5.0, 2.5, 1.3, 1.2), 0.1),
        ("lookout-small-craft", 15, (3.8, 1.9, 1.0, 0.9), 0.1),
        ("helicopter-visual", 90, (4.2, 2.1, 1.1, 1.0), 0.1),
        ("patrol-aircraft-visual", 180, (3.7, 1.9, 0.9, 0.9), 0.1),
        ("nav-radar-patrol", 15, (4, 1.5, 0.5, 0), 1),
        ("surface-radar-frigate", 15, (8, 4, 1.5, 0.5), 1),
        ("helicopter-radar", 90, (24, 14, 6, 2), 1),
        ("patrol-aircraft-radar", 180, (24, 14, 6, 2), 1),
        ("eo-ir-ship", 15, (3, 2, 1.2, 0.6), 1),
        ("camera-coastal", 15, (3, 2, 1.2, 0.6), 1),
        ("eo-ir-aircraft", 180, (4, 3, 2, 1), 1),
        ("helicopter-nvg", 90, (1.0, 0.6, 0.3, 0.2), 1),
    ],
)
def test_sweep_widths_are_those_of_the_reference_table(
    preset: str, at_speed_kn: float, rubber: tuple[float, ...], night: float
) -> None:
    found = TypeAdapter(dict[str, Preset]).validate_python(written("sensors"))[preset]
    assert found.law == "inverse_cube"
    assert found.at_speed_kn == at_speed_kn
    assert found.sweep_width_nm is not None
    assert found.sweep_width_nm["rubber"] == rubber
    assert found.night_factor == night
    assert found.day_factor == (0 if preset == "helicopter-nvg" else 1)
    better = zip(found.sweep_width_nm["wooden"], rubber, strict=True)
    assert all(wooden > dinghy for wooden, dinghy in better)


def test_the_coastal_radar_has_ranges_by_look() -> None:
    found = Preset.model_validate(written("sensors")["coastal-radar"])
    assert found.r50_nm is not None
    assert found.r50_nm["rubber"] == (12, 8, 4, 2)
    # Ten times the cross-section, and a signal that falls as the fourth power of range.
    np.testing.assert_allclose(np.array(found.r50_nm["wooden"]) / found.r50_nm["rubber"], 10**0.25, rtol=0.02)


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


def test_six_ships_one_of_each_nation_in_order() -> None:
    (nato,) = scenario("aegean-2016").deployments
    sailing = nato.assigned()
    assert [hull.id.partition("-")[0] for hull, _ in sailing] == OFFICIAL_HULLS
    assert all(hull.duties == {"watch", "rescue"} and hull.side == "neither" for hull, _ in sailing)
    assert {station.area for _, station in sailing} == {None}
    for hull, _ in sailing:
        days = hull.availability
        assert days.days_on is not None
        assert days.days_off is not None
        assert days.days_on / (days.days_on + days.days_off) == pytest.approx(125 / 181, abs=0.005)


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


def test_more_ships_keep_the_stations_of_fewer() -> None:
    six = scenario("aegean-2016").deployments[0].assigned()
    for ships in (7, 8):
        more = scenario("aegean-2016", f"deployments.nato.ships={ships}").deployments[0].assigned()
        assert more[:6] == six


def test_flows_add_up_to_the_published_totals() -> None:
    months = flow("aegean-2016").persons_per_month
    assert list(months) == [f"2016-{month:02d}" for month in range(1, 13)]
    june = months["2016-06"]
    assert (june.arrivals, june.stopped_at_sea, june.dead) == (1554, 1511, 0)
    assert june.persons == 1554 + 1511
    assert sum(month.arrivals for month in months.values()) == 173_450
    assert sum(month.stopped_at_sea for month in months.values()) == 37_130
    assert sum(month.dead for month in months.values()) == 395
    summer = [months[f"2016-{month:02d}"].stopped_at_sea for month in range(5, 10)]
    assert sum(summer) == 7_556


@pytest.mark.parametrize(
    ("name", "shares"),
    [
        ("aegean-2016", {"lesvos": 0.58, "chios": 0.23, "samos": 0.06, "others": 0.13}),
        ("aegean-2015-10", {"lesvos": 0.617, "chios": 0.094, "samos": 0.151, "others": 0.138}),
    ],
)
def test_islands_get_their_published_shares(name: str, shares: dict[str, float]) -> None:
    found: dict[str, float] = defaultdict(float)
    for route in flow(name).routes:
        island = route.destination.partition("-")[0]
        found[island if island in shares else "others"] += route.share
    assert found == pytest.approx(shares)


@pytest.mark.parametrize("name", COASTAL)
def test_boats_hold_forty_and_leave_by_night(name: str) -> None:
    kinds = scenario(name).boat_types.values()
    assert sum(kind.share for kind in kinds) == pytest.approx(1.0)
    mean = sum(kind.share * sum(kind.persons.triangular) / 3 for kind in kinds)
    assert mean == pytest.approx(40.0, rel=0.02)
    hours = flow(name).launches.hours_utc
    by_night = sum(hours[hour] for hour in (21, 22, 23, 0, 1, 2)) / sum(hours)
    assert by_night == pytest.approx(14 / 16, abs=0.01)


def test_october_2015_is_the_overload_without_nato() -> None:
    loaded = scenario("aegean-2015-10")
    month = flow("aegean-2015-10").persons_per_month["2015-10"]
    assert (month.arrivals, month.dead) == (211_663, 220)
    assert month.stopped_at_sea == pytest.approx((73_000 - 45_253) / 79 * 31, abs=1)
    assert month.persons / 40 == pytest.approx(5_600, rel=0.01)
    assert loaded.deployments == ()
    assert loaded.units == scenario("aegean-2016").units
    assert loaded.duration_h == 31 * 24
    assert "NATO" not in {force for desk in loaded.handoffs.desks for force in desk.hears}


def test_autumn_2015_is_three_months_of_over_a_thousand_arrivals_a_day() -> None:
    loaded, october = scenario("aegean-2015-autumn"), scenario("aegean-2015-10")
    months = flow("aegean-2015-autumn").persons_per_month
    assert [month.arrivals for month in months.values()] == [147_123, 211_663, 151_249]
    assert min(month.arrivals for month in months.values()) > 30 * 1000
    assert [month.dead for month in months.values()] == [190, 220, 98]
    evenly = (73_000 - 45_253) / 79
    before, after = (45_253 - 13_165) / 68, (91_611 - 73_000) / 37
    stopped = [6 * before + 24 * evenly, 31 * evenly, 24 * evenly + 6 * after]
    assert [month.stopped_at_sea for month in months.values()] == [round(each) for each in stopped]
    assert loaded.duration_h == (30 + 31 + 30) * 24
    assert (loaded.units, loaded.handoffs, loaded.flows) == (october.units, october.handoffs, october.flows)


def test_the_laboratory_is_the_one_agreed() -> None:
    assert written("lab-crossing") == {
        "name": "lab-crossing",
        "start": datetime(2016, 6, 1, tzinfo=UTC),
        "duration_h": 24,
        "seed": 1,
        "theatres": {"lab": {"coast": "open_sea", "box_nm": [-100, -100, 100, 100]}},
        "units": [
            {
                "id": "ship",
                "theatre": "lab",
                "patrol": {"kind": "scripted", "points": [[0, 0, 0], [0.48, 8.64, 0]]},
                "sensors": [{"law": "inverse_cube", "b_nm3_per_h": 12}],
            }
        ],
        "voyages": [
            {"id": "boat", "theatre": "lab", "points": [[0, 15, 0], [0.48, 9.24, 0]], "copies": 20000}
        ],
    }
