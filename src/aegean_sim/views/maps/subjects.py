"""What is drawn: a scenario with the runs there are of it, one or several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.engine.coverage.layers import coverage_of
from aegean_sim.recording.manifest import RUN, read_manifest
from aegean_sim.recording.reading import read_run
from aegean_sim.recording.replications import aligned, estimate, folder_name
from aegean_sim.views import headline
from aegean_sim.views.maps.heat import Heat, mean_of
from aegean_sim.views.maps.scales import scale_of

if TYPE_CHECKING:
    from pathlib import Path

    from aegean_sim.recording.layers import Layer
    from aegean_sim.recording.reading import StoredRun
    from aegean_sim.recording.record import CoverageGrid
    from aegean_sim.views.maps.scales import Scale


@dataclass(frozen=True, slots=True)
class Subject:
    """A scenario and its runs.

    Parameters
    ----------
    title : str
        What its panel is called.
    runs : tuple of StoredRun
        One, or several replications.
    """

    title: str
    runs: tuple[StoredRun, ...]

    @property
    def first(self) -> StoredRun:
        """Its first run, of which units and boats are drawn."""
        return self.runs[0]

    def kpis(self, theatre: str) -> dict[str, float]:
        """Give the numbers of a theatre, means over the runs."""
        rows = aligned([headline.theatre_kpis(run, theatre) for run in self.runs])
        return rows[0] if len(rows) == 1 else {name: estimate(rows, name).mean for name in rows[0]}

    def when(self, *, together: bool = False) -> str:
        """Tell the time that was simulated, and of which draws of chance it is the mean, or all together."""
        manifests = [run.manifest for run in self.runs]
        return headline.when(self.first.scenario, manifests, together=together)

    def heat(self, layer: Layer, theatre: str) -> Heat:
        """Give a coverage layer of a theatre, mean over the runs.

        Raises
        ------
        AegeanError
            When the layer asks for what the scenario does not have, or cannot be read or kept.
        """
        scale = scale_of(layer.metric, layer.hours)
        return mean_of([_heat(coverage_of(run, layer)[theatre], scale) for run in self.runs])


def runs_of(folder: Path) -> tuple[StoredRun, ...]:
    """Open the runs of a result folder: the one it is of, or all below it.

    Raises
    ------
    StoreError
        When it is no result folder, or one is broken.
    """
    manifest = read_manifest(folder)
    if manifest.kind == RUN:
        return (read_run(folder),)
    return tuple(read_run(folder / folder_name(number)) for number in manifest.replications)


def _heat(grid: CoverageGrid, scale: Scale) -> Heat:
    sea = ~np.isnan(grid.values)
    return Heat(grid.x_m, grid.y_m, np.where(np.isfinite(grid.values), grid.values, np.nan), sea, scale)
