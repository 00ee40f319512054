"""Shapley shares: what each of a few players brings, when what they bring does not add up."""

from __future__ import annotations

from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

P = TypeVar("P")


def coalitions(players: Sequence[P]) -> Iterator[frozenset[P]]:
    """Go through all sets of players, from none to all: 2 to the power of their number."""
    for size in range(len(players) + 1):
        yield from map(frozenset, combinations(players, size))


def shapley(value: Mapping[frozenset[P], int], players: Sequence[P]) -> dict[P, float]:
    """Share the value of all players together out among them.

    Parameters
    ----------
    value : mapping of set of players to int
        What each coalition comes to, `coalitions` being the keys.
    players : sequence
        All different.

    Returns
    -------
    dict of player to float
        Their shares, which add up to the value of all less that of none.

    Notes
    -----
    A player's share is the mean of what it adds to those before it over all orders of the players: the sum
    over the coalitions S without it of ``|S|! (n - |S| - 1)! / n! * (v(S with it) - v(S))`` (Shapley, A value
    for n-person games, 1953). The sum is taken in whole numbers and divided once.
    """
    count = len(players)
    weights = [factorial(size) * factorial(count - size - 1) for size in range(count)]
    return {
        player: sum(
            weights[len(some)] * (value[some | {player}] - value[some])
            for some in coalitions([other for other in players if other != player])
        )
        / factorial(count)
        for player in players
    }
