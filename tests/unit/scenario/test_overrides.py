from collections.abc import Callable
from pathlib import Path

import pytest

from aegean_sim.scenario.fingerprint import resolved
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.scenario.overrides import locate, value_at

SETTINGS = [
    ("duration_h=24", 24),
    ("units.cutter.speed_kn=20", 20),
    ("units[cutter].speed_kn=20", 20),
    ("units.2.sensors.1.height_nm=0.5", 0.5),
    ("units[2].sensors[1].height_nm=0.5", 0.5),
    (
        "units.ladder.patrol={kind: station, at: [1, 2], off_shore_m: 0}",
        {"kind": "station", "at": [1, 2], "off_shore_m": 0, "sector_deg": None},
    ),
    ("deployments.nato.ships=2", 2),
    ("deployments.nato.closed_areas=[]", []),
    ("deployments.nato.plans.2=[south, north]", ["south", "north"]),
    ("flows.0.wander_nm = 0.5", 0.5),
    ("flows.crossing.persons_per_month.2016-06.dead=9", 9),
    ("flows.stream.origin.1.0=49", 49),
    ("sensor_presets.nav-radar-patrol.max_range_nm.rubber=7.5", 7.5),
    ("handoffs.desks.piraeus.handling_min={exponential: 5}", {"exponential": 5}),
    ("handoffs.response.bring_ashore=no", False),
    ("title=a=b", "a=b"),
    ("weather.lab.table=", None),
]


@pytest.mark.parametrize(("text", "value"), SETTINGS)
def test_a_value_is_set_and_nothing_else(text: str, value: object, whole: str, folder: Path) -> None:
    path = folder / "mine.yaml"
    path.write_text(whole, encoding="utf-8")
    before, after = (resolved(load_scenario(str(path), given).scenario) for given in ([], [text]))
    location, rest = locate(after, text.partition("=")[0].strip())
    assert not rest
    assert value_at(after, location) == value
    value_at(after, location[:-1])[location[-1]] = value_at(before, location)
    assert after == before


def test_overrides_hold_together_and_the_last_one_wins(whole: str, folder: Path) -> None:
    path = folder / "mine.yaml"
    path.write_text(whole, encoding="utf-8")
    given = [
        "seed=1",
        "deployments.nato.ships=0",
        "deployments.nato.placement=nested",
        "deployments.nato.hulls=[]",
        "seed=2",
    ]
    scenario = load_scenario(str(path), given).scenario
    assert scenario.seed == 2
    assert scenario.deployments[0].hulls == ()


def test_an_empty_mapping_may_be_filled_by_path(folder: Path) -> None:
    scenario = load_scenario("lab-crossing", ["weather.lab.wave_m=2"]).scenario
    assert scenario.weather["lab"].wave_m == 2


def test_what_an_alias_repeats_is_set_once(whole: str, folder: Path) -> None:
    path = folder / "mine.yaml"
    text = whole.replace("waters: TR, line: [", "waters: TR, line: &line [").replace(
        "line: [[26.6, 39.0], [26.5, 38.98]]", "line: *line"
    )
    path.write_text(text, encoding="utf-8")
    stretches = load_scenario(str(path), ["stretches.lesvos.line.0=[26.5, 39]"]).scenario.stretches
    assert stretches["ayvalik"].line[0] == (26.6, 39.3)
    assert stretches["lesvos"].line == ((26.5, 39.0), (26.6, 39.2))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("seed", "must be path=value, like units.ship.speed_kn=20"),
        ("=3", "must be path=value"),
        ("seed=[1, ", "not YAML"),
        ("seed=!!int 3", "tags are not allowed"),
        ("seed=3\n---\n4", "a second document"),
        ("units.cuter.speed_kn=20", "units has no 'cuter'; did you mean 'cutter'?"),
        ("units.99.speed_kn=20", "units has no '99'; known: circle, cutter"),
        ("units.-1.speed_kn=20", "units has no '-1'"),
        ("units.²=20", "units has no '²'"),
        ("flows.2.wander_nm=1", "flows has no '2'"),
        ("unit.cutter.speed_kn=20", "the scenario has no 'unit'; did you mean 'units'?"),
        ("weather.egean.wave_m=1", "weather has no 'egean'; did you mean 'aegean'?"),
        ("units.ship.sensors.9.range_nm=1", "units[ship].sensors has no '9'; known: 0, 1, 2, 3"),
        ("seed.value=3", "seed is neither a mapping nor a list, so it has no 'value'"),
        ("...=3", "the scenario has no ''"),
        ("sed=3", "sed: unknown key; did you mean 'seed'?"),
        (
            "units.cutter.speed_kmh=20",
            "units[cutter].speed_kmh: unknown key; did you mean 'speed_kn'? speeds are in knots",
        ),
        ("units.cutter.speed_kn=fast", 'units[cutter].speed_kn is "fast": must be a number'),
        ("units.cutter.speed_kn=1:30", "a time such as 1:30 is written as one number, 1.5"),
        ("deployments.nato.ships=9", "deployments[nato]: ships is 9, but only 2 hulls are listed"),
        (
            "units.cutter.home_port=Atlantis",
            "units[cutter].home_port is \"Atlantis\": no place named 'Atlantis'",
        ),
        ("extends=aegean-2016", "extends: unknown key"),
    ],
)
def test_a_wrong_override_is_told_by_its_flag(
    text: str, told: str, whole: str, refusal: Callable[..., str]
) -> None:
    message = refusal(whole, text)
    assert message.startswith(f"HERE/mine.yaml: --set {' '.join(text.split())}")
    assert told in message


def test_a_fault_elsewhere_is_not_laid_on_an_override(whole: str, refusal: Callable[..., str]) -> None:
    message = refusal(whole.replace("home_port: Mytilene", "home_port: Atlantis"), "seed=3")
    assert message.startswith("HERE/mine.yaml: units[cutter].home_port")
