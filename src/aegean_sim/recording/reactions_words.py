"""What a scenario assumes of the other side, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aegean_sim.scenario.model import Scenario

NOBODY_REACTS = (
    "Departures do not react to patrols or rescue: who is stopped does not try again, and smugglers change"
    " neither where nor in what weather they send boats out."
)


def reactions_in_words(scenario: Scenario) -> str:
    """Say how the other side reacts, with its numbers; all of it is assumed."""
    rules = scenario.reactions.model_dump(mode="json")
    said = [words(rules[name]) for name, words in _WORDS.items() if rules.get(name) is not None]
    return f"ASSUMED of the other side: {'; '.join(said)}." if said else NOBODY_REACTS


def _retry(rules: Mapping[str, Any]) -> str:
    low, mode, high = rules["days"]["triangular"]
    return (
        f"of boats stopped or taken back, {rules['share']:.0%} try again, ready {low:g} to {high:g} days"
        f" (most often {mode:g}) after they set out; the published attempts may hold such people already"
    )


def _displacement(rules: Mapping[str, Any]) -> str:
    return (
        f"{rules['share']:.0%} of launches move to another route if units came to fewer of its boats in the"
        " last 7 days"
    )


def _sar_response(rules: Mapping[str, Any]) -> str:
    return (
        "the wave height that halves launches changes by"
        f" {rules['wave_half_m_per_ship']:+g} m with each ship at sea that may rescue, counted from"
        f" {rules['reference_ships']:g} ships; the literature disagrees on whether it does"
    )


_WORDS = {"retry": _retry, "displacement": _displacement, "sar_response": _sar_response}
