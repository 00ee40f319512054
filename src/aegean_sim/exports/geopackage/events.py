"""Layers of what happened: contacts, first sightings, reports on their way, responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from aegean_sim.exports.ways import movers_of

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from aegean_sim.exports.geopackage.material import Material

_BOAT = ["voyage", "copy"]


def contacts(material: Material) -> gpd.GeoDataFrame:
    """Give each contact where the boat was at first sight, from then until it was lost."""
    rows = material.request.table("contacts")
    return _seen(material, rows, rows["end_s"].fillna(rows["start_s"]))


def first_sightings(material: Material) -> gpd.GeoDataFrame:
    """Give where each boat was first seen before its voyage ended, from then until it did."""
    ends = material.request.table("voyages")[[*_BOAT, "ended_s", "outcome"]]
    rows = material.request.table("contacts").merge(ends, on=_BOAT)
    rows = rows[~(rows["start_s"] > rows["ended_s"])].sort_values(["start_s", "contact"], kind="stable")
    first = rows.drop_duplicates(_BOAT)
    return _seen(material, first, first["ended_s"])


def handoffs(material: Material) -> gpd.GeoDataFrame:
    """Give each hop of a report at the place that it tells of, from when it was sent until decided on."""
    rows = material.request.table("handoffs")
    seen = material.request.table("contacts").set_index("contact")[["lon", "lat"]]
    told = rows.join(seen, on="contact")[["lon", "lat"]].to_numpy(copy=True)
    for row, (mover, time_s) in enumerate(zip(movers_of(rows), rows["observed_s"], strict=True)):
        way = material.ways.get(mover)
        if way is not None:
            told[row] = way.door_at(time_s)
    return material.features(rows, _points(told), rows["sent_s"], rows["decided_s"])


def responses(material: Material) -> gpd.GeoDataFrame:
    """Give the way of each unit that was sent, until it was done; none where it never left its place."""
    rows = material.request.table("responses")
    until_s = rows["done_s"].fillna(material.end_s)
    lines = [_line(material, *sent) for sent in zip(rows["unit"], rows["tasked_s"], until_s, strict=True)]
    return material.features(rows, np.array(lines, dtype=object), rows["tasked_s"], rows["done_s"])


def _line(material: Material, unit: str, since_s: float, until_s: float) -> shapely.LineString | None:
    way = material.ways.get(unit)
    if way is None:
        return None
    lon_lat = way.between(since_s, until_s)
    return shapely.LineString(lon_lat) if np.ptp(lon_lat, axis=0).any() else None


def _seen(material: Material, rows: pd.DataFrame, end_s: pd.Series[float]) -> gpd.GeoDataFrame:
    told = rows.drop(columns=["lon", "lat"])
    return material.features(told, shapely.points(rows["lon"], rows["lat"]), rows["start_s"], end_s)


def _points(lon_lat: Any) -> Any:
    """Give points, and none where a place is not known."""
    points = shapely.points(lon_lat)
    points[np.isnan(lon_lat).any(axis=1)] = None
    return points
