"""AIS messages as bits: positions of ships and aircraft, and who they are (ITU-R M.1371-5, annex 8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.quantities import FloatArray, IntArray

Bits: TypeAlias = NDArray[np.uint8]
NAME_LETTERS = 20
_CALL_LETTERS = 7
_SIX_BIT = "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ !\"#$%&'()*+,-./0123456789:;<=>?"
_UNITS_OF_DEGREE = 600_000.0
_NO_COURSE_DECIDEG, _NO_HEADING_DEG = 3600, 511
_MOST_DECIKN, _MOST_KN = 1022, 1022
_NO_ALTITUDE, _NO_TURN, _NO_STATUS = 4095, 128, 15


@dataclass(frozen=True, slots=True)
class Reports:
    """Where some units were, one report a row.

    Parameters
    ----------
    mmsi : array of int
        Whose.
    utc_s : array of int
        When, seconds since 1970.
    lon, lat : array
        Degrees.
    speed_kn : array
        Over ground.
    course_deg : array
        True, over ground; NaN at rest.
    flies : array of bool
        Whether it is an aircraft.
    """

    mmsi: IntArray
    utc_s: IntArray
    lon: FloatArray
    lat: FloatArray
    speed_kn: FloatArray
    course_deg: FloatArray
    flies: NDArray[np.bool_]

    def rows(self, some: NDArray[np.bool_]) -> Reports:
        """Give some of the rows."""
        return Reports(*(getattr(self, name)[some] for name in self.__slots__))


def ship_positions(reports: Reports) -> Bits:
    """Give position reports of class A, message 1, shape (reports, 168)."""
    course = _course(reports.course_deg)
    heading = np.where(course == _NO_COURSE_DECIDEG, _NO_HEADING_DEG, np.rint(course / 10).astype(int) % 360)
    speed = np.minimum(np.rint(10.0 * reports.speed_kn), _MOST_DECIKN)
    return _packed(
        len(course),
        (1, 6), (0, 2), (reports.mmsi, 30), (_NO_STATUS, 4), (_NO_TURN, 8), (speed, 10), (1, 1),
        (_angle(reports.lon), 28), (_angle(reports.lat), 27), (course, 12), (heading, 9),
        (reports.utc_s % 60, 6), (0, 2), (0, 3), (0, 1), (0, 19),
    )  # fmt: skip


def aircraft_positions(reports: Reports) -> Bits:
    """Give position reports of aircraft, message 9, shape (reports, 168); altitudes are not told."""
    speed = np.minimum(np.rint(reports.speed_kn), _MOST_KN)
    return _packed(
        len(speed),
        (9, 6), (0, 2), (reports.mmsi, 30), (_NO_ALTITUDE, 12), (speed, 10), (1, 1),
        (_angle(reports.lon), 28), (_angle(reports.lat), 27), (_course(reports.course_deg), 12),
        (reports.utc_s % 60, 6), (0, 8), (1, 1), (0, 3), (0, 1), (0, 1), (0, 20),
    )  # fmt: skip


def who(mmsi: int, call_sign: str, name: str, destination: str) -> Bits:
    """Give one static report, message 5, shape (1, 424); type and size of the vessel are not told."""
    return _packed(
        1,
        (5, 6), (0, 2), (mmsi, 30), (0, 2), (0, 30), *_letters(call_sign, _CALL_LETTERS),
        *_letters(name, NAME_LETTERS), (0, 8), (0, 30), (0, 4), (0, 4), (0, 5), (24, 5), (60, 6), (0, 8),
        *_letters(destination, NAME_LETTERS), (1, 1), (0, 1),
    )  # fmt: skip


def six_bit(text: str) -> str:
    """Write a text in the letters that AIS has: upper case, and ``?`` for what it lacks."""
    return "".join(letter if letter in _SIX_BIT else "?" for letter in text.upper())


def _letters(text: str, count: int) -> Sequence[tuple[int, int]]:
    return [(_SIX_BIT.index(letter), 6) for letter in six_bit(text)[:count].ljust(count, "@")]


def _angle(degrees: FloatArray) -> IntArray:
    return np.rint(degrees * _UNITS_OF_DEGREE).astype(np.int64)


def _course(degrees: FloatArray) -> IntArray:
    tenths = np.rint(10.0 * np.nan_to_num(degrees)).astype(np.int64) % 3600
    return np.where(np.isnan(degrees), _NO_COURSE_DECIDEG, tenths)


def _packed(rows: int, *fields: tuple[float | IntArray | FloatArray, int]) -> Bits:
    """Put fields of so many bits side by side; numbers below zero as two's complement."""
    parts = []
    for value, width in fields:
        numbers = np.broadcast_to(np.asarray(value).astype(np.int64), rows)
        parts.append((numbers[:, None] >> np.arange(width - 1, -1, -1)) & 1)
    return np.concatenate(parts, axis=1).astype(np.uint8)
