"""Coverage layers: what may be asked of the water, and the answers kept in a run's folder."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.errors import AegeanError
from aegean_sim.recording import arrow
from aegean_sim.recording.record import CoverageGrid
from aegean_sim.recording.store import replacing
from aegean_sim.scenario.hints import guess

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from aegean_sim.recording.manifest import Manifest

FOLDER = "coverage"
ANY, ALL, MEAN = "any", "all", "mean"
LIGHTS = (ANY, "day", "night")
METRICS: Mapping[str, str] = {
    "seen": "chance",
    "unit_hours": "hours a day",
    "gap_mean": "hours",
    "gap_worst": "hours",
    "in_time": "chance",
}
"""What may be asked, and in which unit the answer is."""

_METHOD = 1
"""Rises when a layer is worked out in another way, so that what was kept before is worked out again."""
_STAMP = b"aegean-sim"
_KEPT: Mapping[str, tuple[str, ...]] = {
    "seen": ("hours", "boat", "light", "by"),
    "unit_hours": ("light", "by"),
    "gap_mean": ("boat", "by"),
    "gap_worst": ("boat", "by"),
    "in_time": ("boat", "light", "by"),
}
"""On what each metric hangs."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One question about every cell of a theatre; `docs/coverage.md` defines the answers.

    What the metric does not hang on is set to its default, so that one question has one form.

    Parameters
    ----------
    metric : {"seen", "unit_hours", "gap_mean", "gap_worst", "in_time"}
        Chance that a boat in the cell is seen within ``hours``; unit-hours a day; hours since the cell was
        last covered, mean and worst; chance that a report of a boat in the cell is still in time.
    hours : float
        For ``seen``: how long the boat is followed.
    boat : str
        A boat type of the scenario, a target class that sensors know, or ``mean`` for the theatre's mixture.
    light : {"any", "day", "night"}
        When the boat is in the cell; for ``unit_hours``, when the unit is.
    by : str
        Who watches: ``all``, an owner, or one unit.

    Raises
    ------
    AegeanError
        When there is no such metric or light, or the hours are not positive.
    """

    metric: str = "seen"
    hours: float = 1.0
    boat: str = "rubber"
    light: str = ANY
    by: str = ALL

    def __post_init__(self) -> None:
        if self.metric not in METRICS:
            raise AegeanError(f"no coverage metric {self.metric!r}{guess(self.metric, METRICS)}")
        if self.light not in LIGHTS:
            raise AegeanError(f"no light {self.light!r}{guess(self.light, LIGHTS)}")
        if not 0.0 < self.hours < np.inf:
            raise AegeanError(f"hours is {self.hours:g}: a coverage layer needs some time, such as 1 or 6")
        for name, default in _DEFAULTS.items():
            if name not in _KEPT[self.metric]:
                object.__setattr__(self, name, default)

    @property
    def unit(self) -> str:
        """What the values are counted in."""
        return METRICS[self.metric]

    @property
    def slug(self) -> str:
        """Give a file name without its suffix, safe whatever the names hold."""
        words = {**asdict(self), "hours": f"{self.hours:g}h"}
        plain = "-".join([self.metric, *(str(words[name]) for name in _KEPT[self.metric])])
        safe = re.sub(r"[^A-Za-z0-9_.-]+", "_", plain)[:100]
        return safe if safe == plain else f"{safe}-{sha256(plain.encode()).hexdigest()[:8]}"

    def path(self, folder: Path) -> Path:
        """Tell where the answer is kept in a run's folder."""
        return folder / FOLDER / f"{self.slug}.parquet"


_DEFAULTS: Mapping[str, Any] = {"hours": 1.0, "boat": "rubber", "light": ANY, "by": ALL}


def keep_layer(grids: Mapping[str, CoverageGrid], layer: Layer, folder: Path, manifest: Manifest) -> None:
    """Keep the answer by theatre in a run's folder, one row a cell, whole or not at all.

    Raises
    ------
    StoreError
        When it cannot be written.
    """
    import pyarrow as pa  # noqa: PLC0415  (heavy, and `--help` comes by here)
    from pyarrow import parquet  # noqa: PLC0415

    cells = [(theatre, grid, np.meshgrid(grid.x_m, grid.y_m)) for theatre, grid in grids.items()]
    table = pa.table(
        {
            "theatre": arrow.texts([theatre for theatre, _, (x, _) in cells for _ in range(x.size)]),
            "x_m": arrow.numbers(_joined([x for _, _, (x, _) in cells])),
            "y_m": arrow.numbers(_joined([y for _, _, (_, y) in cells])),
            "value": arrow.numbers(_joined([grid.values for _, grid, _ in cells])),
        }
    ).replace_schema_metadata({_STAMP: _stamp(layer, manifest)})
    path = layer.path(folder)
    with replacing(path) as part:
        path.parent.mkdir(exist_ok=True)
        parquet.write_table(table, part, compression="zstd", write_page_checksum=True)


def kept_layer(layer: Layer, folder: Path, manifest: Manifest) -> dict[str, CoverageGrid]:
    """Read an answer back; empty when it was not kept, or when what was kept is torn or of another run."""
    from pyarrow import ArrowException, parquet  # noqa: PLC0415

    try:
        table = parquet.read_table(layer.path(folder), page_checksum_verification=True)
    except (OSError, ArrowException):
        return {}
    if (table.schema.metadata or {}).get(_STAMP) != _stamp(layer, manifest):
        return {}
    frame: pd.DataFrame = table.to_pandas()
    return {str(theatre): _grid(some) for theatre, some in frame.groupby("theatre", sort=False)}


def _stamp(layer: Layer, manifest: Manifest) -> bytes:
    said = {
        **asdict(layer),
        "method": _METHOD,
        "fingerprint": manifest.fingerprint,
        "replications": manifest.replications,
        "tracks": manifest.rows.get("tracks"),
    }
    return json.dumps(said, sort_keys=True).encode()


def _joined(columns: list[Any]) -> Any:
    return np.concatenate([column.ravel() for column in columns]) if columns else np.empty(0)


def _grid(cells: pd.DataFrame) -> CoverageGrid:
    x_m, y_m = (cells[name].unique() for name in ("x_m", "y_m"))
    values = cells["value"].to_numpy().reshape(len(y_m), len(x_m))
    return CoverageGrid(np.asarray(x_m), np.asarray(y_m), values)
