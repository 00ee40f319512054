"""How the parts of a network are drawn: desks, forces, links, round tables; places in inches."""

from __future__ import annotations

import math
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from aegean_sim.handoff.phrases import counted, minutes
from aegean_sim.views.style import FAINT_INK, GRATICULE, INK, SEA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.path import Path

    from aegean_sim.handoff.description import (
        DeskDescription,
        ForceDescription,
        LinkDescription,
        TableDescription,
    )
    from aegean_sim.quantities import FloatArray
    from aegean_sim.views.network_curves import Box

TABLE_COLOUR = "#E69F00"
SILENCED_COLOUR = "#b5b5b5"
LINES: Mapping[Any, str] = {
    "solid": "gets all through, at all hours",
    (0, (5, 2.5)): "loses some messages",
    (0, (1, 1.6)): "open at certain hours",
    (0, (6, 2, 1, 2)): "loses some, open at certain hours",
}
"""Lines of links, and what they mean."""
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#B0518A", "#3E97CF", "#7A5C00", "#000000", "#7f7f7f")
_LABEL_PT, TEXT_PT, _NAME_PT = 7.5, 8.0, 10.0
_CHARACTER_EM = 0.62
_NAME, _NAME_LINE, _NAME_LINES = 16, 24, 2
_LINE, _HEAD = 0.155, 0.12


def desk_colours(names: Sequence[str]) -> Mapping[str, str]:
    """Give each desk a colour that stands out on white, while there are any."""
    return {name: _COLOURS[min(place, len(_COLOURS) - 1)] for place, name in enumerate(names)}


def label_of(link: LinkDescription) -> str:
    """Write a link's delay: typical, range, and what translation adds."""
    if link.silenced:
        return "silenced"
    added = "" if link.translation is None else f" + {minutes(link.translation.typical_min)}"
    return f"{link.latency.both}{added}"


def label_size(text: str) -> tuple[float, float]:
    """Tell how much room a label takes, inches."""
    return len(text) * _CHARACTER_EM * _LABEL_PT / 72.0 + 0.1, 0.17


def line_of(link: LinkDescription) -> Any:
    """Give the line of a link: whole, or broken where messages are lost or wait for its hours."""
    return list(LINES)[(link.reliability < 1.0) + 2 * (link.open_hours_utc is not None)]


def draw_desk(axes: Axes, desk: DeskDescription, box: Box, colour: str) -> None:
    """Draw a desk with what it can do."""
    _draw_box(axes, box, edge=colour, fill="white", rounding=0.06, width=1.8)
    name = wrap(desk.name, _NAME_LINE, max_lines=_NAME_LINES, placeholder="…")
    lines = [*((line, _NAME_PT, colour, "bold") for line in name)]
    lines += [(line, TEXT_PT, INK, "normal") for line in _abilities(desk)]
    x, y = box.middle
    for row, (words, size, ink, weight) in enumerate(lines):
        down = y + (row - 0.5 * (len(lines) - 1)) * _LINE
        write(axes, x, down, words, box.width - 0.12, fontsize=size, color=ink, weight=weight)


def _abilities(desk: DeskDescription) -> list[str]:
    shifts = [shift.officers for shift in desk.shifts]
    extremes = sorted({min(shifts), max(shifts)}) if shifts else []
    by_shift = f", {' to '.join(f'{each:,}' for each in extremes)} in shifts" if extremes else ""
    lines = [f"{counted(desk.officers, 'officer')}{by_shift}", f"{desk.handling.both} a report"]
    tables = "the round table" if len(desk.seats) == 1 else f"{len(desk.seats)} round tables"
    lines += [f"{sum(desk.seats.values())} at {tables}"] if desk.seats else []
    return lines + ([f"speaks {', '.join(desk.languages)}"] if desk.languages else [])


