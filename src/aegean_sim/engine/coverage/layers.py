"""The door to coverage: a layer of a stored run, worked out once and kept in its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.engine.coverage.gaps import gap_mean, gap_worst
from aegean_sim.engine.coverage.presence import unit_hours
from aegean_sim.engine.coverage.seen import seen
from aegean_sim.engine.coverage.watch import watch_of
from aegean_sim.recording.columns import COLUMNS
from aegean_sim.recording.layers import keep_layer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    from aegean_sim.engine.coverage.watch import Watch
    from aegean_sim.recording.layers import Layer
    from aegean_sim.recording.reading import StoredRun
    from aegean_sim.recording.record import CoverageGrid
    from aegean_sim.scenario.model import Scenario

_METRICS: Mapping[str, Callable[[Watch, Layer], CoverageGrid]] = {
    "seen": seen,
    "unit_hours": unit_hours,
    "gap_mean": gap_mean,
    "gap_worst": gap_worst,
}


def coverage_of(run: StoredRun, layer: Layer) -> dict[str, CoverageGrid]:
    """Give a coverage layer of a stored run by theatre; the first time it is worked out and kept.

    Raises
    ------
    AegeanError
        When the layer names a boat or a watcher that the scenario does not have.
    StoreError
        When the run cannot be read, or the layer cannot be kept.
    """
    grids = run.coverage(layer)
    if not grids:
        tracks = run.tracks()
        columns = {name: tracks[name].to_numpy() for name in COLUMNS["tracks"]}
        grids = layer_of(run.scenario, run.inputs, run.manifest.replications[0], columns, layer)
        keep_layer(grids, layer, run.folder, run.manifest)
    return grids


def layer_of(
    scenario: Scenario, inputs: Path, replication: int, tracks: Mapping[str, NDArray[Any]], layer: Layer
) -> dict[str, CoverageGrid]:
    """Work out a coverage layer of every theatre from the tracks of a run, stored or not.

    Parameters
    ----------
    inputs : Path
        Folder that the files which the scenario names are relative to.
    replication : int
        Number of the run, whose weather it was.
    tracks : mapping
        Columns ``theatre, mover, kind, piece, time_s, x_m, y_m``.

    Raises
    ------
    AegeanError
        When the layer names a boat or a watcher that the scenario does not have.
    """
    compute = _METRICS[layer.metric]
    grids = {}
    for name in scenario.theatres:
        own = {column: values[tracks["theatre"] == name] for column, values in tracks.items()}
        grids[name] = compute(watch_of(scenario, inputs, replication, name, own), layer)
    return grids
