"""What an export is made from: a stored run, and which of its seas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.errors import StoreError
from aegean_sim.geography.frame import THEATRES
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.taking_part import in_theatre

if TYPE_CHECKING:
    import pandas as pd

    from aegean_sim.quantities import FloatArray
    from aegean_sim.recording.reading import StoredRun
    from aegean_sim.scenario.forces import Craft

_COAST = "coast and seas: GSHHG 2.3.6 (Wessel & Smith 1996), LGPL, simplified at 50 m"
SIMULATED = "simulated, not real traffic"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for.

    Parameters
    ----------
    run : StoredRun
        The run.
    theatres : tuple of str
        Whose rows are wanted; all have the same kind of coordinates.
    every_s : float
        Seconds from one position report of a unit to its next.
    """

    run: StoredRun
    theatres: tuple[str, ...]
    every_s: float

    @property
    def door_names(self) -> tuple[str, str]:
        """Names of the coordinates."""
        return self.run.frames[self.theatres[0]].door_names

    @property
    def on_earth(self) -> bool:
        """Whether places are longitudes and latitudes, and not those of a laboratory."""
        return self.door_names == ("lon", "lat")

    @property
    def crafts(self) -> dict[str, Craft]:
        """Units and passing ships of the theatres, by name, in the order of the scenario."""
        here = [in_theatre(self.run.scenario, theatre) for theatre in self.theatres]
        return {name: craft for crafts in here for name, craft in crafts.items()}

    def table(self, name: str) -> pd.DataFrame:
        """Read the rows of the theatres; those of desks, who sit in none, all."""
        return self._here(self.run.table(name))

    def tracks(self) -> pd.DataFrame:
        """Read the tracks without vertices at the same moment as the one before."""
        tracks = self._here(self.run.tracks())
        same = [tracks[name].to_numpy() for name in ("mover", "piece", "time_s")]
        again = np.logical_and.reduce([column[1:] == column[:-1] for column in same])
        return tracks[np.concatenate([[True], ~again])[: len(tracks)]].reset_index(drop=True)

    def _here(self, table: pd.DataFrame) -> pd.DataFrame:
        if "theatre" not in table:
            return table
        return table[table["theatre"].isin(self.theatres)].reset_index(drop=True)

    def utc(self, seconds: pd.Series[float] | FloatArray) -> pd.DatetimeIndex:
        """Give the clock at some seconds since the start; empty where there are none."""
        import pandas as pd  # noqa: PLC0415  (heavy)

        # Whole milliseconds: more than files of these formats keep.
        since = np.rint(np.asarray(seconds, dtype=np.float64) * 1000.0)
        start = pd.Timestamp(self.run.scenario.start).tz_convert("UTC")
        return pd.DatetimeIndex(start + pd.to_timedelta(since, unit="ms")).as_unit("ms")

    def about(self) -> dict[str, str]:
        """Tell where the file comes from, and that nothing in it is real."""
        manifest = self.run.manifest
        told = {
            "title": self.run.scenario.title or manifest.name,
            "note": SIMULATED,
            "scenario": manifest.name,
            "theatres": ", ".join(self.theatres),
            "replication": str(manifest.replications[0]),
            "seed": str(manifest.seed),
            "fingerprint": manifest.fingerprint,
            "program": f"aegean-sim {manifest.versions['aegean-sim']}",
        }
        return told | ({"credits": _COAST} if self.on_earth else {})


def request_of(run: StoredRun, theatre: str | None, every_s: float) -> Request:
    """Check what is asked for: one theatre by its name, or all.

    Raises
    ------
    StoreError
        When there is no such theatre, theatres of unlike coordinates would be mixed, or nothing moved there.
    """
    known = run.scenario.theatres
    if theatre is not None and theatre not in known:
        raise StoreError(f"{run.folder} has no theatre {theatre!r}{guess(theatre, known)}")
    theatres = tuple(known) if theatre is None else (theatre,)
    if len({known[name].coast in THEATRES for name in theatres}) > 1:
        raise StoreError(
            f"{run.folder} has seas and laboratories, which do not go into one file: give one of"
            f" {', '.join(theatres)} with --theatre"
        )
    _check_moved(run, theatres)
    return Request(run, theatres, every_s)


def _check_moved(run: StoredRun, theatres: tuple[str, ...]) -> None:
    if not run.table("tracks")["theatre"].isin(theatres).any():
        raise StoreError(f"nothing moved in {', '.join(theatres)} of {run.folder}: nothing to export")
