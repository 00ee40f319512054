"""Several runs of one scenario: their numbers side by side, and means with intervals."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.means import means_of, ratios_of, student
from aegean_sim.recording.estimates import Estimate
from aegean_sim.recording.figures import is_difference, wholes_of
from aegean_sim.recording.manifest import of_replications
from aegean_sim.recording.store import write_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from aegean_sim.means import Means
    from aegean_sim.quantities import FloatArray
    from aegean_sim.scenario.model import Scenario


def folder_name(replication: int) -> str:
    """Name the folder of one run below the parent of all."""
    return f"r{replication:03d}"


def fill_parent(
    scenario: Scenario, runs: Sequence[Mapping[str, float]], folder: Path, *, inputs: Path
) -> dict[str, Estimate]:
    """Write what belongs to all runs, numbered from 0, into their parent, and give the means with intervals.

    An error of the disk is left to `aegean_sim.recording.store.staged`.
    """
    rows = aligned(runs)
    estimates = {name: estimate(rows, name) for name in rows[0]}
    manifest = of_replications(scenario, inputs, tuple(range(len(runs))))
    write_numbers(manifest, scenario, rows, estimates, folder)
    return estimates


def aligned(runs: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """Give all runs the same KPIs in the same order: a reason that a run did not meet was met 0 times."""
    names = dict.fromkeys(name for run in runs for name in run)
    return [{name: run.get(name, 0.0) for name in names} for run in runs]


def estimate(runs: Sequence[Mapping[str, float]], name: str) -> Estimate:
    """Estimate a KPI's mean over all chance, with a 95 % interval by Student's t over the runs.

    Notes
    -----
    A share is estimated as a ratio of two means, so that runs count by their boats and a run without boats
    does no harm (`aegean_sim.means.ratios_of`). Intervals are cut at 0, but for differences, and at 1 those
    of shares.
    """
    values = np.array([run[name] for run in runs], dtype=np.float64)
    wholes = wholes_of(name)
    if wholes:
        return _ratio(
            values, np.array([sum(run[whole] for whole in wholes) for run in runs], dtype=np.float64)
        )
    return mean_of(values[np.isfinite(values)], least=-math.inf if is_difference(name) else 0.0)


def mean_of(values: FloatArray, *, least: float = -math.inf) -> Estimate:
    """Estimate the mean of one number a run, with a 95 % interval by Student's t that is cut at ``least``."""
    return _cut(means_of(values), least=least, most=math.inf) if values.size else Estimate(math.nan)


def _ratio(shares: FloatArray, wholes: FloatArray) -> Estimate:
    if not wholes.any():
        return Estimate(math.nan)
    parts = np.where(wholes > 0.0, shares, 0.0) * wholes
    return _cut(ratios_of(parts, wholes), least=0.0, most=1.0)


def _cut(means: Means, *, least: float, most: float) -> Estimate:
    """Put an interval round a mean; none round that of a single run."""
    low, high = student(means)
    return Estimate(float(means.values), max(float(low), least), min(float(high), most))
