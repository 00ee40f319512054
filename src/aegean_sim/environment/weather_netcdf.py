"""Weather from NetCDF files of ERA5 and CMEMS, each quantity at its own file's steps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.environment.gridded import Series, open_grid
from aegean_sim.environment.weather import weather_table
from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.weather import COLDEST_C, WARMEST_C

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from aegean_sim.environment.gridded import Grid
    from aegean_sim.environment.weather import WeatherTable
    from aegean_sim.quantities import FloatArray
    from aegean_sim.scenario.weather import NetCdf, Weather

_LONGEST_HOLD = 1.5


@dataclass(frozen=True, slots=True)
class _Quantity:
    """What to look for, and what is believed; pairs of names are components to the east and to the north."""

    word: str
    kind: str
    names: tuple[tuple[str, ...], ...]
    least: float
    most: float
    needed: bool = False


_WIND = _Quantity(
    "wind", "speed", (("u10", "v10"), ("eastward_wind", "northward_wind")), -100.0, 100.0, needed=True
)
_WAVES = _Quantity("wave height", "length", (("swh",), ("VHM0",)), 0.0, 30.0, needed=True)
_SEA = _Quantity("sea temperature", "temperature", (("sst",), ("thetao",)), COLDEST_C, WARMEST_C)
_CURRENT = _Quantity("current", "speed", (("uo", "vo"),), -10.0, 10.0)
QUANTITIES = (_WIND, _WAVES, _SEA, _CURRENT)


def read_netcdf(
    weather: Weather, netcdf: NetCdf, paths: Sequence[Path], start: datetime, duration_s: float
) -> WeatherTable:
    """Read wind, waves, and where they are there sea temperature and current, as means over a box.

    The wind's speed is the mean of the speeds in the box, its direction that of the mean vector; the current
    is the mean vector. Each value holds until the next one of the same quantity.

    Parameters
    ----------
    weather : Weather
        Its numbers hold for sea temperature and current where no file has them.
    netcdf : NetCdf
        The box.
    paths : sequence of Path
        The files.
    start : datetime
        The run's start, with its zone.
    duration_s : float
        Length of the run.

    Raises
    ------
    ScenarioError
        When a file cannot be read, wind or waves are in none of them, or a quantity does not cover the run.
    """
    grids = [open_grid(path, netcdf.box, start) for path in paths]
    found = {quantity.word: _series(quantity, grids, start, duration_s) for quantity in QUANTITIES}
    series = {word: one for word, one in found.items() if one is not None}
    time_s = _union([one.time_s for one in series.values()], duration_s)
    held = {word: _held(one, time_s) for word, one in series.items()}
    speed_mps, east, north = held[_WIND.word]
    table = replace(
        weather_table(weather, time_s, {"wave_m": held[_WAVES.word][0]}),
        wind_mps=speed_mps,
        wind_to_rad=np.arctan2(east, north) % (2.0 * np.pi),
    )
    if _SEA.word in held:
        table = replace(table, sea_c=held[_SEA.word][0])
    if _CURRENT.word in held:
        table = replace(table, current_x_mps=held[_CURRENT.word][0], current_y_mps=held[_CURRENT.word][1])
    return table


def _series(quantity: _Quantity, grids: Sequence[Grid], start: datetime, duration_s: float) -> Series | None:
    """Put a quantity of several files together, in the order of their times."""
    parts = [(grid, names) for grid in grids if (names := _present(quantity, grid))]
    if not parts:
        if quantity.needed:
            raise ScenarioError(_missing(quantity, grids))
        return None
    parts.sort(key=lambda part: part[0].time_s[0])
    for (earlier, _), (later, _) in pairwise(parts):
        if later.time_s[0] <= earlier.time_s[-1]:
            raise ScenarioError(f"{earlier.path} and {later.path} have {quantity.word} for the same time")
    time_s = np.concatenate([grid.time_s for grid, _ in parts])
    _check_cover(quantity, time_s, start, duration_s)
    values = np.concatenate([_means(quantity, grid, names) for grid, names in parts], axis=1)
    return _whole(quantity, Series(time_s, values), start, duration_s)


def _present(quantity: _Quantity, grid: Grid) -> tuple[str, ...]:
    """Give the names by which a file has a quantity."""
    for names in quantity.names:
        there = [name for name in names if grid.find([name])]
        if len(there) == len(names):
            return names
        if there:
            lost = next(name for name in names if name not in there)
            variables = [str(name) for name in grid.data.data_vars if name not in there]
            raise ScenarioError(f"{grid.path} has {there[0]!r} without {lost!r}{guess(lost, variables)}")
    return ()


def _missing(quantity: _Quantity, grids: Sequence[Grid]) -> str:
    variables = [str(name) for grid in grids for name in grid.data.data_vars]
    wanted = " or ".join(" and ".join(repr(name) for name in names) for names in quantity.names)
    files = ", ".join(str(grid.path) for grid in grids)
    return f"no {quantity.word} in {files}: it must be {wanted}{guess(quantity.names[0][0], variables)}"


def _means(quantity: _Quantity, grid: Grid, names: tuple[str, ...]) -> FloatArray:
    """Give the means over the box, one row for each component; the wind's speed goes before."""
    means = [grid.mean(name, quantity.kind) for name in names]
    if quantity is _WIND:
        means.insert(0, grid.mean_of(np.hypot(*(grid.cells(name) for name in names))))
    return np.array(means)


