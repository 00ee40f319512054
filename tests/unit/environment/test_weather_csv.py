from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from aegean_sim.environment.weather import WeatherTable
from aegean_sim.environment.weather_csv import read_table
from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.weather import Weather

START = datetime(2016, 6, 1, tzinfo=UTC)
DAY = 86400.0
GOOD = """time,wind_kn,wave_m
2016-05-31T18:00:00Z,10,0.5
2016-06-01T06:00,20.5,1.25
2016-06-01T21:00+03:00,0,0
"""
FULL = """time,wind_kn,wave_m,wind_from_deg,sea_c,current_kn,current_to_deg
2016-06-01T00:00Z,10,0.5,360,21,1,180
2016-06-01T12:00Z,10,0.5,270,22.5,2,90
2016-06-02T00:00Z,10,0.5,0,-1,0,0
"""
CONSTANTS = Weather(wind_from_deg=90.0, sea_c=18.0, current_kn=0.5, current_to_deg=0.0)


def read(tmp_path: Path, text: str | bytes, duration_s: float = DAY) -> WeatherTable:
    (tmp_path / "w.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(CONSTANTS, tmp_path / "w.csv", START, duration_s)


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "\ufeff" + GOOD.replace("\n", "\r\n"),
        GOOD.replace("time,wind_kn,wave_m", " time , wind_kn,wave_m ").replace(
            "\n2016-06-01T06", "\n\n2016-06-01T06"
        ),
    ],
    ids=["plain", "from a spreadsheet", "blanks"],
)
def test_a_table_is_read(tmp_path: Path, text: str) -> None:
    table = read(tmp_path, text)
    np.testing.assert_array_equal(table.time_s, [-6 * 3600, 6 * 3600, 18 * 3600])
    np.testing.assert_allclose(table.wind_mps, np.array([10, 20.5, 0]) * 1852 / 3600)
    np.testing.assert_array_equal(table.wave_m, [0.5, 1.25, 0.0])


