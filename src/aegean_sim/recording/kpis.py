"""The numbers of one run, lives first, from its tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.recording.lives import lives
from aegean_sim.recording.load_kpis import load_kpis
from aegean_sim.recording.rows import Boats, Rows, floats, quantile_min, share

if TYPE_CHECKING:
    from aegean_sim.quantities import BoolArray, IntArray
    from aegean_sim.recording.rows import Columns, Tables
    from aegean_sim.scenario.model import Scenario


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
        the source of tips. What became of everybody is as in `lives`; who tries again, and boats on another
        route, are counted where the scenario lets the other side react. The load of links, desks and units is
        as in `load_kpis`.
    """
    boats = Boats.of(tables["voyages"])
    owners = _owners(scenario)
    about = {name: Rows.about_boats(tables[name]) for name in ("contacts", "handoffs", "responses")}
    return {
        **lives(tables, scenario),
        **_reacting(tables["voyages"], scenario),
        **_sightings(about, boats, owners),
        **_reports(about, boats, [*owners, *_sources(scenario)]),
        **_all_craft(tables),
        **_responses(about, boats),
        **load_kpis(tables, scenario),
    }


def _all_craft(tables: Tables) -> dict[str, float]:
    """Count reports and trips, and what strangers cost of them: false reports, and trips to find out."""
    handoffs, responses = tables["handoffs"], tables["responses"]
    reports = np.asarray(handoffs["report"])
    false = np.unique(reports[np.asarray(handoffs["voyage"]) == ""])
    messages = len(np.unique(reports))
    return {
        "messages": float(messages),
        "messages_false_share": share(len(false), messages),
        "responses": float(len(responses["voyage"])),
        "responses_false": float(np.sum(np.asarray(responses["voyage"]) == "")),
    }


def _owners(scenario: Scenario) -> list[str]:
    return sorted({craft.owner for craft in scenario.crafts().values() if craft.sensors})


def _sources(scenario: Scenario) -> list[str]:
    return sorted({tip.source for tip in scenario.handoffs.tips})


def _reacting(voyages: Columns, scenario: Scenario) -> dict[str, float]:
    """Count who tries again, each time anew, and the boats that left by another route."""
    numbers = {}
    if scenario.reactions.retry is not None:
        again = np.asarray(voyages["attempt"]) > 1
        numbers["persons_trying_again"] = float(np.asarray(voyages["persons"])[again].sum())
    if scenario.reactions.displacement is not None:
        numbers["boats_moved"] = float(np.asarray(voyages["moved"]).sum())
    return numbers


def _sightings(tables: Tables, boats: Boats, owners: list[str]) -> dict[str, float]:
    contacts = tables["contacts"]
    rows, start_s = boats.rows(contacts), floats(contacts["start_s"])
    in_time = ~(start_s > boats.ended_s[rows])
    owner = np.asarray(contacts["owner"])
    return {
        "contacts": float(len(rows)),
        "boats_seen_share": boats.share(rows[in_time]),
        **{f"boats_seen_share_{name}": boats.share(rows[in_time & (owner == name)]) for name in owners},
        "first_contact_min": quantile_min(boats.first_s(contacts, "start_s") - boats.departed_s),
    }


def _reports(tables: Tables, boats: Boats, tellers: list[str]) -> dict[str, float]:
    handoffs = tables["handoffs"]
    reports, row_report = np.unique(np.asarray(handoffs["report"], np.int64), return_inverse=True)
    decision, timely_row = np.asarray(handoffs["decision"]), np.asarray(handoffs["timely"], np.bool_)
    undecided = np.isnan(floats(handoffs["decided_s"]))
    count = len(reports)
    timely = _any_of(timely_row, row_report, count)
    known = _any_of(decision == "known", row_report, count) & ~timely
    in_vain = ~(timely | known | _any_of(undecided, row_report, count))
    timely_boats, owner = boats.rows(handoffs)[timely_row], np.asarray(handoffs["owner"])[timely_row]
    return {
        "reports": float(count),
        "reports_timely_share": share(int(timely.sum()), count),
        "reports_known_share": share(int(known.sum()), count),
        "reports_in_vain_share": share(int(in_vain.sum()), count),
        "boats_told_in_time_share": boats.share(timely_boats),
        **{f"boats_told_in_time_share_{name}": boats.share(timely_boats[owner == name]) for name in tellers},
        **_reasons(handoffs, in_vain[row_report] & (decision == "refused"), row_report),
    }


def _reasons(handoffs: Columns, refused: BoolArray, row_report: IntArray) -> dict[str, float]:
    """Count the reports in vain by the reason of their last refusal."""
    rows = np.flatnonzero(refused)
    rows = rows[np.argsort(floats(handoffs["decided_s"])[rows], kind="stable")]
    reasons = np.asarray(handoffs["reason"])
    last = {int(row_report[row]): str(reasons[row]) for row in rows}
    names = [re.sub(r"\W+", "_", reason).strip("_") or "unsaid" for reason in last.values()]
    return {f"in_vain_{name}": float(names.count(name)) for name in sorted(set(names))}


def _responses(tables: Tables, boats: Boats) -> dict[str, float]:
    responses = tables["responses"]
    results = np.asarray(responses["result"])
    seen_s, there_s = boats.first_s(tables["contacts"], "start_s"), boats.first_s(responses, "on_scene_s")
    return {
        **{
            f"responses_{name}": float(np.sum(results == name))
            for name in ("not_found", "too_late", "called_off", "duplicate")
        },
        "tasked_to_scene_min": quantile_min(floats(responses["on_scene_s"]) - floats(responses["tasked_s"])),
        "seen_to_scene_min": quantile_min(there_s - seen_s),
    }


def _any_of(flags: BoolArray, group: IntArray, count: int) -> BoolArray:
    return np.asarray(np.bincount(group[flags], minlength=count) > 0)
