"""Stored layers: shapes read from the data folder and taken to a theatre's plane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from aegean_sim.datafiles import coastlines_folder
from aegean_sim.errors import GeographyError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from aegean_sim.geography.frame import LambertFrame

_LONG_EDGE_DEG = 0.1


def stored(file_name: str) -> Path:
    """Give the path of a file of the data folder.

    Raises
    ------
    GeographyError
        When it is not there.
    """
    path = coastlines_folder() / file_name
    if not path.is_file():
        raise GeographyError(f"geography file {path} is not there; reinstall aegean-sim")
    return path


def read_shapes(file_name: str, frame: LambertFrame) -> tuple[NDArray[Any], NDArray[np.str_]]:
    """Read a GeoParquet layer: its shapes in metres, and the state of each."""
    from pyarrow.parquet import ParquetFile  # noqa: PLC0415  (needed only on a real coast)

    table = ParquetFile(stored(file_name)).read(["geometry", "state"], use_threads=False)
    shapes, states = (column.to_pylist() for column in table.columns)
    return project(shapely.from_wkb(np.array(shapes, dtype=object)), frame), np.array(states, dtype=np.str_)


def project(shapes: NDArray[Any], frame: LambertFrame) -> NDArray[Any]:
    """Take shapes in lon/lat to the theatre's plane; the theatre's bounds are not checked."""
    return np.asarray(shapely.transform(shapes, lambda lon_lat: np.column_stack(frame.project(*lon_lat.T))))


def project_long(shapes: NDArray[Any], frame: LambertFrame) -> NDArray[Any]:
    """Take shapes with long edges to the plane so that an edge along a parallel stays on it."""
    return project(shapely.segmentize(shapes, _LONG_EDGE_DEG), frame)
