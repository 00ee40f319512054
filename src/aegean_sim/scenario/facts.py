"""Facts of a file: their paths, with ``*`` for any name, and which of them outlive an extension."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from aegean_sim.scenario.messages import Problem, shown
from aegean_sim.scenario.overrides import locate, names_of, why_not

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.scenario.messages import Location


def lost_facts(data: dict[str, Any]) -> Iterator[Problem]:
    """Find facts whose path leads to nothing that is written in the file."""
    for index, fact in enumerate(data.get("facts", ())):
        path = fact["path"]
        if not spots(data, path):
            location, part = _dead_end(data, path)
            rule = f"must be the path of a value in this file: {why_not(data, location, part)}"
            yield Problem(("facts", index, "path"), rule, shown(path))


def joined_facts(inherited: Any, data: dict[str, Any], own: dict[str, Any]) -> Any:
    """Give the facts of a file: inherited ones of values that it leaves alone, then its own.

    Parameters
    ----------
    inherited : list
        Facts of the extended file.
    data : dict
        The merged file.
    own : dict
        What the extending file says.
    """
    added = own.get("facts", [])
    if not isinstance(inherited, list) or not isinstance(added, list):
        return added
    return [fact for fact in inherited if _still_true(fact, data, own)] + added


def _still_true(fact: Any, data: dict[str, Any], own: dict[str, Any]) -> bool:
    path = fact.get("path") if isinstance(fact, dict) else None
    if not isinstance(path, str):
        return True
    return any(not says(own, location) for location in spots(data, path))


def says(own: Any, location: Location) -> bool:
    """Tell whether a file says something at a location, or something whole, not a mapping, above it."""
    for key in location:
        if not isinstance(own, dict):
            return True
        if key not in own:
            return False
        own = own[key]
    return True


def spots(data: Any, pattern: str) -> list[Location]:
    """Give all locations that a path with stars leads to."""
    spots: list[tuple[Location, Any]] = [((), data)]
    for part in pattern.split("."):
        spots = [
            ((*location, key), node[key])
            for location, node in spots
            for name in names_of(node)
            if fnmatchcase(name, part)
            for key in locate(node, name)[0]
        ]
    return [location for location, _ in spots]


def _dead_end(data: Any, pattern: str) -> tuple[Location, str]:
    """Give where a path with stars ends too early, and its first part that leads nowhere."""
    parts = pattern.split(".")
    for count, part in enumerate(parts):
        if not spots(data, ".".join(parts[: count + 1])):
            return (spots(data, ".".join(parts[:count]))[0] if count else ()), part
    return (), pattern
