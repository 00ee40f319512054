"""Rulings in words: who acts where, and who tells of boats besides units."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from aegean_sim.handoff.phrases import listed, percent, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.scenario.desks import Handoffs
    from aegean_sim.scenario.doctrine import Tip
    from aegean_sim.scenario.jurisdiction import Disputed, Jurisdiction

_SOURCES = {
    "phone": "by telephone from aboard",
    "relay": "by telephone through a relay",
    "flare": "by flares",
    "ship": "by passing ships",
    "shore": "by people on shore",
    "fisher": "by fishing boats",
}


def who_acts(handoffs: Handoffs) -> list[str]:
    """Tell who acts where, a sentence each without its full stop."""
    rules = handoffs.jurisdiction
    if rules is None:
        return []
    return [
        *(
            f"in {state} waters, and on the high seas in its rescue region: {listed(desks)}"
            for state, desks in rules.desks.items()
            if desks
        ),
        *([f"on the high seas in nobody's region: {listed(rules.elsewhere)}"] if rules.elsewhere else []),
        *(_dispute(rules.disputed, handoffs, rules) if rules.disputed else ()),
        "a boat in distress: the nearest able unit, whoever it is",
        *(
            f"but to a boat in distress {desk.id} sends {listed(desk.calls)} only"
            for desk in handoffs.desks
            if desk.calls
        ),
        *(f"people whom {force} rescues go back to {state}" for force, state in rules.returned.items()),
    ]


def _dispute(disputed: Disputed, handoffs: Handoffs, rules: Jurisdiction) -> Iterator[str]:
    answers, bounce = disputed.answers, spread(rules.bounce_min)
    yield (
        f"east of {disputed.east_of_lon:g} E, outside all territorial seas, {disputed.claimant} claims the"
        f" region of {disputed.region} too: of all boats there both take {percent(answers.both)},"
        f" {disputed.region} alone {percent(answers.region)}, {disputed.claimant} alone"
        f" {percent(answers.claimant)}"
    )
    sides = [rules.desks.get(state, ()) for state in (disputed.region, disputed.claimant)]
    settled = any(
        table.settles and table.joins(*pair) for table in handoffs.round_tables for pair in product(*sides)
    )
    yield (
        f"neither takes {percent(answers.neither)} at first: these go to and fro for {bounce.both}"
        + (", or are settled in a word at a round table" if settled else "")
    )


def who_else_tells(handoffs: Handoffs) -> list[str]:
    """Tell who reports boats besides units, a sentence each without its full stop."""
    return [_tip(tip) for tip in handoffs.tips]


def _tip(tip: Tip) -> str:
    where = f" in {listed(sorted(tip.waters), 'or')} waters" if tip.waters else ""
    which = f"boats in distress{where}" if tip.only_distress else f"boats{where}"
    return (
        f"{tip.receiver} hears of {_part(tip)} {which.replace('high_seas', 'high-seas')}"
        f" {_SOURCES[tip.source]}, after {spread(tip.delay_min).both}"
    )


def _part(tip: Tip) -> str:
    """Tell what part of the boats a tip is on."""
    if tip.per_h is not None:
        return f"one in {1.0 / tip.per_h:.3g} an hour of"
    return f"{percent(tip.share or 0.0)} of"
