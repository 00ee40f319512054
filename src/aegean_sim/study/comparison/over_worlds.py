"""In how many of the worlds a difference has the way that it has on their mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.study.comparison.measures import written
from aegean_sim.study.comparison.words import base_of, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.quantities import FloatArray
    from aegean_sim.study.comparison.comparing import Compared
    from aegean_sim.study.comparison.comparison import Part
    from aegean_sim.study.comparison.strata import Levels

_ABOUT = (
    "A world's difference is the mean of its own replications, with their luck; the intervals are round the"
    " mean of these worlds, and say nothing of others."
)


def over_worlds(part: Part) -> list[str]:
    """Say how differences with the baseline go from world to world; nothing where there is one only."""
    said = [
        text
        for each in part.found
        if each.measure.name in part.by_world
        for text in _spread(each, part.by_world[each.measure.name], part.stratum.levels)
    ]
    return [*said, _ABOUT] if said else []


def _spread(each: Compared, by_world: FloatArray, levels: Levels) -> Iterator[str]:
    told = [
        text
        for level, against in each.from_baseline.pairs.tolist()
        for text in _of_level(each, by_world[:, level] - by_world[:, against], levels.labels[level])
    ]
    if told:
        yield f"{each.measure.title}, of {len(by_world)} worlds, against {base_of(levels)}: {listed(told)}."


def _of_level(each: Compared, apart: FloatArray, label: str) -> Iterator[str]:
    """Tell in how many worlds a level has more or fewer, and from where to where that goes."""
    known = apart[np.isfinite(apart)]
    middle = float(known.mean()) if known.size else 0.0
    if middle != 0.0:
        alike = int((np.sign(known) == np.sign(middle)).sum())
        low, high = (written(each.measure, float(end), signed=True) for end in (known.min(), known.max()))
        yield f"{label} has {'more' if middle > 0.0 else 'fewer'} in {alike} ({low} to {high})"
