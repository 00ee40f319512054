"""The design that worlds were sampled by: what each path is in each world, and what goes together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from aegean_sim.errors import AegeanError
from aegean_sim.study.sensitivity.library import morris_points, saltelli_points
from aegean_sim.study.sweeps.model import Sampling
from aegean_sim.study.sweeps.sampling import MORRIS_LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.quantities import FloatArray, IntArray
    from aegean_sim.study.sweeps.folder import SweepManifest

Method: TypeAlias = Literal["morris", "sobol", "regression"]
_METHODS: dict[str, Method] = {"morris": "morris", "saltelli": "sobol"}


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """Worlds as points.

    Parameters
    ----------
    method : str
        What the design is made for: ``morris``, ``sobol``, or ``regression``, which any sample will do for.
    paths : tuple of str
        What is uncertain.
    points : array of float, (worlds, paths)
        Shares of each path's chance, 0 to 1; for regression the values, of which only the order counts.
    unit : array of int, (worlds,)
        Rising; worlds of one unit are of use together only: a trajectory, or the points round a base point.
    unordered : tuple of str
        Paths of more than two texts, which have no order; regression passes over them.
    """

    method: Method
    paths: tuple[str, ...]
    points: FloatArray
    unit: IntArray
    unordered: tuple[str, ...] = ()

    @property
    def units(self) -> int:
        """Number of units."""
        return len(np.unique(self.unit))

    def of(self, worlds: IntArray) -> Design:
        """Take some worlds only."""
        return replace(self, points=self.points[worlds], unit=self.unit[worlds])


def design_of(manifest: SweepManifest, cells: pd.DataFrame, where: str) -> Design:
    """Find the design of a sweep.

    Parameters
    ----------
    cells : DataFrame
        ``world`` and the uncertain paths.

    Raises
    ------
    AegeanError
        When nothing is uncertain; SALib is missing; or the worlds are not those of the sample.
    """
    paths = tuple(manifest.about.get("uncertainties", ()))
    if not paths:
        raise AegeanError(
            f"{where}: its sweep has no uncertainties, so there is nothing to be sensitive to: sweep with"
            " --assumptions, or with uncertainties in the sweep file"
        )
    worlds = cells.drop_duplicates("world").sort_values("world")[list(paths)]
    sampling = Sampling.model_validate(manifest.about.get("sweep", {}).get("sampling", {}))
    method = _METHODS.get(sampling.design, "regression")
    if method == "regression":
        return _of_values(paths, worlds)
    sampler = _morris if method == "morris" else _saltelli
    points = sampler(len(paths), sampling)
    _check_sampled(points, worlds, where)
    own = len(paths) + (1 if method == "morris" else 2)
    return Design(method, paths, points, np.arange(len(points)) // own)


def _morris(count: int, sampling: Sampling) -> FloatArray:
    return morris_points(count, sampling.points, MORRIS_LEVELS, sampling.seed)


def _saltelli(count: int, sampling: Sampling) -> FloatArray:
    return saltelli_points(count, sampling.points, sampling.seed)


def _of_values(paths: Sequence[str], worlds: pd.DataFrame) -> Design:
    columns = [_as_numbers(worlds[path]) for path in paths]
    unordered = tuple(
        path for path in paths if not _is_number(worlds[path]) and worlds[path].nunique(dropna=False) > 2
    )
    return Design("regression", tuple(paths), np.column_stack(columns), np.arange(len(worlds)), unordered)


def _is_number(values: pd.Series[Any]) -> bool:
    return pd.api.types.is_numeric_dtype(values)


def _as_numbers(values: pd.Series[Any]) -> FloatArray:
    return np.asarray(values if _is_number(values) else pd.factorize(values, sort=True)[0], dtype=np.float64)


def _check_sampled(points: FloatArray, worlds: pd.DataFrame, where: str) -> None:
    """Check that worlds are the points that the seed gives: each value has a stretch of shares."""
    if len(points) == len(worlds):
        strange = [
            str(path)
            for path, shares in zip(worlds.columns, points.T, strict=True)
            if not _goes_with(worlds[path], shares)
        ]
    else:
        strange = [f"{len(worlds)} worlds and not {len(points)}"]
    if strange:
        raise AegeanError(
            f"{where}: its worlds are not those of its sample ({strange[0]}): another version of SALib made"
            " them. Use that one, or sweep again"
        )


def _goes_with(values: pd.Series[Any], shares: FloatArray) -> bool:
    ordered = values.iloc[np.argsort(shares, kind="stable")]
    codes = pd.factorize(ordered)[0]
    in_stretches = bool((np.diff(codes) >= 0).all())
    few = len(np.unique(codes)) <= max(MORRIS_LEVELS, len(np.unique(shares)) // 2)
    rises = _is_number(values) and bool((np.diff(np.asarray(ordered, dtype=np.float64)) >= 0.0).all())
    return rises or (few and in_stretches)
