from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from aegean_sim.environment.weather import WeatherTable
from aegean_sim.environment.weather_kinds import read_weather
from aegean_sim.errors import ScenarioError
from aegean_sim.quantities import KNOT_MPS
from aegean_sim.scenario.weather import Weather
from aegean_sim.streams import Streams

START = datetime(2016, 6, 1, tzinfo=UTC)
DAY_S = 86400.0
LATITUDE = np.array([36.0, 35.0, 34.0, 33.0])
LONGITUDE = np.array([11.0, 12.0, 13.0])
SHAPE = (8, 4, 3)
BOX = (11.5, 33.5, 13.0, 35.0)
IN_BOX = (slice(None), slice(1, 3), slice(1, 3))
LAND = (slice(None), 2, 2)


def hours(first: str, count: int, step_h: int = 3) -> np.ndarray:
    return np.datetime64(first, "ns") + np.arange(count) * np.timedelta64(step_h, "h")


def drawn(low: float, high: float, seed: int, shape: tuple[int, ...] = SHAPE) -> np.ndarray:
    return np.random.default_rng(seed).uniform(low, high, shape)


def era5(first: str = "2016-06-01", count: int = 8, step_h: int = 3) -> xr.Dataset:
    """Give a day as the Climate Data Store does: land is NaN at sea only, latitudes fall."""
    shape = (count, 4, 3)
    swh, sst = drawn(0.2, 3.0, 3, shape), drawn(288.0, 300.0, 4, shape)
    swh[LAND] = sst[LAND] = np.nan
    axes = ("valid_time", "latitude", "longitude")
    return xr.Dataset(
        {
            "u10": (axes, drawn(-12.0, 12.0, 1, shape), {"units": "m s**-1"}),
            "v10": (axes, drawn(-12.0, 12.0, 2, shape), {"units": "m s**-1"}),
            "swh": (axes, swh, {"units": "m"}),
            "sst": (axes, sst, {"units": "K"}),
        },
        {"valid_time": hours(first, count, step_h), "latitude": LATITUDE, "longitude": LONGITUDE},
    )


def cmems_currents() -> xr.Dataset:
    """Give a day's mean as the Copernicus Marine Service does: depths, float32, latitudes rise."""
    axes = ("time", "depth", "lat", "lon")
    shape = (2, 3, 4, 3)
    return xr.Dataset(
        {
            "uo": (axes, drawn(-1.0, 1.0, 5, shape).astype(np.float32), {"units": "m s-1"}),
            "vo": (axes, drawn(-1.0, 1.0, 6, shape).astype(np.float32), {"units": "m s-1"}),
            "thetao": (axes, drawn(14.0, 28.0, 7, shape).astype(np.float32), {"units": "degrees_C"}),
        },
        {
            "time": hours("2016-05-31T12", 2, 24),
            "depth": [1.0, 3.0, 6.0],
            "lat": LATITUDE[::-1],
            "lon": LONGITUDE,
        },
    )


Read = Callable[..., WeatherTable]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def load(
        *datasets: xr.Dataset,
        box: Sequence[float] | None = BOX,
        duration_s: float = DAY_S,
        engine: Any = "h5netcdf",
        bounds: Any = None,
        **encoding: Any,
    ) -> WeatherTable:
        names = []
        for number, data in enumerate(datasets):
            names.append(f"{number}.nc")
            data.to_netcdf(tmp_path / names[-1], engine=engine, **encoding)
        netcdf = {"files": tuple(names), "box": None if box is None else tuple(box)}
        weather = Weather.model_validate({"sea_c": 17.0, "current_kn": 1.0, "netcdf": netcdf})
        return read_weather(weather, tmp_path, START, duration_s, "lab", Streams(1, 0), bounds)

    return load


def mean(values: np.ndarray, latitude: np.ndarray = LATITUDE[1:3]) -> np.ndarray:
    """Give the weighted mean over a box, place by place."""
    result = []
    for field in values:
        total = weight = 0.0
        for row, degrees in enumerate(latitude):
            for value in field[row]:
                if not np.isnan(value):
                    total += value * np.cos(np.radians(degrees))
                    weight += np.cos(np.radians(degrees))
        result.append(total / weight)
    return np.array(result)


