"""Delays, hours and rules in words: against SciPy's laws, and read aloud."""

import math
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter
from scipy import stats

from aegean_sim.handoff.phrases import (
    hours_utc,
    listed,
    minutes,
    spread,
    what_is_left_out,
    what_is_withheld,
    when_shared,
)
from aegean_sim.scenario.base import Delay
from aegean_sim.scenario.desks import Sharing, Silenced, Withheld

LAWS: list[tuple[Any, Any, str]] = [
    (
        {"triangular": [30, 60, 180]},
        stats.triang(0.2, 30.0, 150.0),
        "triangular 30, 60, 180",
    ),
    ({"exponential": 15}, stats.expon(scale=15.0), "exponential, mean 15"),
    ({"lognormal": [20, 2]}, stats.lognorm(math.log(2.0), scale=20.0), "lognormal, median 20, factor 2"),
    (12.5, stats.uniform(12.5, 0.0), "constant"),
]


@pytest.mark.parametrize(("delay", "law", "words"), LAWS)
def test_typical_is_the_median_and_the_range_leaves_out_a_tenth(delay: Any, law: Any, words: str) -> None:
    told = spread(TypeAdapter(Delay).validate_python(delay))
    quantiles = (told.low_min, told.typical_min, told.high_min)
    expected = (12.5,) * 3 if delay == 12.5 else tuple(law.ppf([0.05, 0.5, 0.95]))
    assert quantiles == pytest.approx(expected)
    assert told.law == words


def test_a_measured_delay_gives_values_that_were_measured() -> None:
    told = spread(TypeAdapter(Delay).validate_python({"empirical": [4.0, 8.0, 15.0]}))
    assert (told.low_min, told.typical_min, told.high_min) == (4.0, 8.0, 15.0)
    assert (told.both, told.law) == ("8 min (4–15)", "as measured, 3 values")


@pytest.mark.parametrize("measured", [[10, 19, 55, 57], [3], [2, 3], [1, 2, 2, 9, 40]])
def test_the_typical_measured_delay_is_the_median(measured: list[int]) -> None:
    told = spread(TypeAdapter(Delay).validate_python({"empirical": measured}))
    assert told.typical_min == np.median(measured)


def test_what_does_not_vary_has_no_range() -> None:
    assert spread(TypeAdapter(Delay).validate_python(20)).both == "20 min"


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.0, "0"), (0.04, "0"), (3.14, "3.1"), (9.96, "10"), (84.6, "85"), (1828.0, "1,828")],
)
def test_minutes_are_short(value: float, written: str) -> None:
    assert minutes(value) == written


@pytest.mark.parametrize(
    ("hours", "written"),
    [((22, 6), "22:00–06:00"), ((4.5, 24), "04:30–24:00"), ((0, 23.9999), "00:00–24:00")],
)
def test_hours_are_clock_times(hours: tuple[float, float], written: str) -> None:
    assert hours_utc(hours) == written


def test_lists_read_as_spoken() -> None:
    assert [listed(words) for words in ("a", "ab", "abc")] == ["a", "a and b", "a, b and c"]


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ({}, "of every boat"),
        ({"waters": ["GR"]}, "when the boat is in GR waters"),
        ({"waters": ["high_seas", "GR"]}, "when the boat is in GR waters or on the high seas"),
        ({"heading": ["TR"]}, "when the boat heads for TR waters"),
        (
            {"waters": ["TR"], "forces": ["NATO", "HCG"], "only_distress": True},
            "when the boat is in TR waters, was seen by HCG or NATO and is in distress",
        ),
        ({"nations": ["DE"]}, "when the boat was seen by a unit of DE"),
    ],
)
def test_rules_tell_for_which_boats_they_hold(conditions: dict[str, Any], words: str) -> None:
    assert when_shared(Sharing.model_validate({"sender": "a", "receivers": ["b"]} | conditions)) == words


def test_what_is_withheld_is_told() -> None:
    exception = Withheld.model_validate({"nations": ["TR", "DE"], "receivers": ["hcg", "frontex"]})
    told = "what units of DE or TR saw is not passed to hcg or frontex, unless the boat is in distress"
    assert what_is_withheld(exception) == told


def test_what_is_silenced_is_told_one_by_one() -> None:
    silenced = Silenced.model_validate(
        {"units": ["ship"], "forces": ["NATO"], "desks": ["hcg"], "links": [["a", "b"]]}
    )
    assert what_is_left_out(silenced) == [
        "reports of unit ship reach nobody",
        "reports of all units of NATO reach nobody",
        "nothing reaches hcg",
        "nothing passes from a to b",
    ]
