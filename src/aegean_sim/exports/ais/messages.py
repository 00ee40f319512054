"""AIS messages as sentences: positions of ships and aircraft, and who they are (ITU-R M.1371-5, annex 8)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from pyais.encode import encode_dict
from pyais.util import SIX_BIT_ENCODING

if TYPE_CHECKING:
    from aegean_sim.exports.ais.traffic import Report, Station

SOURCE = "SIMULATED"
_NAME_LETTERS = 20
_NO_COURSE_DEG, _NO_HEADING_DEG = 360.0, 511
_MOST_KN = {1: 102.2, 9: 1022.0}
_NO_ALTITUDE, _NO_HOUR, _NO_MINUTE = 4095, 24, 60


def position(report: Report) -> str:
    """Write a position: message 1 of a ship, message 9 of an aircraft, whose altitude is not told."""
    return _sentences(_aircraft(report) if report.flies else _ship(report))[0]


def who(station: Station) -> list[str]:
    """Write the static report of a station, message 5; type and size of the vessel are not told."""
    static = {
        "msg_type": 5, "mmsi": station.mmsi, "callsign": station.call_sign,
        "shipname": six_bit(station.name)[:_NAME_LETTERS], "destination": SOURCE,
        "hour": _NO_HOUR, "minute": _NO_MINUTE, "dte": 1,
    }  # fmt: skip
    return _sentences(static, sequence=station.mmsi % 10)


def six_bit(text: str) -> str:
    """Write a text in the letters that AIS has: upper case, and ``?`` for what it lacks."""
    # The letter of number 0, "@", ends a text.
    return "".join(letter if SIX_BIT_ENCODING.get(letter) else "?" for letter in text.upper())


def _ship(report: Report) -> dict[str, Any]:
    fields = _common(1, report)
    course = fields["course"]
    heading = _NO_HEADING_DEG if course == _NO_COURSE_DEG else round(course) % 360
    # pyais says 3 where a manoeuvre is not told, which M.1371 does not know.
    return fields | {"heading": heading, "maneuver": 0}


def _aircraft(report: Report) -> dict[str, Any]:
    fields = _common(9, report)
    return fields | {"speed": round(fields["speed"]), "alt": _NO_ALTITUDE, "dte": 1}


def _common(kind: int, report: Report) -> dict[str, Any]:
    """Give what both have, in degrees and knots; pyais cuts where it is to be rounded."""
    at_rest = math.isnan(report.course_deg)
    return {
        "msg_type": kind, "mmsi": report.mmsi, "lon": report.lon, "lat": report.lat, "accuracy": 1,
        "speed": min(round(report.speed_kn, 1), _MOST_KN[kind]),
        "course": _NO_COURSE_DEG if at_rest else round(report.course_deg, 1) % 360.0,
        "second": report.utc_s % 60,
    }  # fmt: skip


def _sentences(fields: dict[str, Any], sequence: int | None = None) -> list[str]:
    return encode_dict(fields, sentence_type="VDM", seq_id=sequence)