def _check_cover(quantity: _Quantity, time_s: FloatArray, start: datetime, duration_s: float) -> None:
    """Check that values hold all through the run, each hardly longer than is usual in the files."""
    steps_s = np.diff(time_s)
    usual_s = float(np.median(steps_s)) if len(steps_s) else 0.0
    for row in np.flatnonzero(steps_s > _LONGEST_HOLD * usual_s):
        if time_s[row] < duration_s and time_s[row + 1] > 0.0:
            hole = f"{_moment(start, time_s[row])} to {_moment(start, time_s[row + 1])}"
            raise ScenarioError(f"no file has {quantity.word} from {hole}")
    if time_s[0] > 0.0 or time_s[-1] + usual_s < duration_s:
        raise ScenarioError(
            f"{quantity.word} from {_moment(start, time_s[0])} to {_moment(start, time_s[-1])}, which holds"
            f" for {timedelta(seconds=usual_s)}, must cover the run, from {_moment(start, 0.0)} to"
            f" {_moment(start, duration_s)}"
        )


def _whole(quantity: _Quantity, series: Series, start: datetime, duration_s: float) -> Series:
    """Check that the box has a likely value all through the run, and give the rows of the run."""
    first = int(np.searchsorted(series.time_s, 0.0, side="right")) - 1
    last = int(np.searchsorted(series.time_s, duration_s, side="left"))
    kept = Series(series.time_s[first:last], series.values[:, first:last])
    for time_s, values in zip(kept.time_s, kept.values.T, strict=True):
        if np.isnan(values).any():
            rule = "has no value in the whole box: is it all land?"
        elif values.min() < quantity.least or values.max() > quantity.most:
            rule = f"is {values.round(2).tolist()}, not {quantity.least:g} to {quantity.most:g} as at any sea"
        else:
            continue
        raise ScenarioError(f"{quantity.word} at {_moment(start, time_s)} {rule}")
    return kept


def _union(times_s: Sequence[FloatArray], duration_s: float) -> FloatArray:
    """Give all moments of all quantities from the run's start, the last of them before it included."""
    union_s = np.unique(np.concatenate(times_s))
    begin_s = max(time_s[0] for time_s in times_s)
    return np.asarray(union_s[(union_s >= begin_s) & (union_s < duration_s)])


def _held(series: Series, time_s: FloatArray) -> FloatArray:
    return np.asarray(series.values[:, np.searchsorted(series.time_s, time_s, side="right") - 1])


def _moment(start: datetime, time_s: float) -> str:
    return (start + timedelta(seconds=float(time_s))).strftime("%Y-%m-%dT%H:%MZ")
