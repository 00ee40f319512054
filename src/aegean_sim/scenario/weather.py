"""Weather of a theatre as the file says it: constant numbers, or one of table, synthetic and netcdf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import AfterValidator, Field, model_validator

from aegean_sim.scenario.base import Finite, Model, Positive, Share
from aegean_sim.scenario.forces import Bearing
from aegean_sim.scenario.weather_limits import LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.scenario.messages import Location


def _likely(name: str) -> AfterValidator:
    """See that a number is one that the weather may have."""

    def check(value: float) -> float:
        if broken := LIMITS[name].broken(value):
            raise ValueError(broken)
        return value

    return AfterValidator(check)


WindSpeed: TypeAlias = Annotated[Finite, _likely("wind_kn")]
WaveHeight: TypeAlias = Annotated[Finite, _likely("wave_m")]
SeaTemperature: TypeAlias = Annotated[Finite, _likely("sea_c")]
CurrentSpeed: TypeAlias = Annotated[Finite, _likely("current_kn")]

_TWELVE = Field(min_length=12, max_length=12)
MonthlySpeeds: TypeAlias = Annotated[tuple[WindSpeed, ...], _TWELVE]
MonthlyBearings: TypeAlias = Annotated[tuple[Bearing, ...], _TWELVE]
MonthlyTemperatures: TypeAlias = Annotated[tuple[SeaTemperature, ...], _TWELVE]
"""One number for the middle of each month, January first; between middles they change evenly."""


class Etesians(Model):
    """The Aegean's summer northerlies, also called Meltemi: extra wind from one direction.

    Parameters
    ----------
    from_deg : float
        Where they come from.
    extra_kn : tuple of 12 floats
        Mean speed that they add in each month, 0 out of season.
    day_share : float
        By how much of that they are stronger than the day's mean at their hour, and weaker 12 h later.
    strongest_at_h : float
        That hour of the day, UTC.
    """

    from_deg: Bearing
    extra_kn: MonthlySpeeds
    day_share: Share
    strongest_at_h: Annotated[float, Field(ge=0, lt=24, strict=True)]


class Spells(Model):
    """Slow changes of weather, on top of the passing of single lows.

    Parameters
    ----------
    share : float
        Their share in the variance of the wind.
    memory_h : float
        Time in which their autocorrelation falls to 1/e.
    """

    share: Share
    memory_h: Positive


class Synthetic(Model):
    """Made-up weather in three-hourly rows: wind by season, waves limited by fetch and time.

    Parameters
    ----------
    wind_kn : tuple of 12 floats
        Mean wind speed by month.
    wind_shape : float
        Shape of its Weibull law; 2 is the Rayleigh law.
    wind_memory_h : float
        Time in which the wind's autocorrelation falls to 1/e, spells left aside.
    spells : Spells, optional
        Slow changes.
    wind_from_deg : tuple of 12 floats
        Prevailing direction by month, where the wind comes from.
    wander_deg, wander_memory_h : float
        Standard deviation of the direction about the prevailing one, and its memory.
    etesians : Etesians, optional
        Summer northerlies.
    fetch_nm : tuple of 8 floats
        Open water upwind when the wind comes from N, NE, E, SE, S, SW, W and NW.
    growth_h, decay_h : float
        Time in which waves make up all but 1/e of what they lack of the height that the fetch allows, and in
        which they lose all but 1/e of what they have too much.
    sea_c : tuple of 12 floats
        Temperature of the sea's surface by month.
    """

    wind_kn: MonthlySpeeds
    wind_shape: Annotated[float, Field(ge=1, le=10, strict=True)]
    wind_memory_h: Positive
    spells: Spells | None = None
    wind_from_deg: MonthlyBearings
    wander_deg: Annotated[float, Field(ge=0, le=180, strict=True)]
    wander_memory_h: Positive
    etesians: Etesians | None = None
    fetch_nm: Annotated[tuple[Positive, ...], Field(min_length=8, max_length=8)]
    growth_h: Positive
    decay_h: Positive
    sea_c: MonthlyTemperatures


class NetCdf(Model):
    """Weather files of ERA5 or CMEMS: their means over a box.

    Parameters
    ----------
    files : tuple of str
        Paths in the scenario's folder or below it.
    box : tuple of 4 floats, optional
        West, south, east, north, in degrees; without it what lies in the theatre counts.
    """

    files: Annotated[tuple[str, ...], Field(min_length=1)]
    box: tuple[Finite, Finite, Finite, Finite] | None = None

    @model_validator(mode="after")
    def _box_is_one(self) -> NetCdf:
        if self.box is not None:
            west, south, east, north = self.box
            if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
                raise ValueError(f"box {list(self.box)} must be west, south, east, north, in degrees")
        return self


class Weather(Model):
    """Weather of a theatre: the numbers given here, all the time, or one of the other kinds.

    Numbers given here hold for whatever another kind leaves out.

    Parameters
    ----------
    wind_from_deg, current_to_deg : float
        True bearings where the wind comes from, and where the current goes to.
    sea_c : float
        Temperature of the sea's surface, degrees Celsius.
    table : str, optional
        A CSV file with columns ``time`` (UTC), ``wind_kn`` and ``wave_m``, and perhaps the other names above.
    synthetic : Synthetic, optional
        Made-up weather with the statistics of a place.
    netcdf : NetCdf, optional
        Files of ERA5 or CMEMS.
    """

    wind_kn: WindSpeed = 5.0
    wind_from_deg: Bearing = 0.0
    wave_m: WaveHeight = 0.3
    sea_c: SeaTemperature = 20.0
    current_kn: CurrentSpeed = 0.0
    current_to_deg: Bearing = 0.0
    table: str | None = None
    synthetic: Synthetic | None = None
    netcdf: NetCdf | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Weather:
        kinds = ("table", "synthetic", "netcdf")
        given = [kind for kind in kinds if getattr(self, kind) is not None]
        if len(given) > 1:
            raise ValueError(
                f"{' and '.join(given)} are given; weather comes from only one of them: to leave out what an"
                f" extended file gives, write {given[-1]}: null"
            )
        return self

    def files(self) -> Iterator[tuple[Location, str]]:
        """Give the files that this weather names, each with its place in the block."""
        if self.table is not None:
            yield ("table",), self.table
        for index, name in enumerate(self.netcdf.files if self.netcdf else ()):
            yield ("netcdf", "files", index), name
