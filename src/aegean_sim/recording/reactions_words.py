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
    """Say how the other side reacts, with its numbers, and how it does not; all of it is assumed."""
    rules = scenario.reactions.model_dump(mode="json")
    acting = [name for name, size in _SIZES.items() if rules.get(name) is not None and rules[name][size]]
    if not acting:
        return NOBODY_REACTS
    said = "; ".join(_WORDS[name](rules[name]) for name in acting)
    off = "; ".join(words for name, words in _OFF.items() if name not in acting)
    return f"ASSUMED of the other side: {said}." + (f" Off: {off}." if off else "")


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


_SIZES = {"retry": "share", "displacement": "share", "sar_response": "wave_half_m_per_ship"}
_OFF = {
    "retry": "who is stopped or taken back does not try again",
    "displacement": "smugglers do not change where they send boats out",
    "sar_response": "smugglers do not change in what weather they send boats out",
}
_WORDS = {"retry": _retry, "displacement": _displacement, "sar_response": _sar_response}
