"""Reading files safely: YAML of bounded size, and files that a scenario names."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath
from typing import Any

import yaml

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.plain_yaml import Refused, plain_value

MAX_BYTES = 16 * 2**20


def read_mapping(path: Path) -> dict[str, Any]:
    """Read a YAML file that holds a mapping.

    Raises
    ------
    ScenarioError
        When it cannot be read, is too large, is not UTF-8 or not YAML, or holds something else.
    """
    value = read_value(read_text(path), str(path))
    if value is None:
        raise ScenarioError(f"{path}: the file is empty")
    if not isinstance(value, dict):
        raise ScenarioError(f"{path}: must hold a mapping (key: value), not {_kind(value)}")
    return value


def read_text(path: Path) -> str:
    """Read a file of text.

    Raises
    ------
    ScenarioError
        When it cannot be read, is larger than 16 MiB or is not UTF-8.
    """
    return _decoded(_bytes_of(path), path)


def read_value(text: str, source: str) -> Any:
    """Build the value of one YAML document; ``source`` names it in messages.

    Raises
    ------
    ScenarioError
        When it is not YAML, or uses tags, more than one document, the same key twice, or aliases that grow it
        more than tenfold.
    """
    try:
        return plain_value(text)
    except Refused as refusal:
        raise ScenarioError(f"{source}: {refusal}") from None
    except UnicodeError:
        raise ScenarioError(f"{source}: holds characters that are not Unicode") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        hint = "; indent with spaces, not tabs" if mark and _is_tab(text, mark.index) else ""
        raise ScenarioError(f"{source}{where}: not YAML: {error.problem}{hint}") from None
    except yaml.YAMLError as error:
        raise ScenarioError(f"{source}: not YAML: {' '.join(str(error).split())}") from None


def named_file(folder: Path, name: str) -> Path:
    """Give the file that a scenario names, which must lie inside the scenario's folder.

    Raises
    ------
    ScenarioError
        When the name is absolute, climbs out of the folder (also over a link), or no file has it.
    """
    parts = PureWindowsPath(name)
    if not name.strip() or parts.anchor or ".." in parts.parts or "\\" in name or "\0" in name:
        raise ScenarioError("must be a relative path inside the scenario's folder, with / and without ..")
    base = folder.resolve()
    try:
        path = (base / name).resolve()
        is_file = path.is_file()
    except (OSError, RuntimeError) as error:
        raise ScenarioError(f"cannot be reached: {error}") from None
    if not path.is_relative_to(base):
        raise ScenarioError(f"must stay inside the scenario's folder {folder}")
    if not is_file:
        raise ScenarioError(f"no such file in the scenario's folder {folder}")
    return path


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ScenarioError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise ScenarioError(f"{path}: is a directory, not a scenario file") from None
    except PermissionError:
        raise ScenarioError(f"{path}: no permission to read it") from None
    except (OSError, ValueError) as error:
        raise ScenarioError(f"{str(path)!r}: cannot be read: {error}") from None
    if len(content) > MAX_BYTES:
        raise ScenarioError(f"{path}: larger than 16 MiB")
    return content


def _decoded(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ScenarioError(f"{path}, line {line}: not UTF-8 text; save the file as UTF-8") from None


def _kind(value: object) -> str:
    return "a list" if isinstance(value, list) else f"{value!r:.40}"


def _is_tab(text: str, index: int) -> bool:
    return text[index : index + 1] == "\t"
