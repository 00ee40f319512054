"""The story of a run, or of several, in plain words: lives first, then what was decisive."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from aegean_sim.recording.estimates import Estimate, interval, number
from aegean_sim.recording.figures import at_theatre, figure_of, theatre_of
from aegean_sim.recording.labels import force_in_words, sea_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aegean_sim.scenario.model import Scenario

_DECISIVE = "boats_decisive_"
_CHANGES_TOLD = 5
_WOULD_HAVE = {
    "landed": "landed",
    "stopped": "been stopped",
    "met": "been met",
    "rescued": "been rescued",
    "lost": "been lost",
    "at_sea": "been still at sea at the end",
}
_ENDED = {
    "landed": ("landed", "landed"),
    "stopped": ("was stopped", "were stopped"),
    "met": ("was met", "were met"),
    "rescued": ("was rescued", "were rescued"),
    "lost": ("was lost", "were lost"),
    "at_sea": ("was still at sea at the end", "were still at sea at the end"),
}
_WAITED = (
    "; those rescued waited {distress_to_scene_min} (median), one in ten longer than"
    " {distress_to_scene_worst_min}"
)
_HOW_FOUND = "This is found by running the same draws of chance again with those reports withheld."


def lives_in_words(estimates: Mapping[str, Estimate], scenario: Scenario, *, several: bool) -> list[str]:
    """Tell what became of all persons, a paragraph for each theatre."""
    if len(scenario.theatres) == 1:
        return [_lives("On average over the runs, of" if several else "Of", "", estimates)]
    average = ", on average over the runs" if several else ""
    return [
        _lives(f"In {_sea(theatre.coast, name)}{average}, of", name, estimates)
        for name, theatre in scenario.theatres.items()
    ]


def _sea(coast: str, theatre: str) -> str:
    said = sea_in_words(coast, theatre)
    return said if said == theatre else f"the {said}"


def _lives(start: str, theatre: str, estimates: Mapping[str, Estimate]) -> str:
    said = _said(estimates, theatre)
    told = (
        "{persons} persons in {boats} boats {persons_dead} died, {persons_rescued} were rescued from"
        " distress, {persons_met} were met at sea by the destination side, {persons_stopped} were stopped by"
        " the departure side, {persons_landed} landed and {persons_at_sea} were still at sea at the end."
    )
    sentences = [f"{start} {told}"]
    returned, stopped = (
        estimates[at_theatre(f"persons_{word}", theatre)] for word in ("returned", "stopped")
    )
    if returned.mean > stopped.mean:
        sentences.append("With those who were rescued and taken back {persons_returned} returned.")
    if estimates[at_theatre("persons_washed_back", theatre)].mean:
        sentences.append("Of those who landed {persons_washed_back} were washed back to where boats set out.")
    if estimates[at_theatre("fatal_incidents", theatre)].mean:
        sentences.append(
            "Boats on which somebody died: {fatal_incidents}, at worst {deaths_worst_incident} on one."
        )
    if estimates[at_theatre("boats_in_distress", theatre)].mean:
        waited = estimates[at_theatre("distress_to_scene_min", theatre)].mean
        sentences.append(
            "Boats in distress: {boats_in_distress}, lost or washed ashore before anybody came:"
            f" {{boats_unreached}}{'; none was rescued' if math.isnan(waited) else _WAITED}."
        )
    return "\n".join(sentences).format(**said)


def decisive_in_words(estimates: Mapping[str, Estimate]) -> list[str]:
    """Tell what the reports of each force changed, of which most first; nothing without paired runs."""
    means = {name: each.mean for name, each in estimates.items() if name.startswith(_DECISIVE)}
    forces = [name.removeprefix(_DECISIVE) for name in sorted(means, key=lambda name: -means[name])]
    lines = [_changed_by(force, estimates) for force in forces]
    return ["\n".join([*lines, _HOW_FOUND])] if lines else []


def _changed_by(force: str, estimates: Mapping[str, Estimate]) -> str:
    boats = estimates[_DECISIVE + force]
    whose = f"{force_in_words(force)}'s reports"
    start = whose if math.isnan(boats.low) else f"On average {whose}"
    if boats.mean == 0.0:
        return f"{start} changed the outcome of no boat.{_besides(force, estimates)}"
    persons = _counted(estimates["persons_decisive_" + force], "person")
    changes = ", ".join(_changes(force, estimates))
    return (
        f"{start} changed what became of {_counted(boats, 'boat')} with {persons}: {changes};"
        f" {_lives_kept(estimates['deaths_averted_' + force])}.{_besides(force, estimates)}"
    )


def _besides(force: str, estimates: Mapping[str, Estimate]) -> str:
    alike = estimates["boats_alike_" + force]
    if alike.mean == 0.0:
        return ""
    return f" Besides, {_counted(alike, 'boat')} reported in time would have fared the same."


def _counted(estimate: Estimate, noun: str) -> str:
    """Write so many of something, and the interval in brackets where there is one."""
    bounds = interval(noun, estimate)
    counted = f"{number(noun, estimate.mean)} {noun}{'' if estimate.mean == 1.0 else 's'}"
    return f"{counted} (95 % interval {bounds})" if bounds else counted


def _changes(force: str, estimates: Mapping[str, Estimate]) -> list[str]:
    """Tell the commonest changes of outcome in words."""
    prefix = f"boats_changed_{force}_from_"
    found = {name: each.mean for name, each in estimates.items() if name.startswith(prefix)}
    said = []
    for name in sorted(found, key=lambda name: -found[name])[:_CHANGES_TOLD]:
        before, _, after = name.removeprefix(prefix).partition("_to_")
        ended, count = _ENDED[after], number(name, found[name])
        said.append(f"{count} {ended[found[name] != 1.0]} that would have {_WOULD_HAVE[before]}")
    return said


def _lives_kept(averted: Estimate) -> str:
    if averted.mean == 0.0:
        return "as many persons died"
    if averted.mean > 0.0:
        return f"{_counted(averted, 'death')} averted"
    return f"{_counted(Estimate(-averted.mean, -averted.high, -averted.low), 'death')} more"


def reports_in_words(estimates: Mapping[str, Estimate]) -> str:
    """Tell what was seen, told and done."""
    return (
        "Boats seen by anyone before their end: {boats_seen_share}; first contact after departure (median):"
        " {first_contact_min}.\nReports: {messages}; of these false, on harmless craft:"
        " {messages_false_share}. Of the {reports} on boats, in time for somebody to act:"
        " {reports_timely_share}; in vain: {reports_in_vain_share}.\nUnits sent out: {responses}; of these to"
        " harmless craft: {responses_false}; at a boat after tasking (median): {tasked_to_scene_min}."
    ).format(**_said(estimates))


def _said(estimates: Mapping[str, Estimate], theatre: str = "") -> dict[str, str]:
    """Write the numbers of a theatre, or of all together, by what they count or time."""
    return {
        figure_of(name): number(name, estimate.mean)
        for name, estimate in estimates.items()
        if theatre_of(name) == theatre
    }
