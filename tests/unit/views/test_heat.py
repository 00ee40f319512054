from dataclasses import replace

import numpy as np
import pytest

from aegean_sim.errors import AegeanError
from aegean_sim.quantities import FloatArray
from aegean_sim.recording.layers import Layer
from aegean_sim.views.maps.heat import Heat, difference, mean_of, shared_sea
from aegean_sim.views.maps.scales import difference_of, scale_of
from aegean_sim.views.maps.words import (
    area_in_words,
    change_in_words,
    good_sea,
    good_sea_km2,
    mark_of,
    points_in_words,
)
from aegean_sim.views.style import PROBABILITY_BINS


def heat(values: FloatArray, metric: str = "seen", first_m: float = 0.0) -> Heat:
    rows, columns = values.shape
    x_m, y_m = first_m + 1000.0 * np.arange(columns), 1000.0 * np.arange(rows)
    return Heat(x_m, y_m, values, ~np.isnan(values), scale_of(metric, 1.0))


def test_a_heat_takes_up_whole_cells() -> None:
    area = heat(np.zeros((2, 3))).area
    assert (area.left, area.bottom, area.right, area.top) == (-500.0, -500.0, 2500.0, 1500.0)


def test_a_mean_is_over_those_that_know_the_cell() -> None:
    one, other = heat(np.array([[0.2, 0.4, np.nan]])), heat(np.array([[0.6, 0.8, 1.0]]), first_m=1000.0)
    np.testing.assert_allclose(mean_of([one, other]).values, [[0.2, 0.5, 0.8]])


def test_a_difference_is_where_both_are_known() -> None:
    one, other = heat(np.array([[0.2, 0.4, np.nan]])), heat(np.array([[0.6, 0.1, 1.0]]))
    change = difference(other, one, difference_of("seen"))
    np.testing.assert_allclose(change.values, [[0.4, -0.3, np.nan]])
    assert points_in_words(change, Layer()) == "better 1 km²\nworse 1 km²"


def test_a_shorter_gap_is_better_and_blue() -> None:
    change = heat(np.array([[-30.0, 0.5, 30.0]]), "gap_mean")
    change = Heat(change.x_m, change.y_m, change.values, change.sea, difference_of("gap_mean"))
    colours, norm = change.scale.colours()
    shorter, same, longer = colours(norm(change.values[0]))
    assert shorter[2] > shorter[0]
    assert longer[0] > longer[2]
    assert same[3] == 0.0
    assert points_in_words(change, Layer("gap_mean")) == "better 1 km²\nworse 1 km²"


def test_bins_have_one_colour_each_and_what_is_below_has_none() -> None:
    colours, norm = scale_of("seen", 1.0).colours()
    edges = np.array(PROBABILITY_BINS)
    middles = colours(norm(0.5 * (edges[1:] + edges[:-1])))
    assert len(np.unique(middles, axis=0)) == len(edges) - 1
    np.testing.assert_array_equal(colours(norm(edges[:-1])), middles)
    np.testing.assert_array_equal(colours(norm(np.ma.masked_invalid([0.0, 0.0499, np.nan])))[:, 3], 0.0)


@pytest.mark.parametrize("metric", ["seen", "in_time", "unit_hours", "gap_mean", "gap_worst"])
def test_more_is_darker_and_all_beyond_the_last_edge_darkest(metric: str) -> None:
    scale = scale_of(metric, 1.0)
    colours, norm = scale.colours()
    places = [*(0.5 * (np.array(scale.bins[1:]) + np.array(scale.bins[:-1]))), 10.0 * scale.bins[-1]]
    brightness = colours(norm(places))[:, :3] @ [0.2126, 0.7152, 0.0722]
    assert (np.diff(brightness)[: len(scale.bins) - 2] < 0.0).all()
    assert brightness[-1] <= brightness[-2]
    assert len(scale.ticks) == len(scale.bins)


@pytest.mark.parametrize("metric", ["seen", "in_time", "unit_hours", "gap_mean", "gap_worst"])
def test_differences_are_symmetric_and_nothing_is_coloured_inside_the_middle_bin(metric: str) -> None:
    scale = difference_of(metric)
    assert [-edge for edge in reversed(scale.bins)] == list(scale.bins)
    colours, norm = scale.colours()
    alphas = colours(norm([0.0, 0.99 * scale.bins[5], 1.01 * scale.bins[5], 9e9, -9e9]))[:, 3]
    assert alphas.tolist() == [0.0, 0.0, 1.0, 1.0, 1.0]


def test_a_map_is_summed_up_by_the_sea_on_the_good_side() -> None:
    assert good_sea_km2(heat(np.array([[0.49, 0.5, np.nan, 1.0]])), "seen", 0.5) == 2.0
    assert good_sea_km2(heat(np.array([[5.0, 7.0, np.nan, 400.0]]), "gap_mean"), "gap_mean", 6.0) == 1.0
    assert [area_in_words(area) for area in (0.0, 7.4, 123.0, 45_678.0)] == [
        "no sea", "7 km²", "120 km²", "46,000 km²",
    ]  # fmt: skip


def test_what_changes_is_told_from_first_to_last() -> None:
    few, many = heat(np.array([[0.6, 0.0, 0.0]])), heat(np.array([[0.6, 0.6, 0.6]]))
    said = change_in_words(Layer(), ["ships 0", "ships 6"], [few, many])
    assert said.endswith("within an hour: up from 1 km² (ships 0) to 3 km² (ships 6)")
    assert "down from" in change_in_words(Layer(), ["a", "b"], [many, few])
    assert "unchanged" in change_in_words(Layer(), ["a", "b"], [many, many])


def test_numbers_of_several_grids_are_of_the_cells_that_all_have() -> None:
    scale = scale_of("seen", 1.0)
    small, large = (
        Heat(np.arange(n) * 1e3, np.arange(3) * 1e3, np.ones((3, n)), np.ones((3, n), bool), scale)
        for n in (2, 5)
    )
    assert [good_sea_km2(heat, "seen", 0.5) for heat in shared_sea([small, large])] == [6.0, 6.0]
    assert difference(large, small, difference_of("seen")).area == small.area
    away = replace(small, x_m=small.x_m + 9e4)
    with pytest.raises(AegeanError, match="do not meet"):
        shared_sea([small, away])


def test_a_short_run_is_summed_up_by_a_short_gap_and_never_covered_is_darkest() -> None:
    gaps = replace(heat(np.array([[0.2, 1.0]]), "gap_worst"), never=1.0)
    assert mark_of("gap_worst", [heat(gaps.values, "gap_worst")]) == 24.0
    value = mark_of("gap_worst", [gaps])
    assert good_sea(Layer("gap_worst"), value) == "never uncovered for longer than half an hour"
    assert good_sea_km2(gaps, "gap_worst", value) == 1.0
    assert gaps.shades.tolist() == [[0.2, np.inf]]


def test_other_boats_are_named() -> None:
    said = good_sea(Layer(boat="inshore_boat"), 0.5)
    assert said == "where an inshore boat is as likely as not seen within an hour"