def test_other_columns_and_their_order_do_not_matter(tmp_path: Path) -> None:
    text = "wave_m,note,time,wind_kn\n0.5,calm,2016-06-01,4\n0.6,,2016-06-02,5\n"
    table = read(tmp_path, text)
    np.testing.assert_array_equal(table.time_s, [0, DAY])
    np.testing.assert_array_equal(table.wave_m, [0.5, 0.6])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"w\.csv is empty; its first row must name time, wind_kn, wave_m"),
        (
            GOOD.replace("wind_kn", "wind_ms"),
            r"row 1: column 'wind_kn' \(knots\) is missing; it has 'wind_ms': did you mean 'wind_kn'\?",
        ),
        (GOOD.replace("wave_m", "swell_ft"), r"column 'wave_m' \(metres\) is missing"),
        (
            GOOD.replace("time", "x"),
            r"column 'time' \(UTC, ISO 8601\) is missing; it has \['x', 'wind_kn', 'wave_m'\]",
        ),
        (
            GOOD.replace("20.5", "nan"),
            r"w\.csv, row 3, column wind_kn: 'nan' must be a number 0 to 120 \(knots\)",
        ),
        (GOOD.replace("20.5", "inf"), r"row 3, column wind_kn: 'inf' must be"),
        (GOOD.replace("20.5", "-1"), r"row 3, column wind_kn: '-1' must be"),
        (GOOD.replace("20.5", "130"), r"row 3, column wind_kn: '130' must .* as km/h it would be 70\.2$"),
        (GOOD.replace("1.25", "125"), r"column wave_m: '125' must .* as centimetres it would be 1\.25$"),
        (GOOD.replace("1.25", "9999"), r"column wave_m: '9999' must be a number 0 to 20 \(metres\)$"),
        (GOOD.replace("wave_m", "wave_m,wave_m"), r"row 1: column 'wave_m' is there more than once"),
        (GOOD.replace(",1.25", ""), r"row 3, column wave_m: '' must be"),
        (GOOD.replace("1.25", "calm"), r"row 3, column wave_m: 'calm' must be"),
        (GOOD.replace("2016-06-01T06:00", "1 June"), r"row 3, column time: '1 June' is no ISO time"),
        (
            GOOD.replace("06-01T06:00", "05-31T06:00"),
            r"row 3, column time: 2016-05-31T06:00:00\+00:00 must be after 2016-05-31T18.* of row 2",
        ),
        (GOOD.replace("2016-06-01T06:00", "2016-05-31T18:00Z"), r"row 3, column time: .* must be after"),
        (
            GOOD.replace("2016-05-31T18", "2016-06-01T01"),
            r"must cover the run, from 2016-06-01T00:00:00",
        ),
        ("time,wind_kn,wave_m\n2016-06-01,1,1\n", r"must have at least 2 rows of weather; it has 1"),
        (GOOD.encode("utf-16"), r"w\.csv is not UTF-8 text \(byte 0\)"),
        (GOOD.encode() + b"\xff", r"is not UTF-8 text"),
        ('time,wind_kn,wave_m\n"2016-06-01"x,1,1\n', r"w\.csv is not a CSV file: "),
    ],
)
def test_bad_tables_are_refused(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        read(tmp_path, text)


def test_a_table_must_reach_the_end_of_the_run(tmp_path: Path) -> None:
    read(tmp_path, GOOD, 30 * 3600.0)
    read(tmp_path, GOOD + "9999-12-31,0,0\n", 300 * DAY)
    with pytest.raises(ScenarioError, match=r"which holds for 12:00:00, must cover the run, from"):
        read(tmp_path, GOOD, 30 * 3600.0 + 1.0)


@pytest.mark.parametrize("name", ["none.csv", "."])
def test_a_table_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(ScenarioError, match="cannot be read: "):
        read_table(CONSTANTS, tmp_path / name, START, DAY)


def test_optional_columns_go_before_the_constants(tmp_path: Path) -> None:
    table = read(tmp_path, FULL)
    np.testing.assert_allclose(table.wind_to_rad, np.radians([180.0, 90.0, 180.0]))
    np.testing.assert_array_equal(table.sea_c, [21.0, 22.5, -1.0])
    np.testing.assert_allclose(table.current_x_mps, np.array([0.0, 2.0, 0.0]) * 1852 / 3600, atol=1e-12)
    np.testing.assert_allclose(table.current_y_mps, np.array([-1.0, 0.0, 0.0]) * 1852 / 3600, atol=1e-12)


def test_a_missing_optional_column_takes_the_constant(tmp_path: Path) -> None:
    table = read(tmp_path, GOOD)
    np.testing.assert_allclose(table.wind_to_rad, np.radians([270.0] * 3))
    np.testing.assert_array_equal(table.sea_c, [18.0] * 3)
    np.testing.assert_allclose(table.current_x_mps, 0.0, atol=1e-12)
    np.testing.assert_allclose(table.current_y_mps, 0.5 * 1852 / 3600)
    only_bearing = "time,wind_kn,wave_m,current_to_deg\n2016-06-01,1,1,90\n2016-06-02,1,1,270\n"
    np.testing.assert_allclose(
        read(tmp_path, only_bearing).current_x_mps, np.array([0.5, -0.5]) * 1852 / 3600
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("270,22.5", "361,22.5", r"row 3, column wind_from_deg: '361' must be a number 0 to 360"),
        ("270,22.5", "-1,22.5", r"row 3, column wind_from_deg: '-1' must be a number 0 to 360"),
        ("270,22.5", "nan,22.5", r"row 3, column wind_from_deg: 'nan' must be"),
        ("270,22.5", "W,22.5", r"row 3, column wind_from_deg: 'W' must be"),
        ("270,22.5", "270,295.6", r"row 3, column sea_c: '295.6' must .* as kelvin it would be 22\.5"),
        ("270,22.5", "270,", r"row 3, column sea_c: '' must be"),
        ("22.5,2,90", "22.5,-2,90", r"row 3, column current_kn: '-2' must be a number 0 to 10 \(knots\)"),
        ("22.5,2,90", "22.5,2,400", r"row 3, column current_to_deg: '400' must be a number 0 to 360"),
        (
            "wind_from_deg",
            "wind_to_deg",
            r"'wind_from_deg' \(degrees\) is missing; it has 'wind_to_deg': did",
        ),
        ("sea_c", "sea_k", r"column 'sea_c' \(degrees Celsius\) is missing; it has 'sea_k': did you mean"),
    ],
)
def test_bad_optional_columns_are_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in FULL
    with pytest.raises(ScenarioError, match=message):
        read(tmp_path, FULL.replace(old, new))
