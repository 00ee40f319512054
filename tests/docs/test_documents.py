"""What README and notebooks say can be done."""

import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from aegean_sim.scenario.loading import load_scenario

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
WRITTEN = re.findall(r"^    (aegean-sim .*)$|`(aegean-sim [^`]*)`", README, re.MULTILINE)
COMMANDS = [shlex.split(line or inline, comments=True) for line, inline in WRITTEN]


@cache
def usage_of(command: str) -> str:
    asked = [sys.executable, "-m", "aegean_sim.cli.main", command, "--help"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_of_the_readme_is_understood(command: list[str]) -> None:
    overrides = [command[n + 1] for n, word in enumerate(command) if word == "--set"]
    if command[1] == "run" and not command[2].endswith(".yaml"):
        assert load_scenario(command[2], overrides).scenario.name
    for word in command:
        assert not word.startswith("--") or word in usage_of(command[1])


def test_the_readme_names_files_that_are_there() -> None:
    for name in re.findall(r"`((?:configs|docs|notebooks|benchmarks|tests|data)/[^`*]*)`", README):
        assert (ROOT / name).exists(), name
