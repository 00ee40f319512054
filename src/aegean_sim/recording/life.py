"""One boat's life as a stored run tells it: sightings, reports, hops, decisions, responses, and its end."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from aegean_sim.errors import StoreError
from aegean_sim.quantities import NM_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from aegean_sim.recording.reading import StoredRun

Row = dict[str, Any]
_ENDS = {
    "landed": "landed{where}",
    "stopped": "stopped by {ended_by}",
    "met": "met by {ended_by}",
    "rescued": "rescued by {ended_by}",
    "lost": "lost",
    "at_sea": "still at sea",
}
_TIPS = {
    "phone": "a call from aboard",
    "relay": "a call relayed",
    "flare": "a flare seen",
    "ship": "a passing ship",
    "shore": "somebody on shore",
    "fisher": "a fisherman",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened: when, in seconds since the scenario's start, and what."""

    time_s: float
    words: str


def life_of(stored: StoredRun, boat: str) -> list[Moment]:
    """Give all that the tables hold of a boat, in the order of time.

    Parameters
    ----------
    boat : str
        ``voyage``, or ``voyage/copy`` where several boats sail one voyage.

    Raises
    ------
    StoreError
        When the run has no such boat, or a table is broken.
    """
    voyages = stored.table("voyages")
    voyage, copy = _found(voyages, boat)
    rows = {
        name: _rows_of(stored.table(name), voyage, copy) for name in ("contacts", "handoffs", "responses")
    }
    (own,) = _rows_of(voyages, voyage, copy)
    moments = _causes_first(own, rows["contacts"], rows["handoffs"], rows["responses"])
    return sorted((each for each in moments if not math.isnan(each.time_s)), key=lambda each: each.time_s)


def _causes_first(
    own: Row, contacts: list[Row], handoffs: list[Row], responses: list[Row]
) -> Iterator[Moment]:
    """Give all moments in the order in which they are told where several are at the same time."""
    yield from _under_way(own)
    yield from _seen(contacts)
    yield from _handoffs(handoffs)
    yield from _sent(responses, {row["handoff"]: row for row in handoffs})
    yield from _on_scene(responses)
    yield _end(own)
    yield from _out_of_sight(contacts)
    yield from _done(responses)
    yield from _ashore(responses)


def _found(voyages: pd.DataFrame, boat: str) -> tuple[str, int]:
    pairs = list(zip(voyages["voyage"].astype(str), voyages["copy"].astype(int), strict=True))
    copies = Counter(voyage for voyage, _ in pairs)
    known = {voyage if copies[voyage] == 1 else f"{voyage}/{copy}": (voyage, copy) for voyage, copy in pairs}
    if boat in known:
        return known[boat]
    near = get_close_matches(boat, known, n=1)
    some = ", ".join(list(known)[:3])
    hint = f"; did you mean {near[0]!r}?" if near else f"; it has {some} ..." if some else "; it has none"
    raise StoreError(f"the run has no boat {boat!r}{hint}")


def _rows_of(table: pd.DataFrame, voyage: str, copy: int) -> list[Row]:
    own = table[(table["voyage"] == voyage) & (table["copy"] == copy)]
    return [{str(name): value for name, value in row.items()} for row in own.to_dict("records")]


def _under_way(row: Row) -> Iterator[Moment]:
    yield Moment(row["departed_s"], f"sets out with {row['persons']} persons on {row['route'] or 'its way'}")
    yield Moment(row["distress_s"], "falls into distress")
    yield Moment(row["capsized_s"], "capsizes")


def _end(row: Row) -> Moment:
    where = f" in {row['landed_in']}" if row["landed_in"] else ""
    dead = f"; {row['persons_dead']} persons have died" if row["persons_dead"] else ""
    return Moment(row["ended_s"], _ENDS[row["outcome"]].format(**row, where=where) + dead)


def _seen(rows: Iterable[Row]) -> Iterator[Moment]:
    for row in rows:
        mistaken = " and taken for harmless" if row["classed"] == "harmless" else ""
        yield Moment(row["start_s"], f"seen by {_watcher(row)} at {row['range_m'] / NM_M:.1f} nm{mistaken}")


def _out_of_sight(rows: Iterable[Row]) -> Iterator[Moment]:
    for row in rows:
        yield Moment(row["end_s"], f"out of sight of {_watcher(row)}")


def _watcher(row: Row) -> str:
    return f"{row['unit']} ({row['sensor']})"


def _handoffs(rows: Iterable[Row]) -> Iterator[Moment]:
    for row in rows:
        report = f"report {row['report']}"
        distress = " of distress" if row["distress"] else ""
        sender = _TIPS.get(row["sender"], row["sender"]) if not row["unit"] else row["sender"]
        if sender == row["receiver"]:
            yield Moment(row["sent_s"], f"{report}{distress}: {sender} thinks again")
        else:
            yield Moment(row["sent_s"], f"{report}{distress}: {sender} tells {row['receiver']}")
            yield Moment(row["arrived_s"], f"{report}: at {row['receiver']}")
        yield Moment(row["taken_up_s"], f"{report}: an officer of {row['receiver']} takes it up")
        decision = str(row["decision"]).replace("_", " ")
        reason = f" ({str(row['reason']).replace('_', ' ')})" if row["reason"] else ""
        yield Moment(row["decided_s"], f"{report}: {row['receiver']}: {decision}{reason}")


def _sent(rows: Iterable[Row], handoffs: Mapping[int, Row]) -> Iterator[Moment]:
    for row in rows:
        hop = handoffs[row["handoff"]]
        yield Moment(row["tasked_s"], f"{hop['receiver']} sends {row['unit']} on report {hop['report']}")


def _on_scene(rows: Iterable[Row]) -> Iterator[Moment]:
    for row in rows:
        yield Moment(row["on_scene_s"], f"{row['unit']} is on scene")


def _done(rows: Iterable[Row]) -> Iterator[Moment]:
    for row in rows:
        done = f"{row['unit']} is done: {str(row['result']).replace('_', ' ')}"
        if row["ashore_s"] == row["done_s"] and row["brought_to"]:
            done += f", people brought to {row['brought_to']}"
        yield Moment(row["done_s"], done)


def _ashore(rows: Iterable[Row]) -> Iterator[Moment]:
    for row in rows:
        if row["ashore_s"] != row["done_s"]:
            yield Moment(row["ashore_s"], f"{row['brought_by']} brings the people to {row['brought_to']}")
