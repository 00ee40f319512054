"""Shapley shares: games with known answers, and the definition by orders of the players."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aegean_sim.study.shapley import coalitions, shapley

Game = dict[frozenset[str], int]


def by_orders(value: Game, players: str) -> dict[str, float]:
    """Average over all orders of the players what each adds to those before it."""
    added = {player: list[int]() for player in players}
    for order in permutations(players):
        for place, player in enumerate(order):
            before = frozenset(order[:place])
            added[player].append(value[before | {player}] - value[before])
    return {player: float(np.mean(rows)) for player, rows in added.items()}


@st.composite
def games(draw: st.DrawFn) -> tuple[Game, str]:
    players = "abcde"[: draw(st.integers(0, 5))]
    return {some: draw(st.integers(-100, 1000)) for some in coalitions(players)}, players


@given(games())
def test_shares_are_means_over_all_orders_and_add_up(game: tuple[Game, str]) -> None:
    value, players = game
    shares = shapley(value, players)
    assert list(shares) == list(players)
    if players:
        assert shares == pytest.approx(by_orders(value, players), rel=1e-12, abs=1e-9)
    assert sum(shares.values()) == pytest.approx(
        value[frozenset(players)] - value[frozenset()], rel=1e-12, abs=1e-9
    )


def test_there_are_two_to_the_power_of_five_sets_of_five() -> None:
    assert len(set(coalitions("abcde"))) == 32
    assert list(coalitions("")) == [frozenset()]


def test_gloves() -> None:
    """One left glove, two right ones; only a pair is worth anything (Shapley and Shubik)."""
    value = {some: int("L" in some and bool(some & {"r", "R"})) for some in coalitions("LrR")}
    assert shapley(value, "LrR") == pytest.approx({"L": 2 / 3, "r": 1 / 6, "R": 1 / 6})


def test_a_chain_shares_alike_and_two_ways_share_what_one_of_them_brings() -> None:
    chain = {some: 12 * (len(some) == 3) for some in coalitions("abc")}
    assert shapley(chain, "abc") == {"a": 4.0, "b": 4.0, "c": 4.0}
    either = {some: 12 * bool(some & {"a", "b"}) for some in coalitions("abc")}
    assert shapley(either, "abc") == {"a": 6.0, "b": 6.0, "c": 0.0}


def test_an_airport() -> None:
    """Aircraft of three sizes share a runway: each part is paid alike by those who need it."""
    cost = {"small": 6, "middle": 10, "large": 19}
    value = {some: max((cost[name] for name in some), default=0) for some in coalitions(list(cost))}
    assert shapley(value, list(cost)) == pytest.approx({"small": 2.0, "middle": 4.0, "large": 13.0})
