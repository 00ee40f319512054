"""A scenario's network described for people and programs: desks, links, round tables, who learns what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.handoff.network import build_network
from aegean_sim.handoff.phrases import (
    Spread,
    hours_utc,
    listed,
    spread,
    what_is_left_out,
    what_is_withheld,
    when_shared,
)
from aegean_sim.handoff.rulings import who_acts, who_else_tells

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aegean_sim.handoff.passage import Passage
    from aegean_sim.scenario.desks import Desk, Handoffs, RoundTable, Sharing
    from aegean_sim.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class ForceDescription:
    """A force: how many of its units sail, and the desk they report to, if there is one."""

    name: str
    units: int
    desk: str | None


@dataclass(frozen=True, slots=True)
class ShiftDescription:
    """Hours of the day, UTC, with another number of officers."""

    hours_utc: tuple[float, float]
    officers: int


@dataclass(frozen=True, slots=True)
class DeskDescription:
    """An operations room; ``seats`` are its officers at round tables, by the table's name."""

    name: str
    officers: int
    shifts: tuple[ShiftDescription, ...]
    handling: Spread
    languages: tuple[str, ...]
    hears: tuple[str, ...]
    commands: tuple[str, ...]
    seats: dict[str, int]

    @property
    def capacity(self) -> str:
        """Officers, and how many there are in each shift."""
        shifts = (f"{shift.officers:,} at {hours_utc(shift.hours_utc)}" for shift in self.shifts)
        return "; ".join((f"{self.officers:,}", *shifts))


@dataclass(frozen=True, slots=True)
class LinkDescription:
    """A link.

    Parameters
    ----------
    latency : Spread
        From sending to arrival of a try that gets through, in an open hour, without translation.
    arriving_share : float
        Share of messages that get through, of all tries together.
    translation : Spread or None
        What translation adds; ``None`` when the two desks have a language in common.
    across_table : Spread or None
        What a word takes instead, where both desks sit at a round table.
    silenced : bool
        Whether the scenario lets nothing pass.
    """

    sender: str
    receiver: str
    latency: Spread
    reliability: float
    tries: int
    resend: Spread
    arriving_share: float
    open_hours_utc: tuple[float, float] | None
    translation: Spread | None
    across_table: Spread | None
    silenced: bool

    @property
    def chance(self) -> str:
        """How many messages get through, and in how many tries."""
        if self.silenced:
            return "nothing"
        if self.reliability == 1.0:
            return "all"
        each = f"{100.0 * self.reliability:.4g} % a try"
        if self.tries == 1:
            return each
        total = "over 99.9 %" if self.arriving_share > 0.999 else f"{100.0 * self.arriving_share:.3g} %"
        return f"{total} ({each}, {self.tries} tries, {self.resend.typical} apart)"

    @property
    def hours(self) -> str:
        """When somebody sends."""
        return "all" if self.open_hours_utc is None else hours_utc(self.open_hours_utc)


@dataclass(frozen=True, slots=True)
class WayDescription:
    """How a desk tells another: the desks its message goes through, the receiver last; or a word."""

    receiver: str
    path: tuple[str, ...]
    across_table: Spread | None

    @property
    def words(self) -> str:
        """The way, in words."""
        links = f"by way of {listed(self.path[:-1])}" if len(self.path) > 1 else "by link"
        return f"across the table, else {links}" if self.across_table is not None else links


@dataclass(frozen=True, slots=True)
class RuleDescription:
    """A sharing rule: in words, as in the file, and the way to each receiver."""

    words: str
    sender: str
    receivers: tuple[str, ...]
    waters: tuple[str, ...]
    heading: tuple[str, ...]
    forces: tuple[str, ...]
    nations: tuple[str, ...]
    only_distress: bool
    ways: tuple[WayDescription, ...]

    @property
    def how(self) -> str:
        """The ways to all receivers, in words."""
        alike: dict[str, list[str]] = {}
        for way in self.ways:
            alike.setdefault(way.words, []).append(way.receiver)
        return "; ".join(f"{listed(receivers)} {words}" for words, receivers in alike.items())


@dataclass(frozen=True, slots=True)
class WithheldDescription:
    """An exception to the rules: in words, and as in the file."""

    words: str
    nations: tuple[str, ...]
    receivers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableDescription:
    """A round table: the ship that carries it, each desk's officers there, and how long a word takes."""

    name: str
    aboard: str
    switched_on: bool
    seats: dict[str, int]
    word: Spread


