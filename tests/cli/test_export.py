import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.exports.made_up import laboratory_run, made_up_run

Aegean = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return made_up_run(tmp_path / "june").folder


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
