"""What a report must say of what the model leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.recording.reactions_words import reactions_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.scenario.model import Scenario


def left_out(scenario: Scenario) -> list[str]:
    """Tell what the model leaves out of a scenario, a sentence each; first what nobody reacts to."""
    return [reactions_in_words(scenario), *_merchant_ships(scenario), *_dates(scenario)]


def _merchant_ships(scenario: Scenario) -> Iterator[str]:
    """Tell of merchant ships where they would matter: on real coasts."""
    coasts = [name for name, theatre in scenario.theatres.items() if theatre.coast != "open_sea"]
    helping = {ships.theatre for ships in scenario.passing_ships}
    telling = {tip.theatre for tip in scenario.handoffs.tips if tip.source == "ship"}
    said = {
        "are left out": [name for name in coasts if name not in helping | telling],
        "come when they are called, but find no boats": [
            name for name in coasts if name in helping - telling
        ],
        "tell of boats, but do not come to them": [name for name in coasts if name in telling - helping],
    }
    for words, theatres in said.items():
        if theatres:
            where = "" if len(theatres) == len(scenario.theatres) else f" in {' and '.join(theatres)}"
            yield f"Merchant ships {words}{where}."


def _dates(scenario: Scenario) -> Iterator[str]:
    if scenario.flows:
        yield "Departures follow published totals, not the real days."
    if scenario.facts:
        yield "What is marked ASSUMPTION or DERIVED in the scenario is no measurement."
