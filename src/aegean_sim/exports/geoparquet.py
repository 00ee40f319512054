"""GeoParquet: tracks that MovingPandas takes as they are, contacts and voyages as points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from aegean_sim.exports.ways import movers_of, ways_of

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from aegean_sim.exports.request import Request

FILES = ("tracks.parquet", "contacts.parquet", "voyages.parquet")
MOMENT = "t"
TRAJECTORY = "trajectory"


def write_parquet(request: Request, folder: Path) -> None:
    """Write `FILES` into a folder."""
    for name, layer in zip(FILES, (_tracks, _contacts, _voyages), strict=True):
        layer(request).to_parquet(folder / name, compression="zstd")


def _tracks(request: Request) -> gpd.GeoDataFrame:
    """Give the vertices; the index is UTC without a zone, since MovingPandas drops zones and says so."""
    tracks = request.tracks()
    crafts = request.crafts
    owners = {name: craft.owner for name, craft in crafts.items()}
    columns = tracks[["theatre", "mover", "kind", "piece"]].assign(
        owner=tracks["mover"].map(owners).fillna("").astype("str"),
        **{TRAJECTORY: tracks["mover"] + ":" + tracks["piece"].astype("str")},
    )
    first, second = request.door_names
    points = _frame(request, columns, shapely.points(tracks[first], tracks[second]))
    moments = request.utc(tracks["time_s"]).tz_localize(None)
    return points.set_index(moments.rename(MOMENT))


def _contacts(request: Request) -> gpd.GeoDataFrame:
    contacts = request.table("contacts")
    first, second = (contacts.pop(name) for name in request.door_names)
    return _frame(request, contacts, shapely.points(first, second))


def _voyages(request: Request) -> gpd.GeoDataFrame:
    """Give voyages as points where they began; a second geometry says where they ended."""
    import geopandas as gpd  # noqa: PLC0415

    voyages = request.table("voyages")
    ways = ways_of(request.tracks(), request.run.frames)
    ends = np.array([ways[mover].door_at(ways[mover].time_s[[0, -1]]) for mover in movers_of(voyages)])
    began, ended = np.asarray(shapely.points(ends.reshape(-1, 2, 2))).T
    points = _frame(request, voyages, began)
    points["ended"] = gpd.GeoSeries(ended, index=points.index, crs=points.crs)
    return points


def _frame(request: Request, columns: pd.DataFrame, points: object) -> gpd.GeoDataFrame:
    import geopandas as gpd  # noqa: PLC0415  (heavy)

    crs = "OGC:CRS84" if request.on_earth else None
    table = gpd.GeoDataFrame(columns, geometry=points, crs=crs)
    table.attrs = request.about()
    return table
