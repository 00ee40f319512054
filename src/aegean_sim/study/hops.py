"""Hops: the steps that a report takes, from a unit to its force's desk, from desk to desk."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from aegean_sim.engine.pairs import reporters
from aegean_sim.errors import ScenarioError
from aegean_sim.recording.record import Voice
from aegean_sim.scenario.hints import guess

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aegean_sim.scenario.loading import Loaded
    from aegean_sim.scenario.model import Scenario

MOST_HOPS = 5


def voices_of(scenario: Scenario) -> tuple[Voice, ...]:
    """Give all that can be silenced: forces and sources of tips, units that report, desks, links."""
    heard = reporters(scenario)
    sources = dict.fromkeys(tip.source for tip in scenario.handoffs.tips)
    return (
        *(Voice("force", name) for name in (*heard, *sources)),
        *(Voice("unit", name) for names in heard.values() for name in names),
        *(Voice("desk", desk.id) for desk in scenario.handoffs.desks),
        *(Voice("link", name) for name in _between_desks(scenario)),
    )


def hops_of(scenario: Scenario) -> dict[str, Voice]:
    """Give all hops by name, ``sender>receiver``; the first one of a report is sent by a force."""
    heard = reporters(scenario)
    first = {
        f"{force}>{desk.id}": Voice("force", force)
        for desk in scenario.handoffs.desks
        for force in desk.hears
        if force in heard
    }
    return {**first, **{name: Voice("link", name) for name in _between_desks(scenario)}}


def _between_desks(scenario: Scenario) -> list[str]:
    """Name the pairs of desks with a link, or with officers at the same round table."""
    handoffs = scenario.handoffs
    linked = [(link.sender, link.receiver) for link in handoffs.links]
    across = (
        pair for table in handoffs.round_tables if table.switched_on for pair in permutations(table.seated, 2)
    )
    return [f"{sender}>{receiver}" for sender, receiver in dict.fromkeys([*linked, *across])]


def chosen(loaded: Loaded, names: Iterable[str]) -> dict[str, Voice]:
    """Give the hops that somebody has named.

    Raises
    ------
    ScenarioError
        When there is no such hop, or when there are too many for all their combinations.
    """
    known, wanted = hops_of(loaded.scenario), list(dict.fromkeys(names))
    for name in wanted:
        if name not in known:
            raise ScenarioError(f"{loaded.source}: no hop is named {name!r}{guess(name, known)}")
    if len(wanted) > MOST_HOPS:
        raise ScenarioError(
            f"{len(wanted)} hops are {2 ** len(wanted)} runs a replication: name at most {MOST_HOPS}"
        )
    return {name: known[name] for name in wanted}


def most_used(scenario: Scenario, said: Sequence[dict[Voice, int]]) -> dict[str, Voice]:
    """Give the hops that most reports took in some runs; of those used alike the first in the file."""
    known = hops_of(scenario)
    uses = {name: sum(each.get(voice, 0) for each in said) for name, voice in known.items()}
    ranked = sorted((name for name in known if uses[name]), key=lambda name: -uses[name])
    return {name: known[name] for name in ranked[:MOST_HOPS]}
