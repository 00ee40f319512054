"""What a map may be asked to show, by its word on the command line, and whether a scenario has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from aegean_sim.errors import AegeanError
from aegean_sim.recording.layers import ALL, ANY, MEAN, Layer
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.taking_part import in_theatre

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aegean_sim.scenario.model import Scenario

Kind: TypeAlias = Literal["coverage", "outcomes", "unseen"]
OWNERS, UNITS = "owners", "units"
_MOST_HOURS = 24 * 366.0


@dataclass(frozen=True, slots=True)
class Show:
    """A kind of map.

    Parameters
    ----------
    metric : str
        Of its layer; empty where the map is made of tables.
    takes : tuple of str
        What can be asked of it besides.
    words : str
        What it shows, for help.
    """

    kind: Kind
    metric: str
    takes: tuple[str, ...]
    words: str


SHOWS: Mapping[str, Show] = {
    "seen": Show(
        "coverage", "seen", ("hours", "boat", "light"), "chance that a boat in a cell is seen within T hours"
    ),
    "unit-hours": Show("coverage", "unit_hours", ("light",), "unit-hours of watch a day"),
    "gap-mean": Show("coverage", "gap_mean", ("boat",), "hours since last covered, mean"),
    "gap-worst": Show("coverage", "gap_worst", ("boat",), "hours not covered, longest"),
    "in-time": Show("coverage", "in_time", ("boat", "light"), "chance that a report is still in time"),
    "outcomes": Show("outcomes", "", ("boat",), "where boats were seen first, and how each ended"),
    "unseen": Show("unseen", "", ("boat",), "where and how long boats sail unseen on each route"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be drawn.

    Parameters
    ----------
    layer : Layer
        Of a map made of tables, only ``boat`` and ``by`` count.
    split : str
        ``owners`` or ``units`` for a panel each; else empty.
    """

    show: str
    layer: Layer
    split: str

    @property
    def kind(self) -> Kind:
        """How it is made."""
        return SHOWS[self.show].kind

    @property
    def is_usual(self) -> bool:
        """Whether it is the picture that a run is told by."""
        return self.show == "seen" and self.layer == Layer() and not self.split

    @property
    def slug(self) -> str:
        """Give a name for its file."""
        what = (
            self.layer.slug if self.kind == "coverage" else f"{self.show}-{self.layer.boat}-{self.layer.by}"
        )
        return f"{what}-{self.split}" if self.split else what


def asked_for(show: str, hours: float | None, boat: str | None, light: str | None, by: str | None) -> Asked:
    """Take what the command line says; what it leaves out is the usual.

    Raises
    ------
    AegeanError
        When there is no such map, or it does not hang on what is asked.
    """
    if show not in SHOWS:
        raise AegeanError(f"--show {show}: no such map{guess(show, SHOWS)}")
    found = SHOWS[show]
    for name, value in (("hours", hours), ("boat", boat), ("light", light)):
        if value is not None and name not in found.takes:
            takers = [word for word, each in SHOWS.items() if name in each.takes]
            raise AegeanError(f"--{name}: --show {show} does not hang on it; {', '.join(takers)} do")
    if hours is not None and not 0.0 < hours <= _MOST_HOURS:
        raise AegeanError(f"--hours {hours:g}: must be above 0, and at most a year")
    if light is not None and light not in (ANY, "day", "night"):
        raise AegeanError(f"--light {light}: no such light{guess(light, (ANY, 'day', 'night'))}")
    split = by if by in (OWNERS, UNITS) else ""
    whose = ALL if split or by is None else by
    usual_boat = "rubber" if found.metric else MEAN
    layer = Layer(found.metric or "seen", hours or 1.0, boat or usual_boat, light or ANY, whose)
    return Asked(show, layer, split)


def check_asked(asked: Asked, scenario: Scenario, theatre: str) -> None:
    """Check that a scenario has what is asked of a theatre.

    Raises
    ------
    AegeanError
        When it has not.
    """
    crafts = in_theatre(scenario, theatre)
    if not crafts:
        raise AegeanError(
            f"scenario {scenario.name} has no unit in {theatre}: there is nobody whose watch to draw"
        )
    watchers = {ALL, *crafts, *(craft.owner for craft in crafts.values())}
    by, boat = asked.layer.by, asked.layer.boat
    if by not in watchers:
        known = [*sorted(watchers), OWNERS, UNITS]
        raise AegeanError(f"--by {by}: neither an owner nor a unit in {theatre}{guess(by, known)}")
    boats = {MEAN, "rubber", "wooden", *scenario.boat_types}
    if boat not in boats:
        raise AegeanError(f"--boat {boat}: scenario {scenario.name} has no such boat{guess(boat, boats)}")


def watchers_of(split: str, scenario: Scenario, theatre: str) -> list[str]:
    """Name the owners, or the units with sensors, in the order of the scenario."""
    crafts = {name: craft for name, craft in in_theatre(scenario, theatre).items() if craft.sensors}
    return list(dict.fromkeys(craft.owner for craft in crafts.values())) if split == OWNERS else list(crafts)
