"""What is drawn: a scenario with the runs there are of it, one or several."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.engine.coverage.layers import coverage_of
from aegean_sim.recording.replications import aligned, estimate
from aegean_sim.views import headline
from aegean_sim.views.ground import ground_of
from aegean_sim.views.maps.heat import Heat, mean_of
from aegean_sim.views.maps.scales import scale_of

if TYPE_CHECKING:
    from aegean_sim.recording.layers import Layer
    from aegean_sim.recording.reading import StoredRun
    from aegean_sim.recording.record import CoverageGrid
    from aegean_sim.views.ground import Ground
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
        return ", ".join(self.when_in_parts(together=together))

    def when_in_parts(self, *, together: bool = False) -> tuple[str, ...]:
        """Tell the same in parts: the time, the draws, the seed."""
        manifests = [run.manifest for run in self.runs]
        return headline.when_in_parts(self.first.scenario, manifests, together=together)

    def heat(self, layer: Layer, theatre: str) -> Heat:
        """Give a coverage layer of a theatre, mean over the runs.

        Raises
        ------
        AegeanError
            When the layer asks for what the scenario does not have, or cannot be read or kept.
        """
        scale = scale_of(layer.metric, layer.hours)
        heats = [
            _heat(coverage_of(run, layer)[theatre], scale, _never_h(run, layer.metric, theatre))
            for run in self.runs
        ]
        ground = ground_of(self.first.scenario, theatre)
        return mean_of([_without_ports(heat, ground) for heat in heats])


def _heat(grid: CoverageGrid, scale: Scale, never: float) -> Heat:
    sea = ~np.isnan(grid.values)
    values = np.where(np.isfinite(grid.values), grid.values, np.nan)
    return Heat(grid.x_m, grid.y_m, values, sea, scale, never)


def _never_h(run: StoredRun, metric: str, theatre: str) -> float:
    """Give what a cell never covered has, of gaps: the time that units were out, or half of it."""
    share = {"gap_worst": 1.0, "gap_mean": 0.5}.get(metric)
    if share is None:
        return np.inf
    tracks = run.tracks()
    times_s = tracks[(tracks["theatre"] == theatre) & (tracks["kind"] == "unit")]["time_s"]
    out_s = float(np.ptp(times_s)) if len(times_s) else run.scenario.duration_s
    return share * out_s / 3600.0


def _without_ports(heat: Heat, ground: Ground) -> Heat:
    """Leave out of the sea the cells that are land, where units may lie in port."""
    if ground.coast is None or not heat.sea.all():
        return heat
    x, y = (axis.ravel() for axis in np.meshgrid(heat.x_m, heat.y_m))
    land = ground.coast.on_land(x, y).reshape(heat.sea.shape)
    return replace(heat, sea=heat.sea & ~land)
