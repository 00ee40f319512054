"""Words on a map: what was found, what the colours mean, where it comes from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from aegean_sim.geography.frame import LambertFrame
from aegean_sim.recording.kpis import kpis
from aegean_sim.recording.labels import force_in_words
from aegean_sim.recording.record import TABLES
from aegean_sim.scenario.taking_part import at_a_time, in_theatre, units_by_owner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.geography.frame import Frame
    from aegean_sim.recording.manifest import Manifest
    from aegean_sim.recording.reading import StoredRun
    from aegean_sim.scenario.forces import Craft
    from aegean_sim.scenario.model import Scenario

_NUMBERS = (
    "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
)  # fmt: skip
_FORCES_NAMED = 5
_CREDITED = 4
_PHONES = {"phone", "relay"}


def theatre_kpis(run: StoredRun, theatre: str) -> dict[str, float]:
    """Give the numbers of one theatre of a run; desks may serve several, and are taken whole."""
    tables = {}
    for name in TABLES:
        rows = run.table(name)
        here = rows[rows["theatre"] == theatre] if "theatre" in rows else rows
        tables[name] = {str(column): here[column].to_numpy() for column in here}
    return kpis(tables, run.scenario)


def finding(run: StoredRun, theatre: str, numbers: dict[str, float]) -> str:
    """Tell in one line who was there and what came of it."""
    boats = round(numbers["boats"])
    if not boats:
        return f"{forces(run.scenario, theatre)}: no boat set out"
    seen = f"{percent(numbers['boats_seen_share'])} of {_count(boats, 'boat')} seen"
    said = f"{forces(run.scenario, theatre)}: {seen}"
    if not numbers["reports"]:
        return said
    told = f"{percent(numbers['boats_told_in_time_share'])} reported in time to act"
    sources = {tip.source for tip in run.scenario.handoffs.tips if tip.theatre == theatre}
    if not sources:
        return f"{said}, {told}"
    return f"{said} by units, {told}, also by {'telephone' if sources & _PHONES else 'others'}"


def lives(numbers: dict[str, float]) -> str:
    """Tell in one line what became of all persons."""
    fates = {
        "dead": "died",
        "rescued": "were rescued",
        "met": "met at sea",
        "stopped": "stopped",
        "landed": "landed",
        "at_sea": "still at sea",
    }
    said = ", ".join(f"{numbers[f'persons_{fate}']:,.0f} {word}" for fate, word in fates.items())
    return f"Of {_count(round(numbers['persons']), 'person')} {said}"


def forces(scenario: Scenario, theatre: str) -> str:
    """Count the ships of the deployments by their commonest owner, then all others, at most at a time."""
    hulls = {posting.hull.id for posting in scenario.postings()}
    sailing: dict[str, list[Craft]] = {}
    for name, craft in in_theatre(scenario, theatre).items():
        if name in hulls and not craft.flies:
            sailing.setdefault(craft.owner, []).append(craft)
    total = sum(units_by_owner(scenario, theatre).values())
    if not sailing:
        return f"{_spelled(total)} unit{'' if total == 1 else 's'}"
    counts = {owner: at_a_time(crafts, scenario) for owner, crafts in sailing.items()}
    owner, ships = max(counts.items(), key=lambda count: count[1])
    named = f"{_spelled(ships)} {force_in_words(owner)} ship{'' if ships == 1 else 's'}"
    return named if total == ships else f"{named} and {_count(total - ships, 'other unit')}"


def _spelled(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def percent(share: float) -> str:
    """Give a share as whole per cent, and never round to none or all what is not."""
    if math.isnan(share):
        return "none"
    if 0.0 < share < 0.005:
        return "under 1 %"
    return "over 99 %" if 0.995 <= share < 1.0 else f"{100.0 * share:.0f} %"


def seen_by(numbers: dict[str, float], owners: list[str]) -> str:
    """Tell what share of the boats each of several forces saw; with one there is no more to tell."""
    shares = {name: numbers.get(f"boats_seen_share_{name}", math.nan) for name in owners}
    known = sorted((-share, name) for name, share in shares.items() if not math.isnan(share))
    said = [f"{force_in_words(name)} {percent(-share)}" for share, name in known[:_FORCES_NAMED]]
    more = " and less by others" if len(known) > _FORCES_NAMED else ""
    return f" · Seen by {', '.join(said)} of boats{more} (some by several)" if len(said) > 1 else ""


def when(scenario: Scenario, runs: Sequence[Manifest], *, together: bool = False) -> str:
    """Tell the time that was simulated, and of which draws of chance it is the mean, or all together."""
    return ", ".join(when_in_parts(scenario, runs, together=together))


def when_in_parts(scenario: Scenario, runs: Sequence[Manifest], *, together: bool = False) -> tuple[str, ...]:
    """Tell the same in parts: the time, the draws, the seed."""
    span = f"{scenario.duration_h / 24:g} days" if scenario.duration_h >= 48 else f"{scenario.duration_h:g} h"
    start = f"{scenario.start.day} {scenario.start:%B %Y}"
    return f"{span} from {start}", _draws(runs, together=together), f"seed {scenario.seed}"


def _draws(runs: Sequence[Manifest], *, together: bool) -> str:
    numbers = [run.replications[0] for run in runs]
    if len(numbers) == 1:
        return f"replication {numbers[0]}"
    if together:
        return f"{len(numbers)} replications ({numbers[0]} to {numbers[-1]}) together"
    return f"mean of {len(numbers)} replications ({numbers[0]} to {numbers[-1]})"


def credits_of(run: StoredRun, frame: Frame) -> list[str]:
    """Tell where the picture, the coast and the plane come from, a line each."""
    return [credit_of(run), _coast(frame)]


def credit_of(run: StoredRun) -> str:
    """Tell what made a picture of a run, and of which scenario."""
    manifest = run.manifest
    return f"{_made(run)} · scenario {manifest.name} · fingerprint {manifest.fingerprint[:12]}"


def credits_of_several(runs: Sequence[StoredRun], frame: Frame) -> list[str]:
    """Tell where a picture of several scenarios comes from; of many the first are named."""
    if len(runs) == 1:
        return credits_of(runs[0], frame)
    told = [f"{run.manifest.name} {run.manifest.fingerprint[:12]}" for run in runs]
    more = f" and {len(told) - _CREDITED} more" if len(told) > _CREDITED else ""
    return [f"{_made(runs[0])} · fingerprints {', '.join(told[:_CREDITED])}{more}", _coast(frame)]


def _made(run: StoredRun) -> str:
    return f"aegean-sim {run.manifest.versions['aegean-sim']}"


def _coast(frame: Frame) -> str:
    if not isinstance(frame, LambertFrame):
        return "Laboratory: open sea, no land · x east, y north, nautical miles"
    lon, lat = frame.centre
    return (
        "Coast: GSHHG 2.3.6 (Wessel & Smith 1996), LGPL"
        f" · Lambert azimuthal equal-area, centre {lat:g}°N {lon:g}°E, WGS84"
    )
