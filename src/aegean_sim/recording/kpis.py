"""The numbers of one run, lives first, from its tables."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np

from aegean_sim.quantities import MINUTE_S, BoolArray, FloatArray, IntArray
from aegean_sim.recording.load_kpis import load_kpis

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aegean_sim.scenario.model import Scenario

FATES = ("dead", "rescued", "met", "stopped", "landed", "at_sea")
OUTCOMES = ("lost", *FATES[1:])


class Columns(Protocol):
    """A table that gives its columns by their names: a mapping of arrays, or a data frame."""

    def __getitem__(self, name: str, /) -> Any:
        """Give one column."""
        ...


Tables: TypeAlias = "Mapping[str, Columns]"


@dataclass(frozen=True, slots=True)
class _Boats:
    """Boats of a run, and which row of another table is about which of them."""

    index: Mapping[tuple[Any, Any], int]
    departed_s: FloatArray
    ended_s: FloatArray

    def rows(self, table: Columns) -> IntArray:
        keys = zip(np.asarray(table["voyage"]), np.asarray(table["copy"]), strict=True)
        return np.fromiter((self.index[key] for key in keys), dtype=np.int64)

    def share(self, rows: IntArray) -> float:
        return _share(len(np.unique(rows)), len(self.index))


def kpis(tables: Tables, scenario: Scenario) -> dict[str, float]:
    """Count and time what one run did.

    Parameters
    ----------
    tables : mapping of table name to mapping of column name to array
        A run's record or its stored tables.
    scenario : Scenario
        Its forces name the columns that are given for each owner, whether or not it saw anything.

    Returns
    -------
    dict of str to float
        Counts, medians in minutes (``_min``) and shares (``_share``); NaN where there is nothing to divide
        by, or no such event. A boat is *seen* by a contact that starts before its end. A report may pass
        several desks: it is *timely* when it is so at one of them, *known* when it is not timely and a desk
        knew the boat for one already dealt with, *in vain* when it is neither and all have decided, open
        else: of these four, each report is one. ``messages`` are reports of all craft, ``responses`` trips
        to all craft; other numbers of reports and responses are of those to do with boats, but for
        ``responses_false``. Boats told of in time are counted by the owner of the unit that reported, and by
        the source of tips. Who tries again, and boats on another route, are counted where the scenario lets
        the other side react. The load of links, desks and units is as in `load_kpis`.
    """
    boats = _boats(tables["voyages"])
    owners = _owners(scenario)
    about = {name: _AboutBoats(tables[name]) for name in ("contacts", "handoffs", "responses")}
    return {
        **_lives(tables["voyages"]),
        **_reacting(tables["voyages"], scenario),
        "persons_returned": _returned(tables["voyages"], about["responses"], scenario),
        **_sightings(about, boats, owners),
        **_reports(about, boats, [*owners, *_sources(scenario)]),
        **_all_craft(tables),
        **_responses(about, boats),
        **load_kpis(tables, scenario),
    }


def is_difference(name: str) -> bool:
    """Tell whether a KPI compares two runs, so that it may be below 0."""
    return name.startswith("deaths_averted_")


@dataclass(frozen=True, slots=True)
class _AboutBoats:
    """A table without its rows about strangers, which have no voyage."""

    table: Columns

    def __getitem__(self, name: str, /) -> Any:
        return np.asarray(self.table[name])[np.asarray(self.table["voyage"]) != ""]


def _all_craft(tables: Tables) -> dict[str, float]:
    """Count reports and trips, and what strangers cost of them: false reports, and trips to find out."""
    handoffs, responses = tables["handoffs"], tables["responses"]
    reports = np.asarray(handoffs["report"])
    false = np.unique(reports[np.asarray(handoffs["voyage"]) == ""])
    messages = len(np.unique(reports))
    return {
        "messages": float(messages),
        "messages_false_share": _share(len(false), messages),
        "responses": float(len(responses["voyage"])),
        "responses_false": float(np.sum(np.asarray(responses["voyage"]) == "")),
    }


def _returned(voyages: Columns, responses: Columns, scenario: Scenario) -> float:
    """Count the persons who are back where they set out: stopped, or rescued and taken back by the rules."""
    rules = scenario.handoffs.jurisdiction
    returned = dict(rules.returned) if rules is not None else {}
    rescued = np.asarray(responses["result"]) == "rescued"
    state = np.array([returned.get(owner, "nowhere") for owner in responses["owner"]], dtype=object)
    taken_back = rescued & (np.asarray(responses["brought_to"], dtype=object) == state)
    return _total(voyages["persons_stopped"]) + _total(np.asarray(responses["persons"])[taken_back])


def whole_of(name: str) -> str | None:
    """Name the KPI that a share is a share of; None for what is not a share."""
    wholes = [
        whole
        for whole in ("boats", "reports", "messages")
        if name.startswith(f"{whole}_") and "_share" in name
    ]
    return wholes[0] if wholes else None


def _boats(voyages: Columns) -> _Boats:
    keys = zip(np.asarray(voyages["voyage"]), np.asarray(voyages["copy"]), strict=True)
    departed_s, ended_s = (np.asarray(voyages[name], np.float64) for name in ("departed_s", "ended_s"))
    return _Boats({key: row for row, key in enumerate(keys)}, departed_s, ended_s)


def _owners(scenario: Scenario) -> list[str]:
    return sorted({craft.owner for craft in scenario.crafts().values() if craft.sensors})


def _sources(scenario: Scenario) -> list[str]:
    return sorted({tip.source for tip in scenario.handoffs.tips})


def _lives(voyages: Columns) -> dict[str, float]:
    outcomes = np.asarray(voyages["outcome"])
    return {
        "persons": _total(voyages["persons"]),
        **{f"persons_{fate}": _total(voyages[f"persons_{fate}"]) for fate in FATES},
        "boats": float(len(outcomes)),
        **{f"boats_{outcome}": float(np.sum(outcomes == outcome)) for outcome in OUTCOMES},
        "boats_in_distress": float(np.isfinite(np.asarray(voyages["distress_s"], np.float64)).sum()),
    }


def _reacting(voyages: Columns, scenario: Scenario) -> dict[str, float]:
    """Count who tries again, each time anew, and the boats that left by another route."""
    numbers = {}
    if scenario.reactions.retry is not None:
        again = np.asarray(voyages["attempt"]) > 1
        numbers["persons_trying_again"] = _total(np.asarray(voyages["persons"])[again])
    if scenario.reactions.displacement is not None:
        numbers["boats_moved"] = _total(voyages["moved"])
    return numbers


def _sightings(tables: Tables, boats: _Boats, owners: list[str]) -> dict[str, float]:
    contacts = tables["contacts"]
    rows, start_s = boats.rows(contacts), np.asarray(contacts["start_s"], np.float64)
    in_time = ~(start_s > boats.ended_s[rows])
    owner = np.asarray(contacts["owner"])
    return {
        "contacts": float(len(rows)),
        "boats_seen_share": boats.share(rows[in_time]),
        **{f"boats_seen_share_{name}": boats.share(rows[in_time & (owner == name)]) for name in owners},
        "first_contact_min": _median_min(_first_contact_s(contacts, boats) - boats.departed_s),
    }


def _first_contact_s(contacts: Columns, boats: _Boats) -> FloatArray:
    """Give the time of each boat's first contact by anyone; NaN without one."""
    first_s = np.full(len(boats.index), np.inf)
    np.minimum.at(first_s, boats.rows(contacts), np.asarray(contacts["start_s"], np.float64))
    return np.where(np.isfinite(first_s), first_s, np.nan)


