"""What the numbers of a run say in words, and under which headings they stand: lives first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.recording.figures import at_theatre, theatre_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LIVES = {
    "persons": "persons who set out",
    "persons_trying_again": "of these again, after they were stopped or taken back",
    "persons_dead": "dead",
    "persons_rescued": "rescued from distress",
    "persons_met": "met at sea by the destination side",
    "persons_stopped": "stopped at sea by the departure side",
    "persons_landed": "landed, on whichever shore",
    "persons_washed_back": "of these washed back to a coast that boats set out from",
    "persons_at_sea": "still at sea at the end",
    "persons_returned": "back where they set out, stopped or taken back there",
    "persons_arrived": "arrived: landed and not washed back, or met or rescued and not taken back",
    "persons_aboard": "taken off their boats and still aboard a unit at the end",
}
_TAKEN = {
    "persons_taken_": "taken off their boats by {}",
    "persons_brought_to_GR": "brought ashore in Greece",
    "persons_brought_to_IT": "brought ashore in Italy",
    "persons_brought_to_LY": "brought ashore in Libya",
    "persons_brought_to_MT": "brought ashore in Malta",
    "persons_brought_to_TN": "brought ashore in Tunisia",
    "persons_brought_to_TR": "brought ashore in Türkiye",
    "persons_brought_in": "met or rescued and not taken back",
    "brought_in_share_": "of these by {}",
    "persons_per_event_": "persons that {} took off at a time, mean",
    "arrivals_met_share": "of those who arrived: met or rescued at sea",
    "stopped_share": "stopped, of stopped and arrived",
    "returned_share": "back where they set out, of these and arrived",
}
_INCIDENTS = {
    "fatal_incidents": "boats on which somebody died",
    "deaths_worst_incident": "deaths in the worst of them",
    "deaths_median_incident": "deaths in one of them, median",
    "deaths_worst_tenth_share": "share of all deaths in the worst tenth of them",
    "persons_dead_recorded": "deaths in public records, by the share assumed",
}
_DISTRESS = {
    "boats_in_distress": "boats in distress on the way",
    "boats_capsized": "of these capsized",
    "boats_unreached": "of these lost or washed ashore before anybody came",
    "distress_h": "hours in distress till somebody was there, of all boats",
    "distress_to_scene_min": "wait until somebody was there, of those rescued, median",
    "distress_to_scene_worst_min": "the same, exceeded by one in ten",
    "told_to_scene_min": "from a desk told to somebody there, median",
}
_BOATS = {
    "boats": "boats that set out",
    "boats_moved": "of these by a less watched route than first meant",
    "boats_lost": "lost",
    "boats_rescued": "rescued",
    "boats_met": "met",
    "boats_stopped": "stopped",
    "boats_landed": "landed",
    "boats_at_sea": "still at sea",
    "hulls_destroyed": "emptied by an operation, and destroyed",
    "hulls_reused": "emptied, left to drift, and used again",
    "hulls_adrift": "emptied, and left to drift for good",
    "suspects": "persons arrested",
}
_CHANGED = {
    "boats_decisive_": "boats for which reports of {} were decisive",
    "persons_decisive_": "persons for whom reports of {} were decisive",
    "deaths_averted_": "deaths averted by reports of {}",
    "boats_alike_": "boats reported in time by {}, the same without",
    "boats_changed_": "boats changed by reports of {}",
}
_DETECTED = {
    "contacts": "contacts",
    "boats_seen_share": "boats seen by anyone before their end",
    "boats_seen_share_": "boats seen by units of {}",
    "first_contact_min": "first contact after departure, median",
}
_HANDED_OVER = {
    "messages": "reports",
    "messages_false_share": "of these false: on harmless craft",
    "reports": "of these on boats",
    "reports_timely_share": "of those on boats: in time for somebody to act",
    "reports_known_share": "of those on boats: boat already dealt with",
    "reports_in_vain_share": "of those on boats: in vain",
    "in_vain_": "in vain, reason: {}",
    "boats_told_in_time_share": "boats reported in time by anyone",
    "boats_told_in_time_share_": "boats reported in time by units of {}",
    "boats_told_in_time_share_phone": "boats reported in time by telephone from aboard",
    "boats_told_in_time_share_relay": "boats reported in time by telephone through a relay",
    "boats_told_in_time_share_flare": "boats reported in time by flares",
    "boats_told_in_time_share_ship": "boats reported in time by passing ships",
    "boats_told_in_time_share_shore": "boats reported in time by people on shore",
    "boats_told_in_time_share_fisher": "boats reported in time by fishing boats",
}
_DONE = {
    "responses": "units sent out",
    "responses_false": "of these to harmless craft",
    "responses_not_found": "of those to boats: not found",
    "responses_too_late": "of those to boats: came too late",
    "responses_called_off": "of those to boats: called off",
    "responses_duplicate": "of those to boats: sent to a boat taken for two",
    "tasked_to_scene_min": "at a boat after tasking, median",
    "seen_to_scene_min": "at a boat after its first contact, median",
}
_LOADED = {
    "hop_link_min": "a message from desk to desk, mean",
    "hop_wait_min": "waiting at a desk, mean",
    "hop_handling_min": "in an officer's hands, mean",
    "desk_busy_share_": "officers of {} at work, of their hours on shift",
    "desk_wait_min_": "wait at {}, mean",
    "desk_longest_queue_": "longest queue at {}, messages",
    "desk_refused_": "messages refused by {} and not passed on",
    "desk_no_unit_": "messages that {} had no unit free for",
    "units_busy_share_": "units of {} that may intercept, out on an order",
}
_OF_LIVES = {
    "Lives": _LIVES,
    "Who took people off their boats": _TAKEN,
    "Fatal incidents": _INCIDENTS,
    "Time in distress": _DISTRESS,
    "What became of every boat": _BOATS,
}
_SEAS = {"aegean": "Aegean", "central-med": "Central Mediterranean"}
_FORCES = {"SeaGuardian": "NATO (Sea Guardian)", "nobody": "no owner"}
LIVES_LABELS = frozenset(name for labels in _OF_LIVES.values() for name in labels)
"""Figures that are told in lives; one that ends in ``_`` stands for one of each force."""
_OF_WORK = {
    "What reports changed": _CHANGED,
    "What was detected": _DETECTED,
    "What was handed over": _HANDED_OVER,
    "What was done": _DONE,
    "How loaded desks and units were": _LOADED,
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its rows: the name of a KPI, and what it says in words.

    Parameters
    ----------
    theatres : tuple of str
        Theatres for which the KPIs stand as well, where there are several.
    """

    title: str
    rows: Sequence[tuple[str, str]]
    theatres: tuple[str, ...] = ()

    def names(self) -> list[str]:
        """Name all its KPIs, theatre by theatre."""
        return [at_theatre(figure, theatre) for theatre in ("", *self.theatres) for figure, _ in self.rows]


