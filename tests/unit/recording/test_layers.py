"""What may be asked of the water, and how an answer is kept with its run."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from aegean_sim.errors import AegeanError
from aegean_sim.recording.layers import Layer, keep_layer
from aegean_sim.recording.reading import StoredRun, read_run
from aegean_sim.recording.record import CoverageGrid, RunRecord
from aegean_sim.recording.store import write_run

GRID = CoverageGrid(
    np.array([0.0, 2.0]), np.array([1.0, 3.0, 5.0]), np.array([[0, 1], [np.nan, 0.5], [1, 0]])
)


@pytest.fixture
def run(record: RunRecord, tmp_path: Path) -> StoredRun:
    return read_run(write_run(record, tmp_path / "run", inputs=Path(), overwrite=False))


def keep(run: StoredRun, layer: Layer) -> Path:
    keep_layer({"aegean": GRID}, layer, run.folder, run.manifest)
    return layer.path(run.folder)


def test_an_answer_is_kept_and_comes_back_the_same(run: StoredRun) -> None:
    assert run.coverage() == {}
    keep(run, Layer())
    (theatre, grid), *others = run.coverage().items()
    assert (theatre, others) == ("aegean", [])
    for field in dataclasses.fields(CoverageGrid):
        np.testing.assert_array_equal(getattr(grid, field.name), getattr(GRID, field.name))
    assert run.coverage(Layer(hours=3.0)) == {}
    assert [path.name for path in (run.folder / "coverage").iterdir()] == ["seen-1h-rubber-any-all.parquet"]


def test_an_answer_that_is_torn_or_of_another_run_or_question_is_none(run: StoredRun) -> None:
    path = keep(run, Layer())
    other = dataclasses.replace(run.manifest, fingerprint="0" * 64)
    assert dataclasses.replace(run, manifest=other).coverage() == {}
    three = Layer(hours=3.0)
    three.path(run.folder).write_bytes(path.read_bytes())
    assert run.coverage(three) == {}
    whole = path.read_bytes()
    for broken in (whole[: len(whole) // 2], b"PAR1 not really", b""):
        path.write_bytes(broken)
        assert run.coverage() == {}


def test_one_question_has_one_form() -> None:
    assert Layer("unit_hours", 6.0, "wooden", "night", "NATO") == Layer(
        "unit_hours", light="night", by="NATO"
    )
    assert Layer("gap_mean", light="day") == Layer("gap_mean")
    assert Layer(hours=1) == Layer()


def test_names_of_any_kind_make_safe_and_different_file_names(tmp_path: Path) -> None:
    names = ["all", "../up", "a/b", "a b", "<b>", "Ω" * 200, "Ω" * 201]
    paths = {Layer(by=name).path(tmp_path) for name in names}
    assert len(paths) == len(names)
    assert {path.parent for path in paths} == {tmp_path / "coverage"}
    assert all(path.name.isascii() and len(path.name) < 130 for path in paths)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"metric": "sen"}, "no coverage metric 'sen'; did you mean 'seen'?"),
        ({"light": "dusk"}, "no light 'dusk'; known: any, day, night"),
        ({"hours": 0.0}, "hours is 0: a coverage layer needs some time"),
        ({"hours": float("inf")}, "hours is inf"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(said: dict[str, object], message: str) -> None:
    with pytest.raises(AegeanError) as refused:
        Layer(**said)  # type: ignore[arg-type]
    assert message in str(refused.value)
