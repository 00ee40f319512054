"""Sweep folders with worlds and a known truth: numbers are drawn here, nothing is simulated."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from aegean_sim.study.sweeps.cells import cells_of
from aegean_sim.study.sweeps.folder import SweepManifest
from aegean_sim.study.sweeps.model import Sweep
from aegean_sim.study.sweeps.runs import Done, Run
from aegean_sim.study.sweeps.store import open_sweep
from aegean_sim.study.sweeps.sweeping import table_of

Law = Callable[[Mapping[str, Any], np.random.Generator], dict[str, float]]
LUCK = 1.0


def write_worlds(
    folder: Path,
    law: Law,
    *,
    left_out: Callable[[int, int], bool] = lambda _world, _replication: False,
    **written: Any,
) -> Path:
    """Write the sweep of a file with levers, uncertainties, sampling and replications.

    ``law`` gives the numbers of a run from what its cell is, and its own chance: all cells of a replication
    share its first draws. ``left_out`` tells which runs, by world and replication, there are none of.
    """
    sweep = Sweep.model_validate({"name": "made-up", "scenario": "none", **written})
    cells = cells_of(sweep, {}, "0", "made-up")
    unknown = list(sweep.uncertainties)
    about = {
        "name": sweep.name,
        "sweep": sweep.model_dump(mode="json"),
        "levers": [name for name in cells[0].labels if name not in unknown],
        "uncertainties": unknown,
        "left_out": {"boats.shares": "shares must add up to 1"},
        "replications": sweep.replications,
    }
    with open_sweep(folder, SweepManifest({"seed": 1}, about), table_of(cells)) as store:
        store.add(
            [
                Done(
                    Run(cell.id, replication),
                    law(cell.labels, np.random.default_rng([replication, cell.number])),
                    0.1,
                )
                for replication in range(sweep.replications)
                for cell in cells
                if not left_out(cell.world, replication)
            ]
        )
    return folder


def linear(label: Mapping[str, Any], chance: np.random.Generator) -> dict[str, float]:
    """Deaths go up by 20 over a and down by 10 over b; a ship averts 0 to 8 over c; d does nothing."""
    a, b, c = (float(label.get(name, 0.5)) for name in "abc")
    deaths = 100.0 + 20.0 * a - 10.0 * b - 8.0 * c * float(label.get("ships", 0))
    return {"persons_dead": deaths + chance.normal(0.0, LUCK)}


LINEAR: dict[str, Any] = {"a": "0~1", "b": "0~1", "c": "0~1", "d": "0~1"}
