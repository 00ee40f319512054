"""The resolved scenario as plain data, and its fingerprint: the same for files that mean the same."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.reading import named_file

if TYPE_CHECKING:
    from pathlib import Path

    from aegean_sim.scenario.model import Scenario

_WORDS_ONLY = {"title", "facts"}


def resolved(scenario: Scenario) -> dict[str, Any]:
    """Give a scenario with every default written out, as JSON can hold it; it loads back to an equal one."""
    return scenario.model_dump(mode="json")


def fingerprint(scenario: Scenario, folder: Path) -> str:
    """Give the SHA-256 of what a scenario says, and of the files it names.

    Parameters
    ----------
    scenario : Scenario
        Comments, the order of keys, ``1`` or ``1.0``, its title and facts do not matter.
    folder : Path
        Folder that the files it names are relative to.

    Returns
    -------
    str
        64 hexadecimal digits.

    Raises
    ------
    ScenarioError
        When a file it names is not there.
    """
    meaning = scenario.model_dump(mode="json", exclude=_WORDS_ONLY)
    digest = hashlib.sha256(json.dumps(meaning, sort_keys=True, separators=(",", ":")).encode())
    for theatre, weather in sorted(scenario.weather.items()):
        for _, name in weather.files():
            digest.update(f"{theatre}:{_digest(folder, name)}".encode())
    return digest.hexdigest()


def _digest(folder: Path, name: str) -> str:
    try:
        return hashlib.sha256(named_file(folder, name).read_bytes()).hexdigest()
    except OSError as error:
        raise ScenarioError(f"{folder / name}: cannot be read: {error.strerror}") from None
