from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from time import process_time
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from aegean_sim.views.coverage_map import _draw_theatre, draw_coverage
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from aegean_sim.errors import StoreError
from aegean_sim.geography.frame import AEGEAN
from aegean_sim.quantities import NM_M
from aegean_sim.recording.reading import StoredRun
from aegean_sim.views import style
from aegean_sim.views.sheet import Sheet, own_look

Laboratory = Callable[..., StoredRun]


def drawn(run: StoredRun, theatre: str) -> tuple[Sheet, np.ndarray]:
    """Give a theatre's picture and its pixels, the lowest row first."""
    with own_look():
        sheet = _draw_theatre(run, theatre)
        sheet.figure.canvas.draw()
        pixels: Any = sheet.figure.canvas
        return sheet, np.asarray(pixels.buffer_rgba())[::-1, :, :3]


@pytest.fixture(scope="module")
def aegean_picture(aegean_run: StoredRun) -> tuple[Sheet, np.ndarray]:
    return drawn(aegean_run, "aegean")


def texts_of(sheet: Sheet) -> list[Text]:
    found = [text for text in sheet.figure.findobj(Text) if isinstance(text, Text)]
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def test_no_text_is_clipped_or_meets_another(aegean_picture: tuple[Sheet, np.ndarray]) -> None:
    sheet, _ = aegean_picture
    width, height = sheet.figure.canvas.get_width_height()
    boxes = {text: text.get_window_extent() for text in texts_of(sheet)}
    assert len(boxes) > 60
    for text, box in boxes.items():
        assert box.x0 >= 0, text
        assert box.y0 >= 0, text
        assert box.x1 <= width, text
        assert box.y1 <= height, text
    for (one, first), (other, second) in combinations(boxes.items(), 2):
        apart = (
            first.x1 <= second.x0 or second.x1 <= first.x0 or first.y1 <= second.y0 or second.y1 <= first.y0
        )
        assert apart, (one.get_text(), other.get_text())


def test_panels_and_legend_are_apart(aegean_picture: tuple[Sheet, np.ndarray]) -> None:
    sheet, _ = aegean_picture
    chart, bar, keys, inset = sheet.figure.axes
    legend = keys.get_legend()
    assert legend is not None
    boxes = [chart.bbox, bar.bbox, legend.get_window_extent(), inset.bbox]
    for one, other in combinations(boxes, 2):
        assert one.x1 < other.x0 or other.x1 < one.x0 or one.y0 > other.y1 or other.y0 > one.y1
    width, height = sheet.figure.canvas.get_width_height()
    assert all(box.x1 < width and box.y0 > 0 and box.y1 < height for box in boxes)


def test_land_and_sea_have_their_colours(aegean_picture: tuple[Sheet, np.ndarray]) -> None:
    sheet, pixels = aegean_picture
    chart = sheet.figure.axes[0]
    for place, colour in (
        ((28.6, 38.6), style.LAND),
        ((27.95, 36.15), style.LAND),
        ((26.42, 36.22), style.SEA),
    ):
        column, row = chart.transData.transform(np.array(AEGEAN.to_xy(*place))).round().astype(int)
        np.testing.assert_allclose(pixels[row, column] / 255, to_rgb(colour), atol=0.01)


def test_cells_have_the_colour_of_their_bin(laboratory: Laboratory) -> None:
    run = laboratory(0)
    sheet, pixels = drawn(run, "lab")
    chart, grid = sheet.figure.axes[0], run.coverage()["lab"]
    colours, norm = style.probability_colours()
    wrong = 0
    for row, column in ((20, 3), (25, 10), (5, 20), (29, 28), (12, 6)):
        point = (grid.x_m[column] + 900.0, grid.y_m[row] + 700.0)
        across, up = chart.transData.transform(point).round().astype(int)
        expected = np.array(colours(norm(grid.values[row, column]))[:3])
        wrong += not np.allclose(pixels[up, across] / 255, expected, atol=0.01)
    assert wrong == 0


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_equal_runs_give_equal_pictures(laboratory: Laboratory, tmp_path: Path, suffix: str) -> None:
    run = laboratory(3)
    first, second = (draw_coverage(run, tmp_path / f"{name}{suffix}") for name in "ab")
    assert first.read_bytes() == second.read_bytes()
    assert b"Software" not in first.read_bytes()[:2000]
    assert b"CreationDate" not in first.read_bytes()


def test_a_users_own_settings_do_not_change_the_picture(laboratory: Laboratory, tmp_path: Path) -> None:
    run = laboratory(1)
    plain = draw_coverage(run, tmp_path / "plain.png").read_bytes()
    with mpl.rc_context({"font.size": 20, "axes.facecolor": "red", "savefig.bbox": "tight"}):
        assert draw_coverage(run, tmp_path / "set.png").read_bytes() == plain
        assert mpl.rcParams["font.size"] == 20


def test_each_theatre_has_a_picture_of_its_own(laboratory: Laboratory, tmp_path: Path) -> None:
    run = laboratory(2, ("east", "west"))
    assert draw_coverage(run, tmp_path / "coverage.png") == tmp_path / "coverage.png"
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["coverage-west.png", "coverage.png"]


def test_a_run_without_coverage_or_a_strange_format_is_refused(
    laboratory: Laboratory, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="has no coverage grid to draw"):
        draw_coverage(laboratory(1, grid=False), tmp_path / "coverage.png")
    with pytest.raises(StoreError, match=r"a picture must be one of png, svg, pdf, not '\.bmp'"):
        draw_coverage(laboratory(1, ("other",)), tmp_path / "coverage.bmp")
    assert not list(tmp_path.glob("coverage*"))


def test_a_picture_that_cannot_be_written_is_told(laboratory: Laboratory, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"cannot write .*coverage\.png"):
        draw_coverage(laboratory(1), tmp_path / "file" / "coverage.png")


def test_a_full_month_is_drawn_in_time(aegean_run: StoredRun, tmp_path: Path) -> None:
    draw_coverage(aegean_run, tmp_path / "warm.png")
    begun = process_time()
    draw_coverage(aegean_run, tmp_path / "coverage.png")
    assert process_time() - begun < 3.0


@pytest.mark.parametrize("boats", [0, 1])
def test_nearly_empty_laboratories_are_drawn(laboratory: Laboratory, tmp_path: Path, boats: int) -> None:
    assert draw_coverage(laboratory(boats), tmp_path / "coverage.png").stat().st_size > 10_000


def test_the_scale_bar_is_true(laboratory: Laboratory) -> None:
    sheet, _ = drawn(laboratory(1), "lab")
    chart = sheet.figure.axes[0]
    words = next(text.get_text() for text in chart.texts if text.get_text().endswith("nm"))
    pieces = [patch.get_window_extent() for patch in chart.findobj(Rectangle) if patch.get_zorder() == 10]
    ends = [(min(piece.x0 for piece in pieces), 0.0), (max(piece.x1 for piece in pieces), 0.0)]
    assert np.ptp(chart.transData.inverted().transform(ends)[:, 0]) == pytest.approx(
        float(words.removesuffix(" nm")) * NM_M
    )


def test_the_legend_tells_what_was_left_out(laboratory: Laboratory) -> None:
    sheet, _ = drawn(laboratory(4001), "lab")
    legend = sheet.figure.axes[2].get_legend()
    assert legend is not None
    said = [text.get_text() for text in legend.get_texts()]
    assert said == ["NATO: 1 unit, first to see 0", "boat tracks (1,334 of 4,001)", "sea, below 5 %"]
