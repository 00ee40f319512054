"""The look of all pictures: colours that colour-blind readers can tell apart, fixed bins, shapes by owner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matplotlib.colors import BoundaryNorm, Colormap

SEA = "#e9f1f5"
LAND = "#dfdacb"
SHORE = "#7d7a6c"
INK = "#1d1d1d"
FAINT_INK = "#555555"
GRATICULE = "#8fa5b3"
BOUNDARY = "#35567a"
BOAT = "#0b1c2c"
LEVEL = "#0072B2"
GAIN = "#D55E00"
PALE_GAIN = "#e8c2a4"
"""Of what is not told from nothing."""
BETTER, WORSE, NEITHER = ("#0072B2", "#a9cbe0"), ("#D55E00", "#e8c2a4"), ("#5d6b75", "#c3cacf")
"""Of changes for the better, for the worse, and where neither is better: told from nothing, and not."""
DEAD = "#D55E00"
GRID = "#dddddd"
PROBABILITY_BINS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_DARKEST = 0.73
_OKABE_ITO = ("#0072B2", "#009E73", "#CC79A7", "#56B4E9", "#000000", "#D55E00", "#F0E442")
_SHAPES = ("D", "s", "p", "h", "X", "v", "P")


@dataclass(frozen=True, slots=True)
class OwnerStyle:
    """How the units of one owner are drawn."""

    colour: str
    shape: str


OTHERS = OwnerStyle("#777777", "o")
"""All owners beyond the colours there are."""
STATION_SHAPE = "^"


def owner_styles(owners: Iterable[str]) -> Mapping[str, OwnerStyle]:
    """Give each owner, in order, a colour (Okabe and Ito) and a shape of its own while there are any."""
    pairs = [OwnerStyle(colour, shape) for colour, shape in zip(_OKABE_ITO, _SHAPES, strict=True)]
    names = list(dict.fromkeys(owners))
    return {name: pairs[place] if place < len(pairs) else OTHERS for place, name in enumerate(names)}


def probability_colours() -> tuple[Colormap, BoundaryNorm]:
    """Give the colours of probabilities: fixed bins, nothing below the first.

    The map is Crameri's lajolla, reversed and cut before it turns black, so that ships stay visible on it.
    """
    from cmcrameri import cm  # noqa: PLC0415  (heavy)
    from matplotlib.colors import BoundaryNorm, ListedColormap  # noqa: PLC0415  (heavy)

    bins = len(PROBABILITY_BINS) - 1
    colours = ListedColormap([cm.lajolla_r(_DARKEST * place / (bins - 1)) for place in range(bins)])
    return colours.with_extremes(under=(0, 0, 0, 0), bad=(0, 0, 0, 0)), BoundaryNorm(PROBABILITY_BINS, bins)
