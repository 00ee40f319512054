"""Cells: the points of a sweep, each a lever setting in a world, known by what it sets."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.messages import shown
from aegean_sim.study.sweeps.sampling import shares
from aegean_sim.study.sweeps.values import levels_of, plain, spread_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aegean_sim.study.sweeps.model import Sweep

Settings = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Level:
    """One value of a lever: how it is called, and what it sets."""

    label: Any
    settings: Settings


@dataclass(frozen=True, slots=True)
class Axis:
    """A lever with its levels."""

    name: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One point of a sweep.

    Parameters
    ----------
    id : str
        Twelve hexadecimal digits of its fingerprint.
    number : int
        Place in the plan.
    world : int
        Which sample of what is not known; 0 where nothing is sampled.
    labels : mapping
        Of each lever and each uncertain path, what it is here.
    settings : mapping of path to value
    """

    id: str
    number: int
    world: int
    labels: Mapping[str, Any]
    settings: Settings

    @property
    def overrides(self) -> list[str]:
        """Its settings as ``--set`` would have them."""
        return overrides_of(self.settings)


def overrides_of(settings: Mapping[str, Any]) -> list[str]:
    """Write settings as ``path=value``."""
    return [f"{path}={json.dumps(value)}" for path, value in settings.items()]


def axes_of(sweep: Sweep, where: str) -> list[Axis]:
    """Read the levers of a sweep file.

    Raises
    ------
    ScenarioError
        When levels cannot be read.
    """
    return [_axis(name, written, f"{where}: levers.{name}") for name, written in sweep.levers.items()]


def _axis(name: str, written: Any, where: str) -> Axis:
    if not isinstance(written, dict):
        return Axis(name, tuple(Level(value, {name: value}) for value in levels_of(written, where)))
    if not written or not all(isinstance(case, dict) for case in written.values()):
        raise ScenarioError(f"{where}: named cases are mappings of paths to values, one each")
    return Axis(name, tuple(Level(case, dict(settings)) for case, settings in written.items()))


def lever_settings(sweep: Sweep, where: str) -> list[tuple[dict[str, Any], Settings]]:
    """Give the labels and settings of each combination of levers, in the order of the file."""
    if sweep.points:
        return [(dict(point), dict(point)) for point in sweep.points]
    axes = axes_of(sweep, where)
    if sweep.lever_design == "grid":
        combined: Iterator[Sequence[Level]] = product(*(axis.levels for axis in axes))
    else:
        lengths = {axis.name: len(axis.levels) for axis in axes}
        if len(set(lengths.values())) > 1:
            told = ", ".join(f"{name} has {length}" for name, length in lengths.items())
            raise ScenarioError(f"{where}: levers are zipped, but {told} values")
        combined = zip(*(axis.levels for axis in axes), strict=True) if axes else iter([()])
    names = [axis.name for axis in axes]
    return [(_labels(names, levels), _joined(levels)) for levels in combined]


def _labels(names: Sequence[str], levels: Sequence[Level]) -> dict[str, Any]:
    return {name: level.label for name, level in zip(names, levels, strict=True)}


def _joined(levels: Sequence[Level]) -> Settings:
    return {path: value for level in levels for path, value in level.settings.items()}


def worlds_of(sweep: Sweep, assumed: Mapping[str, Any], where: str) -> list[Settings]:
    """Sample what is not known; one world that sets nothing where all is.

    Parameters
    ----------
    assumed : mapping of path to spread, as written
        Further uncertainties: the assumptions of the scenario.
    """
    written = {**assumed, **sweep.uncertainties}
    spreads = {path: spread_of(value, f"{where}: uncertainties.{path}") for path, value in written.items()}
    if not spreads:
        return [{}]
    points = shares(sweep.sampling, list(spreads.values())).tolist()
    return [
        {path: spread.at(share) for (path, spread), share in zip(spreads.items(), point, strict=True)}
        for point in points
    ]


def cells_of(sweep: Sweep, assumed: Mapping[str, Any], base_print: str, where: str) -> list[Cell]:
    """Lay out all cells: in each world every lever setting. Worlds that were sampled twice count twice.

    Parameters
    ----------
    base_print : str
        Fingerprint of the scenario that is varied, with what the sweep sets in all cells.

    Raises
    ------
    ScenarioError
        When the file asks for what cannot be, or two cells are the same.
    """
    levers = lever_settings(sweep, where)
    cells: dict[str, Cell] = {}
    for world, unknown in enumerate(worlds_of(sweep, assumed, where)):
        for labels, settings in levers:
            whole = {**unknown, **settings}
            name = fingerprint_of(base_print, whole)[:12]
            same = cells.get(name)
            if same is not None and same.world == world:
                told = ", ".join(f"{label} {shown(value)}" for label, value in labels.items())
                raise ScenarioError(f"{where}: two cells are the same: {told or 'the levers set nothing'}")
            if same is not None:
                name = fingerprint_of(base_print, {**whole, "": world})[:12]
            cells[name] = Cell(name, len(cells), world, {**labels, **unknown}, whole)
    return list(cells.values())


def fingerprint_of(base_print: str, settings: Settings) -> str:
    """Give a cell's fingerprint: that of the base and what the cell sets, in canonical order and form."""
    canonical = json.dumps(_canonical(settings), sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(f"{base_print}{canonical}".encode(), digest_size=16).hexdigest()


def _canonical(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    return plain(value) if isinstance(value, float) else value
