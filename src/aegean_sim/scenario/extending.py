"""Files that extend others: found by name, merged deeply, the extending file wins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aegean_sim.datafiles import configs_folder
from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.base import DELAY_LAWS
from aegean_sim.scenario.facts import joined_facts, says
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.joining import Joined
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
    """What one file says, by itself; or several that are extended together, the others named beside it."""

    path: Path
    data: dict[str, Any]
    others: tuple[Path, ...] = ()

    def __str__(self) -> str:
        return " and ".join(str(path) for path in (self.path, *self.others))


def built_in_scenarios() -> dict[str, Path]:
    """Give the files of the built-in scenarios by name, in order of the names."""
    files = sorted(configs_folder().glob("*.yaml"))
    return {file.stem: file for file in files if file.name != SENSORS_FILE}


def layers_of(path: Path, above: tuple[Path, ...] = ()) -> list[Layer]:
    """Read a file and those it extends, itself first; ``above`` are those that extend it.

    Raises
    ------
    ScenarioError
        When one cannot be read, is not found, or the files extend each other in a circle.
    """
    layers: list[Layer] = []
    following: Path | None = path
    while following is not None:
        before = [*above, *(layer.path for layer in layers)]
        if any(following.resolve() == other.resolve() for other in before):
            names = " -> ".join(other.name for other in (*before, following))
            raise ScenarioError(f"{path}: extends: files extend each other in a circle: {names}")
        data = with_measured(read_mapping(following), following.parent, str(following))
        layers.append(Layer(following, data))
        extended = data.pop("extends", "")
        if isinstance(extended, list):
            return [*layers, _together(following, extended, data, (*before, following))]
        following = _extended(following, extended) if extended != "" else None
    return layers


def _together(path: Path, names: list[Any], own: dict[str, Any], above: tuple[Path, ...]) -> Layer:
    """Put several extended files together as one layer.

    Raises
    ------
    ScenarioError
        When they differ on a single value of which the extending file says nothing itself.
    """
    files = [_extended(path, name) for name in names]
    if len(files) < 2:
        raise ScenarioError(f"{path}: extends is {shown(names)}: a list must name two scenarios or more")
    whole = Joined()
    for file in files:
        whole.add(file.stem, merged(layers_of(file, above)))
    for location, (one, other) in whole.clashes.items():
        if not says(own, location):
            where = ".".join(location)
            rule = f"{one} and {other} differ on it; say here what holds"
            raise ScenarioError(f"{path}: {where}: {rule}")
    return Layer(files[0], whole.data, tuple(files[1:]))


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


def source_of(location: Location, layers: Sequence[Layer]) -> Layer:
    """Tell which layer says what stands at a location: the first that reaches deepest into it."""
    return max(layers, key=lambda layer: _depth(layer.data, location))


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
