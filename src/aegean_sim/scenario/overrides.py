"""Dotted paths into a scenario's values, and overrides by them: ``deployments.nato.ships=7``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.messages import Location, dotted
from aegean_sim.scenario.reading import read_value

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Override:
    """One ``--set``: its text as given, and the location it sets."""

    text: str
    location: Location

    @property
    def flag(self) -> str:
        """How messages name it."""
        return flag_of(self.text)

    def touches(self, location: Location) -> bool:
        """Tell whether a location lies at, above or below what was set."""
        shared = min(len(location), len(self.location))
        return location[:shared] == self.location[:shared]


def flag_of(text: str) -> str:
    """Give how messages name an override, on one line and cut when it is long."""
    line = " ".join(text.split())
    return f"--set {line if len(line) <= 100 else line[:97] + '...'}"


def locate(data: Any, path: str) -> tuple[Location, tuple[str, ...]]:
    """Follow a dotted path as far as it goes; list items by ``id`` or number, in brackets or after a dot.

    Returns
    -------
    location : tuple
        Keys and list positions that were found.
    rest : tuple of str
        Parts of the path from the first that was not found; empty when all were.
    """
    parts = tuple(path.replace("[", ".").replace("]", "").split("."))
    location: list[str | int] = []
    node = data
    for index, part in enumerate(parts):
        step = _step(node, part)
        if step is None:
            return tuple(location), parts[index:]
        location.append(step)
        node = node[step]
    return tuple(location), ()


def why_not(data: Any, location: Location, part: str) -> str:
    """Tell that nothing at a location has the name ``part``, and what was perhaps meant."""
    node = value_at(data, location)
    place = dotted(location, data) or "the scenario"
    if not isinstance(node, (dict, list)):
        return f"{place} is neither a mapping nor a list, so it has no {part!r}"
    return f"{place} has no {part!r}{guess(part, names_of(node))}"


def value_at(data: Any, location: Location) -> Any:
    """Give the value at a location that exists."""
    for key in location:
        data = data[key]
    return data


def names_of(node: Any) -> list[str]:
    """Give the words by which the items of a mapping or list are reached; other values have none."""
    if isinstance(node, dict):
        return list(node)
    if not isinstance(node, list):
        return []
    named = [item.get("id") if isinstance(item, dict) else None for item in node]
    return [name if isinstance(name, str) else str(index) for index, name in enumerate(named)]


def apply_overrides(data: dict[str, Any], texts: Sequence[str], source: str) -> tuple[Override, ...]:
    """Set values in ``data``, which is changed, one after the other.

    Parameters
    ----------
    data : dict
        A whole scenario, with every default written out.
    texts : sequence of str
        ``path=value``; the value is read as YAML.
    source : str
        Names the scenario in messages.

    Raises
    ------
    ScenarioError
        When a text is no assignment, its value is not YAML, or its path leads nowhere.
    """
    return tuple(_apply(data, text, source) for text in texts)


def _apply(data: dict[str, Any], text: str, source: str) -> Override:
    name = f"{source}: {flag_of(text)}"
    path, sign, written = text.partition("=")
    path = path.strip()
    if not sign or not path:
        raise ScenarioError(f"{name}: must be path=value, like units.ship.speed_kn=20")
    value = read_value(written, name)
    location, rest = locate(data, path)
    node = value_at(data, location)
    if rest:
        # A new entry may be set whole; in an empty mapping there is nothing it could be a misspelling of.
        if not isinstance(node, dict) or (node and len(rest) > 1):
            raise ScenarioError(f"{name}: {why_not(data, location, rest[0])}")
        for part in reversed(rest[1:]):
            value = {part: value}
        location = (*location, rest[0])
    value_at(data, location[:-1])[location[-1]] = value
    return Override(text, location)


def _step(node: Any, part: str) -> str | int | None:
    """Give the key or position that a part of a path means, or nothing."""
    if isinstance(node, dict):
        return part if part in node else None
    if not isinstance(node, list):
        return None
    ids = [item.get("id") if isinstance(item, dict) else None for item in node]
    if part in ids:
        return ids.index(part)
    is_position = part.isascii() and part.isdecimal() and len(part) < 10 and int(part) < len(node)
    return int(part) if is_position else None
