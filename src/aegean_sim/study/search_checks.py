"""Checks of search theory: a pass, a sweep width, and random search."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from aegean_sim.study.check import DICE, Check, error_of, share_of
from aegean_sim.study.open_sea import at_rest, boat, definite_range, sail, scripted, searcher

_SEARCHERS, _PIECES = 100, 60
_PIECE_NM, _REACH_NM, _KN = 6.0, 0.5, 15.0
_HALF_NM = 5.5
_WIDE_NM = _HALF_NM + _PIECE_NM + _REACH_NM


def lateral_range() -> Check:
    """Pass 20,000 boats at one lateral range with the inverse cube law."""
    copies, b_nm3_per_h, kn, offset_nm, half_nm = 20_000, 12.0, 15.0, 1.5, 200.0
    hours = 2.0 * half_nm / kn
    ship = searcher(
        "ship",
        scripted([[0.0, -half_nm, 0.0], [hours, half_nm, 0.0]]),
        {"law": "inverse_cube", "b_nm3_per_h": b_nm3_per_h},
    )
    boats = boat("boat", [[0.0, 0.0, offset_nm], [hours, 0.0, offset_nm]], copies)
    seen = len(set(sail(hours, [ship], voyages=[boats])["contacts"]["copy"]))
    return Check(
        "lateral-range",
        "chance to be seen by a ship that passes at 1.5 nm, inverse cube law",
        "share",
        "Koopman 1980: 1 - exp(-2 b / (w m²))",
        -math.expm1(-2.0 * b_nm3_per_h / (kn * offset_nm**2)),
        *share_of(seen, copies),
    )


def sweep_width() -> Check:
    """Pass boats strewn evenly over lateral range with a definite range of 3 nm."""
    count, half_nm, reach_nm, kn, far_nm = 2_000, 10.0, 3.0, 15.0, 5.0
    hours = 2.0 * far_nm / kn
    offsets = half_nm * (2.0 * DICE.uniform("lateral range", np.arange(count, dtype=np.uint64)) - 1.0)
    ship = searcher("ship", scripted([[0.0, -far_nm, 0.0], [hours, far_nm, 0.0]]), definite_range(reach_nm))
    boats = [at_rest(f"b{row}", (0.0, offset), hours) for row, offset in enumerate(offsets.tolist())]
    share, error = share_of(len(set(sail(hours, [ship], voyages=boats)["contacts"]["voyage"])), count)
    return Check(
        "sweep-width",
        "sweep width of a definite range of 3 nm",
        "nm",
        "Koopman 1980: W = 2 R",
        2.0 * reach_nm,
        2.0 * half_nm * share,
        2.0 * half_nm * error,
    )


def random_search() -> Check:
    """Search a box by pieces of track, each at a place and on a course of its own."""
    hours = _PIECES * _PIECE_NM / _KN
    ships = [
        searcher(f"s{row}", scripted(points), definite_range(_REACH_NM))
        for row, points in enumerate(_pieces_of_track())
    ]
    places = _HALF_NM * (2.0 * DICE.uniform("place", *np.indices((100, 2), dtype=np.uint64)) - 1.0)
    boats = [at_rest(f"b{row}", (x, y), hours) for row, (x, y) in enumerate(places.tolist())]
    contacts = sail(hours, ships, voyages=boats)["contacts"]
    found = Counter(unit for unit, _ in set(zip(contacts["unit"], contacts["voyage"], strict=True)))
    shares = np.array([found[ship["id"]] / len(places) for ship in ships])
    swept_nm2 = _PIECES * (2.0 * _REACH_NM * _PIECE_NM + math.pi * _REACH_NM**2)
    return Check(
        "random-search",
        "chance to be found by 60 random pieces of track in a box",
        "share",
        "Koopman 1980: 1 - exp(-area swept / area)",
        -math.expm1(-swept_nm2 / (2.0 * _WIDE_NM) ** 2),
        float(shares.mean()),
        error_of(shares),
    )


def _pieces_of_track() -> list[list[list[float]]]:
    """Draw each searcher's points, ``[hour, x, y]``: two a piece, which begins anywhere in the wide box."""
    who, which = np.divmod(np.arange(_SEARCHERS * _PIECES, dtype=np.uint64), np.uint64(_PIECES))
    x, y = (_WIDE_NM * (2.0 * DICE.uniform(axis, who, which) - 1.0) for axis in ("x", "y"))
    turn = 2.0 * math.pi * DICE.uniform("turn", who, which)
    begins = np.column_stack([which, x, y])
    ends = np.column_stack([which + 1, x + _PIECE_NM * np.cos(turn), y + _PIECE_NM * np.sin(turn)])
    points = np.stack([begins, ends], axis=1) * (_PIECE_NM / _KN, 1.0, 1.0)
    tracks: list[list[list[float]]] = points.reshape(_SEARCHERS, -1, 3).tolist()
    return tracks
