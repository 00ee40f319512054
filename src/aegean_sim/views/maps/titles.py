"""Titles of panels: what tells one run from another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aegean_sim.recording.reading import StoredRun

_MOST = 2
_WORDS = ("name", "title", "facts", "replications")
_LONGEST = 24


def titles_of(runs: Sequence[StoredRun]) -> list[str]:
    """Give each run a title: what differs in its scenario, its scenario's name, or its folder."""
    leaves = [
        dict(_leaves({k: v for k, v in run.manifest.scenario.items() if k not in _WORDS})) for run in runs
    ]
    paths = dict.fromkeys(path for each in leaves for path in each)
    differing = [path for path in paths if len({repr(each.get(path)) for each in leaves}) > 1]
    if 0 < len(differing) <= _MOST:
        return [", ".join(level_title(path, each.get(path, "none")) for path in differing) for each in leaves]
    names = [run.manifest.name for run in runs]
    return names if len(set(names)) == len(names) else [run.folder.resolve().name for run in runs]


def level_title(lever: str, value: Any) -> str:
    """Name a level of a lever shortly: ``ships 4``."""
    text = f"{value:.12g}" if isinstance(value, float) else str(value)
    text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    last = lever.rpartition(".")[2].replace("_", " ")
    return text if lever in ("run", "point") else f"{last} {text}"


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    items: Iterator[tuple[Any, Any]]
    if isinstance(value, dict) and value:
        items = iter(value.items())
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        items = iter((item.get("id", place), item) for place, item in enumerate(value))
    else:
        yield path, value
        return
    for name, item in items:
        yield from _leaves(item, f"{path}.{name}" if path else str(name))
