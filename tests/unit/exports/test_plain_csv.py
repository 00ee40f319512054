"""Read back by polars and by Python's own reader."""

import csv
from pathlib import Path

import polars as pl
import pytest
from tests.unit.exports.made_up import FORMULA, GREEK, MARKUP

from aegean_sim.exports.plain_csv import FILES, safe, write_csv
from aegean_sim.exports.request import Request, request_of
from aegean_sim.recording.record import TABLES


@pytest.fixture(scope="module")
def folder(asked: Request, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("csv")
    write_csv(asked, folder)
    return folder


def test_every_table_is_there_with_all_its_rows(folder: Path, asked: Request) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    for name in TABLES:
        assert len(pl.read_csv(folder / f"{name}.csv")) == asked.run.manifest.rows[name]


def test_tracks_have_places_and_times(folder: Path) -> None:
    tracks = pl.read_csv(folder / "tracks.csv", try_parse_dates=True)
    second = tracks.row(1, named=True)
    assert (second["mover"], second["lon"], second["lat"]) == ("frigate", 26.2, 38.5)
    assert f"{second['time_utc']:%Y-%m-%d %H:%M:%S}" == "2016-06-02 00:00:00"
    assert second["time_s"] == 7200


def test_text_is_text_for_a_spreadsheet(folder: Path) -> None:
    with (folder / "voyages.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["voyage"] for row in rows] == [MARKUP, f"'{FORMULA}", GREEK]
    assert [row["distress_utc"] for row in rows] == ["", "", "2016-06-02 00:00:00.000"]
    assert rows[0]["moved"] == "FALSE"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1"])
def test_no_text_begins_a_formula(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "ship-1", "'quoted'", " =1", GREEK])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


def test_a_laboratory_has_nautical_miles(lab: Request, tmp_path: Path) -> None:
    write_csv(lab, tmp_path)
    tracks = pl.read_csv(tmp_path / "tracks.csv")
    assert tracks.select("x_nm", "y_nm").row(1) == (1.0, 2.0)
    assert pl.read_csv(tmp_path / "contacts.csv").columns[-2:] == ["x_nm", "y_nm"]


def test_numbers_below_zero_stay_numbers(folder: Path) -> None:
    assert pl.read_csv(folder / "contacts.csv")["copy"].to_list() == [0, 0, -1]


def test_one_theatre_is_one_theatre(asked: Request, tmp_path: Path) -> None:
    write_csv(request_of(asked.run, "aegean", 120.0), tmp_path)
    assert set(pl.read_csv(tmp_path / "tracks.csv")["theatre"]) == {"aegean"}
