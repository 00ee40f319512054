"""The rules behind words and intervals, one by one, on made-up blocks."""

import numpy as np
import pytest

from aegean_sim.study.comparison.comparing import UNREACHABLE, compare_cells
from aegean_sim.study.comparison.measures import Measure, is_needed, measures_of, written
from aegean_sim.study.comparison.model_error import miss_of
from aegean_sim.study.comparison.strata import Levels
from aegean_sim.study.statistics.blocks import Blocks

DEATHS = Measure("persons_dead", "Deaths", "persons", "fewer", ("persons_dead",))
SHARE = Measure("boats_seen_share", "Boats seen", "%", "more", ("boats_seen_share",), ("boats",))
NOISE = np.random.default_rng(1).normal(size=40)
NOISE = (NOISE - NOISE.mean()) / NOISE.std(ddof=1) * np.sqrt(40)


def levels(count: int) -> Levels:
    labels = tuple(map(str, range(count)))
    return Levels("ships", labels, np.arange(float(count)), 0)


def deaths(*differences: float) -> Blocks:
    """Standard errors of differences are 1, whatever these are."""
    return Blocks(np.column_stack([np.full(40, 50.0), *(50.0 + each + NOISE for each in differences)]))


def test_verdicts_go_by_intervals_that_hold_together() -> None:
    """2.2 standard errors are enough for one difference, and not for one of five."""
    alone = compare_cells(DEATHS, deaths(-2.2), levels(2))
    of_five = compare_cells(DEATHS, deaths(-2.2, -2.2, -2.2, -2.2, -2.2), levels(6))
    assert alone.from_baseline.verdicts == ("better",)
    assert set(of_five.from_baseline.verdicts) == {"not yet known"}
    assert (of_five.from_baseline.found.alone.high < 0.0).all()


def test_what_it_takes_is_the_shorter_way_to_different_or_to_equivalent() -> None:
    """A difference of 1 is told from 0 by a half-width of 1; shown to be below 3 by one of 2."""
    plain = compare_cells(DEATHS, deaths(-1.0), levels(2)).from_baseline
    worth = compare_cells(DEATHS, deaths(-1.0), levels(2), worth=3.0).from_baseline
    assert plain.needed[0] == pytest.approx(4.0 * 40, rel=0.05)
    assert worth.needed[0] == pytest.approx(40.0, rel=0.15)
    assert compare_cells(DEATHS, deaths(-1e-6), levels(2)).from_baseline.needed == (UNREACHABLE,)
    assert compare_cells(DEATHS, deaths(-9.0), levels(2)).from_baseline.needed == (0,)


def test_intervals_of_counts_end_at_0_and_of_shares_at_1() -> None:
    few = Blocks(np.array([[0.0, 0.0], [0.0, 1.0], [0.0, 0.0], [1.0, 0.0], [0.0, 0.0], [0.0, 3.0]]))
    assert compare_cells(DEATHS, few, levels(2)).levels.low.tolist() == [0.0, 0.0]
    shares = Blocks(np.array([[9.0, 9.0], [10.0, 9.0], [10.0, 10.0]]), np.full((3, 2), 10.0))
    assert compare_cells(SHARE, shares, levels(2)).levels.high.tolist() == [1.0, 1.0]


def test_a_share_of_nothing_is_not_known_and_breaks_nothing() -> None:
    nothing = Blocks(np.array([[0.0, 1.0], [0.0, 2.0]]), np.array([[0.0, 2.0], [0.0, 3.0]]))
    found = compare_cells(SHARE, nothing, levels(2))
    assert not found.is_known
    assert found.best is None
    assert found.gains is None
    assert found.from_baseline.verdicts == ("not yet known",)


def test_the_greatest_miss_of_all_theatres_counts_and_of_one_its_own() -> None:
    scenario = {"theatres": {"east": {"coast": "aegean"}, "west": {"coast": "central-med"}}}
    shares = {}
    for name in ("persons_dead", "persons_dead@east", "persons_dead@west"):
        miss = miss_of(name, scenario)
        assert miss is not None
        shares[name] = miss.share
    assert shares["persons_dead"] == shares["persons_dead@west"] > shares["persons_dead@east"]
    assert miss_of("boats_seen_share", scenario) is None


def test_the_usual_measures_are_those_there_are_figures_of_lives_first() -> None:
    there = ["boats", "boats_seen_share", "boats_decisive_NATO", "persons_dead@east", "persons_dead",
             "persons_met", "persons_met@east", "distress_h"]  # fmt: skip
    names = [measure.name for measure in measures_of(there, (), priced=True)]
    assert names == [
        "persons_dead", "persons_dead@east", "distress_h", "persons_met", "boats_decisive",
        "boats_seen_share", "cost_eur",
    ]  # fmt: skip
    assert [each.name for each in measures_of(there, ("persons_met@east",), priced=False)] == [
        "persons_met@east"
    ]
    assert all(is_needed(name, ()) for name in there)
    assert not is_needed("reports", ())
    assert is_needed("reports", ("reports_timely_share",))


def test_numbers_are_written_with_their_digits() -> None:
    assert [written(DEATHS, value) for value in (1234.5, 12.345, 1.234, 0.0, float("nan"))] == [
        "1,234", "12.3", "1.23", "0", "none",
    ]  # fmt: skip
    assert written(SHARE, -0.0512, signed=True) == "-5.12"
