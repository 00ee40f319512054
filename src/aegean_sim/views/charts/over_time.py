"""What a run saw, told and did, day by day: the numbers of the chart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.quantities import DAY_S, HOUR_S
from aegean_sim.recording.labels import force_in_words
from aegean_sim.views.charts.boats import WORD, boats_of
from aegean_sim.views.charts.runs import Runs, Spread

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    import pandas as pd

    from aegean_sim.quantities import FloatArray
    from aegean_sim.recording.reading import StoredRun

_SPANS = ((72.0, HOUR_S, "hour"), (93.0 * 24.0, DAY_S, "day"), (math.inf, 7.0 * DAY_S, "week"))
FATES = {
    "acted": "in time: a unit was sent",
    "known": "on boats dealt with already",
    "in_vain": "in vain",
    "open": "still open at the end",
    "harmless": "false: on harmless craft",
}
_MOST_FORCES = 6
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Bins:
    """Equal stretches of a run: an hour, a day or a week each, the last cut by the end."""

    start: datetime
    seconds: float
    name: str
    count: int

    @classmethod
    def of(cls, start: datetime, duration_h: float) -> Bins:
        """Choose stretches that a reader can tell apart."""
        seconds, name = next((seconds, name) for most_h, seconds, name in _SPANS if duration_h <= most_h)
        return cls(start, seconds, name, max(1, math.ceil(duration_h * HOUR_S / seconds - 1e-9)))

    def begins(self, number: int) -> datetime:
        """Tell when one of them begins."""
        return self.start + timedelta(seconds=self.seconds * number)

    def sums(self, times_s: pd.Series[float], weights: pd.Series[float] | None = None) -> FloatArray:
        """Count, or add up, what happened in each of them."""
        which = np.clip(times_s.to_numpy() // self.seconds, 0, self.count - 1).astype(np.int64)
        return np.bincount(which, None if weights is None else weights, minlength=self.count).astype(float)


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """Counts of several kinds in each bin.

    Parameters
    ----------
    names : mapping of kind to words
    counts : Spread of (kinds, bins)
    totals : Spread of (bins,)
    sums : Spread of (kinds,)
    """

    names: Mapping[str, str]
    counts: Spread
    totals: Spread
    sums: Spread

    @classmethod
    def of(cls, names: Mapping[str, str], counts: FloatArray) -> Layers:
        """Take the means of counts, (runs, kinds, bins)."""
        return cls(names, Spread.of(counts), Spread.of(counts.sum(axis=1)), Spread.of(counts.sum(axis=2)))


@dataclass(frozen=True, slots=True, eq=False)
class OverTime:
    """All that the chart shows.

    Parameters
    ----------
    deaths : Layers
        One kind; by when the boat set out, as ``boats``.
    boats : Layers
        By how far word of them came.
    sightings : Layers
        Boats by the force that saw them first, at the time when it did.
    reports : Layers
        Reports by what came of them, at the time when they were sent first.
    """

    bins: Bins
    deaths: Layers
    boats: Layers
    sightings: Layers
    reports: Layers


def over_time(runs: Runs) -> OverTime:
    """Count what happened in each hour, day or week of some runs: means over them."""
    bins = Bins.of(runs.scenario.start, runs.scenario.duration_h)
    boats = [boats_of(run, runs.theatre) for run in runs.stored]
    reports = [_reports(run, runs.theatre) for run in runs.stored]
    deaths = np.array([[bins.sums(some["departed_s"], some["persons_dead"])] for some in boats])
    forces = _forces(boats)
    seen = [some.assign(seen_by=some["seen_by"].map(forces)).dropna(subset="seen_s") for some in boats]
    return OverTime(
        bins,
        Layers.of({"dead": "died"}, deaths),
        Layers.of(WORD, _counts(bins, boats, "departed_s", "word", WORD)),
        Layers.of(_named(forces), _counts(bins, seen, "seen_s", "seen_by", _named(forces))),
        Layers.of(FATES, _counts(bins, reports, "sent_s", "fate", FATES)),
    )


def _counts(
    bins: Bins, tables: Sequence[pd.DataFrame], time: str, kind: str, kinds: Collection[str]
) -> FloatArray:
    """Count the rows of each kind in each bin, (runs, kinds, bins)."""
    counts = [[bins.sums(rows.loc[rows[kind] == each, time]) for each in kinds] for rows in tables]
    return np.array(counts).reshape(len(tables), len(kinds), bins.count)


def _forces(boats: Iterable[pd.DataFrame]) -> dict[str, str]:
    """Name the forces that saw boats first, the one that saw most in front; the last of many together."""
    tally: dict[str, int] = {}
    for some in boats:
        for force, count in some["seen_by"].value_counts().items():
            tally[str(force)] = tally.get(str(force), 0) + int(count)
    ranked = sorted(tally, key=lambda force: (-tally[force], force))
    kept = ranked if len(ranked) <= _MOST_FORCES else ranked[: _MOST_FORCES - 1]
    return {force: force if force in kept else OTHERS for force in ranked}


def _named(forces: Mapping[str, str]) -> dict[str, str]:
    return {force: force_in_words(force) for force in dict.fromkeys(forces.values())}


def _reports(run: StoredRun, theatre: str) -> pd.DataFrame:
    """Give one row a report: when it was sent first, and what came of it in the end, in a key of `FATES`."""
    rows = run.table("handoffs")
    rows = rows[rows["theatre"] == theatre]
    marked = rows.assign(known=rows["decision"].eq("known"), open=rows["decided_s"].isna())
    reports = marked.groupby("report", as_index=False).agg(
        sent_s=("sent_s", "min"), voyage=("voyage", "first"), timely=("timely", "any"),
        known=("known", "any"), open=("open", "any"),
    )  # fmt: skip
    holds = [reports["voyage"] == "", reports["timely"], reports["known"], reports["open"]]
    return reports.assign(fate=np.select(holds, ["harmless", "acted", "known", "open"], "in_vain"))
