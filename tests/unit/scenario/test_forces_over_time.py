"""Service, sorties, bases, supplies and training: each edit of a good file breaks one of their rules."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aegean_sim.scenario.loading import load_scenario

SITE = "  - id: site\n"
PLANE = """\
  - id: plane
    theatre: aegean
    owner: hcg
    flies: true
    speed_kn: 120
    home_port: [25.236, 39.917]
    serves: {since: 2016-06-01, until: 2016-06-30}
    availability: {sortie_h: 4, sorties_per_day: 2, first_sortie_h: 3}
    patrol: {kind: search, centre: [25.9, 39.3], length_nm: 30, width_nm: 20, spacing_nm: 5}
    sensors: [{preset: drone-radar}, {preset: drone-eo-ir}]
  - id: helicopter
    theatre: aegean
    owner: nato
    flies: true
    speed_kn: 90
    base: de-bonn
    availability: {sortie_h: 2.5, rest_h: 5}
    patrol: {kind: search, length_nm: 20, width_nm: 20, spacing_nm: 4}
"""
LEVERS = """\
support:
  logistics:
    nato: {days_on_factor: 1.3, days_off_factor: 0.8}
training:
  hcg: {crews_trained: 3, crews: 6, units: [cutter], crews_per_unit: 2, force_share: [0.2, 0.1]}
