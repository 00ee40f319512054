"""Writing the sentences of all units by time, some hours at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.errors import StoreError
from aegean_sim.exports.ais.messages import Reports, aircraft_positions, ship_positions, who
from aegean_sim.exports.ais.sentences import SOURCE, alone, in_parts, tag_block, text_sentence
from aegean_sim.exports.ais.traffic import Station, reports_of, stations_of
from aegean_sim.quantities import DAY_S, HOUR_S

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aegean_sim.exports.request import Request
    from aegean_sim.quantities import BoolArray, IntArray


def write_nmea(request: Request, path: Path) -> None:
    """Write position reports of the units at sea, each hour with their names before.

    Raises
    ------
    StoreError
        When no unit moved.
    """
    stations = stations_of(request)
    if not stations:
        raise StoreError(f"no unit of {request.run.folder} moved: there are no position reports to write")
    names = {station.mmsi: _who(station) for station in stations}
    with path.open("w", encoding="ascii", newline="\r\n") as file:
        file.writelines(f"{line}\n" for line in _opening(request))
        for day_s in np.arange(0.0, request.run.scenario.duration_s, DAY_S):
            file.writelines(f"{line}\n" for line in _day(request, stations, names, day_s))


def _opening(request: Request) -> list[str]:
    about = request.about()
    texts = [
        "SIMULATED. These ships are not real. Not for navigation.",
        f"Made by {about['program']}: scenario {about['scenario']}",
        f"seed {about['seed']} fingerprint {about['fingerprint'][:12]}",
    ]
    return [text_sentence(number, len(texts), text) for number, text in enumerate(texts, start=1)]


def _day(
    request: Request, stations: list[Station], names: dict[int, list[str]], since_s: float
) -> Iterator[str]:
    """Give the lines of a day; all units report at the same moments, counted from the start of the run."""
    scenario = request.run.scenario
    first = np.ceil(since_s / request.every_s)
    last = min(since_s + DAY_S, scenario.duration_s) / request.every_s
    time_s = np.rint(np.arange(first, last) * request.every_s)
    start_utc_s = round(scenario.start.timestamp())
    by_station = [reports_of(station, time_s, start_utc_s) for station in stations]
    reports = _merged(by_station)
    positions = _sentences(reports)
    new = np.concatenate([_first_of_hour(each.utc_s) for each in by_station])
    for row in np.lexsort((reports.mmsi, reports.utc_s)).tolist():
        tag = tag_block(int(reports.utc_s[row]))
        if new[row]:
            yield from (tag + line for line in names[int(reports.mmsi[row])])
        yield tag + positions[row]


def _merged(parts: list[Reports]) -> Reports:
    return Reports(*(np.concatenate([getattr(part, name) for part in parts]) for name in Reports.__slots__))


def _sentences(reports: Reports) -> list[str]:
    texts = np.empty(len(reports.mmsi), dtype=object)
    for some, message in ((reports.flies, aircraft_positions), (~reports.flies, ship_positions)):
        texts[some] = alone(message(reports.rows(some)))
    return list(texts)


def _first_of_hour(utc_s: IntArray) -> BoolArray:
    hours = utc_s // int(HOUR_S)
    return np.asarray(np.diff(hours, prepend=-1) != 0)


def _who(station: Station) -> list[str]:
    message = who(station.mmsi, station.call_sign, station.name, SOURCE)
    return in_parts(message, station.mmsi % 10)
