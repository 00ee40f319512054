"""What became of everybody, by route and by what was known of their boat: the numbers of the flow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.views.charts.boats import WORD, boats_of
from aegean_sim.views.charts.runs import Runs, Spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from aegean_sim.quantities import FloatArray

FATES = {
    "dead": "died",
    "rescued": "rescued from distress",
    "met": "met at sea",
    "stopped": "stopped",
    "landed": "landed",
    "at_sea": "still at sea",
}
"""Lives first."""
_MOST_ROUTES = 13
OTHER_ROUTES, NO_ROUTE = "other routes", "boats without a route"


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """Persons, means over runs.

    Parameters
    ----------
    routes : tuple of str
        The one that most took in front; the last of very many together.
    by_route : array of float, (routes, words)
        Words as in `WORD`.
    by_word : array of float, (words, fates)
        Fates as in `FATES`.
    dead : array of float, (routes,)
    fates : Spread of (fates,)
    persons : float
    """

    routes: tuple[str, ...]
    by_route: FloatArray
    by_word: FloatArray
    dead: FloatArray
    fates: Spread
    persons: float


def outcomes(runs: Runs) -> Outcomes:
    """Add up persons by route, by how far word of their boats came, and by what became of them."""
    boats = [_named(boats_of(run, runs.theatre)) for run in runs.stored]
    routes = _routes(boats)
    kept = set(routes)
    cubes = np.array([_cube(some, routes, kept) for some in boats])
    cube = cubes.mean(axis=0)
    dead = list(FATES).index("dead")
    return Outcomes(
        tuple(routes),
        cube.sum(axis=2),
        cube.sum(axis=0),
        cube[:, :, dead].sum(axis=1),
        Spread.of(cubes.sum(axis=(1, 2))),
        float(cube.sum()),
    )


def _named(boats: pd.DataFrame) -> pd.DataFrame:
    return boats.assign(route=boats["route"].replace("", NO_ROUTE).str.replace(">", " › "))


def _routes(boats: Sequence[pd.DataFrame]) -> list[str]:
    """Rank routes by persons; of very many the last are told together."""
    persons: dict[str, int] = {}
    for some in boats:
        for route, count in some.groupby("route")["persons"].sum().items():
            persons[str(route)] = persons.get(str(route), 0) + int(count)
    ranked = sorted(persons, key=lambda route: (-persons[route], route))
    return ranked if len(ranked) <= _MOST_ROUTES else [*ranked[: _MOST_ROUTES - 1], OTHER_ROUTES]


def _cube(boats: pd.DataFrame, routes: Sequence[str], kept: set[str]) -> FloatArray:
    """Give persons by route, word and fate."""
    cube = np.zeros((len(routes), len(WORD), len(FATES)))
    which = [routes.index(route if route in kept else OTHER_ROUTES) for route in boats["route"]]
    words = [list(WORD).index(word) for word in boats["word"]]
    np.add.at(cube, (which, words), boats[[f"persons_{fate}" for fate in FATES]].to_numpy(np.float64))
    return cube
