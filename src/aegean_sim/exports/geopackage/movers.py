"""Layers of what moved: legs of units and boats, where units lay still, voyages from end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from aegean_sim.exports.ways import movers_of

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from aegean_sim.exports.geopackage.material import Material
    from aegean_sim.quantities import BoolArray

_STEADY = ["theatre", "mover", "piece"]


def unit_tracks(material: Material) -> gpd.GeoDataFrame:
    """Give the legs that units sailed or flew."""
    legs = _legs(material, "unit")
    return _as_lines(material, legs[_moved(legs)])


def unit_stays(material: Material) -> gpd.GeoDataFrame:
    """Give the points where units lay still, and stations on shore."""
    legs = _legs(material, "unit")
    still = legs[~_moved(legs)]
    points = shapely.points(still["lon"], still["lat"])
    return material.features(_told(still), points, still["time_s"], still["until_s"])


def boat_tracks(material: Material) -> gpd.GeoDataFrame:
    """Give the legs of boats with the state that they were in: under way, in distress, capsized."""
    legs = _legs(material, "boat")
    legs = legs[_moved(legs)].merge(_fates(material), on="mover", how="left")
    middle = 0.5 * (legs["time_s"] + legs["until_s"])
    legs["state"] = np.select(
        [middle >= legs["capsized_s"], middle >= legs["distress_s"]],
        ["capsized", "in distress"],
        "under way",
    )
    return _as_lines(material, legs)


def voyages(material: Material) -> gpd.GeoDataFrame:
    """Give a line a voyage, from where it set out to where it ended, with all that became of it."""
    rows = material.request.table("voyages")
    ways = [material.ways[mover] for mover in movers_of(rows)]
    ends = np.array([way.door_at(way.time_s[[0, -1]]) for way in ways]).reshape(-1, 2, 2)
    return material.features(rows, shapely.linestrings(ends), rows["departed_s"], rows["ended_s"])


def _fates(material: Material) -> pd.DataFrame:
    rows = material.request.table("voyages")
    return rows[["outcome", "boat_type", "persons", "distress_s", "capsized_s"]].assign(mover=movers_of(rows))


def _legs(material: Material, kind: str) -> pd.DataFrame:
    """Give each leg in a row: where and when it starts, and ``until_s`` and ``to_`` where it ends."""
    tracks = material.tracks
    some = tracks[tracks["kind"] == kind]
    after = some.shift(-1)
    legs = some.assign(until_s=after["time_s"], to_lon=after["lon"], to_lat=after["lat"])
    goes_on = (some[_STEADY] == after[_STEADY]).all(axis=1)
    owners = {name: craft.owner for name, craft in material.request.crafts.items()}
    return legs[goes_on].assign(owner=some["mover"].map(owners).fillna(""))


def _moved(legs: pd.DataFrame) -> BoolArray:
    return ((legs["lon"] != legs["to_lon"]) | (legs["lat"] != legs["to_lat"])).to_numpy()


def _as_lines(material: Material, legs: pd.DataFrame) -> gpd.GeoDataFrame:
    ends = legs[["lon", "lat", "to_lon", "to_lat"]].to_numpy().reshape(-1, 2, 2)
    return material.features(_told(legs), shapely.linestrings(ends), legs["time_s"], legs["until_s"])


def _told(legs: pd.DataFrame) -> pd.DataFrame:
    told = ["theatre", "mover", "piece"]
    extra = ["state", "outcome", "boat_type", "persons"] if "state" in legs else ["owner"]
    return legs[[*told, *extra]]