def draw_force(axes: Axes, force: ForceDescription, box: Box, desk: Box, *, heard: bool, sent: bool) -> None:
    """Draw a force, and whether it reports to a desk, is sent by it, or both."""
    _draw_box(axes, box, edge=GRATICULE, fill=SEA, rounding=0.1, width=0.8)
    words = f"{shorten(force.name)}: {counted(force.units, 'unit')}"
    write(axes, *box.middle, words, box.width - 0.1, fontsize=_LABEL_PT)
    on_left = box.left < desk.left
    start, end = (box.right, desk.left) if on_left else (box.left, desk.right)
    level = min(max(box.middle[1], desk.top + 0.1), desk.bottom - 0.1)
    axes.annotate(
        "", (end, level), (start, box.middle[1]),
        arrowprops={
            "arrowstyle": f"{'<|' if sent else ''}-{'|>' if heard else ''}", "color": FAINT_INK, "lw": 0.9,
            "shrinkA": 1.0, "shrinkB": 2.0, "mutation_scale": 7.0,
        },
    )  # fmt: skip


def draw_link(axes: Axes, link: LinkDescription, curve: FloatArray, label: Box, colour: str) -> None:
    """Draw a link as an arrow in its sender's colour, with its delay."""
    from matplotlib.patches import PathPatch, Polygon  # noqa: PLC0415  (heavy)

    ink = SILENCED_COLOUR if link.silenced else colour
    axes.add_artist(PathPatch(_path(curve), fc="none", ec=ink, lw=1.4, ls=line_of(link), zorder=2))
    (x, y), back = curve[3], math.copysign(_HEAD, curve[2][0] - curve[3][0])
    head = [(x, y), (x + back, y - 0.4 * _HEAD), (x + back, y + 0.4 * _HEAD)]
    axes.add_artist(Polygon(head, fc=ink, ec="none", zorder=3))
    _draw_box(axes, label, edge=ink, fill="white", rounding=0.05, width=0.7, zorder=4)
    write(axes, *label.middle, label_of(link), label.width - 0.04, fontsize=_LABEL_PT, zorder=5)


def draw_round_table(axes: Axes, table: TableDescription, box: Box, seats: Iterable[FloatArray]) -> None:
    """Draw a round table, joined to the desks that sit at it; an outline where it is switched off."""
    from matplotlib.patches import Ellipse, PathPatch  # noqa: PLC0415  (heavy)

    for curve in seats:
        axes.add_artist(PathPatch(_path(curve), fc="none", ec=TABLE_COLOUR, lw=7.0, alpha=0.35, zorder=1))
    fill, edge = ("#fdf0d2", TABLE_COLOUR) if table.switched_on else ("white", SILENCED_COLOUR)
    axes.add_artist(Ellipse(box.middle, box.width, box.height, fc=fill, ec=edge, lw=1.8, zorder=3))
    state = f"a word takes {table.word.both}" if table.switched_on else "switched off"
    x, y = box.middle
    room = 0.8 * box.width
    write(axes, x, y - 0.5 * _LINE, f"Round table aboard {table.aboard}", room, weight="bold")
    write(axes, x, y + 0.5 * _LINE, state, room)


def _path(curve: FloatArray) -> Path:
    from matplotlib.path import Path  # noqa: PLC0415  (heavy)

    return Path(curve, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])


def _draw_box(
    axes: Axes, box: Box, *, edge: str, fill: str, rounding: float, width: float, zorder: float = 3
) -> None:
    from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415  (heavy)

    axes.add_artist(
        FancyBboxPatch(
            (box.left, box.top), box.width, box.height, boxstyle=f"round,pad=0,rounding_size={rounding}",
            fc=fill, ec=edge, lw=width, zorder=zorder, clip_on=False,
        )
    )  # fmt: skip


def write(axes: Axes, x: float, y: float, words: str, room: float, **look: Any) -> None:
    """Write a line at a point, centred unless the look says otherwise, smaller where room is short."""
    usual: dict[str, Any] = {
        "color": INK,
        "zorder": 4,
        "ha": "center",
        "va": "center_baseline",
        "fontsize": TEXT_PT,
    }
    line = axes.text(x, y, words, parse_math=False, **(usual | look))
    taken = line.get_window_extent().width / axes.figure.dpi
    if taken > room:
        line.set_fontsize(float(line.get_fontsize()) * room / taken)


def shorten(name: str) -> str:
    """Cut a name that is too long for the picture; tables have it whole."""
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
