"""Taking cells and runs from a sweep folder, or from result folders of several runs."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import ValidationError

from aegean_sim.errors import AegeanError, ScenarioError
from aegean_sim.recording.manifest import RUN, read_manifest
from aegean_sim.recording.store import KPIS
from aegean_sim.scenario.model import Scenario
from aegean_sim.scenario.overrides import apply_overrides
from aegean_sim.study.comparison.costs import quantities
from aegean_sim.study.comparison.measures import is_needed
from aegean_sim.study.comparison.question import Material
from aegean_sim.study.sweeps.cells import lever_settings, overrides_of
from aegean_sim.study.sweeps.model import Sweep
from aegean_sim.study.sweeps.reading import read_sweep

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from aegean_sim.recording.manifest import Manifest
    from aegean_sim.study.sweeps.reading import SweepData

POINT = "point"
RUNS_LEVER = "run"
_MOST_PRICED = 200
_FIXED = ("cell", "number", "world")


def material_of(folders: Sequence[Path], asked: Sequence[str] = ()) -> Material:
    """Take one sweep folder, or result folders of several runs.

    Parameters
    ----------
    folders : sequence of Path
    asked : sequence of str, optional
        Measures beside the usual ones that are asked for: of sweeps no other key figures are read.

    Raises
    ------
    StoreError
        When a folder is not what it should be, or broken.
    AegeanError
        When there is nothing to compare.
    """
    if len(folders) > 1:
        return of_runs(folders)
    material = of_sweep(folders[0], asked)
    if not material.levers:
        raise AegeanError(f"{folders[0]}: its sweep varies no lever, so there is nothing to compare")
    return material


def of_sweep(folder: Path, asked: Sequence[str] = ()) -> Material:
    """Take a sweep folder, also one that is under way, or that varies no lever."""
    data = read_sweep(folder, lambda name: is_needed(name, asked))
    about = data.manifest.about
    cells, levers = cells_and_levers(data.cells, about)
    return Material(
        str(about.get("name", folder.name)),
        str(folder),
        levers,
        cells,
        data.replications,
        len(data.failures),
        _spent(data, str(folder)),
        about.get("scenario", {}),
    )


def cells_and_levers(cells: pd.DataFrame, about: Mapping[str, Any]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Give the cells and the levers; listed points are the levels of one lever."""
    unknown = {*_FIXED, "fingerprint", *about.get("uncertainties", ())}
    levers = [str(name) for name in cells.columns if name not in unknown]
    if not about.get("sweep", {}).get("points"):
        return cells, tuple(levers)
    settings = cells[levers].astype(object).to_dict("records")
    cells = cells.assign(**{POINT: [_told(point) for point in settings]})
    return cells.drop(columns=levers), (POINT,)


def _told(point: Mapping[Any, Any]) -> str:
    return ", ".join(f"{path}={value}" for path, value in point.items() if not pd.isna(value))


def _spent(data: SweepData, where: str) -> dict[str, dict[str, float]]:
    """Count what each cell pays for; nothing where there are too many settings, or no scenario."""
    about = data.manifest.about
    if not about.get("scenario") or not about.get("sweep"):
        return {}
    settings = [setting for _, setting in lever_settings(Sweep.model_validate(about["sweep"]), where)]
    if len(settings) > _MOST_PRICED:
        return {}
    counted = [_quantities(about["scenario"], setting, where) for setting in settings]
    numbers = zip(data.cells["cell"], data.cells["number"], strict=True)
    paid = {str(cell): counted[int(number) % len(counted)] for cell, number in numbers}
    return {cell: amounts for cell, amounts in paid.items() if amounts is not None}


def _quantities(values: Mapping[str, Any], setting: dict[str, Any], where: str) -> dict[str, float] | None:
    """Count what one setting pays for; None where it breaks a rule, so that its runs fail."""
    varied = copy.deepcopy(dict(values))
    try:
        apply_overrides(varied, overrides_of(setting), where)
        return quantities(Scenario.model_validate(varied))
    except (ScenarioError, ValidationError):
        return None


def of_runs(folders: Sequence[Path]) -> Material:
    """Take result folders of ``run --replications`` as the levels of one lever, ``run``."""
    manifests = [_of_several(folder) for folder in folders]
    names = _names(folders)
    frames = [
        pd.read_csv(folder / KPIS).assign(cell=name) for folder, name in zip(folders, names, strict=True)
    ]
    numbers = range(len(names))
    cells = pd.DataFrame({"cell": names, "number": numbers, "world": 0, RUNS_LEVER: names})
    return Material(
        "runs",
        ", ".join(names),
        (RUNS_LEVER,),
        cells,
        pd.concat(frames, ignore_index=True),
        0,
        {name: quantities(Scenario.model_validate(dict(each.scenario)))
         for name, each in zip(names, manifests, strict=True)},
        manifests[0].scenario,
        tuple(_unlike(manifests)),
    )  # fmt: skip


def _of_several(folder: Path) -> Manifest:
    manifest = read_manifest(folder)
    if manifest.kind == RUN:
        raise AegeanError(f"{folder} holds a single run: comparing takes several of each, --replications 20")
    return manifest


def _names(folders: Sequence[Path]) -> list[str]:
    """Name levels by the last part of their folders, or by the whole path where that is not enough."""
    short = [folder.resolve().name for folder in folders]
    names = short if len(set(short)) == len(short) else [str(folder) for folder in folders]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise AegeanError(f"{twice} is given twice: a folder is compared with others")
    return names


def _unlike(manifests: Sequence[Manifest]) -> list[str]:
    found = []
    if len({each.seed for each in manifests}) > 1:
        seeds = ", ".join(str(each.seed) for each in manifests)
        found.append(
            f"The runs have different seeds ({seeds}): runs of one number do not meet the same boats, so"
            " pairs gain nothing. Run them again with one seed."
        )
    if len({(each.scenario["start"], each.scenario["duration_h"]) for each in manifests}) > 1:
        found.append("The runs do not cover the same time: their counts are not alike for that reason alone.")
    return found
