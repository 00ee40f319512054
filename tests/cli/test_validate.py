"""`aegean-sim validate` from outside: one quick check, wrong names, and a failing theory."""

import json
import subprocess
from collections.abc import Callable

import pytest
import typer

from aegean_sim.cli import validate
from aegean_sim.study import search_checks, theory

Aegean = Callable[..., subprocess.CompletedProcess[str]]


def test_help_gives_examples(aegean_sim: Aegean) -> None:
    answer = aegean_sim("validate", "--help")
    assert answer.returncode == 0
    assert answer.stdout.split("Examples:\n")[1].lstrip().startswith("aegean-sim validate")


def test_json_of_one_check(aegean_sim: Aegean) -> None:
    answer = aegean_sim("validate", "--case", "lateral-range", "--json")
    assert answer.returncode == 0
    document = json.loads(answer.stdout)
    assert document["theory_holds"] is True
    assert document["history"] == []
    (check,) = document["theory"]
    assert check["name"] == "lateral-range"
    assert abs(check["formula"] - check["simulated"]) <= 4.0 * check["standard_error"]


def test_table_of_one_check(aegean_sim: Aegean) -> None:
    answer = aegean_sim("validate", "--theory", "--case", "drift-mean", COLUMNS="200")
    assert answer.returncode == 0
    assert "raft without" in answer.stdout
    assert "History" not in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--case", "lateral-rage"), "did you mean 'lateral-range'?"),
        (("--history", "--case", "lateral-range"), "no case 'lateral-range'"),
        (("--replications", "0"), "--replications"),
    ],
)
def test_wrong_usage_is_told(aegean_sim: Aegean, arguments: tuple[str, ...], told: str) -> None:
    answer = aegean_sim("validate", *arguments)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert told in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_failing_theory_gives_exit_code_1(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sensor a tenth stronger than the formula's is found out."""
    lays_out = search_checks.searcher

    def stronger(name, patrol, sensor, **more):
        return lays_out(name, patrol, {**sensor, "b_nm3_per_h": 1.1 * sensor["b_nm3_per_h"]}, **more)

    monkeypatch.setattr(search_checks, "searcher", stronger)
    assert not theory.CHECKS["lateral-range"]().holds
    with pytest.raises(typer.Exit) as left:
        validate.validate(names=["lateral-range"], replications=1, as_json=True)
    assert left.value.exit_code == 1
