"""Levels and spreads as they are written."""

from typing import Any

import numpy as np
import pytest

from aegean_sim.errors import ScenarioError
from aegean_sim.study.sweeps.values import levels_of, levels_told, spread_of


@pytest.mark.parametrize(
    ("written", "levels"),
    [
        ("0..6", (0, 1, 2, 3, 4, 5, 6)),
        ("3..3", (3,)),
        ("-2..2:2", (-2, 0, 2)),
        ("0.1..0.3:0.1", (0.1, 0.2, 0.3)),
        ("1e1..3e1:10", (10, 20, 30)),
        ([1, "b", None], (1, "b", None)),
        (7, (7,)),
        ("box", ("box",)),
    ],
)
def test_levels(written: Any, levels: tuple[Any, ...]) -> None:
    assert levels_of(written, "x") == levels


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("0..2", (0, 1, 2)),
        ("line,box", ("line", "box")),
        ("1, 2.5,true", (1, 2.5, True)),
        ("[3, 4]", (3, 4)),
        ("nested", ("nested",)),
        ("{a: 1}, {a: 2}", ({"a": 1}, {"a": 2})),
    ],
)
def test_levels_of_the_command_line(text: str, levels: tuple[Any, ...]) -> None:
    assert levels_told(text, "--vary x") == levels


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("6..0", "rises"),
        ("0..6:0", "above 0"),
        ("0..6:4", "whole steps"),
        ("0..1e9", "100,000"),
        ("0...6", "first..last"),
        ("a..b", "first..last"),
        ([], "empty"),
        ("1e9999999999..2e9999999999", "beyond"),
        ("0..1e-9999999999", "beyond"),
        ("0..1:1e-9999999999", "beyond"),
    ],
)
def test_levels_that_cannot_be_read(written: Any, rule: str) -> None:
    with pytest.raises(ScenarioError, match=rule):
        levels_of(written, "x")


@pytest.mark.parametrize(
    ("written", "quantiles"),
    [
        ("5~30", (5.0, 17.5, 30.0)),
        ({"uniform": [5, 30]}, (5.0, 17.5, 30.0)),
        ({"triangular": [0, 0, 1]}, (0.0, 1 - np.sqrt(0.5), 1.0)),
        ({"triangular": [2, 2, 2]}, (2.0, 2.0, 2.0)),
        ("1..3", (1, 2, 3)),
        (["a", "b"], ("a", "b", "b")),
        ({"choice": {"a": 0.2, "b": 0.8}}, ("a", "b", "b")),
        ({"choice": {"3": 0.5, "4.5": 0.5}}, (3, 4.5, 4.5)),
    ],
)
def test_quantiles_of_spreads(written: Any, quantiles: tuple[Any, ...]) -> None:
    spread = spread_of(written, "x")
    for share, value in zip((0.0, 0.5, 1.0), quantiles, strict=True):
        assert spread.at(share) == (value if isinstance(value, str) else pytest.approx(value))


def test_a_triangular_spread_follows_its_law() -> None:
    spread = spread_of({"triangular": [0, 3, 4]}, "x")
    drawn = np.array([spread.at(share) for share in (np.arange(4000) + 0.5) / 4000])
    assert drawn.mean() == pytest.approx(7 / 3, rel=1e-4)
    assert (drawn < 3).mean() == pytest.approx(0.75, abs=1e-3)


@pytest.mark.parametrize(
    "written",
    [
        7,
        "7",
        "30~5",
        {"uniform": [1]},
        {"uniform": [1, float("nan")]},
        {"normal": [0, 1]},
        {"choice": {"a": 0.5}},
        {},
    ],
)
def test_spreads_that_cannot_be_read(written: Any) -> None:
    with pytest.raises(ScenarioError, match="x"):
        spread_of(written, "x")
