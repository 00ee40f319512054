"""The sea of a theatre: the coast that was simulated, limits of territorial seas, and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from aegean_sim.page.encoding import plain, steps
from aegean_sim.page.plane import whole
from aegean_sim.views.ground import ground_of
from aegean_sim.views.names import place_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aegean_sim.page.plane import Plane
    from aegean_sim.scenario.model import Scenario

_BEND_M = 50.0


def sea_of(scenario: Scenario, theatre: str, plane: Plane) -> dict[str, Any]:
    """Give the land, the limits and the names of a theatre; nothing of a laboratory."""
    ground = ground_of(scenario, theatre)
    if ground.coast is None:
        return {"land": _lines([], plane), "seas": _lines([], plane), "names": []}
    rings = [ring for part in ground.coast.land.geoms for ring in (part.exterior, *part.interiors)]
    return {
        "land": _lines(rings, plane),
        "seas": _lines(shapely.get_parts(shapely.simplify(ground.territorial, _BEND_M)), plane),
        "names": [
            [name.text, name.kind, *whole(plane.of_door([name.lon], [name.lat]))[0].tolist()]
            for name in place_names(scenario.theatres[theatre].coast)
        ],
    }


def _lines(lines: Iterable[Any], plane: Plane) -> dict[str, Any]:
    """Give lines in the theatre's metres as columns: how many points each has, and these."""
    points = [shapely.get_coordinates(line) for line in lines]
    x_m, y_m = np.concatenate([np.empty((0, 2)), *points]).T
    x, y = whole(plane.of_xy(x_m, y_m)).T
    return {"size": plain([len(each) for each in points]), "x": steps(x), "y": steps(y)}
