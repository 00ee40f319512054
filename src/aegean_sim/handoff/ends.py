"""Ends: in a word, what came of a report at a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aegean_sim.handoff.hop import Decision
    from aegean_sim.handoff.network import Report

ENDS = (
    "acted", "false", "late", "refused", "duplicate", "no_unit", "lost", "passed_on", "bounced", "waiting",
    "",
)  # fmt: skip
"""All ends; an empty one is that of a report nobody has decided on."""

_BY_WORD = {
    "tasked": "acted",
    "known": "duplicate",
    "lost": "lost",
    "passed_on": "passed_on",
    "bounced": "bounced",
    "queued": "waiting",
    "": "",
}
_BY_REASON = {"late": "late", "no_unit_free": "no_unit", "no_room": "no_unit", "out_of_reach": "no_unit"}


def end_of(decision: Decision, report: Report) -> str:
    """Tell why a hop ended; a report on a stranger that is acted on is false."""
    if decision.word == "refused":
        return _BY_REASON.get(decision.reason, "refused")
    end = _BY_WORD[decision.word]
    return "false" if end == "acted" and report.boat < 0 else end
