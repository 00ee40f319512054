"""Sailing cells of a sweep again: a sweep keeps numbers alone, and pictures need tracks and sightings."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from aegean_sim.engine.coverage.layers import coverage_of
from aegean_sim.engine.run import simulate
from aegean_sim.errors import AegeanError, StoreError
from aegean_sim.recording.manifest import is_ours
from aegean_sim.recording.reading import read_run
from aegean_sim.recording.replications import folder_name
from aegean_sim.recording.store import write_run, writing
from aegean_sim.scenario.extending import built_in_scenarios
from aegean_sim.scenario.fingerprint import fingerprint
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.loading import base_of
from aegean_sim.study.comparison.loading import cells_and_levers
from aegean_sim.study.comparison.question import Material
from aegean_sim.study.comparison.strata import label_of, levels_of, lever_of, strata_by_cell
from aegean_sim.study.sweeps.cells import fingerprint_of, lever_settings, overrides_of
from aegean_sim.study.sweeps.folder import read_cells, read_sweep_manifest
from aegean_sim.study.sweeps.model import Sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from aegean_sim.recording.layers import Layer
    from aegean_sim.scenario.loading import Base
    from aegean_sim.study.sweeps.folder import SweepManifest

RUNS = "maps"


@dataclass(frozen=True, slots=True)
class Sailing:
    """A run of a cell that is made again, and where it is kept."""

    folder: Path
    replication: int
    overrides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the lever, and the runs that stand for it."""

    label: str
    sailings: tuple[Sailing, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The cells of a sweep that are drawn.

    Parameters
    ----------
    lever : str
    is_number : bool
        Whether its levels are numbers, which follow each other.
    stratum : str
        What the other levers are; empty where there are none.
    """

    lever: str
    is_number: bool
    stratum: str
    levels: tuple[Level, ...]
    _base: Base

    def sail(
        self, layers: Sequence[Layer], *, workers: int | None = None, progress: Callable[[float], None]
    ) -> None:
        """Make the runs and layers that are not kept yet; what comes out does not depend on the workers.

        Raises
        ------
        AegeanError
            When a run cannot be made, or kept.
        """
        sailings = [sailing for level in self.levels for sailing in level.sailings]
        todo = [each for each in sailings if not _is_kept(each, layers)]
        values = self._base.values()
        make = partial(_make, values, self._base.path, tuple(layers))
        for done, _ in enumerate(_mapped(make, todo, workers or len(os.sched_getaffinity(0))), start=1):
            progress(done / len(todo))


def choose(folder: Path, vary: str | None, where: Sequence[str], replications: int) -> Chosen:
    """Choose the levels of a sweep to draw, and so many runs of each; all levels meet the same boats.

    Parameters
    ----------
    vary : str, optional
        The lever; by default the only one.
    where : sequence of str
        ``lever=level`` of other levers.
    replications : int
        Runs of each level. Where something is not known, each is of another of the sweep's worlds.

    Raises
    ------
    StoreError
        When it is no sweep folder, or it is broken.
    AegeanError
        When there is no such lever or level, or others are left open.
    """
    manifest = read_sweep_manifest(folder)
    cells, levers = cells_and_levers(read_cells(folder).to_pandas(), manifest.about)
    material = Material(folder.name, str(folder), levers, cells, pd.DataFrame(), 0, {}, {})
    lever = lever_of(material, vary)
    cells = _where(material, lever, where)
    material = Material(folder.name, str(folder), levers, cells, pd.DataFrame(), 0, {}, {})
    _, strata = strata_by_cell(material, lever)
    if len(strata) > 1:
        raise _left_open(material, lever)
    found, place = levels_of(cells[lever], lever, None, str(folder), strata[0])
    settings = _Settings(folder, manifest)
    levels = tuple(
        Level(label, tuple(settings.sailings(cells[place == number], replications)))
        for number, label in enumerate(found.labels)
    )
    return Chosen(lever, found.values is not None, strata[0], levels, settings.base)


def _where(material: Material, lever: str, where: Sequence[str]) -> pd.DataFrame:
    """Keep the cells that are as asked."""
    cells, others = material.cells, [name for name in material.levers if name != lever]
    for text in where:
        name, _, value = text.partition("=")
        if name not in others:
            raise AegeanError(
                f"--where {text}: {material.where} has no other lever {name!r}{guess(name, others)}"
            )
        labels = cells[name].map(label_of)
        if not (labels == value).any():
            raise AegeanError(f"--where {text}: is not a level of {name}{guess(value, labels)}")
        cells = cells[labels == value]
    return cells.reset_index(drop=True)


def _left_open(material: Material, lever: str) -> AegeanError:
    cells = material.cells
    name = next(name for name in material.levers if name != lever and cells[name].nunique(dropna=False) > 1)
    labels = list(dict.fromkeys(cells[name].map(label_of)))
    return AegeanError(
        f"{material.where} varies {name} too: say which to draw, such as --where {name}={labels[0]}"
        f" (there are {', '.join(labels)})"
    )


class _Settings:
    """What each cell of a sweep sets, checked against what it is known by."""

    def __init__(self, folder: Path, manifest: SweepManifest) -> None:
        about = manifest.about
        sweep = Sweep.model_validate(about["sweep"])
        self.folder = folder
        self.base = _base(folder, manifest, sweep)
        self._print = str(manifest.identity["scenario"])
        self._unknown = list(about.get("uncertainties", ()))
        self._levers = [setting for _, setting in lever_settings(sweep, str(folder))]

    def sailings(self, cells: pd.DataFrame, replications: int) -> Iterator[Sailing]:
        """Give so many runs of cells that differ by their world alone."""
        rows = cells.sort_values("world").to_dict("records")
        for replication in range(replications):
            row = rows[replication % len(rows)]
            kept = self.folder / RUNS / str(row["cell"]) / folder_name(replication)
            yield Sailing(kept, replication, tuple(overrides_of(self._of(row))))

    def _of(self, row: dict[Any, Any]) -> dict[str, Any]:
        unknown = {name: _plain(row[name]) for name in self._unknown}
        whole = {**unknown, **self._levers[int(row["number"]) % len(self._levers)]}
        told = {fingerprint_of(self._print, each)[:12] for each in (whole, {**whole, "": int(row["world"])})}
        if row["cell"] not in told:
            raise StoreError(
                f"{self.folder}: cell {row['cell']} is not what its sweep says: it cannot be sailed again"
            )
        return whole


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _base(folder: Path, manifest: SweepManifest, sweep: Sweep) -> Base:
    """Give the scenario that is varied; the files it names must be where they were."""
    path = built_in_scenarios().get(sweep.scenario, Path(sweep.scenario))
    base = base_of(dict(manifest.about["scenario"]), path)
    loaded = base.varied(())
    if fingerprint(loaded.scenario, loaded.folder) != manifest.identity["scenario"]:
        raise StoreError(f"{folder}: {path} names files that are not what they were when the sweep was made")
    return base


def _is_kept(sailing: Sailing, layers: Sequence[Layer]) -> bool:
    if not is_ours(sailing.folder):
        return False
    run = read_run(sailing.folder)
    return all(run.coverage(layer) for layer in layers)


def _make(values: dict[str, Any], path: Path, layers: Sequence[Layer], sailing: Sailing) -> None:
    """Make one run, if it is not there, and its layers."""
    if not is_ours(sailing.folder):
        loaded = base_of(values, path).varied(sailing.overrides)
        with writing(sailing.folder):
            sailing.folder.parent.mkdir(parents=True, exist_ok=True)
        write_run(
            simulate(loaded, sailing.replication), sailing.folder, inputs=loaded.folder, overwrite=False
        )
    for layer in layers:
        coverage_of(read_run(sailing.folder), layer)


def _mapped(make: Callable[[Sailing], None], todo: Sequence[Sailing], workers: int) -> Iterator[None]:
    if min(workers, len(todo)) < 2:
        yield from map(make, todo)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_leave_stopping_to_parent) as pool:
        try:
            yield from pool.map(make, todo)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _leave_stopping_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