def test_means_over_a_box_leave_land_out(read: Read) -> None:
    data, table = era5(), read(era5())
    np.testing.assert_array_equal(table.time_s, np.arange(8) * 3 * 3600.0)
    u, v = data.u10.values[IN_BOX], data.v10.values[IN_BOX]
    np.testing.assert_allclose(table.wind_mps, mean(np.hypot(u, v)))
    np.testing.assert_allclose(np.sin(table.wind_to_rad), mean(u) / np.hypot(mean(u), mean(v)))
    np.testing.assert_allclose(np.cos(table.wind_to_rad), mean(v) / np.hypot(mean(u), mean(v)))
    np.testing.assert_allclose(table.wave_m, mean(data.swh.values[IN_BOX]))
    np.testing.assert_allclose(table.sea_c, mean(data.sst.values[IN_BOX]) - 273.15)


def test_without_a_box_all_points_count(read: Read) -> None:
    table = read(era5(), box=None)
    np.testing.assert_allclose(table.wave_m, mean(era5().swh.values, LATITUDE))


def test_what_no_file_has_takes_the_constants(read: Read) -> None:
    table = read(era5().drop_vars("sst"))
    np.testing.assert_array_equal(table.sea_c, 17.0)
    np.testing.assert_array_equal(table.current_x_mps, 0.0)
    np.testing.assert_array_equal(table.current_y_mps, KNOT_MPS)


def test_files_of_several_steps_are_held_each_at_its_own(read: Read) -> None:
    currents = cmems_currents()
    table = read(era5().drop_vars("sst"), currents)
    np.testing.assert_array_equal(table.time_s, np.arange(8) * 3 * 3600.0)
    surface = (slice(None), 0, slice(1, 3), slice(1, 3))  # latitudes rise: rows 34 and 35 degrees
    rising = LATITUDE[::-1][1:3]
    day = (table.time_s >= 12 * 3600.0).astype(int)
    for name, got in (("uo", table.current_x_mps), ("vo", table.current_y_mps), ("thetao", table.sea_c)):
        expected = mean(currents[name].values[surface].astype(np.float64), rising)
        np.testing.assert_allclose(got, expected[day], err_msg=name)


