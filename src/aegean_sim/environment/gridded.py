"""Series from gridded files of ERA5 and CMEMS: a variable's mean over a box, in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.hints import guess

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    import xarray as xr

    from aegean_sim.quantities import BoolArray, FloatArray

    Box = tuple[float, float, float, float]

_AXES = {
    "time": ("valid_time", "time"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon"),
    "depth": ("depth",),
}
_EARTH = (-180.0, -90.0, 180.0, 90.0)
_SPEED = dict.fromkeys(("m s**-1", "m s-1", "m/s", "m s^-1"), (1.0, 0.0))
_LENGTH = dict.fromkeys(("m", "metre", "metres", "meter", "meters"), (1.0, 0.0))
_WARMTH = {
    **dict.fromkeys(("K", "kelvin", "Kelvin"), (1.0, -273.15)),
    **dict.fromkeys(
        ("degC", "degrees_C", "degree_C", "deg_C", "C", "°C", "celsius", "Celsius", "degree_Celsius"),
        (1.0, 0.0),
    ),
}
UNITS = {"speed": _SPEED, "length": _LENGTH, "temperature": _WARMTH}
"""How a number in each unit becomes metres a second, metres or degrees Celsius: factor and shift."""


@dataclass(frozen=True, slots=True)
class Series:
    """Means over a box in time; NaN where the whole box has no value.

    Parameters
    ----------
    time_s : FloatArray
        Seconds since the run's start, rising, shape (n,).
    values : FloatArray
        One row for each variable, shape (m, n).
    """

    time_s: FloatArray
    values: FloatArray


@dataclass(frozen=True, slots=True)
class Grid:
    """The part of a weather file that lies in the box.

    Parameters
    ----------
    path : Path
        The file, for messages.
    data : xarray.Dataset
        What it has in the box.
    time_s : FloatArray
        Its times, as seconds since the run's start.
    weight : FloatArray
        Cosines of the latitudes in the box.
    """

    path: Path
    data: xr.Dataset
    time_s: FloatArray
    weight: FloatArray

    def find(self, names: Sequence[str]) -> str | None:
        """Give the first of some names that is a variable here."""
        return next((name for name in names if name in self.data.data_vars), None)

    def mean(self, name: str, kind: str) -> FloatArray:
        """Give a variable's mean over the box, weighted by area; places without a value are left out."""
        factor, shift = self._conversion(name, kind)
        return self.mean_of(self.cells(name) * factor + shift)

    def mean_of(self, cells: FloatArray) -> FloatArray:
        """Give the mean of values in the box, shape (times, latitudes, longitudes)."""
        weights = np.where(np.isnan(cells), 0.0, self.weight[:, np.newaxis])
        totals = weights.sum(axis=(1, 2))
        sums = np.nansum(cells * weights, axis=(1, 2))
        return np.asarray(np.divide(sums, totals, out=np.full(len(totals), np.nan), where=totals > 0.0))

    def cells(self, name: str) -> FloatArray:
        """Give a variable's values in the box at the surface, shape (times, latitudes, longitudes)."""
        found = self.data[name]
        axes = {axis: _axis(found, axis) for axis in _AXES}
        order = [axes[axis] for axis in ("time", "latitude", "longitude")]
        if None in order:
            raise ScenarioError(f"{self.path}: {name} must have a time, a latitude and a longitude")
        for dimension in set(found.dims) - set(order):
            found = found.isel({dimension: self._only(found, str(dimension), axes["depth"])})
        return np.asarray(found.transpose(*order).values, dtype=np.float64)

    def _only(self, found: xr.DataArray, dimension: str, depth: str | None) -> int:
        """Give the place of the surface, or of the only value of any other axis."""
        if dimension == depth and dimension in found.coords:
            return int(np.argmin(np.abs(found[dimension].values)))
        if found.sizes[dimension] != 1:
            raise ScenarioError(
                f"{self.path}: {found.name} has {found.sizes[dimension]} values along {dimension!r}; keep one"
            )
        return 0

    def _conversion(self, name: str, kind: str) -> tuple[float, float]:
        units = str(self.data[name].attrs.get("units", ""))
        if units not in UNITS[kind]:
            known = ", ".join(UNITS[kind])
            raise ScenarioError(f"{self.path}: units of {name} are {units!r}; known: {known}")
        return UNITS[kind][units]


