"""The look of all pictures: colours that colour-blind readers can tell apart, fixed bins, shapes by owner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aegean_sim.views.scene import UnitKind

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
_OKABE_ITO = ("#0072B2", "#009E73", "#CC79A7", "#56B4E9", "#000000", "#D55E00", "#F0E442")
_SHAPES = ("D", "s", "p", "h", "X", "v", "P")
_PLACES = {
    "NATO": 0, "HCG": 1, "Frontex": 2, "HellenicNavy": 3, "TCG": 4,
    "SeaGuardian": 0, "NGO": 1, "ItalianNavy": 2, "Sophia": 3, "Triton": 4, "LCG": 5, "ITCG": 6,
}  # fmt: skip
"""Which of these known forces have, whoever else is there: so that two pictures can be held side by side."""


@dataclass(frozen=True, slots=True)
class OwnerStyle:
    """How the units of one owner are drawn."""

    colour: str
    shape: str


OTHERS = OwnerStyle("#777777", "o")
"""All owners beyond the colours there are."""
Shape: TypeAlias = "str | tuple[tuple[float, float], ...]"
_RIGHT_OF_AIRCRAFT = (
    (0.0, 1.0), (0.12, 0.85), (0.14, 0.3), (1.0, -0.2), (1.0, -0.42), (0.14, -0.14), (0.1, -0.66),
    (0.4, -0.88), (0.4, -1.02), (0.0, -0.92),
)  # fmt: skip
_AIRCRAFT = (*_RIGHT_OF_AIRCRAFT, *((-x, y) for x, y in reversed(_RIGHT_OF_AIRCRAFT)))
UNIT_SHAPES: Mapping[UnitKind, tuple[Shape | None, float]] = {
    "station": ("^", 1.0),
    "aircraft": (_AIRCRAFT, 1.7),
    "ship": (None, 1.0),
}
"""Of each kind of unit its mark and how large it is beside others; a ship has its owner's."""


def owner_styles(owners: Iterable[str]) -> Mapping[str, OwnerStyle]:
    """Give each owner a colour (Okabe and Ito) and a shape of its own while there are any.

    Known forces have the same in all pictures, unless one before them has it; others what is left, in order.
    """
    pairs = [OwnerStyle(colour, shape) for colour, shape in zip(_OKABE_ITO, _SHAPES, strict=True)]
    names = list(dict.fromkeys(owners))
    taken: dict[int, str] = {}
    for name in names:
        if name in _PLACES:
            taken.setdefault(_PLACES[name], name)
    free = (place for place in range(len(pairs)) if place not in taken)
    places = {name: place for place, name in taken.items()}
    places |= {name: next(free, -1) for name in names if name not in places}
    return {name: OTHERS if places[name] < 0 else pairs[places[name]] for name in names}


def shape_of(kind: UnitKind, look: OwnerStyle) -> tuple[Shape, float]:
    """Give the mark of a unit, and how large it is beside others."""
    shape, large = UNIT_SHAPES[kind]
    return look.shape if shape is None else shape, large
