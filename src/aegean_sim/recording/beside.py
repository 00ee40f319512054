"""Figures of a run beside what the same months really saw, where a published fact exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aegean_sim.recording.figures import at_theatre
from aegean_sim.recording.history import history
from aegean_sim.recording.labels import force_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aegean_sim.recording.estimates import Estimate
    from aegean_sim.recording.history import Seen
    from aegean_sim.scenario.model import Scenario

_COMPARED = {
    "attempts": ("persons", "set out"),
    "arrivals": ("persons_arrived", "arrived"),
    "stopped_share": ("stopped_share", "stopped, of these and arrived"),
    "stopped_at_sea": ("persons_stopped", "stopped"),
    "met_share": ("arrivals_met_share", "met or rescued, of arrived"),
    "dead_or_missing": ("persons_dead_recorded", "recorded dead"),
    "fatal_incidents": ("fatal_incidents", "fatal incidents"),
    "told_to_rescue_min": ("told_to_scene_min", "from told to there, median"),
}
_COMPARED_BY_FORCE = {
    "rescued_share_": ("brought_in_share_", "brought in by {}"),
    "persons_per_event_": ("persons_per_event_", "persons at a time, {}"),
}
# The Libyan Coast Guard's figures hold those it rescued, too.
_OF_COAST = {
    ("central-med", "stopped_at_sea"): ("persons_returned", "stopped or taken back"),
    ("central-med", "stopped_share"): ("returned_share", "taken back, of these and arrived"),
}


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure of a run, or of several, and the fact that it may be compared with.

    Parameters
    ----------
    kpi, label : str
        The figure's name, and what it says in words.
    """

    theatre: str
    kpi: str
    label: str
    estimate: Estimate
    seen: Seen


def beside(scenario: Scenario, estimates: Mapping[str, Estimate]) -> list[Beside]:
    """Put what the months of a scenario really saw beside its figures, theatre by theatre.

    A fact about a force that the scenario does not have, or that no figure answers to, is left out; a
    laboratory and a time without published facts have none.
    """
    found = []
    for theatre, facts in history(scenario).items():
        coast, where = scenario.theatres[theatre].coast, theatre if len(scenario.theatres) > 1 else ""
        for seen in facts:
            figure, label = _answer(coast, seen.metric)
            name = at_theatre(figure, where)
            if name in estimates:
                found.append(Beside(theatre, name, label, estimates[name], seen))
    return found


def plain(each: Beside) -> dict[str, Any]:
    """Give the fact and what it stands beside in plain form."""
    seen = each.seen
    return {
        "theatre": each.theatre,
        "kpi": each.kpi,
        "metric": seen.metric,
        "published": seen.value,
        "unit": seen.unit,
        "months": [seen.first, seen.last],
        "pro_rata": seen.pro_rata,
        "use": seen.use,
        "confidence": seen.confidence,
        "basis": seen.basis,
        "sources": list(seen.sources),
    }


def _answer(coast: str, metric: str) -> tuple[str, str]:
    """Give the figure that answers to a published one, and what it says; an empty name for none."""
    for prefix, (figure, label) in _COMPARED_BY_FORCE.items():
        if metric.startswith(prefix):
            force = metric.removeprefix(prefix)
            return figure + force, label.format(force_in_words(force))
    return _OF_COAST.get((coast, metric)) or _COMPARED.get(metric, ("", ""))
