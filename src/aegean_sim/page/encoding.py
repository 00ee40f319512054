"""Columns as the page reads them: whole numbers, as differences where they rise, as JSON, gzip and base64."""

from __future__ import annotations

import base64
import gzip
import json
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import ArrayLike

    from aegean_sim.quantities import IntArray

Column: TypeAlias = "dict[str, Any]"
NONE = -1
_LEVEL = 9


def plain(values: ArrayLike) -> Column:
    """Give whole numbers as they are."""
    return {"plain": np.asarray(values).astype(np.int64).tolist()}


def steps(values: ArrayLike) -> Column:
    """Give whole numbers as the first and the difference of each with the one before."""
    return {"steps": np.diff(np.asarray(values).astype(np.int64), prepend=0).tolist()}


def moments(seconds: ArrayLike) -> Column:
    """Give times in whole seconds, cut as clocks show them, as `steps`; null for what did not happen."""
    exact = np.asarray(seconds, dtype=np.float64)
    there = np.isfinite(exact)
    told: list[int | None] = [None] * len(exact)
    known = np.diff(np.floor(exact[there]).astype(np.int64), prepend=0).tolist()
    for place, step in zip(np.flatnonzero(there).tolist(), known, strict=True):
        told[place] = step
    return {"moments": told}


def words(values: Iterable[object]) -> Column:
    """Give texts of which few differ: each once, in the order of their coming, and which a row has."""
    texts = [str(value) for value in values]
    names = list(dict.fromkeys(texts))
    place = {name: number for number, name in enumerate(names)}
    return {"names": names, "plain": [place[text] for text in texts]}


def places(values: Iterable[object], known: Mapping[str, int]) -> IntArray:
    """Give the number of each name; `NONE` for what is not known."""
    return np.fromiter((known.get(str(value), NONE) for value in values), dtype=np.int64)


def packed(document: Mapping[str, Any]) -> str:
    """Give a document as the page holds it; the same document gives the same text."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode("utf-8"), _LEVEL, mtime=0)).decode("ascii")
