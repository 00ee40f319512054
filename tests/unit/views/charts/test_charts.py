"""Charts of runs: every theatre, every format, the same again; also where there is nothing to draw."""

from itertools import combinations
from pathlib import Path

import matplotlib.image as mpl_image
import pytest
from matplotlib.text import Text
from tests.unit.views.charts.conftest import Build
from tests.unit.views.conftest import Rows, laboratory_scenario, stored

from aegean_sim.errors import StoreError
from aegean_sim.recording.reading import StoredRun
from aegean_sim.views.charts.charts import _DRAWN, CHARTS, Chart, draw_charts
from aegean_sim.views.charts.runs import Runs
from aegean_sim.views.sheet import Sheet, own_look


def drawn(chart: Chart, *runs: StoredRun) -> Sheet:
    with own_look():
        sheet = _DRAWN[chart](Runs(runs, "lab"))
        sheet.figure.draw_without_rendering()
        return sheet


def words(sheet: Sheet) -> list[str]:
    return [text.get_text() for text in sheet.figure.findobj(Text) if text.get_text()]


@pytest.mark.parametrize("chart", CHARTS)
def test_nothing_is_written_beyond_the_sheet_or_over_other_words(chart: Chart, five_boats: Build) -> None:
    sheet = drawn(chart, five_boats("first"), five_boats("second", shift_h=3.0))
    texts = [text for text in sheet.figure.findobj(Text) if text.get_text().strip() and text.get_visible()]
    boxes = [text.get_window_extent() for text in texts]
    width, height = sheet.figure.bbox.size
    assert all(box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height for box in boxes)
    clashes = [
        (one.get_text(), other.get_text())
        for (one, box), (other, other_box) in combinations(zip(texts, boxes, strict=True), 2)
        if box.padded(-1.0).overlaps(other_box.padded(-1.0))
    ]
    assert not clashes


def test_titles_state_the_finding_and_the_dead_first(five_boats: Build) -> None:
    run = five_boats()
    over_time = words(drawn("over-time", run))
    assert "7 people died; of 5 boats a unit came to 1, and nobody knew of 1" in over_time
    assert "A unit came to 1 of 5 boats, half of them within 79 min of the first sight or word" in words(
        drawn("delays", run)
    )
    said = words(drawn("outcomes", run))
    assert "7 of 50 people died" in said
    assert "7 died" in said


@pytest.mark.parametrize("chart", CHARTS)
def test_a_picture_says_how_often_and_from_what(chart: Chart, five_boats: Build) -> None:
    run = five_boats()
    said = " ".join(words(drawn(chart, run, run)))
    assert (
        f"2 replications (0 to 0){' together' if chart == 'delays' else ''}, seed {run.manifest.seed}" in said
    )
    assert f"fingerprint {run.manifest.fingerprint[:12]}" in said


@pytest.mark.parametrize("chart", CHARTS)
def test_a_run_without_boats_is_drawn_and_says_so(chart: Chart, tmp_path: Path) -> None:
    run = stored(tmp_path / "empty", laboratory_scenario(("lab",)), Rows(), {})
    said = " ".join(words(drawn(chart, run)))
    assert "o boat set out" in said or "Nobody set out" in said


@pytest.mark.parametrize("chart", CHARTS)
def test_a_run_in_which_nobody_tells_is_drawn(chart: Chart, tmp_path: Path) -> None:
    rows = Rows()
    rows.add("voyages", theatre="lab", voyage="boat", persons=3, persons_landed=3, departed_s=0.0)
    drawn(chart, stored(tmp_path / "alone", laboratory_scenario(("lab",)), rows, {}))


def test_each_theatre_has_its_files(five_boats: Build, tmp_path: Path) -> None:
    pictures = draw_charts([five_boats(theatres=("east", "west"))], tmp_path / "new" / "charts")
    assert sorted(path.name for path in pictures) == sorted(
        f"{chart}-{theatre}.png" for chart in CHARTS for theatre in ("east", "west")
    )
    assert all(mpl_image.imread(path)[..., :3].std() > 0.02 for path in pictures)


@pytest.mark.parametrize("form", ["svg", "pdf"])
def test_the_same_run_gives_the_same_bytes(form: str, five_boats: Build, tmp_path: Path) -> None:
    run = five_boats()
    first = draw_charts([run], tmp_path / "first", form=form)
    again = draw_charts([run], tmp_path / "again", form=form)
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]


def test_an_unknown_format_is_refused(five_boats: Build, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"must be one of png, svg, pdf, not '\.gif'"):
        draw_charts([five_boats()], tmp_path / "charts", form="gif")
