"""Fatal incidents: how the dead fall on them, in runs and in the published list."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.datafiles import history_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.quantities import FloatArray, IntArray
    from aegean_sim.recording.rows import Columns

LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9, 0.99)
SOURCE = "IOM Missing Migrants Project, incidents of 2016 (data/history/incidents.csv)"
_WORST_TENTH = 0.1


@dataclass(frozen=True, slots=True)
class Spread:
    """How the dead fall on fatal incidents.

    Parameters
    ----------
    incidents : int
    mean : float
        Dead by incident.
    quantiles : tuple of float
        Dead by incident at `LEVELS`.
    worst_tenth_share : float
        Share of all dead who died in the worst tenth of the incidents.
    """

    incidents: int
    mean: float
    quantiles: tuple[float, ...]
    worst_tenth_share: float


@dataclass(frozen=True, slots=True)
class Incidents:
    """The incidents of all runs of a case together, beside the published ones.

    Parameters
    ----------
    distance : float
        Greatest difference of the two cumulative distributions (Kolmogorov and Smirnov).
    chance : float
        Probability of so great a difference between two samples of one distribution.
    """

    simulated: Spread
    published: Spread
    distance: float
    chance: float


def dead_by_incident(voyages: Columns) -> IntArray:
    """Give the dead of each boat with any: each is an incident; records lack whole ones."""
    dead = np.asarray(voyages["persons_dead"], np.int64)
    return dead[dead > 0]


def published_dead(theatre: str) -> FloatArray:
    """Read the dead of each published incident of a theatre; empty where none are published one by one."""
    with (history_folder() / "incidents.csv").open(encoding="utf-8", newline="") as file:
        return np.array(
            [float(row["dead_or_missing"]) for row in csv.DictReader(file) if row["theatre"] == theatre]
        )


def beside_published(runs: Sequence[IntArray], theatre: str) -> Incidents | None:
    """Put the dead of each incident of some runs beside the published ones; ``None`` without either."""
    from scipy.stats import ks_2samp  # noqa: PLC0415  (`--help` must not wait for it)

    simulated, published = np.concatenate(runs), published_dead(theatre)
    if not len(simulated) or not len(published):
        return None
    test = ks_2samp(simulated, published)
    return Incidents(spread(simulated), spread(published), float(test.statistic), float(test.pvalue))


def spread(dead: FloatArray | IntArray) -> Spread:
    """Sum up the dead of some incidents, of which there must be one at least."""
    worst = np.sort(dead)[-math.ceil(_WORST_TENTH * len(dead)) :]
    quantiles = tuple(np.quantile(dead, LEVELS).tolist())
    return Spread(len(dead), float(dead.mean()), quantiles, float(worst.sum() / dead.sum()))
