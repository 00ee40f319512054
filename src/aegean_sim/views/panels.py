"""Sheets of small panels, one a measure: heading, rows of panels, and where it all comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from aegean_sim.views.sheet import Sheet, blank_sheet, own_look
from aegean_sim.views.style import FAINT_INK, GRID, INK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

_WIDTH, _HEIGHT = 3.15, 2.0
_ACROSS, _DOWN, _DOWN_SLANTED = 0.75, 0.85, 1.2
_LEFT, _TOP, _FOOT = 0.8, 1.25, 0.45
_COLUMNS = 3
_LONG_LABEL, _MOST_LABELS = 5, 16


@dataclass(frozen=True, slots=True)
class Heading:
    """Words on a sheet.

    Parameters
    ----------
    finding : str
        What came out, in a line.
    about : tuple of str
        What is drawn, a line or two.
    credit : str
        Where it comes from.
    """

    finding: str
    about: tuple[str, ...]
    credit: str


class Panel(Protocol):
    """One measure, with labels below."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Of its places."""
        ...


AnyPanel = TypeVar("AnyPanel", bound=Panel)


def draw_panels(
    panels: Sequence[AnyPanel],
    draw: Callable[[Axes, AnyPanel], None],
    below: str,
    heading: Heading,
    path: Path,
) -> None:
    """Draw panels with the same labels on a sheet; ``below`` says what these are, where there is room."""
    with own_look():
        sheet, axes = _sheet_of_panels(heading, len(panels), panels[0].labels)
        for here, panel in zip(axes, panels, strict=True):
            draw(here, panel)
            told = "" if _are_long(panel.labels) else below
            here.set_xlabel(told, fontsize=8, color=FAINT_INK, parse_math=False)
        sheet.save(path)


def _sheet_of_panels(heading: Heading, panels: int, labels: Sequence[str]) -> tuple[Sheet, list[Axes]]:
    """Give a sheet with its words written, and axes for so many panels, row by row.

    Parameters
    ----------
    labels : sequence of str
        Those below each panel, for which there must be room.
    """
    across, down = max(min(panels, _COLUMNS), 2), _DOWN_SLANTED if _are_long(labels) else _DOWN
    rows = -(-panels // across)
    sheet = blank_sheet(
        _LEFT + across * (_WIDTH + _ACROSS) - _ACROSS + 0.3, _TOP + rows * (_HEIGHT + down) + _FOOT - 0.15
    )
    sheet.write(0.3, 0.18, heading.finding, 14, INK, bold=True)
    for number, line in enumerate(heading.about):
        sheet.write(0.3, 0.52 + 0.2 * number, line, 9, FAINT_INK)
    sheet.write(0.3, sheet.height - 0.25, heading.credit, 7, FAINT_INK)
    axes = [
        sheet.axes(
            _LEFT + number % across * (_WIDTH + _ACROSS),
            _TOP + number // across * (_HEIGHT + down),
            _WIDTH,
            _HEIGHT,
        )
        for number in range(panels)
    ]
    return sheet, axes


def plain_axes(axes: Axes, title: str, unit: str) -> None:
    """Give a panel its title, unit, grid, and no more lines than it needs."""
    axes.set_title(title, loc="left", fontsize=10, weight="bold", color=INK, parse_math=False)
    axes.set_ylabel(unit, fontsize=8, color=FAINT_INK)
    axes.tick_params(labelsize=8, colors=FAINT_INK, length=2)
    axes.yaxis.set_major_formatter(lambda value, _: number(value).replace("-", "−"))
    axes.grid(axis="y", color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(FAINT_INK)


def note(axes: Axes, words: str) -> None:
    """Write a few words above the panel's right end."""
    axes.set_title(words, loc="right", fontsize=7, color=FAINT_INK, parse_math=False)


def number(value: float) -> str:
    """Write a value to three digits, and no more than there are before the point if these are more."""
    size = abs(value)
    digits = 0 if size >= 100.0 else 1 if size >= 10.0 else 2
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def label_places(axes: Axes, places: Sequence[float], labels: Sequence[str]) -> None:
    """Write labels below places, slanted where they are long, and only some where they are many."""
    step = -(-len(labels) // _MOST_LABELS)
    shown = [_cut(label) for label in labels[::step]]
    slanted = _are_long(labels)
    axes.set_xticks(
        list(places[::step]), shown, rotation=25 if slanted else 0, ha="right" if slanted else "center",
        parse_math=False,
    )  # fmt: skip


def _are_long(labels: Sequence[str]) -> bool:
    """Tell whether labels are written slanted."""
    return max(map(len, labels)) > _LONG_LABEL


def _cut(label: str) -> str:
    return label if len(label) <= 24 else f"{label[:22]}…"
