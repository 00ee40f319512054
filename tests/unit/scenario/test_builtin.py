from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
import yaml
from pydantic import TypeAdapter
from tests.unit.scenario.builtin import scenario

from aegean_sim.datafiles import configs_folder
from aegean_sim.engine.world import theatre_weather
from aegean_sim.scenario.boats import Flow
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.scenario.sensing import Preset
from aegean_sim.streams import Streams
from aegean_sim.study.cases import cases

COASTAL = ("aegean-2016", "aegean-2016-no-table", "aegean-2015-10", "aegean-2015-autumn")
NAMES = (*COASTAL, "central-med-2016", "two-theatres-2016", "sophia-support", "lab-crossing")
OFFICIAL_HULLS = ["de", "ca", "uk", "nl", "gr", "tr"]


def flow(name: str) -> Flow:
    (only,) = scenario(name).flows
    assert isinstance(only, Flow)
    return only


def written(name: str) -> Any:
    return yaml.safe_load((configs_folder() / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_each_loads_under_its_own_name(name: str) -> None:
    assert scenario(name).name == name


def test_nothing_else_is_built_in() -> None:
    files = {file.name for file in configs_folder().iterdir()}
    assert files == {*(f"{name}.yaml" for name in NAMES), "sensors.yaml", "README.md", "sweeps", "weather"}


@pytest.mark.parametrize("name", [*COASTAL, "central-med-2016"])
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


@pytest.mark.parametrize("name", sorted(scenario("aegean-2016").sensor_presets))
def test_swimmers_are_harder_to_see_than_any_boat(name: str) -> None:
    preset = scenario("aegean-2016").sensor_presets[name]
    table = preset.r50_nm if preset.sweep_width_nm is None else preset.sweep_width_nm
    assert table is not None
    for sea in range(3):
        assert table["swimmers"][sea] < min(table["rubber"][sea], table["wooden"][sea])
    assert preset.max_range_nm["swimmers"] < preset.max_range_nm["rubber"]


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
        ("drone-radar", 90, (24, 14, 6, 2), 1),
        ("drone-eo-ir", 90, (4, 3, 2, 1), 1),
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


def test_more_ships_keep_the_stations_of_fewer() -> None:
    six = scenario("aegean-2016").deployments[0].assigned()
    for ships in (7, 8):
        more = scenario("aegean-2016", f"deployments.nato.ships={ships}").deployments[0].assigned()
        assert more[:6] == six


def test_flows_add_up_to_the_published_totals() -> None:
    months = dict(flow("aegean-2016").persons_per_month)
    december = months.pop("2015-12")
    assert (december.arrivals, december.stopped_at_sea, december.dead) == (108_742, 15_593, 206)
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


def test_central_mediterranean_flows_add_up_to_the_published_totals() -> None:
    months = flow("central-med-2016").persons_per_month
    assert len(months) == 7 + 12
    of_2016 = {name: month for name, month in months.items() if name >= "2016-01"}
    assert sum(month.arrivals for month in of_2016.values()) == 181_436
    assert sum(month.stopped_at_sea for month in of_2016.values()) == 14_332
    assert sum(month.stopped_at_sea for name, month in of_2016.items() if name <= "2016-06") == 9_270
    assert sum(month.dead for month in of_2016.values()) == 4_572
    assert sum(month.arrivals for name, month in months.items() if name < "2016-01") == 106_392


def test_central_mediterranean_boats_hold_what_rome_reported() -> None:
    kinds = scenario("central-med-2016").boat_types
    assert sum(kind.share for kind in kinds.values()) == pytest.approx(1.0)
    assert 105 <= sum(kind.share * sum(kind.persons.triangular) / 3 for kind in kinds.values()) <= 128
    assert kinds["med-rubber"].share == pytest.approx(85 / 103, abs=0.006)
    assert (kinds["med-wooden"].persons.triangular[0], kinds["med-wooden"].persons.triangular[2]) == (
        200,
        700,
    )
    hours = flow("central-med-2016").launches.hours_utc
    assert sum(hours[hour] for hour in (21, 22, 23, 0, 1, 2)) > 0.8 * sum(hours)


def test_beaches_of_libya_get_their_assumed_shares() -> None:
    found: dict[str, float] = defaultdict(float)
    for route in flow("central-med-2016").routes:
        found[route.origin] += route.share
    tunisia = found.pop("zarzis") + found.pop("mahdia-chebba")
    assert tunisia == pytest.approx(0.03)
    shares = {"sabratha": 0.45, "tripoli-garabulli": 0.25, "zawiya": 0.1, "zuwara": 0.1, "al-khums": 0.1}
    assert {name: share / 0.97 for name, share in found.items()} == pytest.approx(shares, abs=1e-9)


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


@pytest.mark.parametrize(
    ("month", "ships", "helicopters", "aircraft"),
    [
        ("2015-07", 4, 1, 1),
        ("2015-11", 8, 4, 2),
        ("2016-01", 6, 3, 2),
        ("2016-06", 5, 2, 2),
        ("2016-11", 5, 2, 2),
    ],
)
def test_sophia_has_the_force_of_the_month(month: str, ships: int, helicopters: int, aircraft: int) -> None:
    loaded = scenario("central-med-2016", f"start={month}-02T00:00:00Z")
    sophia = {name: craft for name, craft in loaded.crafts().items() if craft.owner == "Sophia"}
    flying = {name for name, craft in sophia.items() if craft.flies}
    assert len(sophia) - len(flying) == ships
    assert len({name for name in flying if "helicopter" in name}) == helicopters
    assert len({name for name in flying if "aircraft" in name}) == aircraft


def test_half_of_the_turkish_boats_are_out_before_may() -> None:
    def boats(month: str) -> int:
        crafts = scenario("aegean-2016", f"start={month}-01T00:00:00Z").crafts().values()
        return sum(craft.owner == "TCG" and craft.speed_kn > 0.0 for craft in crafts)

    assert (boats("2015-12"), boats("2016-03"), boats("2016-05"), boats("2016-11")) == (8, 8, 16, 16)


def test_a_rough_august_is_that_of_the_published_ten_days() -> None:
    loaded = load_scenario("central-med-2016", cases()["central-med-2016-08"].overrides)
    sky = theatre_weather(loaded.scenario, "central-med", loaded.folder, Streams(1, 0))
    rough_h = np.diff(np.append(sky.time_s, 744 * 3600.0))[sky.wave_m > 1.0].sum() / 3600.0
    assert rough_h == pytest.approx(240.0, abs=12.0)
    assert sky.wave_m.max() <= 1.5
