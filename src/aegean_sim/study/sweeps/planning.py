"""Planning: from a sweep file, or a scenario and a command line, to cells that have been looked over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from aegean_sim.datafiles import configs_folder
from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.fingerprint import fingerprint, resolved
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.loading import base_of, load_base
from aegean_sim.scenario.messages import problems_of, told
from aegean_sim.scenario.reading import read_mapping, read_value
from aegean_sim.study.sweeps.assumed import Assumed, assumptions
from aegean_sim.study.sweeps.cells import cells_of, overrides_of
from aegean_sim.study.sweeps.checking import check_values
from aegean_sim.study.sweeps.claims import check_claims, unclaimed
from aegean_sim.study.sweeps.model import Sweep
from aegean_sim.study.sweeps.values import levels_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.scenario.loading import Base
    from aegean_sim.study.sweeps.cells import Cell


@dataclass(frozen=True, slots=True)
class Plan:
    """A sweep that is ready to be run.

    Parameters
    ----------
    sweep : Sweep
        The file, with what the command line changed.
    where : str
        The file, as messages name it.
    base : Base
        The scenario with what holds in all cells.
    base_print : str
        Its fingerprint.
    scenario : str
        The scenario as `aegean-sim run` finds it.
    cells : list of Cell
    assumed : Assumed
        The scenario's assumptions that are varied, and those that cannot be.
    """

    sweep: Sweep
    where: str
    base: Base
    base_print: str
    scenario: str
    cells: list[Cell]
    assumed: Assumed


@dataclass(frozen=True, slots=True)
class Changes:
    """What the command line changes of a sweep file.

    Parameters
    ----------
    vary : sequence of str
        ``path=levels``: a lever that is added, or takes the place of one.
    fixed : sequence of str
        ``path=value``, as of ``--set``.
    until : str, optional
        ``measure:half-width``; ``most`` replications at most.
    """

    vary: Sequence[str] = ()
    fixed: Sequence[str] = ()
    replications: int | None = None
    assumptions: bool = False
    until: str | None = None
    most: int | None = None


def built_in_sweeps() -> dict[str, Path]:
    """Give the files of the built-in sweeps by name."""
    return {file.stem: file for file in sorted((configs_folder() / "sweeps").glob("*.yaml"))}


def plan_sweep(name_or_path: str, changes: Changes) -> Plan:
    """Plan a sweep: a sweep file, a built-in sweep by its name, or a scenario of which levers are varied.

    Raises
    ------
    ScenarioError
        When the file, or a value that would be tried, breaks a rule.
    """
    written, path = _read(name_or_path)
    sweep = _checked({**written, **_changed(written, changes, name_or_path)}, name_or_path)
    varied = [_parted(text, "--vary", name_or_path)[0] for text in changes.vary]
    try:
        return _planned(sweep, _beside(path, sweep.scenario), name_or_path)
    except ScenarioError as error:
        raise ScenarioError(_as_asked(str(error), varied)) from None


def _planned(sweep: Sweep, scenario: str, where: str) -> Plan:
    start = load_base(scenario).varied(overrides_of(sweep.set))
    base = base_of(resolved(start.scenario), Path(start.source))
    base_print = fingerprint(start.scenario, start.folder)
    values = base.values()
    check_claims(sweep, values, where)
    assumed = unclaimed(assumptions(base), sweep, values, where) if sweep.assumptions else Assumed()
    cells = cells_of(sweep, assumed.spreads, base_print, where)
    check_values(base, cells, sweep.uncertainties, set(assumed.spreads), where)
    return Plan(sweep, where, base, base_print, scenario, cells, assumed)


def _as_asked(message: str, varied: Sequence[str]) -> str:
    """Name what the command line varies as it does."""
    for path in varied:
        message = message.replace(f"--set {path}=", f"--vary {path}=")
        message = re.sub(rf"levers\.{re.escape(path)}(?![\w.])", f"--vary {path}", message)
    return message


def _read(name_or_path: str) -> tuple[dict[str, Any], Path]:
    """Read a sweep file; a scenario is one that varies nothing yet."""
    known = built_in_sweeps()
    path = known.get(name_or_path, Path(name_or_path))
    if name_or_path in known or path.suffix in {".yaml", ".yml"}:
        written = read_mapping(path)
        if "scenario" in written:
            return written, path
        return {"name": path.stem, "scenario": str(path.absolute())}, path
    try:
        load_base(name_or_path)
    except ScenarioError as error:
        hint = guess(name_or_path, known) if known else ""
        raise ScenarioError(f"{error}; nor is a sweep{hint}") from None
    return {"name": name_or_path, "scenario": name_or_path}, path


def _changed(written: dict[str, Any], changes: Changes, where: str) -> dict[str, Any]:
    """Give the parts of a sweep that the command line changes."""
    changed: dict[str, Any] = {}
    if changes.vary:
        changed["levers"] = {**(written.get("levers") or {}), **_varied(changes.vary, where)}
    if changes.fixed:
        fixed = dict(written.get("set") or {})
        for text in changes.fixed:
            path, value = _parted(text, "--set", where)
            fixed[path] = read_value(value, f"--set {path}")
        changed["set"] = fixed
    until = _until(changes, written, where)
    if until is not None:
        changed["until"] = until
    if changes.replications is not None:
        changed["replications"] = changes.replications
    return changed | ({"assumptions": True} if changes.assumptions else {})


def _varied(texts: Sequence[str], where: str) -> dict[str, list[Any]]:
    varied: dict[str, list[Any]] = {}
    for text in texts:
        path, levels = _parted(text, "--vary", where)
        if path in varied:
            raise ScenarioError(f"{where}: --vary {path} is there twice: give all its levels at once")
        varied[path] = list(levels_told(levels, f"{where}: --vary {path}"))
    return varied


def _until(changes: Changes, written: dict[str, Any], where: str) -> dict[str, Any] | None:
    until = dict(written.get("until") or {})
    if changes.until is not None:
        measure, _, width = changes.until.rpartition(":")
        if not measure:
            raise ScenarioError(f"{where}: --until-half-width {changes.until}: must be like persons_dead:20")
        until |= {"measure": measure, "half_width": read_value(width, "--until-half-width")}
    if changes.most is not None:
        if not until:
            raise ScenarioError(f"{where}: --most goes with --until-half-width only")
        until["most"] = changes.most
    in_file = "replications" in written and changes.until is None
    if until and (changes.replications is not None or in_file):
        raise ScenarioError(
            f"{where}: replications and until (--until-half-width) are two ways to say how often to run: give"
            " one of them"
        )
    return until or None


def _parted(text: str, flag: str, where: str) -> tuple[str, str]:
    path, sign, rest = text.partition("=")
    if not sign or not path.strip() or not rest.strip():
        raise ScenarioError(f"{where}: {flag} {text}: must be path=value, like fleet.sophia_support=0..6")
    return path.strip(), rest.strip()


def _checked(written: dict[str, Any], where: str) -> Sweep:
    try:
        return Sweep.model_validate(written)
    except ValidationError as error:
        raise ScenarioError(f"{where}: {told(problems_of(error, written), written)}") from None


def _beside(path: Path, scenario: str) -> str:
    """Find a scenario that a sweep names: a file beside the sweep's, or one that `load_base` finds."""
    beside = path.parent / scenario
    is_file = Path(scenario).suffix in {".yaml", ".yml"} and not Path(scenario).is_absolute()
    return str(beside) if is_file and beside.is_file() else scenario
