"""How far the model misses published figures: beside a difference that is smaller, a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from aegean_sim.recording.figures import figure_of, theatre_of

if TYPE_CHECKING:
    from collections.abc import Mapping


class Miss(NamedTuple):
    """By what share of its own value the model misses a published figure, and which."""

    figure: str
    coast: str
    share: float
    told: str


MISSES = (
    Miss("persons_dead", "aegean", 0.67, "dead of the Aegean in February 2016: 2.1 of 1,000 against 0.7"),
    Miss("persons_dead", "central-med", 0.87, "dead off Libya in August 2016: 13.9 of 1,000 against 1.8"),
    Miss("distress_h", "central-med", 0.73, "time from told to there: 139.1 min against 240"),
    Miss("persons_rescued", "central-med", 0.21, "Sophia's share of those brought in: 15.0 % against 11.8 %"),
    Miss("persons_met", "aegean", 0.02, "met or rescued of those who arrived: 23.5 % against 24.0 %"),
    Miss("persons_returned", "aegean", 0.98, "stopped by Turkey in December 2015: 6.3 % against 12.5 %"),
    Miss("persons_returned", "central-med", 0.21, "taken back to Libya: 14.8 % against 11.7 %"),
)
"""Of `docs/calibration.md`: the largest miss of each; where there is none, nothing published was found."""


def miss_of(measure: str, scenario: Mapping[str, Any]) -> Miss | None:
    """Give the largest known miss of a measure in the theatres that it counts."""
    theatres = scenario.get("theatres", {})
    here = theatre_of(measure)
    coasts = {theatre["coast"] for name, theatre in theatres.items() if here in ("", name)}
    known = [miss for miss in MISSES if miss.figure == figure_of(measure) and miss.coast in coasts]
    return max(known, key=lambda miss: miss.share, default=None)
