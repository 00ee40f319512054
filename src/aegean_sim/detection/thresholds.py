"""Thresholds: each contact of a sensor with a boat begins where the exposure comes to a draw of its own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.compiled import compiled

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
    sensor: IntArray,
    boat: IntArray,
    encounter: IntArray,
    exposure: FloatArray,
    draw: Callable[[IntArray, int], FloatArray],
) -> Crossings:
    """Find in which pieces of exposure the thresholds of each pair of sensor and boat are reached.

    Parameters
    ----------
    sensor, boat, encounter : array
        Pair and encounter of each piece, sorted; a pair's pieces are in the order of time.
    exposure : array
        Exposure of each piece.
    draw : callable
        ``(pieces, turn)``: thresholds of the ``turn``-th contact for the pairs of these pieces.

    Notes
    -----
    After a contact the pair counts afresh, with a new threshold, from its next encounter on.
    """
    rows = np.arange(len(sensor))
    heads, turns = _heads(sensor, boat), count()
    found: list[tuple[IntArray, IntArray, FloatArray]] = []
    while len(rows):
        turn = next(turns)
        needed = draw(rows[heads], turn)
        hit, lacking, rows, heads = _reached(encounter, exposure, rows, heads, needed)
        found.append((hit, np.full(len(hit), turn), lacking))
    return Crossings(*(np.concatenate(column) for column in zip(*found, strict=True)))


@compiled
def _heads(sensor: IntArray, boat: IntArray) -> IntArray:
    """Give the places where another pair begins."""
    heads, count = np.empty(len(sensor), dtype=np.int64), 0
    for place in range(len(sensor)):
        if place == 0 or sensor[place] != sensor[place - 1] or boat[place] != boat[place - 1]:
            heads[count], count = place, count + 1
    return heads[:count].copy()


@compiled
def _reached(
    encounter: IntArray, exposure: FloatArray, rows: IntArray, heads: IntArray, needed: FloatArray
) -> tuple[IntArray, FloatArray, IntArray, IntArray]:
    """Find each pair's first row with so much exposure, what lacked there, and what is left of the pairs.

    What is left are rows of later encounters, and the places among them where another pair begins.
    """
    hit, lacking, hits = np.empty(len(heads), dtype=np.int64), np.empty(len(heads)), 0
    rest, left = np.empty(len(rows), dtype=np.int64), 0
    others, groups = np.empty(len(heads), dtype=np.int64), 0
    for group in range(len(heads)):
        first, last = heads[group], heads[group + 1] if group + 1 < len(heads) else len(rows)
        total = exposure[rows[first:last]]
        _run_up(total)
        at = 0
        while at < len(total) and not total[at] >= needed[group]:
            at += 1
        if at < len(total):
            hit[hits] = rows[first + at]
            lacking[hits], hits = needed[group] - (total[at - 1] if at else 0.0), hits + 1
            others[groups] = left
            for place in range(first + at, last):
                if encounter[rows[place]] > encounter[rows[first + at]]:
                    rest[left], left = rows[place], left + 1
            groups += 1 if left > others[groups] else 0
    return hit[:hits].copy(), lacking[:hits].copy(), rest[:left].copy(), others[:groups].copy()


@compiled
def _run_up(total: FloatArray) -> None:
    """Make numbers into their running totals, in place.

    Sums are paired by rank alone, so that a total does not depend, to the last bit, on how many follow.
    """
    step = 1
    while step < len(total):
        for place in range(len(total) - 1, step - 1, -1):
            total[place] += total[place - step]
        step *= 2
