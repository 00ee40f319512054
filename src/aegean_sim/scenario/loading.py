"""Loading a scenario: from a name or path to a checked scenario, or one message about what is wrong."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from pydantic import ValidationError

from aegean_sim.datafiles import configs_folder
from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.extending import (
    SENSORS_FILE,
    Layer,
    built_in_scenarios,
    layers_of,
    merged,
    source_of,
)
from aegean_sim.scenario.facts import lost_facts
from aegean_sim.scenario.fingerprint import resolved
from aegean_sim.scenario.fleet import with_fleet_counts
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.measured import with_measured
from aegean_sim.scenario.messages import Problem, problems_of, shown, told
from aegean_sim.scenario.model import Scenario
from aegean_sim.scenario.overrides import apply_overrides
from aegean_sim.scenario.reading import named_file, read_mapping
from aegean_sim.scenario.rules import broken_rules, crafts
from aegean_sim.scenario.sensing import PresetSensor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.scenario.overrides import Override


@dataclass(frozen=True, slots=True)
class Loaded:
    """A checked scenario and where it comes from.

    Parameters
    ----------
    scenario : Scenario
        Everything merged in; of the sensor presets those that are used.
    source : str
        The file, as messages name it.
    folder : Path
        Folder that the files it names are relative to.
    """

    scenario: Scenario
    source: str
    folder: Path


def load_scenario(name_or_path: str, overrides: Sequence[str] = ()) -> Loaded:
    """Load a scenario by the name of a built-in one or by the path of a file, and check it.

    Parameters
    ----------
    name_or_path : str
        ``aegean-2016``, or a path: it holds a separator, ends in ``.yaml`` or ``.yml``, or exists.
    overrides : sequence of str
        ``a.b.c=value``: dotted path, list items by ``id`` or number, and a value in YAML.

    Raises
    ------
    ScenarioError
        With one message: file, dotted path, value and rule of the first problem, and how many more there are.
    """
    return load_base(name_or_path).varied(overrides)


def load_base(name_or_path: str) -> Base:
    """Read a scenario that is to be varied; found and refused as by `load_scenario`."""
    path = _found(name_or_path)
    layers = layers_of(path)
    sensors = configs_folder() / SENSORS_FILE
    layers.append(Layer(sensors, {"sensor_presets": read_mapping(sensors)}))
    draft = _Draft(path, layers, with_fleet_counts(merged(layers)), ())
    scenario = draft.validated()
    draft.check(list(lost_facts(draft.data)))
    return Base(draft, scenario)


def base_of(values: dict[str, Any], path: Path) -> Base:
    """Take the values of a scenario, as `Base.values` gives them; ``path`` is the file that they are from."""
    draft = _Draft(path, [Layer(path, values)], values, ())
    return Base(draft, draft.validated())


@dataclass(frozen=True, slots=True)
class Base:
    """A scenario read once, of which many are made by overrides."""

    _draft: _Draft
    _scenario: Scenario

    @property
    def path(self) -> Path:
        """The file."""
        return self._draft.path

    def values(self) -> dict[str, Any]:
        """Give all its values, with every default written out."""
        return resolved(self._scenario)

    def varied(self, overrides: Sequence[str]) -> Loaded:
        """Check it with some values set anew, as `load_scenario` does."""
        draft, scenario, path = self._draft, self._scenario, self._draft.path
        if overrides:
            data = self.values()
            set_by = apply_overrides(data, overrides, str(path))
            given = [each.location[1] for each in set_by if each.location[::2] == ("deployments", "ships")]
            measured = with_measured(with_fleet_counts(data, given), path.parent, str(path))
            draft = replace(draft, data=measured, overrides=set_by)
            scenario = draft.validated()
        draft.check(broken_rules(scenario) + _missing_files(scenario, path.parent))
        return Loaded(_with_used_presets(scenario), str(path), path.parent)


@dataclass(frozen=True, slots=True)
class _Draft:
    """Values on their way to a scenario, and all that is needed to name the source of a wrong one."""

    path: Path
    layers: Sequence[Layer]
    data: dict[str, Any]
    overrides: tuple[Override, ...]

    def validated(self) -> Scenario:
        try:
            return Scenario.model_validate(self.data)
        except ValidationError as error:
            self._refuse(problems_of(error, self.data))

    def check(self, problems: Sequence[Problem]) -> None:
        if problems:
            self._refuse(problems)

    def _refuse(self, problems: Sequence[Problem]) -> NoReturn:
        location = problems[0].location
        source = source_of(location, self.layers)
        names = [str(self.path)] if source.path == self.path else [str(self.path), f"from {source}"]
        flags = [override.flag for override in self.overrides if override.touches(location)]
        if flags:
            names = [str(self.path), *flags]
        raise ScenarioError(": ".join((*names, told(problems, self.data))))


def _found(name_or_path: str) -> Path:
    """Give the file that a name or path means; a name becomes a path only by being one of the known names."""
    path = Path(name_or_path)
    separators = [mark for mark in (os.sep, os.altsep) if mark]
    if any(mark in name_or_path for mark in separators) or path.suffix in (".yaml", ".yml"):
        return path
    known = built_in_scenarios()
    if name_or_path in known:
        return known[name_or_path]
    try:
        exists = bool(name_or_path) and path.exists()
    except (OSError, ValueError):
        exists = False
    if exists:
        return path
    raise ScenarioError(
        f"no built-in scenario is named {shown(name_or_path)}{guess(name_or_path, known)}"
        " (a file of your own is given by its path)"
    )


def _missing_files(scenario: Scenario, folder: Path) -> list[Problem]:
    problems = []
    for theatre, weather in scenario.weather.items():
        for place, name in weather.files():
            try:
                named_file(folder, name)
            except ScenarioError as error:
                problems.append(Problem(("weather", theatre, *place), str(error), shown(name)))
    return problems


def _with_used_presets(scenario: Scenario) -> Scenario:
    used = {
        sensor.preset
        for _, craft in crafts(scenario)
        for sensor in craft.sensors
        if isinstance(sensor, PresetSensor)
    }
    presets = {name: scenario.sensor_presets[name] for name in sorted(used)}
    return scenario.model_copy(update={"sensor_presets": presets})
