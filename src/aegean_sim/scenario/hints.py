"""Did-you-mean: guesses for mistyped words, and for keys that carry another unit than ours."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNIT_WORDS = {
    "nm": "distances are in nautical miles",
    "kn": "speeds are in knots",
    "m": "heights and small lengths are in metres",
    "h": "this duration is in hours",
    "min": "this duration is in minutes",
    "s": "this duration is in seconds",
}
_LENGTHS = ("km", "mi", "miles", "metres", "meters", "ft")
_SPEEDS = ("kmh", "kph", "mph", "mps", "ms", "knots", "kt", "kts")
_TIMES = ("sec", "secs", "seconds", "mins", "minutes", "hr", "hrs", "hours", "d", "days")
_FOREIGN_UNITS = frozenset((*_LENGTHS, *_SPEEDS, *_TIMES))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Give the known word that looks most like another, in any case, or nothing."""
    by_folded = {one.casefold(): one for one in known}
    close = get_close_matches(word.casefold(), by_folded, n=1)
    return by_folded[close[0]] if close else None


def guess(word: str, known: Iterable[str]) -> str:
    """Give the end of a message about an unknown word: the nearest known one, or all of them."""
    words = sorted(set(known))
    near = nearest(word, words)
    if near is not None:
        return f"; did you mean {near!r}?"
    return f"; known: {', '.join(words)}" if words else "; there is none"


def guess_key(key: str, known: Iterable[str]) -> str:
    """Give the end of a message about an unknown key; the same key in our unit goes first."""
    keys = sorted(set(known))
    stem = _split(key)[0]
    for candidate in keys:
        own_stem, unit = _split(candidate)
        if unit and own_stem == stem:
            return f"; did you mean {candidate!r}? {_UNIT_WORDS[unit]}"
    return guess(key, keys)


def _split(key: str) -> tuple[str, str]:
    """Part a key into what it is and its unit, which may be none."""
    stem, mark, unit = key.rpartition("_")
    is_unit = bool(mark) and (unit in _UNIT_WORDS or unit in _FOREIGN_UNITS)
    return (stem, unit) if is_unit else (key, "")
