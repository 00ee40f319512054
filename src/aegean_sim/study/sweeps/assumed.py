"""Assumptions of a scenario that can be varied: those it marks as such, with a range."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.facts import spots
from aegean_sim.scenario.messages import dotted
from aegean_sim.scenario.overrides import value_at
from aegean_sim.study.sweeps.cells import overrides_of
from aegean_sim.study.sweeps.values import spread_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.scenario.loading import Base


@dataclass(frozen=True, slots=True)
class Assumed:
    """The numbers that a scenario assumes.

    Parameters
    ----------
    spreads : dict of path to spread, as written
    left_out : dict of path to str
        Those that cannot be varied alone, such as shares that add up to 1, and the rule that it would break.
    """

    spreads: dict[str, Any] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)


def assumptions(base: Base) -> Assumed:
    """Give the spread of every number that a scenario marks as an assumption with a range.

    A path with stars is spelled out, so that each number is varied by itself; whole numbers stay whole.
    """
    assumed = Assumed()
    for path, spread in _marked(base):
        broken = _broken(base, path, spread)
        if broken:
            assumed.left_out[path] = broken
        else:
            assumed.spreads[path] = spread
    return assumed


def _marked(base: Base) -> Iterator[tuple[str, Any]]:
    values = base.values()
    for fact in values["facts"]:
        if fact["basis"] != "ASSUMPTION" or fact["range"] is None:
            continue
        for location in spots(values, fact["path"]):
            value = value_at(values, location)
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                path = dotted(location, values).replace("[", ".").replace("]", "")
                yield path, _spread(value, *fact["range"])


def _spread(value: float, least: float, greatest: float) -> Any:
    whole = isinstance(value, int) and float(least).is_integer() and float(greatest).is_integer()
    return f"{int(least)}..{int(greatest)}" if whole else {"uniform": [least, greatest]}


def _broken(base: Base, path: str, spread: Any) -> str:
    for value in spread_of(spread, path).ends:
        try:
            base.varied(overrides_of({path: value}))
        except ScenarioError as error:
            return str(error)
    return ""
