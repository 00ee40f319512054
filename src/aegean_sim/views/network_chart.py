"""The picture of a network: desks, forces that report to them, links with delays, who learns what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aegean_sim import __version__
from aegean_sim.recording.store import replacing
from aegean_sim.views import network_marks as marks
from aegean_sim.views.network_curves import WIDTH
from aegean_sim.views.network_layout import Plan, laid_out
from aegean_sim.views.network_notes import draw_notes, notes_height, notes_of
from aegean_sim.views.network_words import finding, how_to_read, size
from aegean_sim.views.sheet import blank_sheet, own_look
from aegean_sim.views.style import FAINT_INK, INK

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

    from aegean_sim.handoff.description import NetworkDescription
    from aegean_sim.scenario.model import Scenario
    from aegean_sim.views.network_layout import Layout
    from aegean_sim.views.sheet import Sheet

_LEFT, _HEADER, _KEY, _FOOTER = 0.6, 1.2, 0.5, 0.45


def draw_network(network: NetworkDescription, scenario: Scenario, fingerprint: str, path: Path) -> Path:
    """Draw who tells whom.

    Parameters
    ----------
    network : NetworkDescription
        As `describe` gives it.
    scenario : Scenario
        Whose network it is.
    fingerprint : str
        Of the scenario.
    path : Path
        A PNG, SVG or PDF file, by its suffix; one that is there is replaced, a folder that is not is made.

    Returns
    -------
    Path
        The picture.

    Raises
    ------
    StoreError
        When it cannot be written.
    """
    with own_look(), replacing(path) as part:
        sheet = _drawn(network)
        sheet.write(_LEFT, 0.2, finding(network), 15, INK, bold=True)
        sheet.write(_LEFT, 0.58, size(network, scenario.title), 9.5, FAINT_INK)
        sheet.write(_LEFT, 0.8, how_to_read(network), 9.5, FAINT_INK)
        made = f"aegean-sim {__version__} · scenario {scenario.name} · fingerprint {fingerprint[:12]}"
        sheet.write(_LEFT, sheet.height - 0.3, made, 7.5, FAINT_INK)
        part.parent.mkdir(parents=True, exist_ok=True)
        sheet.save(part)
    return path


def plan_of(network: NetworkDescription) -> Plan:
    """Tell what there is to place."""
    return Plan(
        forces={desk.name: tuple(dict.fromkeys((*desk.hears, *desk.commands))) for desk in network.desks},
        label_sizes={
            (link.sender, link.receiver): marks.label_size(marks.label_of(link)) for link in network.links
        },
        tables={
            table.name: [desk.name for desk in network.desks if table.name in desk.seats]
            for table in network.round_tables
        },
    )


def _drawn(network: NetworkDescription) -> Sheet:
    """Draw the network, the key of its lines, and the notes, one under the other."""
    layout, notes, key = laid_out(plan_of(network)), notes_of(network), _key(network)
    heights = (layout.height, _KEY if key else 0.0, notes_height(notes))
    sheet = blank_sheet(WIDTH + 2.0 * _LEFT, _HEADER + sum(heights) + _FOOTER)
    _draw(_panel(sheet, _HEADER, heights[0]), network, layout)
    if key:
        _draw_key(_panel(sheet, _HEADER + heights[0], heights[1]), key)
    if notes:
        colours = marks.desk_colours([desk.name for desk in network.desks])
        draw_notes(_panel(sheet, _HEADER + sum(heights[:2]), heights[2]), notes, colours)
    return sheet


def _panel(sheet: Sheet, down: float, height: float) -> Axes:
    """Give an empty panel measured in inches from its upper left corner."""
    axes = sheet.axes(_LEFT, down, WIDTH, height)
    axes.set(xlim=(0.0, WIDTH), ylim=(height, 0.0))
    axes.set_axis_off()
    return axes


def _draw(axes: Axes, network: NetworkDescription, layout: Layout) -> None:
    colours = marks.desk_colours([desk.name for desk in network.desks])
    forces = {force.name: force for force in network.forces}
    for table in network.round_tables:
        marks.draw_round_table(axes, table, layout.tables[table.name], layout.seats[table.name])
    for desk in network.desks:
        box = layout.desks[desk.name]
        marks.draw_desk(axes, desk, box, colours[desk.name])
        for name in dict.fromkeys((*desk.hears, *desk.commands)):
            ends = {"heard": name in desk.hears, "sent": name in desk.commands}
            marks.draw_force(axes, forces[name], layout.forces[name, desk.name], box, **ends)
    for link in network.links:
        pair = (link.sender, link.receiver)
        marks.draw_link(axes, link, layout.links[pair], layout.labels[pair], colours[link.sender])


def _draw_key(axes: Axes, key: list[tuple[str, dict[str, Any]]]) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415  (heavy)

    axes.legend(
        handles=[Line2D([], [], label=words, **look) for words, look in key], loc="center left",
        ncols=min(len(key), 3), frameon=False, fontsize=7.5, labelcolor=INK, handlelength=2.4, borderpad=0,
        borderaxespad=0, columnspacing=1.4,
    )  # fmt: skip


def _key(network: NetworkDescription) -> list[tuple[str, dict[str, Any]]]:
    """List the kinds of lines that are there, with their looks."""
    there = [marks.line_of(link) for link in network.links if not link.silenced]
    key = [
        (words, {"color": INK, "lw": 1.4, "ls": line}) for line, words in marks.LINES.items() if line in there
    ]
    if any(desk.seats for desk in network.desks):
        key.append(("sits at the table", {"color": marks.TABLE_COLOUR, "lw": 7.0, "alpha": 0.35}))
    if any(desk.hears or desk.commands for desk in network.desks):
        look = {"color": FAINT_INK, "lw": 0.9, "marker": ">", "ms": 4}
        key.append(("force: to the desk, reports; from it, is sent", look))
    return key
