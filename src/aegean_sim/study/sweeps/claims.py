"""Claims: which values the parts of a sweep set, and that no two of them set the same."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.overrides import locate
from aegean_sim.study.sweeps.assumed import Assumed
from aegean_sim.study.sweeps.cells import axes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aegean_sim.scenario.messages import Location
    from aegean_sim.study.sweeps.model import Sweep

_COLUMNS = ("cell", "number", "world", "fingerprint")
_OF_SWEEPS = ("replications", "name", "title")


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that a part of a sweep sets.

    Parameters
    ----------
    part : str
        ``levers.month``, as messages name it.
    path : str
        As written; ``location`` is what it means, however it is written.
    """

    part: str
    path: str
    location: Location

    def meets(self, other: Claim) -> bool:
        """Tell whether both are the same value, or one lies in the other."""
        shared = min(len(self.location), len(other.location))
        return self.location[:shared] == other.location[:shared]


def check_claims(sweep: Sweep, values: dict[str, Any], where: str) -> None:
    """Check that each value is set by one lever or uncertainty, and that none has a name of the tables.

    Parameters
    ----------
    values : dict
        Of the scenario that is varied.

    Raises
    ------
    ScenarioError
        When two parts set the same, or one sets what lies in the other's; or a name means something else.
    """
    _check_names(sweep, where)
    claims = [*_of_levers(sweep, values, where), *_of_uncertainties(sweep, values)]
    for one, other in combinations(claims, 2):
        if one.part != other.part and one.meets(other):
            both = one.path if one.path == other.path else f"the same: {one.path} and {other.path}"
            raise ScenarioError(f"{where}: {one.part} and {other.part} both set {both}")


def unclaimed(assumed: Assumed, sweep: Sweep, values: dict[str, Any], where: str) -> Assumed:
    """Leave out assumptions that the sweep sets itself; what it is uncertain of, it gives its own spread."""
    levers = [*_of_levers(sweep, values, where), *(_claim(name, name, values) for name in sweep.levers)]
    fixed = [_claim("set", path, values) for path in sweep.set]
    uncertain = list(_of_uncertainties(sweep, values))
    spreads, left_out = {}, dict(assumed.left_out)
    for path, spread in assumed.spreads.items():
        claim = _claim("assumptions", path, values)
        if _is_met(claim, levers):
            left_out[path] = "set by a lever"
        elif _is_met(claim, fixed):
            left_out[path] = "set in all cells"
        elif not _is_met(claim, uncertain):
            spreads[path] = spread
    return Assumed(spreads, left_out)


def _is_met(claim: Claim, others: Sequence[Claim]) -> bool:
    return any(claim.meets(other) for other in others)


def _of_levers(sweep: Sweep, values: dict[str, Any], where: str) -> Iterator[Claim]:
    for axis in axes_of(sweep, where):
        for path in dict.fromkeys(path for level in axis.levels for path in level.settings):
            yield _claim(f"levers.{axis.name}", path, values)
    for path in dict.fromkeys(path for point in sweep.points for path in point):
        yield _claim("points", path, values)


def _of_uncertainties(sweep: Sweep, values: dict[str, Any]) -> Iterator[Claim]:
    return (_claim(f"uncertainties.{path}", path, values) for path in sweep.uncertainties)


def _claim(part: str, path: str, values: dict[str, Any]) -> Claim:
    location, rest = locate(values, path)
    return Claim(part, path, (*location, *rest))


def _check_names(sweep: Sweep, where: str) -> None:
    points = {path: None for point in sweep.points for path in point}
    for part, names in (("levers", sweep.levers), ("points", points), ("uncertainties", sweep.uncertainties)):
        for name in names:
            if name in _COLUMNS:
                raise ScenarioError(f"{where}: {part}.{name}: the table of cells has its own column {name}")
            if name in _OF_SWEEPS:
                raise ScenarioError(f"{where}: {part}.{name}: is of the sweep itself and cannot be varied")
    for name in sweep.levers:
        if name in sweep.uncertainties:
            raise ScenarioError(f"{where}: levers.{name} and uncertainties.{name} both set {name}")
