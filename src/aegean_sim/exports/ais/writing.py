"""Writing the sentences of all units by time."""

from __future__ import annotations

from heapq import merge
from typing import TYPE_CHECKING

from aegean_sim.errors import StoreError
from aegean_sim.exports.ais.messages import SOURCE, position, who
from aegean_sim.exports.ais.sentences import tag_block, text_sentence
from aegean_sim.exports.ais.traffic import Station, reports_of, stations_of
from aegean_sim.quantities import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aegean_sim.exports.request import Request


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
    with path.open("w", encoding="ascii", newline="\r\n") as file:
        file.writelines(f"{line}\n" for line in _opening(request))
        file.writelines(f"{line}\n" for line in _reports(request, stations))


def _opening(request: Request) -> list[str]:
    about = request.about()
    texts = [
        "SIMULATED. These ships are not real. Not for navigation.",
        f"Made by {about['program']}: scenario {about['scenario']}",
        f"seed {about['seed']} fingerprint {about['fingerprint'][:12]}",
    ]
    return [text_sentence(number, len(texts), text) for number, text in enumerate(texts, start=1)]


def _reports(request: Request, stations: list[Station]) -> Iterator[str]:
    names = {station.mmsi: who(station) for station in stations}
    named_h: dict[int, float] = {}
    for report in merge(*(reports_of(station, request) for station in stations)):
        tag = tag_block(SOURCE, report.utc_s)
        hour = report.utc_s // HOUR_S
        if named_h.get(report.mmsi) != hour:
            named_h[report.mmsi] = hour
            yield from (tag + line for line in names[report.mmsi])
        yield tag + position(report)