def lives_sections(names: Iterable[str]) -> list[Section]:
    """Sort the KPIs of lives under headings; a heading without any is left out."""
    return _sections(_OF_LIVES, list(names))


def work_sections(names: Iterable[str]) -> list[Section]:
    """Sort the other KPIs under headings; a heading without any is left out."""
    return _sections(_OF_WORK, list(names))


def force_in_words(name: str) -> str:
    """Name a force so that a reader knows whose it is."""
    return _FORCES.get(name, name)


def sea_in_words(coast: str, theatre: str) -> str:
    """Name the sea of a theatre by its coast; a laboratory by its own name."""
    return _SEAS.get(coast, theatre)


def _sections(titles: Mapping[str, Mapping[str, str]], names: Sequence[str]) -> list[Section]:
    figures = [name for name in names if not theatre_of(name)]
    rows = {title: _rows(labels, figures) for title, labels in titles.items()}
    return [Section(title, some, _theatres(some, names)) for title, some in rows.items() if some]


def _theatres(rows: Sequence[tuple[str, str]], names: Sequence[str]) -> tuple[str, ...]:
    figures = {figure for figure, _ in rows}
    theatres = dict.fromkeys(theatre_of(name) for name in names if theatre_of(name))
    return tuple(each for each in theatres if any(at_theatre(figure, each) in names for figure in figures))


def _rows(labels: Mapping[str, str], names: Sequence[str]) -> list[tuple[str, str]]:
    rows = []
    unnamed = [name for name in names if name not in labels]
    for pattern, label in labels.items():
        if pattern.endswith("_"):
            tails = [name.removeprefix(pattern) for name in unnamed if name.startswith(pattern)]
            rows += [(pattern + tail, label.format(force_in_words(tail.replace("_", " ")))) for tail in tails]
        elif pattern in names:
            rows.append((pattern, label))
    return rows
