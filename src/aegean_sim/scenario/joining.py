"""Joining: a file that extends several others puts together what they say, each of its own theatre."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aegean_sim.scenario.base import DELAY_LAWS

_APART = frozenset(("name", "title", "extends", "facts"))
"""Keys that are not joined: what a file calls itself, and its facts, which follow its values."""

Location = tuple[str, ...]


@dataclass(slots=True)
class Joined:
    """What several files say together.

    Parameters
    ----------
    data : dict
        Mappings are merged, lists put one after the other.
    clashes : mapping of location to names
        Single values on which files differ, by the files that do; of them the first counts.
    """

    data: dict[str, Any] = field(default_factory=dict)
    clashes: dict[Location, tuple[str, str]] = field(default_factory=dict)
    _names: dict[Location, str] = field(default_factory=dict)

    def add(self, name: str, data: dict[str, Any]) -> None:
        """Add what a file says."""
        facts = [_moved(fact, self.data) for fact in data.get("facts", [])]
        self._join(self.data, {key: data[key] for key in data if key not in _APART}, (), name)
        self.data["facts"] = [*self.data.get("facts", []), *facts]

    def _join(self, into: dict[str, Any], own: dict[str, Any], above: Location, name: str) -> None:
        for key, value in own.items():
            location = (*above, key)
            before = into.get(key)
            if key not in into:
                into[key], self._names[location] = _copied(value), name
            elif isinstance(before, dict) and isinstance(value, dict) and not _is_law(value):
                self._join(before, value, location, name)
            elif isinstance(before, list) and isinstance(value, list) and _things(before + value):
                before.extend(value)
            elif before != value:
                self.clashes[location] = (self._said_by(location), name)

    def _said_by(self, location: Location) -> str:
        """Name the file that said first what stands at a location or above it."""
        above = (location[:end] for end in range(len(location), 0, -1))
        return next(self._names[place] for place in above if place in self._names)


def _is_law(value: dict[str, Any]) -> bool:
    return any(law in value for law in DELAY_LAWS)


def _things(items: list[Any]) -> bool:
    """Tell whether a list is one of things, which can be longer, and not of numbers, which cannot."""
    return all(isinstance(item, (dict, str)) for item in items)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items()}
    return list(value) if isinstance(value, list) else value


def _moved(fact: Any, before: dict[str, Any]) -> Any:
    """Give a fact whose path counts places in lists that now stand behind those of other files."""
    path = fact.get("path") if isinstance(fact, dict) else None
    if not isinstance(path, str):
        return fact
    node: Any = before
    parts = path.split(".")
    for place, part in enumerate(parts):
        if isinstance(node, list):
            if part.isdecimal():
                parts[place] = str(int(part) + len(node))
            break
        node = node.get(part) if isinstance(node, dict) else None
    return {**fact, "path": ".".join(parts)}
