import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

Aegean = Callable[..., subprocess.CompletedProcess[str]]


def told_wrong(answer: subprocess.CompletedProcess[str]) -> str:
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert "Traceback" not in answer.stderr
    assert answer.stderr.startswith("aegean-sim: error: ")
    assert answer.stderr.count("aegean-sim: error:") == 1
    return answer.stderr


@pytest.mark.parametrize("command", [(), ("run",), ("map",), ("export",), ("doctor",)])
def test_help_gives_examples(aegean_sim: Aegean, command: tuple[str, ...]) -> None:
    answer = aegean_sim(*command, "--help")
    assert answer.returncode == 0
    examples = answer.stdout.split("Examples:\n")[1]
    assert examples.lstrip().startswith(" ".join(("aegean-sim", *command)))


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, aegean_sim.cli.main; print(*(name.split('.')[0] for name in sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = {
        "numpy",
        "pandas",
        "pyarrow",
        "pydantic",
        "rich",
        "scipy",
        "shapely",
        "simpy",
        "matplotlib",
        "yaml",
    }
    assert not heavy & set(loaded)


def test_help_answers_within_0_3_s() -> None:
    unmeasured = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    command = [sys.executable, "-m", "aegean_sim.cli.main", "--help"]
    took_s = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, capture_output=True, check=True, env=unmeasured)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took_s.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    assert min(took_s) < 0.3


def test_version_is_told(aegean_sim: Aegean) -> None:
    assert aegean_sim("--version").stdout == f"aegean-sim {version('aegean-sim')}\n"


def test_the_installed_command_answers() -> None:
    command = Path(sys.executable).with_name("aegean-sim")
    answer = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert answer.stdout.startswith("aegean-sim ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Missing command"),
        (("runn",), "Did you mean 'run'?"),
        (("run",), "Missing argument"),
        (("run", "lab-crossing", "--replications", "0"), "--replications"),
        (("run", "lab-crossing", "--replication", "-1"), "--replication"),
        (("run", "lab-crossing", "--replications", "2", "--replication", "1"), "leave out one of the two"),
        (("run", "lab-crosing"), "did you mean 'lab-crossing'?"),
        (("run", "nowhere.yaml"), "nowhere.yaml: no such file"),
        (("run", "lab-crossing", "--set", "duration_h"), "duration_h"),
        (("run", "lab-crossing", "--set", "duraton_h=3"), "duration_h"),
        (("run", "lab-crossing", "--set", "duration_h=-3"), "duration_h"),
        (("run", "lab-crossing", "--out", "/proc/nowhere/run"), "cannot write /proc/nowhere/run: "),
        (("map", "nowhere"), "nowhere is not a result folder: there is no such folder"),
        (("map", "."), "is not a result folder"),
        (("map", ".", "--out", "map.txt"), "map.txt must end in .png or .pdf or .svg"),
    ],
)
def test_wrong_usage_is_told_in_one_message(
    aegean_sim: Aegean, arguments: tuple[str, ...], told: str
) -> None:
    assert told in told_wrong(aegean_sim(*arguments))


def test_a_scenario_that_is_not_yaml_is_told(aegean_sim: Aegean, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("name: [")
    assert "bad.yaml" in told_wrong(aegean_sim("run", "bad.yaml"))


def test_an_unexpected_failure_is_one_line_and_a_traceback_on_demand(
    aegean_sim: Aegean, laboratory: Path
) -> None:
    broken = laboratory.parent / "broken"
    broken.mkdir()
    (broken / "simpy.py").write_text("raise RuntimeError('clock is broken')")
    answer = aegean_sim("run", str(laboratory), PYTHONPATH=str(broken))
    assert answer.returncode == 1
    assert answer.stderr == (
        "aegean-sim: error: RuntimeError: clock is broken (set AEGEAN_SIM_TRACEBACK=1 to see where)\n"
    )
    assert not list((laboratory.parent / "results").iterdir())
    answer = aegean_sim("run", str(laboratory), PYTHONPATH=str(broken), AEGEAN_SIM_TRACEBACK="1")
    assert answer.returncode == 1
    assert "Traceback (most recent call last)" in answer.stderr


def test_the_doctor_finds_everything_in_order(aegean_sim: Aegean) -> None:
    answer = aegean_sim("doctor", "--json")
    report = json.loads(answer.stdout)
    assert [finding for finding in report["findings"] if not finding["good"]] == []
    assert report["good"]
    assert answer.returncode == 0
    looked_at = {finding["what"] for finding in report["findings"]}
    wanted = {
        "python",
        "numpy",
        "pyarrow",
        "coast data",
        "theatre aegean",
        "theatre central-med",
        "write results",
    }
    assert wanted | {"scenario aegean-2016", "scenario lab-crossing"} <= looked_at


def test_the_doctor_says_what_is_missing(aegean_sim: Aegean, tmp_path: Path) -> None:
    (tmp_path / "results").write_text("a file in the way")
    answer = aegean_sim("doctor")
    assert answer.returncode == 1
    missing = [line for line in answer.stdout.splitlines() if line.startswith("MISSING")]
    assert len(missing) == 1
    assert "write results" in missing[0]
