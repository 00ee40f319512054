from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from aegean_sim.environment.weather import WeatherTable, read_weather, sea_class
from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.model import Weather

START = datetime(2016, 6, 1, tzinfo=UTC)
DAY = 86400.0
GOOD = """time,wind_kn,wave_m
2016-05-31T18:00:00Z,10,0.5
2016-06-01T06:00,20.5,1.25
2016-06-01T21:00+03:00,0,0
"""


def read(tmp_path: Path, text: str | bytes, duration_s: float = DAY) -> WeatherTable:
    (tmp_path / "w.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_weather(Weather(table="w.csv"), tmp_path, START, duration_s)


def test_constant_weather_holds_from_the_start(tmp_path: Path) -> None:
    table = read_weather(Weather(wind_kn=10.0, wave_m=0.7), tmp_path, START, DAY)
    np.testing.assert_array_equal(table.time_s, [0.0])
    np.testing.assert_allclose(table.wind_mps, [10 * 1852 / 3600])
    np.testing.assert_array_equal(table.wave_m, [0.7])


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
        (GOOD.replace("20.5", "nan"), r"w\.csv, row 3, column wind_kn: 'nan' must be a number of at least 0"),
        (GOOD.replace("20.5", "inf"), r"row 3, column wind_kn: 'inf' must be"),
        (GOOD.replace("20.5", "-1"), r"row 3, column wind_kn: '-1' must be"),
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


@pytest.mark.parametrize("table", ["../w.csv", "/etc/passwd", "a/../../w.csv"])
def test_a_table_lies_in_the_scenarios_folder(tmp_path: Path, table: str) -> None:
    with pytest.raises(ScenarioError, match="must lie in the scenario's folder"):
        read_weather(Weather(table=table), tmp_path, START, DAY)


@pytest.mark.parametrize("table", ["none.csv", ".", "a\0b"])
def test_a_table_that_is_not_there(tmp_path: Path, table: str) -> None:
    with pytest.raises(ScenarioError, match="cannot be read: "):
        read_weather(Weather(table=table), tmp_path, START, DAY)


def test_sea_classes_follow_the_douglas_scale() -> None:
    wave_m = np.array([0.0, 0.49, 0.5, 1.24, 1.25, 2.49, 2.5, 14.0])
    np.testing.assert_array_equal(sea_class(wave_m), [0, 0, 1, 1, 2, 2, 3, 3])
