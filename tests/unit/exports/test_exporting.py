import re
from pathlib import Path

import pytest
from tests.unit.exports.made_up import Rows, laboratory_run, scenario, stored

from aegean_sim.errors import StoreError
from aegean_sim.exports import exporting
from aegean_sim.exports.exporting import export, targets_of
from aegean_sim.exports.formats import FORMATS, check_known
from aegean_sim.exports.plain_csv import FILES
from aegean_sim.exports.request import Request, request_of
from aegean_sim.recording.reading import StoredRun

ALL = list(FORMATS)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def test_all_formats_go_into_one_folder(asked: Request, tmp_path: Path) -> None:
    targets = targets_of(ALL, tmp_path, "june", tmp_path / "out")
    files = export(asked, targets, overwrite=False)
    assert [str(path.relative_to(tmp_path)) for path in targets.values()] == [
        "out/june.gpkg", "out/parquet", "out/june.kmz", "out/june.nmea", "out/csv",
    ]  # fmt: skip
    assert all(path.is_file() for some in files.values() for path in some)
    assert len([path for path in (tmp_path / "out").rglob("*") if path.is_file()]) == 3 + 3 + len(FILES)


def test_one_format_goes_where_it_is_sent(tmp_path: Path) -> None:
    assert targets_of(["csv"], tmp_path, "june", tmp_path / "x") == {"csv": tmp_path / "x"}
    assert targets_of(["kml"], tmp_path, "june", tmp_path / "x.KMZ") == {"kml": tmp_path / "x.KMZ"}
    assert targets_of(["kml"], tmp_path, "june", None) == {"kml": tmp_path / "export" / "june.kmz"}
    with pytest.raises(StoreError, match=r"must end in \.gpkg"):
        targets_of(["gpkg"], tmp_path, "june", tmp_path / "x.kmz")


def test_nothing_is_replaced_unless_it_is_said(asked: Request, tmp_path: Path) -> None:
    targets = {"csv": tmp_path / "csv"}
    export(asked, targets, overwrite=False)
    (tmp_path / "csv" / "my-notes.txt").write_text("mine")
    (tmp_path / "csv" / "voyages.csv").write_text("changed")
    with pytest.raises(StoreError, match=re.escape("voyages.csv is there already")):
        export(asked, {"csv": tmp_path / "csv"} | {"kml": tmp_path / "x.kmz"}, overwrite=False)
    assert not (tmp_path / "x.kmz").exists()
    export(asked, targets, overwrite=True)
    assert (tmp_path / "csv" / "voyages.csv").read_text(encoding="utf-8-sig").startswith("replication,")
    assert (tmp_path / "csv" / "my-notes.txt").read_text() == "mine"


def test_where_one_format_fails_none_is_left(
    asked: Request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Request, path: Path) -> None:
        path.write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "FORMATS", FORMATS | {"kml": FORMATS["kml"]._replace(write=full)})
    out = tmp_path / "out"
    with pytest.raises(StoreError, match=re.escape(f"cannot write {out}/x.kmz: No space left on device")):
        export(asked, {"csv": out / "csv", "kml": out / "x.kmz"}, overwrite=False)
    assert names(out) == []


def test_a_folder_stands_in_the_way(asked: Request, tmp_path: Path) -> None:
    (tmp_path / "x.gpkg").mkdir()
    with pytest.raises(StoreError, match="is a folder"):
        export(asked, {"gpkg": tmp_path / "x.gpkg"}, overwrite=True)


def test_a_file_stands_in_the_way(asked: Request, tmp_path: Path) -> None:
    (tmp_path / "csv").write_text("mine")
    with pytest.raises(StoreError, match="cannot write"):
        export(asked, {"csv": tmp_path / "csv"}, overwrite=True)
    assert names(tmp_path) == ["csv"]
    assert (tmp_path / "csv").read_text() == "mine"


@pytest.mark.parametrize("name", ["gpkg", "kml", "nmea"])
def test_laboratories_have_no_place_on_earth(lab: Request, tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match=f"is a laboratory: .* {name} needs; parquet and csv can be had"):
        export(lab, {name: tmp_path / "x"}, overwrite=False)
    assert names(tmp_path) == []


def test_unknown_formats_and_theatres(run: StoredRun) -> None:
    with pytest.raises(StoreError, match="'geopkg'; did you mean 'gpkg'"):
        check_known(["csv", "geopkg"])
    with pytest.raises(StoreError, match="'agean'; did you mean 'aegean'"):
        request_of(run, "agean", 120.0)


def test_a_run_in_which_nothing_moved(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing moved in aegean"):
        request_of(stored(tmp_path / "still", Rows(), scenario()), None, 120.0)


@pytest.mark.parametrize("kind", ["unit", "boat"])
def test_a_run_with_nothing_but_one_track(tmp_path: Path, kind: str) -> None:
    made = Rows()
    made.track("frigate", kind, ((0.0, 26.0, 38.5), (2.0, 26.2, 38.5)))
    if kind == "boat":
        made.add("voyages", voyage="frigate", departed_s=0.0, outcome="at_sea")
    formats = [name for name in ALL if name != "nmea" or kind == "unit"]
    targets = targets_of(formats, tmp_path, "x", tmp_path / "out")
    export(request_of(stored(tmp_path / "run", made, scenario()), None, 120.0), targets, overwrite=False)
    assert all(path.exists() for path in targets.values())


def test_seas_and_laboratories_are_not_mixed(tmp_path: Path) -> None:
    lab = laboratory_run(tmp_path / "lab").scenario
    both = scenario().model_copy(update={"theatres": {**scenario().theatres, **lab.theatres}})
    made = Rows()
    made.track("frigate", "unit", ((0.0, 26.0, 38.5), (2.0, 26.2, 38.5)))
    run = stored(tmp_path / "both", made, both)
    with pytest.raises(StoreError, match="give one of aegean, lab with --theatre"):
        request_of(run, None, 120.0)
    assert request_of(run, "aegean", 120.0).on_earth
