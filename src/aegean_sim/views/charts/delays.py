"""How long it took from the first sight of a boat to a unit beside it, hop by hop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.quantities import MINUTE_S
from aegean_sim.views.charts.boats import KEY, UNKNOWN, boats_of, rows_of
from aegean_sim.views.charts.trails import chain_of, trails_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from aegean_sim.quantities import FloatArray
    from aegean_sim.recording.reading import StoredRun
    from aegean_sim.views.charts.runs import Runs
    from aegean_sim.views.charts.trails import Stage

LOOK, LINK, QUEUE, HANDS, SAIL = "look", "link", "queue", "hands", "sail"
STEPS = (
    ("told", LOOK),
    ("at the first desk", LINK),
    ("taken up there", QUEUE),
    ("decided there", HANDS),
    ("at the desk that acts", LINK),
    ("a unit tasked", HANDS),
    ("a unit on the scene", SAIL),
)
_WENT_ON, _NO_NEWS = ("passed_on", "bounced"), ("again", "settled")
_CAME_S = ("sent_s", "arrived_s", "taken_up_s", "decided_s")


@dataclass(frozen=True, slots=True, eq=False)
class Waterfall:
    """Steps of boats that a unit came to, of all that somebody knew of.

    Parameters
    ----------
    boats, known : int
        All, and those seen or told of.
    came : tuple of int
        How many of those known came to each of `STEPS`.
    minutes : array of float, (boats reached, steps)
        From the first sight or word of each to each step on the way of the report that brought the unit.
    """

    boats: int
    known: int
    came: tuple[int, ...]
    minutes: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Reports on boats that ended at the last of the same desks.

    Parameters
    ----------
    names : tuple of str
        Who told first, and the desks.
    kinds : tuple of str
        Of the steps: looking, links, queues, officers' hands.
    minutes : array of float, (reports decided, steps)
        From first sight to the end of each step.
    ended, acted : int
        How many ended here, and on how many of these a unit was sent or was on its way.
    """

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    minutes: FloatArray
    ended: int
    acted: int


@dataclass(frozen=True, slots=True, eq=False)
class Delays:
    """All that the chart shows; the chain that most reports took in front."""

    waterfall: Waterfall
    chains: tuple[Chain, ...]


def delays(runs: Runs) -> Delays:
    """Time the steps of boats and reports of all runs together."""
    each = [_RunDelays.of(run, runs.theatre) for run in runs.stored]
    ends: dict[tuple[str, ...], list[tuple[Sequence[Stage], float]]] = {}
    for one in each:
        for trail, seen_s in one.ends():
            ends.setdefault(chain_of(trail), []).append((trail, seen_s))
    ranked = sorted(ends.items(), key=lambda item: (-len(item[1]), item[0]))
    return Delays(_waterfall(each), tuple(_chain(names, trails) for names, trails in ranked))


@dataclass(frozen=True, slots=True, eq=False)
class _RunDelays:
    """One run: its boats that somebody knew of, the trails of reports, and when their contacts began."""

    boats: int
    known: pd.DataFrame
    handoffs: pd.DataFrame
    responses: pd.DataFrame
    trails: Mapping[int, tuple[Stage, ...]]
    contact_s: Mapping[int, float]

    @classmethod
    def of(cls, run: StoredRun, theatre: str) -> _RunDelays:
        boats = boats_of(run, theatre)
        contacts, handoffs, responses = (
            rows_of(run, table, theatre) for table in ("contacts", "handoffs", "responses")
        )
        began = dict(zip(contacts["contact"].tolist(), contacts["start_s"].tolist(), strict=True))
        known = boats[boats["word"] != UNKNOWN]
        return cls(len(boats), known, handoffs, responses, trails_of(handoffs), began)

    def ends(self) -> Iterator[tuple[tuple[Stage, ...], float]]:
        """Give the trails that went no further, and when what they tell of was seen first by who told.

        Left out is what was taken up again after a unit had been sent: it is no new report.
        """
        for trail in self.trails.values():
            if trail[-1].decision not in _WENT_ON and trail[-1].way not in _NO_NEWS:
                yield trail, self.contact_s.get(trail[0].contact, trail[0].observed_s)

    def came(self) -> list[int]:
        """Count the boats known that came to each step."""
        rows, last = self.handoffs, self.handoffs[self.handoffs["timely"]]
        counts = [len(rows.loc[rows[name].notna(), KEY].drop_duplicates()) for name in _CAME_S]
        acting = len(last[KEY].drop_duplicates())
        tasked = self.responses
        there = tasked[tasked["on_scene_s"].notna()]
        return [*counts, acting, *(len(some[KEY].drop_duplicates()) for some in (tasked, there))]

    def reached(self) -> Iterator[list[float]]:
        """Time, for each boat reached, the steps of the report that brought the first unit; seconds."""
        there = self.responses[self.responses["on_scene_s"].notna()]
        first = there.sort_values("on_scene_s", kind="stable").drop_duplicates(KEY)
        began_s = self.known.set_index(KEY)[["seen_s", "told_s"]].min(axis=1).to_dict()
        ends = first[["handoff", "tasked_s", "on_scene_s"]].to_numpy(np.float64)
        for handoff, tasked_s, there_s in ends.tolist():
            trail = self.trails[int(handoff)]
            one, end = trail[0], trail[-1]
            first_s = min(began_s[one.voyage], one.observed_s)
            desk_s = one.sent_s, one.arrived_s, one.taken_up_s, one.decided_s, end.arrived_s
            yield [time_s - first_s for time_s in (*desk_s, tasked_s, there_s)]


def _waterfall(each: Sequence[_RunDelays]) -> Waterfall:
    times = [times for one in each for times in one.reached()]
    minutes = np.array(times, np.float64).reshape(-1, len(STEPS)) / MINUTE_S
    came = np.sum([one.came() for one in each], axis=0)
    return Waterfall(
        sum(one.boats for one in each),
        sum(len(one.known) for one in each),
        tuple(came.tolist()),
        np.maximum.accumulate(minutes, axis=1),
    )


def _chain(names: tuple[str, ...], ends: Sequence[tuple[Sequence[Stage], float]]) -> Chain:
    hops = len(ends[0][0])
    times = [[time_s - seen_s for time_s in _times_s(trail)] for trail, seen_s in ends]
    minutes = np.array(times, np.float64).reshape(len(ends), -1) / MINUTE_S
    return Chain(
        names,
        (LOOK, *((LINK, QUEUE, HANDS) * hops)),
        minutes[np.isfinite(minutes).all(axis=1)],
        len(ends),
        sum(trail[-1].timely for trail, _ in ends),
    )


def _times_s(trail: Sequence[Stage]) -> Iterator[float]:
    """Give when a report was told, and at each desk when it came, was taken up, and was decided on."""
    yield trail[0].sent_s
    for stage in trail:
        yield from (stage.arrived_s, stage.taken_up_s, stage.decided_s)