def test_a_union_of_times_begins_when_all_are_there(read: Read) -> None:
    wind, waves = era5("2016-05-31T22:30", 30, 1)[["u10", "v10"]], era5("2016-05-31T18", 9, 4)[["swh"]]
    table = read(wind, waves, box=None)
    expected_h = np.unique(np.concatenate([np.arange(-0.5, 24.0), np.arange(2.0, 24.0, 4.0)]))
    np.testing.assert_array_equal(table.time_s, expected_h * 3600.0)
    np.testing.assert_allclose(
        table.wave_m, mean(waves.swh.values, LATITUDE)[((expected_h + 6.0) // 4.0).astype(int)]
    )
    speeds = mean(np.hypot(wind.u10.values, wind.v10.values), LATITUDE)
    np.testing.assert_allclose(table.wind_mps, speeds[np.floor(expected_h + 1.5).astype(int)])


def test_months_in_files_of_their_own_follow_each_other(read: Read) -> None:
    data = era5(count=16)
    whole = read(data, duration_s=2 * DAY_S)
    later, earlier = data.isel(valid_time=slice(9, None)), data.isel(valid_time=slice(0, 9))
    split = read(later, earlier, duration_s=2 * DAY_S)
    np.testing.assert_array_equal(split.time_s, whole.time_s)
    np.testing.assert_array_equal(split.wave_m, whole.wave_m)


def test_names_of_the_copernicus_marine_service(read: Read) -> None:
    names = {"u10": "eastward_wind", "v10": "northward_wind", "swh": "VHM0", "sst": "thetao"}
    axes = {"valid_time": "time", "latitude": "lat", "longitude": "lon"}
    table, same = read(era5().rename({**names, **axes})), read(era5())
    np.testing.assert_array_equal(table.wave_m, same.wave_m)
    np.testing.assert_array_equal(table.wind_mps, same.wind_mps)
    np.testing.assert_array_equal(table.sea_c, same.sea_c)


def test_classic_files_with_packed_numbers(read: Read) -> None:
    packing = {"dtype": "int16", "scale_factor": 0.001, "add_offset": 1.5, "_FillValue": -32767}
    table = read(era5(), engine="scipy", encoding={"swh": packing})
    np.testing.assert_allclose(table.wave_m, mean(era5().swh.values[IN_BOX]), atol=0.0005)


def test_longitudes_may_run_to_360(read: Read) -> None:
    data = era5().assign_coords(longitude=LONGITUDE - 20.0 + 360.0)
    table = read(data, box=(-8.5, 33.5, -7.0, 35.0))
    np.testing.assert_allclose(table.wave_m, mean(era5().swh.values[IN_BOX]))


@pytest.mark.parametrize(
    ("units", "count"),
    [
        ("hours since 1900-01-01", 1020480.0),
        ("seconds since 1970-01-01 00:00:00", 1464739200.0),
        ("hours since 2016-06-01 03:00:00 +03:00", 0.0),
    ],
)
def test_times_are_utc_in_any_unit(read: Read, units: str, count: float) -> None:
    step = 3 * 3600.0 if units.startswith("s") else 3.0
    data = era5().drop_vars("valid_time")
    data["valid_time"] = ("valid_time", count + step * np.arange(8), {"units": units})
    np.testing.assert_array_equal(read(data).time_s, np.arange(8) * 3 * 3600.0)


def with_units(name: str, units: str) -> xr.Dataset:
    data = era5()
    data[name].attrs["units"] = units
    return data


def without_calendar() -> xr.Dataset:
    data = era5().drop_vars("valid_time")
    attributes = {"units": "hours since 1900-01-01", "calendar": "360_day"}
    data["valid_time"] = ("valid_time", 3.0 * np.arange(8), attributes)
    return data


def filled(name: str, value: float) -> xr.Dataset:
    data = era5()
    data[name].values[3] = value
    return data


BAD: list[tuple[str, list[xr.Dataset], str]] = [
    ("no waves", [era5().drop_vars("swh")], r"no wave height in .*0\.nc: it must be 'swh' or 'VHM0'"),
    (
        "misspelled",
        [era5().rename(swh="shw")],
        r"it must be 'swh' or 'VHM0'; did you mean 'shw'\?",
    ),
    ("half a wind", [era5().rename(v10="v_10")], r"has 'u10' without 'v10'; did you mean 'v_10'\?"),
    ("no wind", [era5()[["swh"]]], r"no wind in .* must be 'u10' and 'v10' or 'eastward_wind'"),
    (
        "late",
        [era5("2016-06-01T03")],
        r"wind from 2016-06-01T03:00Z to .* must cover the run, from 2016-06-01",
    ),
    ("short", [era5(count=7)], r"which holds for 3:00:00, must cover the run, .* to 2016-06-02T00:00Z"),
    (
        "a hole",
        [era5().isel(valid_time=[0, 1, 2, 5, 6, 7])],
        r"0\.nc: no wind from 2016-06-01T06:00Z to 2016-06-01T15:00Z",
    ),
    ("twice", [era5(), era5()], r"0\.nc and .*1\.nc have wind for the same time"),
    (
        "land",
        [filled("swh", np.nan)],
        r"0\.nc: wave height at 2016-06-01T09:00Z has no value",
    ),
    (
        "filled",
        [filled("swh", -32767.0)],
        r"0\.nc: wave height at 2016-06-01T09:00Z is \[-32767\.0\], not 0 to 20",
    ),
    (
        "centimetres",
        [filled("swh", 150.0)],
        r"is \[150\.0\], not 0 .* as centimetres it would be 1\.5$",
    ),
    ("too much wind", [filled("u10", 70.0)], r"wind at .* not -61\.7 to 61\.7 as at any sea"),
    (
        "a hole in the second",
        [era5(count=3), filled("swh", np.nan).isel(valid_time=slice(3, None))],
        r"1\.nc: wave height",
    ),
    ("unit", [with_units("swh", "ft")], r"units of swh are 'ft'; known: m, metre"),
    ("no unit", [with_units("u10", "")], r"units of u10 are ''; known: m s\*\*-1"),
    (
        "wrong unit",
        [with_units("sst", "degC")],
        r"temperature at .* is \[2\d\d.*, not -2 .*as kelvin it would be [12]",
    ),
    ("calendar", [without_calendar()], r"0\.nc: (its times cannot be read|valid_time must count)"),
    (
        "no time",
        [era5().rename(valid_time="times")],
        r"has no dimension 'valid_time' or 'time'; known: latitude, longitude, times",
    ),
    (
        "no latitude",
        [era5().rename(latitude="latitud")],
        r"has no dimension 'latitude' or 'lat'; did you mean 'latitud'\?",
    ),
    ("falling", [era5().isel(valid_time=slice(None, None, -1))], r"valid_time must rise"),
    ("members", [era5().expand_dims(number=[0, 1])], r"u10 has 2 values along 'number'; keep one"),
    ("no place", [era5().isel(latitude=0)], r"has no dimension 'latitude' or 'lat'"),
]


@pytest.mark.parametrize(("datasets", "message"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD])
def test_bad_files_are_refused(read: Read, datasets: list[xr.Dataset], message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        read(*datasets)


def test_a_box_must_hold_a_point(read: Read) -> None:
    with pytest.raises(
        ScenarioError,
        match=r"0\.nc: u10, v10, .*: no point lies in the box .* reaches from \[11\.0, 33\.0\] to",
    ):
        read(era5(), box=(20.0, 33.0, 25.0, 36.0))


def test_a_file_must_reach_from_end_to_end_of_the_box(read: Read) -> None:
    read(era5(), box=(10.5, 32.5, 13.5, 36.5))
    with pytest.raises(ScenarioError, match=r"0\.nc: u10, .*: must cover the box \[11\.5, .*36\.0\]$"):
        read(era5(), box=(11.5, 33.5, 16.0, 35.0))


def test_without_a_box_a_file_of_another_sea_is_refused(read: Read) -> None:
    with pytest.raises(ScenarioError, match=r"no point lies in the box \[22\.5, .*another sea\?"):
        read(era5(), box=None, bounds=(22.5, 34.0, 30.5, 41.5))
    table = read(era5(), box=None, bounds=(10.0, 34.5, 12.5, 39.0))
    np.testing.assert_allclose(table.wave_m, mean(era5().swh.values[:, :2, :2], LATITUDE[:2]))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"time,wind_kn,wave_m\n", "cannot be read as a NetCDF file"),
        (b"", "cannot be read as a NetCDF file"),
        (b"\x89HDF\r\n\x1a\n" + b"x" * 100, "cannot be read as a NetCDF file"),
        (b"CDF\x01" + b"\xff" * 100, "cannot be read as a NetCDF file"),
        (None, "cannot be read: No such file"),
    ],
    ids=["text", "empty", "broken", "broken classic", "absent"],
)
def test_what_is_no_netcdf_file(tmp_path: Path, content: bytes | None, message: str) -> None:
    if content is not None:
        (tmp_path / "w.nc").write_bytes(content)
    weather = Weather.model_validate({"netcdf": {"files": ("w.nc",)}})
    with pytest.raises(ScenarioError, match=message):
        read_weather(weather, tmp_path, START, DAY_S, "lab", Streams(1, 0))


def test_a_file_that_was_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "w.nc"
    era5().to_netcdf(path, engine="h5netcdf")
    path.write_bytes(path.read_bytes()[:-2000])
    weather = Weather.model_validate({"netcdf": {"files": ("w.nc",)}})
    with pytest.raises(ScenarioError, match=r"w\.nc"):
        read_weather(weather, tmp_path, START, DAY_S, "lab", Streams(1, 0))
