"""SALib, which samples and works out indices: an extra, imported when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.errors import AegeanError

if TYPE_CHECKING:
    from types import ModuleType

    from aegean_sim.quantities import FloatArray


def morris_points(count: int, trajectories: int, levels: int, seed: int) -> FloatArray:
    """Give Morris trajectories in the unit cube, shape (trajectories * (count + 1), count).

    Morris 1991, Factorial sampling plans for preliminary computational experiments.
    """
    sample = salib("SALib.sample.morris").sample
    return np.asarray(sample(problem(count), trajectories, num_levels=levels, seed=seed), dtype=np.float64)


def saltelli_points(count: int, base: int, seed: int) -> FloatArray:
    """Give Saltelli's points for first and total indices, shape (base * (count + 2), count).

    Saltelli 2002, Making best use of model evaluations to compute sensitivity indices.
    """
    sample = salib("SALib.sample.sobol").sample
    return np.asarray(sample(problem(count), base, calc_second_order=False, seed=seed), dtype=np.float64)


def problem(count: int) -> dict[str, Any]:
    """Describe the unit cube as SALib wants it."""
    return {"num_vars": count, "names": [f"x{n}" for n in range(count)], "bounds": [[0.0, 1.0]] * count}


def salib(module: str) -> ModuleType:
    """Import a part of SALib.

    Raises
    ------
    AegeanError
        When it is not installed.
    """
    from importlib import import_module  # noqa: PLC0415

    try:
        return import_module(module)
    except ImportError:
        raise AegeanError(
            "this needs SALib, which is not installed: pip install 'aegean-sim[sensitivity]'"
        ) from None
