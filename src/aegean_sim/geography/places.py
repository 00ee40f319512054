"""Places: named ports and beaches, each with the nearest water in the open sea off it."""

from __future__ import annotations

import csv
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from aegean_sim.errors import GeographyError
from aegean_sim.geography.layers import stored

if TYPE_CHECKING:
    from aegean_sim.geography.frame import Frame


def place(theatre: str, name: str) -> tuple[float, float]:
    """Give longitude and latitude of the sea point of a named place.

    Parameters
    ----------
    theatre : str
        ``aegean`` or ``central-med``.
    name : str
        Name as in ``sea_points.csv``, in any case; what stands in brackets may be left out.

    Raises
    ------
    GeographyError
        When the theatre has no such place; the message names the nearest spelling.
    """
    known = _sea_points(theatre)
    found = known.get(name.casefold())
    if found is None:
        near = get_close_matches(name.casefold(), known, n=1)
        guess = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(sorted(known))}"
        raise GeographyError(f"no place named {name!r} in the {theatre} theatre{guess}")
    return found


def locate(frame: Frame, where: str | tuple[float, float]) -> tuple[float, float]:
    """Give in metres a named place, or a point in the frame's coordinates at the door.

    Raises
    ------
    GeographyError
        When there is no such place, or the point is out of bounds.
    """
    first, second = place(frame.theatre, where) if isinstance(where, str) else where
    x_m, y_m = frame.to_xy(first, second)
    return float(x_m), float(y_m)


@cache
def _sea_points(theatre: str) -> dict[str, tuple[float, float]]:
    with stored("sea_points.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["theatre"] == theatre]
    full = {row["name"].casefold(): (float(row["sea_lon"]), float(row["sea_lat"])) for row in rows}
    short = {name.partition(" (")[0]: point for name, point in full.items()}
    return short | full
