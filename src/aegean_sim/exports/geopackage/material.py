"""What all layers are made from, read once, and the times that every feature has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aegean_sim.exports.ways import Way, ways_of

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from aegean_sim.exports.request import Request
    from aegean_sim.quantities import FloatArray

CRS = "EPSG:4326"


@dataclass(frozen=True, slots=True)
class Material:
    """A request with its tracks, and the way of each mover."""

    request: Request
    tracks: pd.DataFrame
    ways: dict[str, Way]

    @property
    def end_s(self) -> float:
        """End of the run."""
        return self.request.run.scenario.duration_s

    def features(
        self,
        columns: pd.DataFrame,
        shapes: Any,
        start_s: pd.Series[float] | FloatArray | float,
        end_s: pd.Series[float] | FloatArray | float,
    ) -> gpd.GeoDataFrame:
        """Give features with ``t_start`` and ``t_end``; what has no end lasts to the run's."""
        import geopandas as gpd  # noqa: PLC0415  (heavy)
        import pandas as pd  # noqa: PLC0415

        index = columns.index
        since, until = (pd.Series(seconds, index=index, dtype="float64") for seconds in (start_s, end_s))
        times = {
            "t_start": self.request.utc(since),
            "t_end": self.request.utc(until.fillna(self.end_s)),
        }
        told = columns[columns.columns[~columns.columns.str.endswith("_s")]]
        return gpd.GeoDataFrame(told.assign(**times), geometry=shapes, crs=CRS)

    def always(self, columns: pd.DataFrame, shapes: Any) -> gpd.GeoDataFrame:
        """Give features that last from the start of the run to its end."""
        return self.features(columns, shapes, 0.0, self.end_s)


def material_of(request: Request) -> Material:
    """Read the tracks of a request."""
    tracks = request.tracks()
    return Material(request, tracks, ways_of(tracks, request.run.frames))
