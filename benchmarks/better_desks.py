"""Drill `better-desks`: where a faster or wider desk told of fewer boats in time, over a grid of scenarios.

The scenarios are those that tests/property makes up, with few responders, false reports, duplicates and
refusals; where responders are unlimited and all reports true, a test holds that no boat is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from tests.property.made_up import guarded
from tests.property.test_timely import BETTER, told_in_time, with_desks
from tests.theory.laboratory import laboratory, sail

import report

if TYPE_CHECKING:
    from tests.property.test_timely import Boat
    from tests.theory.laboratory import Tables

SEEDS = 60
MINUTE_S = 60.0


@dataclass(frozen=True, slots=True)
class Violation:
    """A boat that the better desk did not tell of in time, and what came of its reports there."""

    seed: int
    better: str
    boat: Boat
    end: str
    meanwhile: str


def main() -> None:
    violations: list[Violation] = []
    counts = {"lowered": 0, "raised": 0, "alike": 0}
    for seed in range(SEEDS):
        parts = guarded(seed)
        before = sail(laboratory(**with_desks(parts, 1.0, 1)))
        for name, desks in BETTER.items():
            after = sail(laboratory(**with_desks(parts, *desks)))
            was, now = len(told_in_time(before)), len(told_in_time(after))
            counts["lowered" if now < was else "raised" if now > was else "alike"] += 1
            if now < was:
                lost = sorted(told_in_time(before) - told_in_time(after))
                violations += [Violation(seed, name, boat, *_explained(after, boat)) for boat in lost]
    told = ", ".join(f"{count} {word}" for word, count in counts.items())
    rows = [[str(v.seed), v.better, "/".join(map(str, v.boat)), v.end, v.meanwhile] for v in violations]
    head = ["seed", "desks", "boat not told of in time", "its reports ended", "units out then, on"]
    parts_of_page = [f"{told}, of {3 * SEEDS} pairs of runs.", report.table(head, rows), _WHY]
    report.publish("better-desks", "Better desks", parts_of_page)


def _explained(tables: Tables, boat: Boat) -> tuple[str, str]:
    """Tell how a boat's reports ended, and on what units were out when the first was decided."""
    handoffs, responses = tables["handoffs"], tables["responses"]
    mine = (handoffs["voyage"] == boat[0]) & (handoffs["copy"] == boat[1])
    if not mine.any():
        return "never reported", ""
    final = mine & (handoffs["end"] != "passed_on")
    ends = dict.fromkeys(word or "not decided" for word in handoffs["end"][final].tolist())
    first_s = np.fmin.reduce(handoffs["decided_s"][final if final.any() else mine])
    out = (responses["tasked_s"] <= first_s) & ~(responses["done_s"] < first_s)
    goals = (
        traffic or f"{voyage}/{copy}"
        for traffic, voyage, copy in zip(
            responses["traffic"][out], responses["voyage"][out], responses["copy"][out], strict=True
        )
    )
    return ", ".join(ends) or "passed on", ", ".join(sorted(set(goals))) or "none"


_WHY = """\
A better desk decides sooner, so that it sends a unit to what it hears of first: to a false report, a boat
taken for two, or one that it would have been too late for. That unit is out when the next boat is reported;
with the slower desk it would have been free. Units that respond or follow a boat also watch elsewhere, so
that other boats are seen or not (never reported), and where they are when they are called is chance: a boat
may be out of reach of a unit that, busy until later with the slower desk, would have been nearer."""


if __name__ == "__main__":
    main()
