"""Reading result folders back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from aegean_sim.errors import StoreError
from aegean_sim.geography.frame import THEATRES, LambertFrame, OpenSeaFrame
from aegean_sim.quantities import NM_M
from aegean_sim.recording.columns import COLUMNS, GEOMETRY
from aegean_sim.recording.layers import Layer, kept_layer
from aegean_sim.recording.manifest import RUN, read_manifest
from aegean_sim.recording.record import TABLES
from aegean_sim.recording.replications import folder_name
from aegean_sim.recording.store import INPUTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from aegean_sim.geography.frame import Frame
    from aegean_sim.quantities import FloatArray
    from aegean_sim.recording.manifest import Manifest
    from aegean_sim.recording.record import CoverageGrid
    from aegean_sim.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A result folder of one run, its tables read when they are asked for.

    Parameters
    ----------
    folder : Path
        Where it is.
    manifest : Manifest
        What it says about itself.
    scenario : Scenario
        The resolved scenario, checked again.
    """

    folder: Path
    manifest: Manifest
    scenario: Scenario

    @property
    def frames(self) -> dict[str, Frame]:
        """The plane of each theatre, by its name in the scenario."""
        return frames_of(self.scenario)

    @property
    def inputs(self) -> Path:
        """Folder that the files named by the scenario are relative to: the copies kept with the run."""
        return self.folder / INPUTS

    def table(self, name: str) -> pd.DataFrame:
        """Read one of `aegean_sim.recording.record.TABLES` as it was written.

        Raises
        ------
        StoreError
            When there is no such table, or its file is broken.
        """
        if name not in TABLES:
            raise StoreError(f"a run has no table {name!r}; it has {', '.join(TABLES)}")
        return _with_columns(self.folder / f"{name}.parquet", COLUMNS[name])

    def tracks(self) -> pd.DataFrame:
        """Read the tracks, each point as two coordinates at the door and as ``x_m`` and ``y_m``.

        Raises
        ------
        StoreError
            When the file is broken.
        """
        tracks = self.table("tracks")
        points = shapely.get_coordinates(shapely.from_wkb(tracks.pop(GEOMETRY).to_numpy(dtype=object)))
        for theatre, frame in self.frames.items():
            here = (tracks["theatre"] == theatre).to_numpy()
            door = points[here].T
            for column, values in zip(
                (*frame.door_names, "x_m", "y_m"), (*door, *_in_plane(frame, *door)), strict=True
            ):
                tracks.loc[here, column] = values
        return tracks

    def coverage(self, layer: Layer | None = None) -> dict[str, CoverageGrid]:
        """Read a coverage layer kept with the run, by theatre; empty when it has not been worked out.

        Parameters
        ----------
        layer : Layer, optional
            By default the one that a run is drawn with.
        """
        return kept_layer(layer or Layer(), self.folder, self.manifest)


def read_run(folder: Path) -> StoredRun:
    """Open the result folder of one run.

    Raises
    ------
    StoreError
        When it is not one, a newer version wrote it, or a table is missing, broken or not as long as the
        manifest says.
    """
    manifest = read_manifest(folder)
    if manifest.kind != RUN:
        first = folder / folder_name(manifest.replications[0])
        raise StoreError(
            f"{folder} holds {len(manifest.replications)} runs: give one of them, such as {first}"
        )
    for name in TABLES:
        _check_rows(folder / f"{name}.parquet", manifest.rows.get(name))
    return StoredRun(folder, manifest, _scenario(manifest, folder))


def frames_of(scenario: Scenario) -> dict[str, Frame]:
    """Give the plane of each theatre of a scenario."""
    return {
        name: THEATRES.get(theatre.coast) or OpenSeaFrame(name, theatre.box_nm or (0.0, 0.0, 0.0, 0.0))
        for name, theatre in scenario.theatres.items()
    }


def _scenario(manifest: Manifest, folder: Path) -> Scenario:
    from pydantic import ValidationError  # noqa: PLC0415  (heavy)

    from aegean_sim.scenario.model import Scenario  # noqa: PLC0415

    try:
        return Scenario.model_validate(dict(manifest.scenario))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise StoreError(
            f"the scenario in the manifest of {folder} is broken: {where}: {first['msg']}"
        ) from error


def _with_columns(path: Path, wanted: Sequence[str]) -> pd.DataFrame:
    """Read a table, whose places stand in other columns than inside, and see that it is the right one."""
    table = _read(path)
    missing = [name for name in wanted if name not in table and name not in {"x_m", "y_m"}]
    if missing:
        raise StoreError(f"{path} is not the table that it should be: it has no column {missing[0]!r}")
    return table


def _check_rows(path: Path, told: int | None) -> None:
    from pyarrow import ArrowException, parquet  # noqa: PLC0415

    try:
        rows = parquet.read_metadata(path).num_rows
    except FileNotFoundError as error:
        raise StoreError(f"{path} is missing: the result folder is not whole") from error
    except (OSError, ArrowException) as error:
        raise StoreError(f"{path} cannot be read: {error}") from error
    if rows != told:
        raise StoreError(
            f"{path} has {rows} rows, but the manifest tells of {told}: the result folder is not whole"
        )


def _read(path: Path) -> pd.DataFrame:
    from pyarrow import ArrowException, parquet  # noqa: PLC0415

    try:
        table = parquet.read_table(path, page_checksum_verification=True)
    except (OSError, ArrowException) as error:
        raise StoreError(f"{path} cannot be read: {error}") from error
    frame: pd.DataFrame = table.to_pandas()
    return frame


def _in_plane(frame: Frame, first: FloatArray, second: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Take positions to the plane; no look at the bounds, since a run wrote them."""
    if isinstance(frame, LambertFrame):
        return frame.project(first, second)
    return first * NM_M, second * NM_M
