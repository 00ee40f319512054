"""Files that extend others: found by name, merged deeply, the extending file wins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aegean_sim.datafiles import configs_folder
from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.base import DELAY_LAWS
from aegean_sim.scenario.facts import joined_facts
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.measured import with_measured
from aegean_sim.scenario.messages import shown
from aegean_sim.scenario.reading import read_mapping

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aegean_sim.scenario.messages import Location

SENSORS_FILE = "sensors.yaml"
_SUFFIXES = (".yaml", ".yml")
_OWN_KEYS = frozenset(("name", "title"))


@dataclass(frozen=True, slots=True)
class Layer:
    """What one file says, by itself."""

    path: Path
    data: dict[str, Any]


def built_in_scenarios() -> dict[str, Path]:
    """Give the files of the built-in scenarios by name, in order of the names."""
    files = sorted(configs_folder().glob("*.yaml"))
    return {file.stem: file for file in files if file.name != SENSORS_FILE}


def layers_of(path: Path) -> list[Layer]:
    """Read a file and those it extends, itself first.

    Raises
    ------
    ScenarioError
        When one cannot be read, is not found, or the files extend each other in a circle.
    """
    layers: list[Layer] = []
    following: Path | None = path
    while following is not None:
        if any(following.resolve() == layer.path.resolve() for layer in layers):
            names = " -> ".join(layer.path.name for layer in (*layers, Layer(following, {})))
            raise ScenarioError(f"{path}: extends: files extend each other in a circle: {names}")
        data = with_measured(read_mapping(following), following.parent, str(following))
        layers.append(Layer(following, data))
        following = _extended(following, data.pop("extends")) if "extends" in data else None
    return layers


def merged(layers: Sequence[Layer]) -> dict[str, Any]:
    """Merge layers, the first of which wins; lists are replaced whole, and only facts still true are kept.

    A file's name and title are its own.
    """
    result: dict[str, Any] = {}
    for layer in reversed(layers):
        inherited = {key: value for key, value in result.items() if key not in _OWN_KEYS}
        result = _merge(inherited, layer.data)
        if "facts" in result:
            result["facts"] = joined_facts(inherited.get("facts", []), result, layer.data)
    return result


def source_of(location: Location, layers: Sequence[Layer]) -> Path:
    """Tell which file says what stands at a location: the first that reaches deepest into it."""
    return max(layers, key=lambda layer: _depth(layer.data, location)).path


def _depth(data: Any, location: Location) -> int:
    for depth, key in enumerate(location):
        is_there = (
            key in data
            if isinstance(data, dict)
            else isinstance(data, list) and isinstance(key, int) and key < len(data)
        )
        if not is_there:
            return depth
        data = data[key]
    return len(location)


def _extended(path: Path, name: Any) -> Path:
    """Find the file that ``extends`` names: one beside, or a built-in one; never a path."""
    try:
        beside = {file.name: file for file in path.parent.iterdir() if file.suffix in _SUFFIXES}
    except OSError:
        beside = {}
    known = built_in_scenarios()
    known |= {file.stem: file for file in beside.values() if file.resolve() != path.resolve()}
    if not isinstance(name, str):
        raise ScenarioError(f"{path}: extends must be the name of a scenario")
    found = beside.get(name) or known.get(name)
    if found is None:
        raise ScenarioError(
            f"{path}: extends is {shown(name)}: no scenario, beside it or built in, has "
            f"it{guess(name, known)}"
        )
    return found


def _merge(base: Any, own: Any) -> Any:
    if not isinstance(base, dict) or not isinstance(own, dict) or any(law in own for law in DELAY_LAWS):
        return own
    return base | {key: _merge(base.get(key), value) for key, value in own.items()}
