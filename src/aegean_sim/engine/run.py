"""One run: a scenario and a replication in, rows out."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

from aegean_sim.engine.tables import tables_of
from aegean_sim.engine.world import build_world
from aegean_sim.errors import GeographyError
from aegean_sim.recording.record import RunRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aegean_sim.engine.world import World
    from aegean_sim.scenario.loading import Loaded

_STEPS = 100


def simulate(
    loaded: Loaded, replication: int, *, progress: Callable[[float], None] | None = None
) -> RunRecord:
    """Run one replication.

    Parameters
    ----------
    loaded : Loaded
        The checked scenario, and where the files that it names are.
    replication : int
        Number of the run, from 0.
    progress : callable, optional
        Called now and then with the share of the run that is done.

    Returns
    -------
    RunRecord
        All its rows.
    """
    begun = perf_counter()
    with _without_collector():
        try:
            world = build_world(loaded.scenario, loaded.folder, replication)
        except GeographyError as error:
            raise GeographyError(f"{loaded.source}: {error}") from error
        built = perf_counter()
        _advance(world, progress)
        sailed = perf_counter()
        tables = tables_of(world)
    timings = {"build": built - begun, "sail": sailed - built, "tables": perf_counter() - sailed}
    frames = {name: scene.sea.frame for name, scene in world.scenes.items()}
    return RunRecord(loaded.scenario, replication, tables, frames, timings)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the cyclic garbage collector: a run keeps what it makes, so looking through it is in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _advance(world: World, progress: Callable[[float], None] | None) -> None:
    horizon_s = world.scenario.duration_s
    if progress is None:
        world.env.run(until=horizon_s)
        return
    for step in range(1, _STEPS + 1):
        world.env.run(until=horizon_s * step / _STEPS)
        progress(step / _STEPS)
