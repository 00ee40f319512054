"""Tables as the numbers of a run are worked out from them, whole or in part."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np

from aegean_sim.quantities import MINUTE_S, BoolArray, FloatArray, IntArray

if TYPE_CHECKING:
    from collections.abc import Mapping


class Columns(Protocol):
    """A table that gives its columns by their names: a mapping of arrays, or a data frame."""

    def __getitem__(self, name: str, /) -> Any:
        """Give one column."""
        ...


Tables: TypeAlias = "Mapping[str, Columns]"


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a table."""

    table: Columns
    where: BoolArray

    @classmethod
    def about_boats(cls, table: Columns) -> Rows:
        """Leave out rows about strangers, which have no voyage."""
        return cls(table, np.asarray(table["voyage"]) != "")

    @classmethod
    def of_theatre(cls, table: Columns, theatre: str) -> Rows:
        """Leave out rows of other theatres."""
        return cls(table, np.asarray(table["theatre"]) == theatre)

    def __getitem__(self, name: str, /) -> Any:
        return np.asarray(self.table[name])[self.where]


@dataclass(frozen=True, slots=True)
class Boats:
    """Boats of a run, and which row of another table is about which of them."""

    index: Mapping[tuple[Any, Any], int]
    departed_s: FloatArray
    ended_s: FloatArray

    @classmethod
    def of(cls, voyages: Columns) -> Boats:
        """Take the boats of a table, each by the number of its row."""
        keys = zip(np.asarray(voyages["voyage"]), np.asarray(voyages["copy"]), strict=True)
        departed_s, ended_s = (floats(voyages[name]) for name in ("departed_s", "ended_s"))
        return cls({key: row for row, key in enumerate(keys)}, departed_s, ended_s)

    def rows(self, table: Columns) -> IntArray:
        """Give the number of the boat of each row."""
        keys = zip(np.asarray(table["voyage"]), np.asarray(table["copy"]), strict=True)
        return np.fromiter((self.index[key] for key in keys), dtype=np.int64)

    def share(self, rows: IntArray) -> float:
        """Give the share of the boats that are among some."""
        return share(len(np.unique(rows)), len(self.index))

    def first_s(self, table: Columns, column: str) -> FloatArray:
        """Give the earliest of a table's times for each boat; NaN without one."""
        first_s = np.full(len(self.index), np.inf)
        np.fmin.at(first_s, self.rows(table), floats(table[column]))
        return np.where(np.isfinite(first_s), first_s, np.nan)


def floats(values: Any) -> FloatArray:
    """Take a column as numbers."""
    return np.asarray(values, np.float64)


def total(values: Any) -> float:
    """Add up a column."""
    return float(np.asarray(values).sum())


def share(part: float, whole: float) -> float:
    """Divide; NaN by nothing."""
    return part / whole if whole else math.nan


def quantile_min(seconds: FloatArray, level: float = 0.5) -> float:
    """Give a quantile, by default the median, of what happened, in minutes; NaN of nothing."""
    happened = seconds[np.isfinite(seconds)]
    return float(np.quantile(happened, level)) / MINUTE_S if happened.size else math.nan
