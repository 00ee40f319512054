"""Frames: how places at the door (lon/lat, or nautical miles in a laboratory) become metres inside."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

import numpy as np

from aegean_sim.errors import GeographyError
from aegean_sim.quantities import NM_M, FloatArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike
    from pyproj import Transformer


class Frame(Protocol):
    """A sea area's own coordinates; ``to_xy`` checks bounds, ``to_door`` does not."""

    @property
    def theatre(self) -> str:
        """Name of the sea area."""
        ...

    @property
    def door_names(self) -> tuple[str, str]:
        """Column names of the two coordinates in files and on screen."""
        ...

    @property
    def door_bounds(self) -> tuple[float, float, float, float]:
        """Least first, least second, greatest first, greatest second coordinate at the door."""
        ...

    def to_xy(self, first: ArrayLike, second: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Turn coordinates at the door into metres."""
        ...

    def to_door(self, x_m: ArrayLike, y_m: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Turn metres into coordinates at the door."""
        ...


_NEAR_M = 100.0


@cache
def _transformer(projection: str) -> Transformer:
    from pyproj import Transformer  # noqa: PLC0415  (costs 60 ms, needed only on a real coast)

    return Transformer.from_crs("EPSG:4326", projection, always_xy=True)


def _checked(frame: Frame, first: ArrayLike, second: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Give both coordinates as arrays, or tell which value lies outside the frame's bounds."""
    low_first, low_second, high_first, high_second = frame.door_bounds
    limits = ((low_first, high_first), (low_second, high_second))
    values = (np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64))
    for name, value, (low, high) in zip(frame.door_names, values, limits, strict=True):
        wrong = ~((value >= low) & (value <= high))
        if wrong.any():
            culprit = float(value[wrong].flat[0])
            raise GeographyError(
                f"{name} {culprit:g} is outside the {frame.theatre} theatre:"
                f" {name} must be from {low:g} to {high:g}"
            )
    return values


@dataclass(frozen=True, slots=True)
class LambertFrame:
    """Lambert azimuthal equal-area plane of one theatre, on the WGS84 ellipsoid.

    Parameters
    ----------
    theatre : str
        Name of the sea area.
    centre : tuple of float
        Longitude and latitude of the plane's origin, degrees.
    door_bounds : tuple of float
        West, south, east and north limit, degrees.

    Notes
    -----
    Distances in the plane differ from WGS84 geodesics by less than 0.083 % in the Aegean and 0.153 % in the
    Central Mediterranean; areas are true; grid north is not true north away from the centre.
    """

    theatre: str
    centre: tuple[float, float]
    door_bounds: tuple[float, float, float, float]

    @property
    def door_names(self) -> tuple[str, str]:
        """Longitude and latitude, degrees."""
        return ("lon", "lat")

    @property
    def projection(self) -> str:
        """The plane as a PROJ string."""
        lon, lat = self.centre
        return f"+proj=laea +lat_0={lat} +lon_0={lon} +ellps=WGS84 +units=m +no_defs"

    def to_xy(self, first: ArrayLike, second: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Project longitudes and latitudes.

        Raises
        ------
        GeographyError
            When a value is outside the theatre's bounds or not finite.
        """
        return self.project(*_checked(self, first, second))

    def project(self, lon: FloatArray, lat: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Project longitudes and latitudes without a look at the bounds, as stored shapes need."""
        x_m, y_m = _transformer(self.projection).transform(lon, lat)
        return np.asarray(x_m, dtype=np.float64), np.asarray(y_m, dtype=np.float64)

    def to_door(self, x_m: ArrayLike, y_m: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Give longitudes and latitudes of points in the plane."""
        x, y = np.asarray(x_m, dtype=np.float64), np.asarray(y_m, dtype=np.float64)
        lon, lat = _transformer(self.projection).transform(x, y, direction="INVERSE")
        return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class OpenSeaFrame:
    """Plane of a laboratory box of open sea: x east, y north, nautical miles at the door."""

    theatre: str
    door_bounds: tuple[float, float, float, float]

    @property
    def door_names(self) -> tuple[str, str]:
        """East and north, nautical miles."""
        return ("x_nm", "y_nm")

    def to_xy(self, first: ArrayLike, second: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Turn nautical miles into metres.

        Raises
        ------
        GeographyError
            When a value is outside the box or not finite.
        """
        x_nm, y_nm = _checked(self, first, second)
        return x_nm * NM_M, y_nm * NM_M

    def to_door(self, x_m: ArrayLike, y_m: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Turn metres into nautical miles."""
        return np.asarray(x_m, dtype=np.float64) / NM_M, np.asarray(y_m, dtype=np.float64) / NM_M


def north_rad(frame: Frame, x_m: float, y_m: float) -> float:
    """Give the direction of true north at a point of the plane, radians clockwise from +y.

    It is that in which the first coordinate at the door does not change.
    """
    first, _ = frame.to_door(
        x_m + np.array([-_NEAR_M, _NEAR_M, 0.0, 0.0]), y_m + np.array([0.0, 0.0, -_NEAR_M, _NEAR_M])
    )
    return math.atan2(first[2] - first[3], first[1] - first[0])


AEGEAN = LambertFrame("aegean", (26.25, 37.85), (22.0, 34.5, 30.5, 41.2))
CENTRAL_MED = LambertFrame("central-med", (14.75, 34.5), (9.0, 30.0, 20.5, 39.0))
THEATRES = {frame.theatre: frame for frame in (AEGEAN, CENTRAL_MED)}
