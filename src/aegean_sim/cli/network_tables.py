"""What `aegean-sim network` prints for a person: a table a section, those that hold something."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.table import Table

    from aegean_sim.handoff.description import NetworkDescription

    Row = tuple[str, ...]
    Section = tuple[str, Row, Callable[[NetworkDescription], Iterator[Row]]]

_PIPED_WIDTH = 120
_NONE = "–"


def show_network(network: NetworkDescription) -> None:
    """Print what stands out, then the tables."""
    from rich.console import Console  # noqa: PLC0415  (`--help` must not wait for it)

    from aegean_sim.views.network_words import finding  # noqa: PLC0415

    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PIPED_WIDTH)
    console.print(f"{finding(network)}.")
    for title, heads, rows_of in _SECTIONS:
        rows = list(rows_of(network))
        if rows:
            console.print("", _table(title, heads, rows), sep="\n")


def _table(title: str, heads: Row, rows: Sequence[Row]) -> Table:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    name = f"[bold]{title}[/bold]"
    table = Table(*heads, box=SIMPLE_HEAD, pad_edge=False, show_edge=False, title=name, title_justify="left")
    for row in rows:
        table.add_row(*row)
    return table


def _forces(network: NetworkDescription) -> Iterator[Row]:
    for force in network.forces:
        yield force.name, f"{force.units:,}", force.desk or _NONE


def _desks(network: NetworkDescription) -> Iterator[Row]:
    for desk in network.desks:
        handling = desk.handling
        names = [", ".join(each) or _NONE for each in (desk.hears, desk.commands, desk.languages)]
        yield desk.name, desk.capacity, handling.typical, handling.range, handling.law, *names


def _links(network: NetworkDescription) -> Iterator[Row]:
    for link in network.links:
        latency = link.latency
        translation = _NONE if link.translation is None else link.translation.both
        word = _NONE if link.across_table is None else link.across_table.typical
        told = (latency.typical, latency.range, link.chance, link.hours, translation, word)
        yield link.sender, link.receiver, *told


def _round_tables(network: NetworkDescription) -> Iterator[Row]:
    for table in network.round_tables:
        seats = ", ".join(f"{desk} {officers}" for desk, officers in table.seats.items())
        switched = "on" if table.switched_on else "off"
        yield table.name, table.aboard, switched, seats, table.word.both, table.word.law


def _rules(network: NetworkDescription) -> Iterator[Row]:
    for rule in network.sharing:
        yield rule.words, rule.how
    for exception in network.withheld:
        yield exception.words, _NONE


def _who_acts(network: NetworkDescription) -> Iterator[Row]:
    return ((words,) for words in network.who_acts)


def _who_else_tells(network: NetworkDescription) -> Iterator[Row]:
    return ((words,) for words in network.who_else_tells)


def _left_out(network: NetworkDescription) -> Iterator[Row]:
    return ((words,) for words in network.left_out)


_SECTIONS: tuple[Section, ...] = (
    ("Forces", ("force", "units", "report to"), _forces),
    (
        "Desks",
        ("desk", "officers", "handling", "5–95 %, min", "law, min", "hears", "sends", "languages"),
        _desks,
    ),
    (
        "Links",
        ("from", "to", "delay", "5–95 %, min", "get through", "open, UTC", "translation", "across the table"),
        _links,
    ),
    (
        "Round tables",
        ("table", "aboard", "switched", "officers", "a word takes", "law, min"),
        _round_tables,
    ),
    ("Who learns what", ("rule", "how"), _rules),
    ("Who acts", ("where",), _who_acts),
    ("Who else tells", ("what",), _who_else_tells),
    ("Left out in this scenario", ("what",), _left_out),
)
"""A further section is one line here."""
