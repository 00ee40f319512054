"""Thresholds: each contact of a sensor with a boat begins where the exposure comes to a draw of its own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.ragged import begins, firsts

if TYPE_CHECKING:
    from collections.abc import Callable

    from aegean_sim.quantities import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Crossings:
    """Where thresholds are reached, one contact a row.

    Parameters
    ----------
    piece : array
        The piece in which it happens.
    number : array
        The how manieth contact of the pair it is.
    lacking : array
        Exposure that was still lacking at the start of the piece.
    """

    piece: IntArray
    number: IntArray
    lacking: FloatArray


def crossings(
    pair: IntArray, encounter: IntArray, exposure: FloatArray, draw: Callable[[IntArray, int], FloatArray]
) -> Crossings:
    """Find in which pieces of exposure the thresholds of each pair are reached.

    Parameters
    ----------
    pair, encounter : array
        Pair and encounter of each piece, neither falling; a pair's pieces are in the order of time.
    exposure : array
        Exposure of each piece.
    draw : callable
        ``(pieces, turn)``: thresholds of the ``turn``-th contact for the pairs of these pieces.

    Notes
    -----
    After a contact the pair counts afresh, with a new threshold, from its next encounter on.
    """
    rows, turns = np.arange(len(pair)), count()
    found: list[tuple[IntArray, IntArray, FloatArray]] = []
    while len(rows):
        turn = next(turns)
        fresh = begins(pair[rows])
        heads, group = fresh.nonzero()[0], np.cumsum(fresh) - 1
        rank = np.arange(len(rows)) - heads[group]
        gathered, needed = _running_total(exposure[rows], rank), draw(rows[heads], turn)
        over = np.flatnonzero(gathered >= needed[group])
        hit = over[firsts(group[over])]
        before = np.where(rank[hit] > 0, gathered[hit - 1], 0.0)
        found.append((rows[hit], np.full(len(hit), turn), needed[group[hit]] - before))
        met_in = np.full(len(heads), encounter[-1])
        met_in[group[hit]] = encounter[rows[hit]]
        rows = rows[encounter[rows] > met_in[group]]
    piece, number, lacking = (np.concatenate(column) for column in zip(*found, strict=True))
    return Crossings(piece, number, lacking)


def _running_total(value: FloatArray, rank: IntArray) -> FloatArray:
    """Add up within groups, ``rank`` counting from 0 in each.

    Sums are paired by rank alone, so that a group's totals do not depend, to the last bit, on the others.
    """
    total, step, top = value, 1, int(rank.max())
    while step <= top:
        earlier = np.where(rank[step:] >= step, total[:-step], 0.0)
        total = np.concatenate([total[:step], total[step:] + earlier])
        step *= 2
    return total
