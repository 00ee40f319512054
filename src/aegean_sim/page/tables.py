"""The tables of a run as columns of the page: boats, contacts, reports and responses."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.page.encoding import NONE, moments, places, plain, steps, words
from aegean_sim.page.units import points_of, tracks_of
from aegean_sim.quantities import NM_M

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from aegean_sim.page.plane import Plane
    from aegean_sim.quantities import IntArray
    from aegean_sim.recording.reading import StoredRun

_FATES = ("landed", "stopped", "met", "rescued", "dead", "at_sea")
_STRANGER = ""


def tables_of(
    stored: StoredRun, tracks: pd.DataFrame, units: Mapping[str, int], planes: Mapping[str, Plane]
) -> dict[str, Any]:
    """Give all tables of a run, and the tracks of its units and boats.

    Parameters
    ----------
    units : mapping of unit to int
        The numbers by which units are named.
    planes : mapping of theatre to Plane
    """
    voyages = stored.table("voyages").sort_values("departed_s", kind="stable")
    boats = {key: number for number, key in enumerate(_keys(voyages))}
    contacts = stored.table("contacts").sort_values("start_s", kind="stable")
    handoffs, responses = stored.table("handoffs"), stored.table("responses")
    theatres = list(planes)
    movers = {voyage if copy == 0 else f"{voyage}#{copy}": number for (voyage, copy), number in boats.items()}
    is_unit = tracks["kind"] == "unit"
    return {
        "boats": _boats(voyages, units, theatres),
        "contacts": _contacts(contacts, units, boats, planes),
        "handoffs": _handoffs(handoffs, contacts, units, boats, theatres),
        "responses": _responses(responses, handoffs, units, boats),
        "unit_tracks": tracks_of(tracks[is_unit], units, planes),
        "boat_tracks": tracks_of(tracks[~is_unit], movers, planes),
    }


def _keys(table: pd.DataFrame) -> list[tuple[str, int]]:
    return list(zip(table["voyage"].astype(str), table["copy"].astype(int), strict=True))


def _boats_in(table: pd.DataFrame, boats: Mapping[tuple[str, int], int]) -> IntArray:
    return np.array([boats.get(key, NONE) for key in _keys(table)], dtype=np.int64)


def _theatres_in(table: pd.DataFrame, theatres: Sequence[str]) -> dict[str, Any]:
    return plain(places(table["theatre"], {name: number for number, name in enumerate(theatres)}))


def _boats(voyages: pd.DataFrame, units: Mapping[str, int], theatres: Sequence[str]) -> dict[str, Any]:
    keys = _keys(voyages)
    copies = Counter(voyage for voyage, _ in keys)
    return {
        "name": [voyage if copies[voyage] == 1 else f"{voyage}/{copy}" for voyage, copy in keys],
        "theatre": _theatres_in(voyages, theatres),
        **{name: words(voyages[name]) for name in ("route", "boat_type", "outcome", "landed_in")},
        **{name: moments(voyages[f"{name}_s"]) for name in ("departed", "ended", "distress", "capsized")},
        "ended_by": plain(places(voyages["ended_by"], units)),
        "persons": plain(voyages["persons"]),
        **{fate: plain(voyages[f"persons_{fate}"]) for fate in _FATES},
    }


def _contacts(
    contacts: pd.DataFrame,
    units: Mapping[str, int],
    boats: Mapping[tuple[str, int], int],
    planes: Mapping[str, Plane],
) -> dict[str, Any]:
    """Give the contacts; where strangers were seen too, as they have no track."""
    strange = contacts[contacts["voyage"] == _STRANGER]
    points = points_of(strange, planes)
    return {
        "boat": plain(_boats_in(contacts, boats)),
        "unit": plain(places(contacts["unit"], units)),
        "sensor": words(contacts["sensor"]),
        "classed": words(contacts["classed"]),
        "start": moments(contacts["start_s"]),
        "end": _after(contacts["end_s"], contacts["start_s"]),
        "range": plain(_tenths_nm(contacts["range_m"])),
        "traffic": words(strange["traffic"]),
        "x": steps(points[:, 0]),
        "y": steps(points[:, 1]),
    }


def _tenths_nm(range_m: pd.Series) -> list[int]:
    """Give ranges in tenths of a mile, rounded as they are written elsewhere."""
    return [round(10.0 * float(f"{each / NM_M:.1f}")) for each in range_m]


def _handoffs(
    handoffs: pd.DataFrame,
    contacts: pd.DataFrame,
    units: Mapping[str, int],
    boats: Mapping[tuple[str, int], int],
    theatres: Sequence[str],
) -> dict[str, Any]:
    rows = {str(number): row for row, number in enumerate(contacts["contact"])}
    return {
        "report": steps(handoffs["report"]),
        "theatre": _theatres_in(handoffs, theatres),
        "boat": plain(_boats_in(handoffs, boats)),
        "contact": steps(places(handoffs["contact"], rows)),
        "unit": plain(places(handoffs["unit"], units)),
        **{name: words(handoffs[name]) for name in ("sender", "receiver", "decision", "reason", "end")},
        "distress": plain(handoffs["distress"]),
        "timely": plain(handoffs["timely"]),
        "sent": moments(handoffs["sent_s"]),
        "arrived": _after(handoffs["arrived_s"], handoffs["sent_s"]),
        "taken_up": _after(handoffs["taken_up_s"], handoffs["arrived_s"]),
        "decided": _after(handoffs["decided_s"], handoffs["sent_s"]),
    }


def _responses(
    responses: pd.DataFrame,
    handoffs: pd.DataFrame,
    units: Mapping[str, int],
    boats: Mapping[tuple[str, int], int],
) -> dict[str, Any]:
    rows = {str(number): row for row, number in enumerate(handoffs["handoff"])}
    return {
        "handoff": steps(places(responses["handoff"], rows)),
        "boat": plain(_boats_in(responses, boats)),
        "unit": plain(places(responses["unit"], units)),
        "brought_by": plain(places(responses["brought_by"], units)),
        **{name: words(responses[name]) for name in ("result", "brought_to", "traffic")},
        "persons": plain(responses["persons"]),
        **{name: moments(responses[f"{name}_s"]) for name in ("tasked", "on_scene", "done", "ashore")},
    }


def _after(later_s: pd.Series, earlier_s: pd.Series) -> dict[str, Any]:
    """Give times, in whole seconds, by how long after another they are; null without one of the two."""
    later, earlier = (np.floor(times.to_numpy(np.float64)) for times in (later_s, earlier_s))
    apart = later - earlier
    return {"after": [None if np.isnan(gap) else int(gap) for gap in apart]}
