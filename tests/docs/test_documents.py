"""What README and notebooks say can be done."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from aegean_sim.scenario.loading import load_scenario

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    shlex.split(line, comments=True) for line in re.findall(r"^    (aegean-sim .*)$", README, re.MULTILINE)
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_of_the_readme_is_understood(command: list[str]) -> None:
    overrides = [command[n + 1] for n, word in enumerate(command) if word == "--set"]
    if command[1] == "run" and not command[2].endswith(".yaml"):
        assert load_scenario(command[2], overrides).scenario.name
    usage = subprocess.run(
        [sys.executable, "-m", "aegean_sim.cli.main", command[1], "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    for word in command:
        assert not word.startswith("--") or word in usage.stdout


def test_the_readme_names_files_that_are_there() -> None:
    for name in re.findall(r"`((?:configs|docs|notebooks|benchmarks|tests|data)/[^`*]*)`", README):
        assert (ROOT / name).exists(), name


@pytest.mark.slow
def test_the_notebook_runs_on_a_june_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "results" / "aegean-2016"
    command = [
        sys.executable,
        "-m",
        "aegean_sim.cli.main",
        "run",
        "aegean-2016",
        "--no-map",
        "--out",
        str(folder),
    ]
    subprocess.run(command, check=True, capture_output=True)
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    notebook = json.loads((ROOT / "notebooks" / "june-2016.ipynb").read_text(encoding="utf-8"))
    names: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)  # noqa: S102  (the notebook is ours)
    assert len(names["seen"]) > 5  # type: ignore[arg-type]