@dataclass(frozen=True, slots=True)
class NetworkDescription:
    """A whole network, in sentences where no numbers are wanted.

    Parameters
    ----------
    who_acts, who_else_tells, left_out : tuple of str
        Who may act where, who reports besides units, and what the scenario silences.
    """

    forces: tuple[ForceDescription, ...]
    desks: tuple[DeskDescription, ...]
    links: tuple[LinkDescription, ...]
    round_tables: tuple[TableDescription, ...]
    sharing: tuple[RuleDescription, ...]
    withheld: tuple[WithheldDescription, ...]
    who_acts: tuple[str, ...]
    who_else_tells: tuple[str, ...]
    left_out: tuple[str, ...]


def describe(scenario: Scenario) -> NetworkDescription:
    """Describe who tells whom in a checked scenario."""
    handoffs = scenario.handoffs
    network = build_network(handoffs, scenario.clock_s)
    return NetworkDescription(
        forces=_forces(scenario, network.listening),
        desks=tuple(_desk(desk, handoffs.round_tables) for desk in handoffs.desks),
        links=tuple(
            _link(passage, _word(handoffs, passage.link.sender, passage.link.receiver))
            for passage in network.passages.values()
        ),
        round_tables=tuple(_table(table) for table in handoffs.round_tables),
        sharing=tuple(_rule(rule, network.paths, handoffs) for rule in handoffs.sharing),
        withheld=tuple(
            WithheldDescription(what_is_withheld(each), tuple(sorted(each.nations)), each.receivers)
            for each in handoffs.withheld
        ),
        who_acts=tuple(who_acts(handoffs)),
        who_else_tells=tuple(who_else_tells(handoffs)),
        left_out=tuple(what_is_left_out(handoffs.silenced)),
    )


def _forces(scenario: Scenario, listening: Mapping[str, str]) -> tuple[ForceDescription, ...]:
    """Give the forces of the sea, and those that only desks know."""
    units = Counter(craft.owner for craft in scenario.crafts().values())
    commanded = (force for desk in scenario.handoffs.desks for force in desk.commands)
    names = dict.fromkeys((*units, *listening, *commanded))
    return tuple(ForceDescription(name, units[name], listening.get(name)) for name in names)


def _desk(desk: Desk, tables: Sequence[RoundTable]) -> DeskDescription:
    return DeskDescription(
        name=desk.id,
        officers=desk.officers,
        shifts=tuple(ShiftDescription(shift.hours_utc, shift.officers) for shift in desk.shifts),
        handling=spread(desk.handling_min),
        languages=tuple(sorted(desk.languages)),
        hears=desk.hears,
        commands=desk.commands,
        seats=_seats(desk.id, tables),
    )


def _seats(desk: str, tables: Sequence[RoundTable]) -> dict[str, int]:
    return {table.id: table.seats[desk] for table in tables if table.switched_on and desk in table.seated}


def _link(passage: Passage, across_table: Spread | None) -> LinkDescription:
    link = passage.link
    return LinkDescription(
        sender=link.sender,
        receiver=link.receiver,
        latency=spread(link.latency_min),
        reliability=link.reliability,
        tries=link.tries,
        resend=spread(link.resend_min),
        arriving_share=0.0 if passage.silent else 1.0 - (1.0 - link.reliability) ** link.tries,
        open_hours_utc=link.open_hours_utc,
        translation=None if passage.translation is None else spread(passage.translation),
        across_table=across_table,
        silenced=passage.silent,
    )


def _word(handoffs: Handoffs, sender: str, receiver: str) -> Spread | None:
    """Describe a word across the table, if one passes between two desks while the ship is at sea."""
    if receiver in handoffs.silenced.desks:
        return None
    words = (table.word_min for table in handoffs.round_tables if table.joins(sender, receiver))
    return next(map(spread, words), None)


def _table(table: RoundTable) -> TableDescription:
    return TableDescription(
        table.id, table.aboard, table.switched_on, dict(table.seats), spread(table.word_min)
    )


def _rule(
    rule: Sharing, paths: Mapping[tuple[str, str], tuple[str, ...]], handoffs: Handoffs
) -> RuleDescription:
    receivers = tuple(dict.fromkeys(rule.receivers))
    return RuleDescription(
        words=f"{rule.sender} tells {listed(receivers)} {when_shared(rule)}",
        sender=rule.sender,
        receivers=receivers,
        waters=tuple(sorted(rule.waters)),
        heading=tuple(sorted(rule.heading)),
        forces=tuple(sorted(rule.forces)),
        nations=tuple(sorted(rule.nations)),
        only_distress=rule.only_distress,
        ways=tuple(
            WayDescription(name, paths[rule.sender, name], _word(handoffs, rule.sender, name))
            for name in receivers
        ),
    )
