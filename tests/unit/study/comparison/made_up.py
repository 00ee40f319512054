"""Sweep folders with known truth: numbers are drawn here, nothing is simulated."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from aegean_sim.study.sweeps.folder import SweepManifest
from aegean_sim.study.sweeps.runs import Done, Failed, Run
from aegean_sim.study.sweeps.store import open_sweep
from aegean_sim.study.sweeps.sweeping import _column

Law = Callable[[Mapping[str, Any], np.random.Generator], dict[str, float]]


def write_sweep(
    folder: Path,
    levers: Mapping[str, Sequence[Any]],
    law: Law,
    *,
    replications: int = 30,
    worlds: Sequence[Any] = (None,),
    left_out: Callable[[dict[str, Any], int], bool] = lambda _labels, _replication: False,
    failed: Callable[[dict[str, Any], int], bool] = lambda _labels, _replication: False,
    about: Mapping[str, Any] | None = None,
) -> Path:
    """Write a sweep of all combinations of levers in each world.

    ``law`` gives the numbers of a run from what its cell is and chance that all cells of a replication share.
    """
    labels = [
        dict(zip(levers, values, strict=True)) | ({} if world is None else {"world": place, "calm": world})
        for place, world in enumerate(worlds)
        for values in product(*levers.values())
    ]
    ids = [f"{number:012x}" for number in range(len(labels))]
    names = [name for name in labels[0] if name != "world"]
    cells = pa.table(
        {
            "cell": ids,
            "number": pa.array(range(len(ids)), pa.int64()),
            "world": pa.array([each.get("world", 0) for each in labels], pa.int64()),
            **{name: _column([each[name] for each in labels]) for name in names},
        }
    )
    said = {
        "name": "made-up",
        "levers": list(levers),
        "uncertainties": [name for name in names if name not in levers],
        "replications": replications,
        **(about or {}),
    }
    with open_sweep(folder, SweepManifest({"seed": 1}, said), cells) as store:
        for replication in range(replications):
            results: list[Done | Failed] = []
            for cell, label in zip(ids, labels, strict=True):
                run = Run(cell, replication)
                chance = np.random.default_rng(replication)
                if failed(label, replication):
                    results.append(Failed(run, "failed", "ModelError", "no", "", "aegean-sim run", 0.1))
                elif not left_out(label, replication):
                    results.append(Done(run, law(label, chance), 0.1))
            store.add(results)
    return folder


def ships_save_lives(label: Mapping[str, Any], chance: np.random.Generator) -> dict[str, float]:
    """Each ship up to the fourth averts ten deaths, more do nothing; half of the boats are seen, and more."""
    ships = min(float(label["ships"]), 4.0)
    boats = float(chance.poisson(200))
    own = np.random.default_rng([int(label["ships"]), int(boats)])
    return {
        "persons_dead": float(chance.poisson(100)) - 10.0 * ships + float(own.integers(-1, 2)),
        "boats": boats,
        "boats_seen_share": 0.5 + 0.05 * ships,
        "boats_told_in_time_share": 0.3 + 0.05 * ships + 0.01 * own.normal(),
        "persons_met": 300.0 + chance.normal() + own.normal(),
        "distress_to_scene_min": 60.0,
    }
