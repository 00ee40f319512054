"""A run, or several, in words and tables that a person can read; lives first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.recording.estimates import interval, number
from aegean_sim.recording.reactions_words import reactions_in_words
from aegean_sim.recording.story import decisive_in_words, lives_in_words, reports_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aegean_sim.recording.estimates import Estimate
    from aegean_sim.recording.manifest import Manifest

LEFT_OUT = (
    "The model leaves out drift, and merchant ships as finders.",
    "Departures follow published monthly totals, not the real days; what is marked ASSUMPTION or DERIVED in"
    " the scenario is no measurement.",
)
_LIVES = {
    "persons": "persons who set out",
    "persons_trying_again": "of these again, after they were stopped or taken back",
    "persons_dead": "dead",
    "persons_rescued": "rescued from distress",
    "persons_met": "met at sea by the destination side",
    "persons_stopped": "stopped at sea by the departure side",
    "persons_landed": "landed",
    "persons_returned": "back where they set out, stopped or taken back there",
    "persons_at_sea": "still at sea at the end",
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
    "boats_in_distress": "were in distress on the way",
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
    "boats_told_in_time_share_shore": "boats reported in time by people on shore",
    "boats_told_in_time_share_relay": "boats reported in time by telephone through a relay",
    "boats_told_in_time_share_flare": "boats reported in time by flares",
    "boats_told_in_time_share_ship": "boats reported in time by passing ships",
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
_TITLES = {
    "Lives": _LIVES,
    "What became of every boat": _BOATS,
    "What reports changed": _CHANGED,
    "What was detected": _DETECTED,
    "What was handed over": _HANDED_OVER,
    "What was done": _DONE,
    "How loaded desks and units were": _LOADED,
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its rows: the name of a KPI, and what it says in words."""

    title: str
    rows: Sequence[tuple[str, str]]


def sections(names: Iterable[str]) -> list[Section]:
    """Sort KPIs under headings, lives first; a heading without any is left out."""
    known = list(names)
    rows = {title: _rows(labels, known) for title, labels in _TITLES.items()}
    return [Section(title, some) for title, some in rows.items() if some]


def _rows(labels: Mapping[str, str], names: Sequence[str]) -> list[tuple[str, str]]:
    rows = []
    unnamed = [name for name in names if name not in labels]
    for pattern, label in labels.items():
        if pattern.endswith("_"):
            tails = [name.removeprefix(pattern) for name in unnamed if name.startswith(pattern)]
            rows += [(pattern + tail, label.format(tail.replace("_", " "))) for tail in tails]
        elif pattern in names:
            rows.append((pattern, label))
    return rows


def summary(manifest: Manifest, estimates: Mapping[str, Estimate]) -> str:
    """Write the summary of one run or of several as Markdown."""
    several = len(manifest.replications) > 1
    tables = [_table(section, estimates, several=several) for section in sections(estimates)]
    parts = [
        f"# {manifest.name}",
        *([str(manifest.scenario["title"])] if manifest.scenario.get("title") else []),
        lives_in_words(estimates, several=several),
        *decisive_in_words(estimates),
        reports_in_words(estimates),
        *tables,
        "## What the model leaves out",
        "\n".join((*LEFT_OUT, reactions_in_words(manifest.scenario))),
        "## Where this comes from",
        _origin(manifest),
    ]
    return "\n\n".join(parts) + "\n"


def _table(section: Section, estimates: Mapping[str, Estimate], *, several: bool) -> str:
    head = ["", "mean", "95 % interval"] if several else ["", "number"]
    lines = [_line(head), _line(["---", *["---:"] * (len(head) - 1)])]
    for name, label in section.rows:
        estimate = estimates[name]
        lines.append(_line([label, number(name, estimate.mean), interval(name, estimate)][: len(head)]))
    return f"## {section.title}\n\n" + "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _origin(manifest: Manifest) -> str:
    numbers = manifest.replications
    lines = [f"- scenario {manifest.name}, fingerprint {manifest.fingerprint}", f"- seed {manifest.seed}"]
    if len(numbers) == 1:
        return "\n".join([*lines, f"- replication {numbers[0]}"])
    return "\n".join(
        [
            *lines,
            f"- replications {numbers[0]} to {numbers[-1]}",
            f"- means of {len(numbers)} runs, with 95 % intervals by Student's t over the runs; a median is"
            " averaged over the runs that have one; a share is that of all boats or reports of all runs"
            " together, with the interval of a ratio of two means",
        ]
    )