def _reports(tables: Tables, boats: _Boats, tellers: list[str]) -> dict[str, float]:
    handoffs = tables["handoffs"]
    reports, row_report = np.unique(np.asarray(handoffs["report"], np.int64), return_inverse=True)
    decision, timely_row = np.asarray(handoffs["decision"]), np.asarray(handoffs["timely"], np.bool_)
    undecided = np.isnan(np.asarray(handoffs["decided_s"], np.float64))
    count = len(reports)
    timely = _any_of(timely_row, row_report, count)
    known = _any_of(decision == "known", row_report, count) & ~timely
    in_vain = ~(timely | known | _any_of(undecided, row_report, count))
    timely_boats, owner = boats.rows(handoffs)[timely_row], np.asarray(handoffs["owner"])[timely_row]
    return {
        "reports": float(count),
        "reports_timely_share": _share(int(timely.sum()), count),
        "reports_known_share": _share(int(known.sum()), count),
        "reports_in_vain_share": _share(int(in_vain.sum()), count),
        "boats_told_in_time_share": boats.share(timely_boats),
        **{f"boats_told_in_time_share_{name}": boats.share(timely_boats[owner == name]) for name in tellers},
        **_reasons(handoffs, in_vain[row_report] & (decision == "refused"), row_report),
    }


def _reasons(handoffs: Columns, refused: BoolArray, row_report: IntArray) -> dict[str, float]:
    """Count the reports in vain by the reason of their last refusal."""
    rows = np.flatnonzero(refused)
    rows = rows[np.argsort(np.asarray(handoffs["decided_s"], np.float64)[rows], kind="stable")]
    reasons = np.asarray(handoffs["reason"])
    last = {int(row_report[row]): str(reasons[row]) for row in rows}
    names = [re.sub(r"\W+", "_", reason).strip("_") or "unsaid" for reason in last.values()]
    return {f"in_vain_{name}": float(names.count(name)) for name in sorted(set(names))}


def _responses(tables: Tables, boats: _Boats) -> dict[str, float]:
    responses = tables["responses"]
    rows, results = boats.rows(responses), np.asarray(responses["result"])
    tasked_s, on_scene_s = (np.asarray(responses[name], np.float64) for name in ("tasked_s", "on_scene_s"))
    seen_s = _first_contact_s(tables["contacts"], boats)
    first_there_s = np.full(len(boats.index), np.inf)
    np.fmin.at(first_there_s, rows, on_scene_s)
    return {
        **{
            f"responses_{name}": float(np.sum(results == name))
            for name in ("not_found", "too_late", "called_off", "duplicate")
        },
        "tasked_to_scene_min": _median_min(on_scene_s - tasked_s),
        "seen_to_scene_min": _median_min(
            np.where(np.isfinite(first_there_s), first_there_s - seen_s, np.nan)
        ),
    }


def _any_of(flags: BoolArray, group: IntArray, count: int) -> BoolArray:
    return np.asarray(np.bincount(group[flags], minlength=count) > 0)


def _total(values: Any) -> float:
    return float(np.asarray(values).sum())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.nan


def _median_min(seconds: FloatArray) -> float:
    happened = seconds[np.isfinite(seconds)]
    return float(np.median(happened)) / MINUTE_S if happened.size else math.nan