deployments:
"""

EDITS = [
    (
        "search, length_nm: 20",
        "search, centre: [26, 39], length_nm: 20",
        ['units[helicopter].patrol.kind is "search"', "without a centre"],
    ),
    (
        "since: 2016-06-01, ",
        "since: 2016-07-01, ",
        ["units[plane].serves: until is 2016-06-30", "before since, 2016-07-01"],
    ),
    (
        "since: 2016-06-01, ",
        "since: 1 June, ",
        ['units[plane].serves.since is "1 June": must be a day', "2015-10-07"],
    ),
    ("since: 2016-06-01, ", "since: 7, ", ["units[plane].serves.since is 7: must be a day"]),
    ("until: 2016-06-30", "untill: 2016-06-30", ["units[plane].serves.untill: unknown key", "'until'?"]),
    (
        "{sortie_h: 4, sorties_per_day: 2, first_sortie_h: 3}",
        "{}",
        ["units[plane].availability.sortie_h: is missing", "endurance"],
    ),
    ("sortie_h: 4, ", "", ["units[plane].availability", "need sortie_h"]),
    ("sorties_per_day: 2, ", "", ["units[plane].availability", "either rest_h or sorties_per_day"]),
    ("rest_h: 5", "rest_h: 5, sorties_per_day: 2", ["units[helicopter].availability", "either rest_h or"]),
    (
        "sorties_per_day: 2",
        "sorties_per_day: 7",
        ["units[plane].availability", "7 sorties a day of 4 h do not fit"],
    ),
    (
        "first_sortie_h: 3",
        "ready_in_port: true",
        ["units[plane].availability", "sorties or shifts, not both"],
    ),
    (
        "    flies: true\n    speed_kn: 120",
        "    speed_kn: 120",
        ["units[plane].availability.sortie_h is 4.0: only an aircraft"],
    ),
    (
        "    flies: true\n    speed_kn: 90",
        "    speed_kn: 90",
        ["units[helicopter].availability.sortie_h", "flies: true"],
    ),
    ("flies: true", "flies: yes", ['units[plane].flies is "yes": must be true or false']),
    ("    speed_kn: 120\n", "", ["units[plane].speed_kn is 0: must be greater than 0"]),
    ("    home_port: [25.236, 39.917]\n", "", ["units[plane].home_port: is missing", "an airfield"]),
    (
        "    base: de-bonn\n",
        "    base: de-bonn\n    home_port: Souda\n",
        ['units[helicopter].base is "de-bonn"', "not from both"],
    ),
    ("base: de-bonn", "base: de-bon", ['units[helicopter].base is "de-bon": no ship', "'de-bonn'?"]),
    ("base: de-bonn", "base: plane", ['units[helicopter].base is "plane": no ship']),
    ("base: de-bonn", "base: rover", ['units[helicopter].base is "rover": sails in lab, not in aegean']),
    (
        "id: uk-mersey, ",
        "id: uk-mersey, base: de-bonn, ",
        ['hulls[uk-mersey].base is "de-bonn": only an aircraft'],
    ),
    (
        "    speed_kn: 120\n",
        "    speed_kn: 120\n    duties: [rescue, watch]\n",
        ["units[plane].duties", "it cannot rescue"],
    ),
    ("centre: [25.9, 39.3], ", "", ["units[plane].patrol.centre: is missing", "an aircraft with a base"]),
    ("centre: [25.9, 39.3]", "centre: [39.3, 25.9]", ["units[plane].patrol.centre", "lon must be from 22"]),
    (
        "{kind: station, at: [26.9, 37.6]}",
        "{kind: search, length_nm: 9, width_nm: 9, spacing_nm: 3}",
        ["stations[south].patrol.centre: is missing", "of its own"],
    ),
    ("preset: drone-radar", "preset: dron-radar", ["units[plane].sensors[0].preset", "'drone-radar'?"]),
    (
        "    nato: {days",
        "    nto: {days",
        ["support.logistics.nto", "no unit belongs to that force; did you mean 'nato'?"],
    ),
    (
        "days_on_factor: 1.3",
        "days_on_factor: 0",
        ["support.logistics.nato.days_on_factor is 0: must be greater than 0"],
    ),
    (
        "  hcg: {crews",
        "  hgc: {crews",
        ["training.hgc", "no unit belongs to that force; did you mean 'hcg'?"],
    ),
    (
        "crews_trained: 3",
        "crews_trained: 7",
        ["training.hcg: crews_trained is 7, but there are only 6 crews"],
    ),
    (
        "crews_per_unit: 2",
        "crews_per_unit: 7",
        ["training.hcg: 1 units with 7 crews each need more than the 6 crews"],
    ),
    ("units: [cutter]", "units: [cuter]", ['training.hcg.units[0] is "cuter": no unit of hcg', "'cutter'?"]),
    ("units: [cutter]", "units: [ship]", ['training.hcg.units[0] is "ship": no unit of hcg has that name']),
    ("units: [cutter]", "units: [cutter, cutter]", ["training.hcg.units[1]", "listed already"]),
    (
        "force_share: [0.2, 0.1]",
        "force_share: [0.2, 1.1]",
        ["training.hcg.force_share[1] is 1.1: must be at most 1"],
    ),
]


@pytest.fixture
def flown(whole: str) -> str:
    """Text of a scenario file with aircraft, supplies and training."""
    return whole.replace(SITE, PLANE + SITE, 1).replace("deployments:\n", LEVERS, 1)


def test_the_file_is_good(flown: str, folder: Path) -> None:
    path = folder / "mine.yaml"
    path.write_text(flown, encoding="utf-8")
    scenario = load_scenario(str(path)).scenario
    assert {"plane", "helicopter", "cutter"} <= set(scenario.crafts())
    assert str(scenario.units[1].serves.until) == "2016-06-30"
    levers = ["training.hcg.crews_trained=1", "support.logistics.nato.days_on_factor=2"]
    fewer = load_scenario(str(path), levers).scenario
    assert "cutter" not in fewer.crafts()
    assert fewer.crafts()["de-bonn"].availability.days_on == 18


@pytest.mark.parametrize("key", ["flies: true", "base: de-bonn", "serves: {since: 2016-06-03}"])
def test_passing_ships_are_no_aircraft_and_always_there(
    key: str, flown: str, refusal: Callable[..., str]
) -> None:
    ships = f"{{id: cargo, theatre: aegean, per_1000_nm2: 3, speed_kn: 12, capacity: 200, {key}}}"
    message = refusal(flown.replace("deployments:\n", f"passing_ships: [{ships}]\ndeployments:\n", 1))
    assert "passing_ships[cargo]: passing ships are there throughout" in message


@pytest.mark.parametrize(
    ("old", "new", "parts"), EDITS, ids=[new.strip()[:40] or old[:40] for old, new, _ in EDITS]
)
def test_a_broken_rule_is_told(
    old: str, new: str, parts: list[str], flown: str, refusal: Callable[..., str]
) -> None:
    assert old in flown
    message = refusal(flown.replace(old, new, 1))
    assert message.startswith("HERE/mine.yaml: ")
    for part in parts:
        assert part in message
