"""A whole study of sensitivity: what matters to each measure and answer, and whether rankings survive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from aegean_sim.errors import AegeanError
from aegean_sim.means import Means
from aegean_sim.study.comparison.loading import of_sweep
from aegean_sim.study.comparison.measures import measures_of
from aegean_sim.study.sensitivity.design import design_of
from aegean_sim.study.sensitivity.indices import LEAST_UNITS as LEAST_BASES
from aegean_sim.study.sensitivity.indices import sobol_indices
from aegean_sim.study.sensitivity.noise import settled
from aegean_sim.study.sensitivity.ranking import ranking_of
from aegean_sim.study.sensitivity.regression import least_worlds, regressed_ranks
from aegean_sim.study.sensitivity.screening import LEAST_UNITS as LEAST_TRAJECTORIES
from aegean_sim.study.sensitivity.screening import screened
from aegean_sim.study.sensitivity.worlds import worlds_of
from aegean_sim.study.sweeps.folder import read_sweep_manifest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from aegean_sim.study.comparison.measures import Measure
    from aegean_sim.study.comparison.question import Material
    from aegean_sim.study.sensitivity.design import Design
    from aegean_sim.study.sensitivity.influences import Influences
    from aegean_sim.study.sensitivity.ranking import Ranking
    from aegean_sim.study.sensitivity.worlds import Worlds

Number: TypeAlias = Literal["level", "effect"]
_FIXED = {"cell", "replication"}


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What was found of one measure in one stratum.

    Parameters
    ----------
    influences : mapping of str to Influences
        On the ``level`` of the measure, on the mean of all levels of the lever; and on the ``effect`` of the
        lever, its last level less its first. Empty where there are too few worlds.
    ranking : Ranking, optional
        None without a lever, or where neither way is better.
    """

    measure: Measure
    influences: Mapping[Number, Influences]
    ranking: Ranking | None


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What was found in one stratum."""

    worlds: Worlds
    found: tuple[Found, ...]

    @property
    def is_short(self) -> bool:
        """Whether there are too few worlds to tell what each path does."""
        return self.worlds.design.units < least_units(self.worlds.design)


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """What was found in all strata, and of what.

    Parameters
    ----------
    left_out : mapping of path to str
        Assumptions that were not varied, and why.
    """

    material: Material
    parts: tuple[Part, ...]
    left_out: Mapping[str, str]


def sensitivity(folder: Path, measures: Sequence[str] = (), lever: str | None = None) -> Sensitivity:
    """Study a sweep folder.

    Raises
    ------
    StoreError
        When it is not a sweep folder, or broken.
    AegeanError
        When nothing in it is uncertain, too few worlds are complete, or what is asked for is not there.
    """
    manifest = read_sweep_manifest(folder)
    material = of_sweep(folder, measures)
    design = design_of(manifest, material.cells, str(folder))
    columns = [str(name) for name in material.runs.columns if name not in _FIXED]
    asked = measures_of(columns, measures, priced=False)
    if not asked:
        raise AegeanError(f"{folder}: has none of the usual measures yet: go on with the sweep, or name some")
    parts = tuple(
        Part(worlds, tuple(_found(material, worlds, measure) for measure in asked))
        for worlds in worlds_of(material, design, lever)
    )
    return Sensitivity(material, parts, manifest.about.get("left_out", {}))


def _found(material: Material, worlds: Worlds, measure: Measure) -> Found:
    means = worlds.means(measure, material.runs)
    if not np.isfinite(means.values).all():
        raise AegeanError(
            f"--measure {measure.name}: in some worlds there is nothing that it could be a share of"
        )
    ranked = len(worlds.levels.labels) > 1 and measure.better != "neither"
    return Found(
        measure,
        _influences(worlds.design, means),
        ranking_of(means, smaller_is_better=measure.smaller_is_better) if ranked else None,
    )


def _influences(design: Design, means: Means) -> dict[Number, Influences]:
    if design.units < least_units(design):
        return {}
    scale = float(max(np.abs(means.values).max(), np.abs(means.residuals).max()))
    numbers: dict[Number, Means] = {"level": Means(means.values.mean(axis=1), means.residuals.mean(axis=2))}
    if means.values.shape[1] > 1:
        numbers["effect"] = Means(
            means.values[:, -1] - means.values[:, 0], means.residuals[:, :, -1] - means.residuals[:, :, 0]
        )
    return {number: influences(design, settled(each, scale)) for number, each in numbers.items()}


def influences(design: Design, means: Means) -> Influences:
    """Work out what each path does to a number of the worlds.

    Parameters
    ----------
    means : Means
        Of the design's worlds, over two replications or more.
    """
    if design.method == "morris":
        return screened(design, means)
    return sobol_indices(design, means) if design.method == "sobol" else regressed_ranks(design, means)


def least_units(design: Design) -> int:
    """Give how many trajectories, base points or worlds it takes."""
    if design.method == "regression":
        return least_worlds(len(design.paths))
    return LEAST_TRAJECTORIES if design.method == "morris" else LEAST_BASES
