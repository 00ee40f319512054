"""Sectors of stations in a scenario file: what is read, what is refused, and what the built-in sites see."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from aegean_sim.geography.coastline import load_coastline
from aegean_sim.geography.frame import AEGEAN, north_rad
from aegean_sim.scenario.forces import Station
from aegean_sim.scenario.loading import load_scenario

SITE = "at: [26.56, 39.1]}"
HULL_STATION = "at: [26.9, 37.6]}"
SITES = {
    unit.id: unit.patrol
    for unit in load_scenario("aegean-2016", ()).scenario.units
    if isinstance(unit.patrol, Station)
}


@pytest.mark.parametrize("written", ["[90, 270.5]", "[350, 10]", "[0, 360]", "[360, 90]"])
def test_a_site_may_have_a_sector(written: str, whole: str, folder: Path) -> None:
    path = folder / "mine.yaml"
    path.write_text(whole.replace(SITE, f"{SITE[:-1]}, sector_deg: {written}}}"), encoding="utf-8")
    (site,) = (unit for unit in load_scenario(str(path), ()).scenario.units if unit.id == "site")
    assert isinstance(site.patrol, Station)
    assert list(site.patrol.sector_deg or ()) == [float(each) for each in written[1:-1].split(",")]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[90, 361]", ["units[site].patrol.sector_deg[1] is 361", "must be at most 360"]),
        ("[-90, 90]", ["units[site].patrol.sector_deg[0] is -90", "must be at least 0"]),
        ("[90, 90]", ["units[site].patrol", "sector_deg [90.0, 90.0] has no width", "[0, 360]"]),
        ("[360, 0]", ["units[site].patrol", "sector_deg [360.0, 0.0] has no width"]),
        ("[90]", ["units[site].patrol.sector_deg[1]: is missing"]),
        ("90", ["units[site].patrol.sector_deg is 90: must be a list"]),
        ("[north, 90]", ['units[site].patrol.sector_deg[0] is "north": must be a number']),
    ],
)
def test_what_is_no_sector_is_refused(
    written: str, told: list[str], whole: str, refusal: Callable[..., str]
) -> None:
    message = refusal(whole.replace(SITE, f"{SITE[:-1]}, sector_deg: {written}}}"))
    for part in told:
        assert part in message


@pytest.mark.parametrize(
    ("edit", "instead", "told"),
    [
        (
            SITE,
            f"{SITE[:-1]}, sector_deg: [0, 90]}}\n    speed_kn: 5",
            ["units[site].patrol.sector_deg", "only a unit that stays at its station has a sector", "5 kn"],
        ),
        (
            SITE,
            f"{SITE[:-1]}, sector_deg: [0, 90]}}\n    max_speed_kn: 25",
            ["units[site].patrol.sector_deg", "this one can go 25 kn"],
        ),
        (
            HULL_STATION,
            f"{HULL_STATION[:-1]}, sector_deg: [0, 90]}}",
            ["deployments[nato].stations[south].patrol.sector_deg", "stays at its station", "10 kn"],
        ),
    ],
)
def test_what_leaves_its_station_has_no_sector(
    edit: str, instead: str, told: list[str], whole: str, refusal: Callable[..., str]
) -> None:
    assert whole.count(edit) == 1
    message = refusal(whole.replace(edit, instead))
    for part in told:
        assert part in message


@pytest.mark.parametrize("name", SITES)
def test_built_in_sites_look_to_the_sea(name: str) -> None:
    site, coast = SITES[name], load_coastline("aegean")
    assert site.sector_deg is not None
    assert not isinstance(site.at, str)
    assert 180.0 <= site.sector_width_deg <= 270.0
    x, y = (axis[0] for axis in coast.nearest_water(*AEGEAN.to_xy(*np.array([site.at]).T), site.off_shore_m))
    bearing = np.arange(0.0, 360.0)
    grid = np.radians(bearing) + north_rad(AEGEAN, float(x), float(y))
    east, north = x + 3000.0 * np.sin(grid), y + 3000.0 * np.cos(grid)
    open_sea = ~coast.crosses(np.full(360, x), np.full(360, y), east, north)
    seen = (bearing - site.sector_deg[0]) % 360.0 <= site.sector_width_deg
    assert open_sea.sum() > 60
    assert not (open_sea & ~seen).any()
