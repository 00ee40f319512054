"""Notes under the picture of a network: who learns what and how, in lines."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from aegean_sim.handoff.phrases import counted
from aegean_sim.views.network_curves import WIDTH
from aegean_sim.views.network_marks import write
from aegean_sim.views.style import FAINT_INK, INK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from aegean_sim.handoff.description import NetworkDescription

_POINTS, _LINE, _GAP, _HEADING = 8.5, 0.165, 0.07, 0.3
_MARK, _HOW = 0.2, 6.0
_WORDS_WIDE, _HOW_WIDE, _ALL_WIDE = 78, 66, 168


@dataclass(frozen=True, slots=True)
class Note:
    """A note in lines: of which desk, what, and how."""

    desk: str
    words: tuple[str, ...]
    how: tuple[str, ...]

    @property
    def height(self) -> float:
        """Room it takes, inches."""
        return max(len(self.words), len(self.how)) * _LINE + _GAP


def notes_of(network: NetworkDescription) -> list[Note]:
    """Give the rules of sharing, who else tells or tells nobody, who acts, and what is left out."""
    silent = [force for force in network.forces if force.desk is None and force.units]
    return [
        *(_note(rule.sender, rule.words, rule.how) for rule in network.sharing),
        *(_note("", each.words) for each in network.withheld),
        *(
            _note("", f"{counted(force.units, 'unit')} of {force.name}: no desk hears them")
            for force in silent
        ),
        *(_note("", words) for words in network.who_else_tells),
        *(_note("", f"who acts: {words}") for words in network.who_acts),
        *(_note("", f"left out: {words}") for words in network.left_out),
    ]


def _note(desk: str, words: str, how: str = "") -> Note:
    return Note(desk, tuple(wrap(words, _WORDS_WIDE if how else _ALL_WIDE)), tuple(wrap(how, _HOW_WIDE)))


def notes_height(notes: Sequence[Note]) -> float:
    """Tell how much room notes take, inches."""
    return _HEADING + sum(note.height for note in notes) if notes else 0.0


def draw_notes(axes: Axes, notes: Sequence[Note], colours: Mapping[str, str]) -> None:
    """Write notes under a heading, those of a desk with its colour before them; places in inches."""
    look = {"ha": "left", "va": "top", "fontsize": _POINTS}
    write(axes, 0.0, 0.0, "Who learns what", WIDTH, **look | {"fontsize": 10.5, "weight": "bold"})
    down = _HEADING
    for note in notes:
        write(axes, 0.0, down, "■" if note.desk else "", _MARK, **look, color=colours.get(note.desk, INK))
        room = _HOW - _MARK - 0.1 if note.how else WIDTH - _MARK
        for row, line in enumerate(note.words):
            write(axes, _MARK, down + row * _LINE, line, room, **look)
        for row, line in enumerate(note.how):
            write(axes, _HOW, down + row * _LINE, line, WIDTH - _HOW, **look, color=FAINT_INK)
        down += note.height
