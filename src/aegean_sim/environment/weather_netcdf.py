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
from aegean_sim.quantities import KNOT_MPS
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.weather_limits import LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from aegean_sim.environment.gridded import Box, Grid
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
    limits: Limits
    needed: bool = False


def _either_way(name: str) -> Limits:
    """Give the limits of a component, metres a second, from those of a speed in knots."""
    most_mps = LIMITS[name].most * KNOT_MPS
    return Limits(-most_mps, most_mps, "m/s")


_WIND = _Quantity(
    "wind",
    "speed",
    (("u10", "v10"), ("eastward_wind", "northward_wind")),
    _either_way("wind_kn"),
    needed=True,
)
_WAVES = _Quantity("wave height", "length", (("swh",), ("VHM0",)), LIMITS["wave_m"], needed=True)
_SEA = _Quantity("sea temperature", "temperature", (("sst",), ("thetao",)), LIMITS["sea_c"])
_CURRENT = _Quantity("current", "speed", (("uo", "vo"),), _either_way("current_kn"))
QUANTITIES = (_WIND, _WAVES, _SEA, _CURRENT)


def read_netcdf(
    weather: Weather,
    netcdf: NetCdf,
    paths: Sequence[Path],
    start: datetime,
    duration_s: float,
    bounds: Box | None = None,
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
    bounds : tuple of 4 floats, optional
        Those of the theatre, likewise: what counts where no box is given.

    Raises
    ------
    ScenarioError
        When a file cannot be read or is of another sea, wind or waves are in none of them, or a quantity does
        not cover the run.
    """
    grids = [open_grid(path, netcdf.box, start, bounds) for path in paths]
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
    files = _Files(quantity, [grid for grid, _ in parts], start)
    _check_cover(files, time_s, duration_s)
    values = np.concatenate([_means(quantity, grid, names) for grid, names in parts], axis=1)
    return _whole(files, Series(time_s, values), duration_s)


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


@dataclass(frozen=True, slots=True)
class _Files:
    """The files that have a quantity, in the order of their times, for messages."""

    quantity: _Quantity
    grids: Sequence[Grid]
    start: datetime

    def __str__(self) -> str:
        return ", ".join(str(grid.path) for grid in self.grids)

    def moment(self, time_s: float) -> str:
        """Write a moment, given in seconds since the run's start."""
        return (self.start + timedelta(seconds=float(time_s))).strftime("%Y-%m-%dT%H:%MZ")

    def at(self, time_s: float) -> Path:
        """Give the file with the value of a moment."""
        return next(grid.path for grid in reversed(self.grids) if grid.time_s[0] <= time_s)


def _check_cover(files: _Files, time_s: FloatArray, duration_s: float) -> None:
    """Check that values hold all through the run, each hardly longer than is usual in the files."""
    steps_s = np.diff(time_s)
    usual_s = float(np.median(steps_s)) if len(steps_s) else 0.0
    for row in np.flatnonzero(steps_s > _LONGEST_HOLD * usual_s):
        if time_s[row] < duration_s and time_s[row + 1] > 0.0:
            hole = f"{files.moment(time_s[row])} to {files.moment(time_s[row + 1])}"
            raise ScenarioError(f"{files}: no {files.quantity.word} from {hole}")
    if time_s[0] > 0.0 or time_s[-1] + usual_s < duration_s:
        raise ScenarioError(
            f"{files}: {files.quantity.word} from {files.moment(time_s[0])} to {files.moment(time_s[-1])},"
            f" which holds for {timedelta(seconds=usual_s)}, must cover the run, from {files.moment(0.0)} to"
            f" {files.moment(duration_s)}"
        )


def _whole(files: _Files, series: Series, duration_s: float) -> Series:
    """Check that the box has a likely value all through the run, and give the rows of the run."""
    first = int(np.searchsorted(series.time_s, 0.0, side="right")) - 1
    last = int(np.searchsorted(series.time_s, duration_s, side="left"))
    kept = Series(series.time_s[first:last], series.values[:, first:last])
    limits = files.quantity.limits
    for time_s, values in zip(kept.time_s, kept.values.T, strict=True):
        if np.isnan(values).any():
            rule = "has no value in the whole box: is it all land?"
        elif values.min() < limits.least or values.max() > limits.most:
            likely = f"{limits.least:.3g} to {limits.most:.3g} as at any sea{limits.hint(values.max())}"
            rule = f"is {values.round(2).tolist()}, not {likely}"
        else:
            continue
        where = f"{files.at(time_s)}: {files.quantity.word} at {files.moment(time_s)}"
        raise ScenarioError(f"{where} {rule}")
    return kept


def _union(times_s: Sequence[FloatArray], duration_s: float) -> FloatArray:
    """Give all moments of all quantities from the run's start, the last of them before it included."""
    union_s = np.unique(np.concatenate(times_s))
    begin_s = max(time_s[0] for time_s in times_s)
    return np.asarray(union_s[(union_s >= begin_s) & (union_s < duration_s)])


def _held(series: Series, time_s: FloatArray) -> FloatArray:
    return np.asarray(series.values[:, np.searchsorted(series.time_s, time_s, side="right") - 1])