def open_grid(path: Path, box: Box | None, start: datetime, bounds: Box | None = None) -> Grid:
    """Open a weather file and find the box in it, which it must cover; without one, a theatre's bounds.

    Raises
    ------
    ScenarioError
        When it cannot be read, is no NetCDF file, has no usable time, latitude or longitude, no point
        there, or does not reach from end to end of the box.
    """
    with _opened(path) as data:
        time_s = _times(path, data, start)
        latitude, longitude = (_coordinate(path, data, axis) for axis in ("latitude", "longitude"))
        where = f"{path}: {', '.join(str(name) for name in data.data_vars)}"
        rows, columns = _in_box(where, latitude, longitude, box or bounds or _EARTH)
        if box is not None:
            _check_reach(where, latitude, longitude, box)
        part = data.isel({latitude.name: rows, longitude.name: columns})
        try:
            part.load()
        except (OSError, ValueError, RuntimeError) as error:
            raise ScenarioError(f"{path} is damaged: {error}") from error
    return Grid(path, part, time_s, np.cos(np.radians(latitude.values[rows].astype(np.float64))))


def _opened(path: Path) -> xr.Dataset:
    import xarray as xr  # noqa: PLC0415  (heavy, and only files need it)

    try:
        path.open("rb").close()
    except OSError as error:
        raise ScenarioError(f"weather file {path} cannot be read: {error.strerror}") from error
    try:
        data = xr.open_dataset(path, decode_times=False, decode_timedelta=False)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise ScenarioError(f"{path} cannot be read as a NetCDF file") from error
    try:
        return xr.decode_cf(data, mask_and_scale=False, decode_timedelta=False)
    except (ValueError, ImportError, OverflowError) as error:
        data.close()
        raise ScenarioError(f"{path}: its times cannot be read: {error}") from error


def _in_box(
    where: str, latitude: xr.DataArray, longitude: xr.DataArray, box: Box
) -> tuple[BoolArray, BoolArray]:
    """Tell which latitudes and which longitudes lie in the box, its edges included."""
    lat, lon = latitude.values, _from_greenwich(longitude)
    if not (np.isfinite(lat).all() and np.isfinite(lon).all() and lat.size and lon.size):
        raise ScenarioError(f"{where}: {latitude.name} and {longitude.name} must be numbers, one at least")
    west, south, east, north = box
    rows, columns = (lat >= south) & (lat <= north), (lon >= west) & (lon <= east)
    if not (rows.any() and columns.any()):
        raise ScenarioError(
            f"{where}: no point lies in the box {list(box)}; {_reach(lat, lon)}: is it of another sea?"
        )
    return rows, columns


def _check_reach(where: str, latitude: xr.DataArray, longitude: xr.DataArray, box: Box) -> None:
    """See that a file reaches from end to end of a box, give or take a step of its grid."""
    lat, lon = latitude.values, _from_greenwich(longitude)
    for values, least, most in ((lon, box[0], box[2]), (lat, box[1], box[3])):
        step = float(np.diff(np.sort(values)).max(initial=0.0)) if len(values) > 1 else np.inf
        if values.min() > least + step or values.max() < most - step:
            raise ScenarioError(f"{where}: must cover the box {list(box)}, but {_reach(lat, lon)}")


def _from_greenwich(longitude: xr.DataArray) -> FloatArray:
    """Give longitudes from -180 to 180 degrees."""
    return np.asarray((longitude.values + 180.0) % 360.0 - 180.0)


def _reach(lat: FloatArray, lon: FloatArray) -> str:
    ends = [round(float(end), 3) for end in (lon.min(), lat.min(), lon.max(), lat.max())]
    return f"the file reaches from {ends[:2]} to {ends[2:]}"


def _times(path: Path, data: xr.Dataset, start: datetime) -> FloatArray:
    times = _coordinate(path, data, "time")
    if times.dtype.kind != "M":
        raise ScenarioError(
            f"{path}: {times.name} must count from a moment of the standard calendar, in units such as 'hours"
            f" since 1900-01-01'; its units are {times.attrs.get('units')!r}"
        )
    time_s = times.values.astype("M8[us]").astype(np.float64) / 1e6 - start.timestamp()
    if not time_s.size or not (np.diff(time_s) > 0.0).all() or np.isnat(times.values).any():
        raise ScenarioError(f"{path}: {times.name} must rise from value to value")
    return np.asarray(time_s)


def _coordinate(path: Path, data: xr.Dataset, axis: str) -> xr.DataArray:
    name = next((name for name in _AXES[axis] if name in data.dims and name in data.coords), None)
    if name is None:
        others = [str(other) for other in data.dims]
        wanted = " or ".join(repr(name) for name in _AXES[axis])
        raise ScenarioError(f"{path} has no dimension {wanted}{guess(_AXES[axis][0], others)}")
    return data[name]


def _axis(found: xr.DataArray, axis: str) -> str | None:
    return next((name for name in _AXES[axis] if name in found.dims), None)
