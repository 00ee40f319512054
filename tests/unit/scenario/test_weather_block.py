"""The weather block of a scenario file: which kinds there are, and what is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.fingerprint import fingerprint
from aegean_sim.scenario.loading import load_scenario

TABLE = "lab: {table: weather/calm.csv}"
TWELVE = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]"
SYNTHETIC = (
    f"{{wind_kn: {TWELVE}, wind_shape: 2, wind_memory_h: 30, wind_from_deg: {TWELVE}, wander_deg: 40,"
    f" wander_memory_h: 30, fetch_nm: [1, 2, 3, 4, 5, 6, 7, 8], growth_h: 6, decay_h: 12, sea_c: {TWELVE}}}"
)


def given(whole: str, block: str) -> str:
    assert TABLE in whole
    return whole.replace(TABLE, f"lab: {block}")


@pytest.mark.parametrize(
    ("block", "parts"),
    [
        (
            f"{{table: weather/calm.csv, synthetic: {SYNTHETIC}}}",
            [
                "weather.lab",
                "table and synthetic are given; weather comes from only one of them",
                "write synthetic: null",
            ],
        ),
        (
            "{table: weather/calm.csv, netcdf: {files: [weather/calm.csv]}}",
            ["weather.lab", "table and netcdf are given"],
        ),
        (
            f"{{synthetic: {SYNTHETIC.replace('8, 9, 10, 11, 12]', '8]', 1)}}}",
            ["weather.lab.synthetic.wind_kn", "must have at least 12 items, has 8"],
        ),
        (
            f"{{synthetic: {SYNTHETIC.replace('7, 8], growth', '7], growth')}}}",
            ["weather.lab.synthetic.fetch_nm", "must have at least 8 items, has 7"],
        ),
        (
            f"{{synthetic: {SYNTHETIC.replace('[1, 2, 3, 4, 5, 6, 7, 8],', '[1, 2, 0, 4, 5, 6, 7, 8],')}}}",
            ["weather.lab.synthetic.fetch_nm[2]", "must be greater than 0"],
        ),
        (
            f"{{synthetic: {SYNTHETIC.replace(' wander_deg: 40,', '')}}}",
            ["weather.lab.synthetic.wander_deg: is missing"],
        ),
        (
            f"{{synthetic: {SYNTHETIC.replace('wander_deg', 'wander_degrees')}}}",
            ["weather.lab.synthetic", "wander_degrees", "did you mean 'wander_deg'?"],
        ),
        ("{wind_from_deg: 361}", ["weather.lab.wind_from_deg is 361"]),
        ("{sea_c: 295}", ["weather.lab.sea_c is 295", "taken as kelvin it would be 21.9"]),
        ("{wave_m: 80}", ["weather.lab.wave_m is 80", "0 to 20 (metres)", "as centimetres it would be 0.8"]),
        ("{wind_kn: 140}", ["weather.lab.wind_kn is 140", "taken as km/h it would be 75.6"]),
        ("{current_kn: 25}", ["weather.lab.current_kn is 25", "taken as cm/s it would be 0.486"]),
        (
            f"{{synthetic: {SYNTHETIC.replace('{wind_kn: [1,', '{wind_kn: [121,')}}}",
            ["weather.lab.synthetic.wind_kn[0] is 121"],
        ),
        ("{netcdf: {files: []}}", ["weather.lab.netcdf.files", "must have at least 1 item"]),
        (
            "{netcdf: {files: [weather/calm.csv, weather/june.nc]}}",
            ["weather.lab.netcdf.files[1]", "no such file in the scenario's folder"],
        ),
        ("{netcdf: {files: [../june.nc]}}", ["weather.lab.netcdf.files[0]", "without .."]),
        (
            "{netcdf: {files: [weather/calm.csv], box: [15, 32, 11, 34]}}",
            ["weather.lab.netcdf", "must be west, south, east, north"],
        ),
    ],
)
def test_a_bad_block_is_refused(
    block: str, parts: list[str], whole: str, refusal: Callable[..., str]
) -> None:
    message = refusal(given(whole, block))
    for part in parts:
        assert part in message


def test_a_box_lies_in_its_theatre(whole: str, folder: Path) -> None:
    (folder / "mine.yaml").write_text(whole, encoding="utf-8")
    overrides = ["weather.aegean={netcdf: {files: [weather/calm.csv], box: [11, 32, 15, 34]}}"]
    with pytest.raises(ScenarioError, match=r"weather\.aegean\.netcdf\.box is .*: lies outside the aegean"):
        load_scenario(str(folder / "mine.yaml"), overrides)


def test_the_bytes_of_all_weather_files_count(whole: str, folder: Path) -> None:
    files = [folder / "weather" / name for name in ("wind.nc", "waves.nc")]
    for file in files:
        file.write_bytes(b"CDF")
    text = given(whole, "{netcdf: {files: [weather/wind.nc, weather/waves.nc]}}")
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    loaded = load_scenario(str(folder / "mine.yaml"))
    prints = {fingerprint(loaded.scenario, folder)}
    for file in files:
        file.write_bytes(b"HDF")
        prints.add(fingerprint(loaded.scenario, folder))
    assert len(prints) == 3


def test_an_override_changes_the_kind(whole: str, folder: Path) -> None:
    (folder / "mine.yaml").write_text(whole, encoding="utf-8")
    overrides = ["weather.lab.table=", f"weather.lab.synthetic={SYNTHETIC}"]
    weather = load_scenario(str(folder / "mine.yaml"), overrides).scenario.weather["lab"]
    assert weather.table is None
    assert weather.synthetic is not None
    assert weather.synthetic.fetch_nm == (1, 2, 3, 4, 5, 6, 7, 8)
