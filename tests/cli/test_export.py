import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.exports.made_up import laboratory_run, made_up_run

from aegean_sim.cli.main import PROGRAM, _exit_code

Aegean = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def aegean_sim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Aegean:
    """Answer as the command does, in this process: each start would take seconds."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AEGEAN_SIM_TRACEBACK", raising=False)

    def answer(*arguments: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", [PROGRAM, *arguments])
        code = _exit_code()
        told = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, told.out, told.err)

    return answer


@pytest.fixture(scope="module")
def june(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_up_run(tmp_path_factory.mktemp("runs") / "june").folder


@pytest.fixture
def run(june: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(june, tmp_path / "june"))


def test_the_usual_interval_is_ten_minutes(aegean_sim: Aegean, run: Path) -> None:
    assert aegean_sim("export", "june", "--to", "nmea", "--out", "x.nmea").returncode == 0
    lines = (run.parent / "x.nmea").read_text(encoding="ascii").splitlines()
    assert len([line for line in lines if "AIVDM,1,1" in line]) == 25 + 13 + 7


def test_several_formats_at_once(aegean_sim: Aegean, run: Path) -> None:
    answer = aegean_sim("export", "june", "--to", "gpkg", "--to", "csv", "--json")
    assert answer.returncode == 0, answer.stderr
    told = json.loads(answer.stdout)
    assert told["written"]["gpkg"] == ["june/export/made-up.gpkg"]
    assert all((run.parent / path).is_file() for some in told["written"].values() for path in some)
    again = aegean_sim("export", "june", "--to", "csv")
    assert again.returncode == 2
    assert again.stderr.count("\n") == 1
    assert "--overwrite" in again.stderr


def test_the_interval_is_that_of_reports(aegean_sim: Aegean, run: Path) -> None:
    answer = aegean_sim("export", "june", "--to", "nmea", "--every-min", "30", "--out", "x.nmea")
    assert answer.stdout == "nmea: x.nmea\n", answer.stderr
    lines = (run.parent / "x.nmea").read_text(encoding="ascii").splitlines()
    assert len([line for line in lines if "AIVDM,1,1" in line]) == 9 + 5 + 3


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (("june", "--to", "geojson"), ["no export to 'geojson'", "known: csv, gpkg, kml, nmea, parquet"]),
        (("june",), ["Missing option '--to'"]),
        (("june", "--to", "csv", "--every-min", "5"), ["--every-min", "only --to nmea"]),
        (("june", "--to", "gpkg", "--theatre", "egean"), ["no theatre 'egean'", "did you mean 'aegean'?"]),
        (("june", "--to", "csv", "--out", "june/manifest.json/x"), ["cannot write june/manifest.json/x"]),
        ((".", "--to", "csv"), ["is not a result folder"]),
    ],
)
def test_what_is_wrong_is_told_once(
    aegean_sim: Aegean, run: Path, arguments: tuple[str, ...], parts: list[str]
) -> None:
    answer = aegean_sim("export", *arguments)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.count("aegean-sim: error:") == answer.stderr.count("\n") == 1
    for part in parts:
        assert part in answer.stderr
    assert not (run / "export").exists()


def test_a_laboratory_as_parquet(aegean_sim: Aegean, tmp_path: Path) -> None:
    laboratory_run(tmp_path / "lab")
    answer = aegean_sim("export", "lab", "--to", "parquet", "--to", "csv", "--out", "both")
    assert answer.stdout == "parquet: both/parquet\ncsv: both/csv\n", answer.stderr
