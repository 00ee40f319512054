"""What became of boats: where each was first seen, where and how its voyage ended, and who nobody saw."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.recording.layers import ALL
from aegean_sim.views import headline, style
from aegean_sim.views.legend import add_keys, base_handles, line_handle
from aegean_sim.views.maps.bars import Bar, draw_bars
from aegean_sim.views.maps.page import SIDE, Caption
from aegean_sim.views.marks import draw_boats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from aegean_sim.quantities import FloatArray
    from aegean_sim.recording.layers import Layer
    from aegean_sim.views.ground import Ground
    from aegean_sim.views.maps.crossings import Crossing
    from aegean_sim.views.maps.subjects import Subject
    from aegean_sim.views.sheet import Sheet
    from aegean_sim.views.window import Window

_BOATS_DRAWN = 2000
_MANY = 120
_FIRST_SEEN, _DEAD = "#6b6b6b", "#a03c00"


@dataclass(frozen=True, slots=True)
class _Look:
    """How an outcome is drawn and said: ``22 met``."""

    words: str
    key: str
    colour: str
    shape: str
    large: float = 1.0


OUTCOMES = {
    "lost": _Look("lost", "lost", "#000000", "X", 1.4),
    "landed": _Look("landed", "landed", "#E69F00", "^", 1.1),
    "met": _Look("met", "met by the destination side", "#009E73", "o"),
    "rescued": _Look("rescued", "rescued from distress", "#0072B2", "D", 0.9),
    "stopped": _Look("stopped", "stopped by the departure side", "#CC79A7", "s", 0.9),
    "at_sea": _Look("still at sea", "still at sea at the end", "#56B4E9", "P", 1.1),
}
"""In the order of keys and bars; colours of Okabe and Ito."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Boats as the content of a page."""

    ground: Ground
    crossings: tuple[Crossing, ...]
    heat: None = None

    def points(self) -> FloatArray:
        """Give where boats sailed."""
        return np.concatenate([np.empty((0, 2)), *(boat.way[:, :2] for boat in self.crossings)])

    def marks(self) -> FloatArray:
        """Give where boats ended, and were first seen."""
        ends = [boat.way[-1, :2] for boat in self.crossings]
        return np.array([*ends, *self._first_seen()]).reshape(-1, 2)

    def dense(self) -> FloatArray:
        """Give where boats ended."""
        return np.array([boat.way[-1, :2] for boat in self.crossings]).reshape(-1, 2)

    def _first_seen(self) -> list[FloatArray]:
        return [boat.first_seen for boat in self.crossings if boat.first_seen is not None]

    def draw(self, axes: Axes, size: float) -> None:
        """Draw ways, first sightings, and ends; the rarer and graver outcome above the others."""
        drawn = self.crossings[:: -(-len(self.crossings) // _BOATS_DRAWN) or 1]
        draw_boats(axes, [boat.way[:, :2] for boat in drawn], len(drawn))
        size *= float(np.clip((_MANY / max(len(self.crossings), 1)) ** 0.25, 0.45, 1.0))
        first = np.array(self._first_seen()).reshape(-1, 2)
        axes.plot(*first.T, "o", ms=0.4 * size, mfc=_FIRST_SEEN, mec="white", mew=0.3, ls="none", zorder=6)
        for outcome, look in reversed(OUTCOMES.items()):
            for is_seen in (True, False):
                mark = _mark(look, size, seen=is_seen)
                axes.plot(*self._ends(outcome, seen=is_seen).T, zorder=7, ls="none", **mark)
        self._draw_dead(axes, size)

    def _draw_dead(self, axes: Axes, size: float) -> None:
        """Draw a ring round the end of each boat on which somebody died, wider for more dead."""
        boats = [boat for boat in self.crossings if boat.persons_dead]
        ends = np.array([boat.way[-1, :2] for boat in boats]).reshape(-1, 2)
        dead = np.array([boat.persons_dead for boat in boats], dtype=float)
        across = size * (1.2 + np.minimum(2.4, 0.24 * np.sqrt(dead)))
        axes.scatter(
            ends[:, 0], ends[:, 1], s=across**2, facecolors="none", edgecolors=_DEAD, linewidths=1.1, zorder=8
        )

    def _ends(self, outcome: str, *, seen: bool) -> FloatArray:
        boats = [boat for boat in self.crossings if boat.outcome == outcome and bool(len(boat.seen)) == seen]
        return np.array([boat.way[-1, :2] for boat in boats]).reshape(-1, 2)

    def draw_beside(self, sheet: Sheet, left: float, down: float, window: Window) -> float:
        """Draw the key, and a bar of outcomes for each route."""
        counts = Counter(boat.outcome for boat in self.crossings)
        dead = sum(boat.persons_dead > 0 for boat in self.crossings)
        rings = [_ring(f"ring: somebody died: {dead:,}")] if dead else []
        keys = [*outcome_keys(counts), *rings, *base_handles(self.ground, None, window)]
        down += add_keys(sheet.axes(left, down, SIDE, 2.6), keys) + 0.15
        bars = [_bar(name, boats) for name, boats in _by_route(self.crossings)]
        return draw_bars(sheet, left, down, "Boats by route", bars)


def outcome_keys(counts: Counter[str] | None = None) -> list[Any]:
    """Give the keys of all marks: of those that are there, with their number, or short ones of all."""
    grey = _Look("", "", style.OTHERS.colour, "o")
    first = {"marker": "o", "ms": 3.5, "mfc": _FIRST_SEEN, "mec": "white", "mew": 0.3, "ls": "none"}
    return [
        *(
            line_handle(
                label=look.words if counts is None else f"{look.key}: {counts[name]:,}",
                ls="none",
                **_mark(look, 7, seen=True),
            )
            for name, look in OUTCOMES.items()
            if counts is None or counts[name]
        ),
        line_handle(label="hollow: never seen", ls="none", **_mark(grey, 7, seen=False)),
        line_handle(label="first seen", **first),
        *([_ring("ring: dead")] if counts is None else []),
    ]


def _ring(label: str) -> Any:
    return line_handle(label=label, marker="o", ms=9, mfc="none", mec=_DEAD, mew=1.1, ls="none")


def _mark(look: _Look, size: float, *, seen: bool) -> dict[str, Any]:
    face, edge, width = (look.colour, "white", 0.6) if seen else ("white", look.colour, 1.3)
    return {"marker": look.shape, "ms": look.large * size, "mfc": face, "mec": edge, "mew": width}


def _by_route(crossings: Sequence[Crossing]) -> list[tuple[str, list[Crossing]]]:
    routes: dict[str, list[Crossing]] = {}
    for boat in crossings:
        routes.setdefault(boat.route or boat.voyage.partition("#")[0], []).append(boat)
    return sorted(routes.items(), key=lambda item: (-len(item[1]), item[0]))


def _bar(route: str, boats: Sequence[Crossing]) -> Bar:
    counts = Counter(boat.outcome for boat in boats)
    parts = tuple((float(counts[name]), look.colour) for name, look in OUTCOMES.items() if counts[name])
    unseen = sum(not len(boat.seen) for boat in boats)
    return Bar(route, parts, f"{len(boats):,}" + (f" ({unseen:,} unseen)" if unseen else ""))


def outcomes_caption(subject: Subject, layer: Layer, content: Outcomes) -> Caption:
    """Give the words of a map of outcomes."""
    theatre = content.ground.theatre
    numbers, run = subject.kpis(theatre), subject.first
    whose = "" if layer.by == ALL else f"; seen means by {layer.by}"
    about = (
        f"Marks: where each boat's voyage ended; hollow: nobody saw it before{whose}; ring: somebody died,"
        " wider for more. Lines: ways of boats",
        subject.when(together=True),
    )
    return Caption(
        outcomes_finding(content.crossings),
        headline.lives(numbers) if numbers["persons"] else "",
        about,
        tuple(headline.credits_of(run, content.ground.frame)),
    )


def outcomes_finding(crossings: Sequence[Crossing]) -> str:
    """Tell in one line what became of boats, and of those that nobody saw."""
    if not crossings:
        return "No boat set out"
    counts = Counter(boat.outcome for boat in crossings)
    told = [f"{counts[name]:,} {look.words}" for name, look in OUTCOMES.items() if counts[name]]
    never = sum(not len(boat.seen) for boat in crossings)
    unseen = "none was never seen" if not never else f"{never:,} never seen"
    boats = f"Of {len(crossings):,} boat{'' if len(crossings) == 1 else 's'}"
    dead = sum(boat.persons_dead for boat in crossings)
    died = f"; {dead:,} person{'' if dead == 1 else 's'} died" if dead else ""
    return f"{boats} {', '.join(told)}; {unseen}{died}"
