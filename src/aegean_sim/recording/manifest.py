"""The manifest of a result folder: what was run, from which scenario, with which versions."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from platform import python_version
from typing import TYPE_CHECKING, Any

from aegean_sim.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from aegean_sim.recording.record import RunRecord
    from aegean_sim.scenario.model import Scenario

MANIFEST = "manifest.json"
PROGRAM = "aegean-sim"
SCHEMA = 1
RUN = "run"
REPLICATIONS = "replications"
_LIBRARIES = ("aegean-sim", "numpy", "pyarrow", "shapely", "simpy")


def _is_numbers(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(number, int) for number in value)


_RULES: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    **dict.fromkeys(
        ("program", "name", "fingerprint", "created_utc"), ("a text", lambda value: isinstance(value, str))
    ),
    **dict.fromkeys(("schema", "seed"), ("a whole number", lambda value: isinstance(value, int))),
    **dict.fromkeys(
        ("versions", "timings_s", "rows", "scenario"), ("a mapping", lambda value: isinstance(value, dict))
    ),
    "kind": (f"{RUN} or {REPLICATIONS}", lambda value: value in (RUN, REPLICATIONS)),
    "replications": ("a list of whole numbers, not empty", _is_numbers),
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.json` says.

    Parameters
    ----------
    schema : int
        Number of the layout of result folders; a reader refuses a newer one than its own.
    kind : {"run", "replications"}
        One run, or the parent of several.
    replications : tuple of int
        The run's own number, or those of the runs below.
    scenario : mapping
        The resolved scenario, every default written out.
    versions : mapping of name to version
        Of this program, Python, and the libraries that can change a number.
    created_utc : str
        ISO 8601.
    timings_s : mapping of stage to seconds
        Wall-clock time.
    rows : mapping of table to number
        Empty for a parent.
    """

    program: str
    schema: int
    kind: str
    name: str
    replications: tuple[int, ...]
    seed: int
    fingerprint: str
    versions: Mapping[str, str]
    created_utc: str
    timings_s: Mapping[str, float]
    rows: Mapping[str, int]
    scenario: Mapping[str, Any]


def of_run(record: RunRecord, inputs: Path, rows: Mapping[str, int]) -> Manifest:
    """Describe one run; ``inputs`` is the folder that the files its scenario names are relative to."""
    alone = (record.replication,)
    return _manifest(RUN, record.scenario, inputs, alone, timings_s=record.timings_s, rows=rows)


def of_replications(scenario: Scenario, inputs: Path, replications: tuple[int, ...]) -> Manifest:
    """Describe the parent of several runs."""
    return _manifest(REPLICATIONS, scenario, inputs, replications, timings_s={}, rows={})


def _manifest(
    kind: str,
    scenario: Scenario,
    inputs: Path,
    replications: tuple[int, ...],
    *,
    timings_s: Mapping[str, float],
    rows: Mapping[str, int],
) -> Manifest:
    from aegean_sim.scenario.fingerprint import fingerprint, resolved  # noqa: PLC0415  (loads pydantic)

    return Manifest(
        program=PROGRAM,
        schema=SCHEMA,
        kind=kind,
        name=scenario.name,
        replications=replications,
        seed=scenario.seed,
        fingerprint=fingerprint(scenario, inputs),
        versions=versions(),
        created_utc=datetime.now(UTC).isoformat(timespec="seconds"),
        timings_s={stage: round(seconds, 3) for stage, seconds in timings_s.items()},
        rows=dict(rows),
        scenario=resolved(scenario),
    )


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write ``manifest.json`` into a folder."""
    text = json.dumps(asdict(manifest), indent=2, ensure_ascii=False, allow_nan=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read ``manifest.json`` of a folder.

    Raises
    ------
    StoreError
        When the folder is not a result folder, its manifest is broken, or it was written by a newer version.
    """
    said = _read_json(folder)
    schema = said.get("schema")
    if not isinstance(schema, int) or schema < 1:
        raise StoreError(
            f"{folder / MANIFEST} is broken: schema is {schema!r}, and must be a whole number from 1"
        )
    if schema > SCHEMA:
        raise StoreError(
            f"{folder} was written by a newer aegean-sim (schema {schema}; this one reads up to {SCHEMA}):"
            " upgrade aegean-sim"
        )
    for name, (rule, holds) in _RULES.items():
        if not holds(said.get(name)):
            raise StoreError(f"{folder / MANIFEST} is broken: {name} is {said.get(name)!r:.40}, not {rule}")
    return Manifest(**{name: said[name] for name in _RULES} | {"replications": tuple(said["replications"])})


def is_ours(folder: Path) -> bool:
    """Tell whether a folder holds a manifest of this program, of whatever schema."""
    try:
        _read_json(folder)
    except StoreError:
        return False
    return True


def _read_json(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not folder.is_dir():
        raise StoreError(f"{folder} is not a result folder: there is no such folder")
    if not path.is_file():
        raise StoreError(f"{folder} is not a result folder: it has no {MANIFEST}")
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{path} cannot be read: {error}") from error
    if not isinstance(said, dict) or said.get("program") != PROGRAM:
        raise StoreError(f"{folder} is not a result folder of {PROGRAM}: its {MANIFEST} does not say so")
    return said


def versions() -> dict[str, str]:
    """Give the versions of Python and of the libraries that numbers may hang on."""
    return {"python": python_version()} | {name: version(name) for name in _LIBRARIES}
