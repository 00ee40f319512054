"""The way of each report: from a sighting over desks to the one that is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aegean_sim.recording.labels import force_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_SAID = {"table": "table", "bounce": "to and fro", "settled": "settled", "again": "again"}


@dataclass(frozen=True, slots=True)
class Stage:
    """A row of ``handoffs``, as far as a trail needs it; seconds, NaN for never."""

    handoff: int
    report: int
    contact: int
    owner: str
    voyage: tuple[str, int]
    sender: str
    receiver: str
    way: str
    observed_s: float
    sent_s: float
    arrived_s: float
    taken_up_s: float
    decided_s: float
    decision: str
    timely: bool


def trails_of(handoffs: pd.DataFrame) -> dict[int, tuple[Stage, ...]]:
    """Follow each row of ``handoffs`` back to where its report was told first.

    Returns
    -------
    dict
        By number of the row, the rows on its way, the first told in front and itself last.
    """
    reports: dict[int, list[Stage]] = {}
    for row in handoffs.itertuples(index=False):
        stage = _stage(row)
        reports.setdefault(stage.report, []).append(stage)
    return {stage.handoff: _trail(stage, stages) for stages in reports.values() for stage in stages}


def chain_of(trail: Sequence[Stage]) -> tuple[str, ...]:
    """Name who told first and the desks it came to, with how it came, but for plain links."""
    source = trail[0].owner
    names = [source if trail[0].way == "tip" else f"{force_in_words(source)} units"]
    for stage in trail:
        names += [_SAID[stage.way]] if stage.way in _SAID else []
        names.append(stage.receiver)
    return tuple(names)


def _stage(row: Any) -> Stage:
    named = {name: getattr(row, name) for name in Stage.__slots__ if name not in ("voyage", "timely")}
    return Stage(**named, voyage=(row.voyage, row.copy), timely=bool(row.timely))


def _trail(stage: Stage, stages: Sequence[Stage]) -> tuple[Stage, ...]:
    trail = [stage]
    while (before := _before(trail[0], stages)) is not None:
        trail.insert(0, before)
    return tuple(trail)


def _before(stage: Stage, stages: Sequence[Stage]) -> Stage | None:
    """Find the row that a row follows from: decided where and when this one was sent, or else last before."""
    if stage.way in ("unit", "tip"):
        return None
    earlier = [each for each in stages if each.decided_s <= stage.sent_s and each.arrived_s < stage.arrived_s]
    return max(
        earlier,
        key=lambda each: (each.decided_s == stage.sent_s, each.receiver == stage.sender, each.decided_s),
        default=None,
    )
