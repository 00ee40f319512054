"""The sea of a theatre: the coast that was simulated, limits of territorial seas, and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from aegean_sim.geography.coastline import load_coastline
from aegean_sim.geography.frame import THEATRES
from aegean_sim.page.encoding import plain, steps
from aegean_sim.page.plane import whole
from aegean_sim.views.names import place_names
from aegean_sim.views.scene import territorial_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aegean_sim.page.plane import Plane

_BEND_M = 50.0


def sea_of(coast: str, plane: Plane) -> dict[str, Any]:
    """Give the land, the limits and the names of a theatre; nothing of a laboratory."""
    empty = lines_of([], plane)
    if coast not in THEATRES:
        return {"land": empty, "seas": empty, "names": []}
    land = load_coastline(coast).land
    rings = [ring for part in land.geoms for ring in (part.exterior, *part.interiors)]
    seas = shapely.get_parts(shapely.simplify(territorial_lines(coast), _BEND_M))
    return {
        "land": lines_of(rings, plane),
        "seas": lines_of(seas, plane),
        "names": [
            [name.text, name.kind, *whole(plane.of_door([name.lon], [name.lat]))[0].tolist()]
            for name in place_names(coast)
        ],
    }


def lines_of(lines: Iterable[Any], plane: Plane) -> dict[str, Any]:
    """Give lines in the theatre's metres as columns: how many points each has, and these."""
    points = [shapely.get_coordinates(line) for line in lines]
    x_m, y_m = np.concatenate([np.empty((0, 2)), *points]).T
    x, y = whole(plane.of_xy(x_m, y_m)).T
    return {"size": plain([len(each) for each in points]), "x": steps(x), "y": steps(y)}
