"""What is asked of a comparison, and of what: cells with their runs, from a sweep or from several runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Parameters
    ----------
    lever : str, optional
        What the cells that are compared differ by; the only lever where it is not given.
    baseline : str, optional
        The level that others are compared with; the first where it is not given.
    measures : tuple of str
        All usual ones where there are none.
    worth : mapping of measure to float
        What makes no odds between two cells, and what a unit of the lever must gain; in the measure's unit.
    """

    lever: str | None = None
    baseline: str | None = None
    measures: tuple[str, ...] = ()
    worth: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Cells and their runs.

    Parameters
    ----------
    name : str
        Of the sweep.
    where : str
        Folder, as messages name it.
    levers : tuple of str
        Columns of ``cells`` that a decision maker sets.
    cells : DataFrame
        ``cell``, ``number``, ``world`` and the levers.
    runs : DataFrame
        ``cell``, ``replication`` and key figures.
    failed : int
        Runs that failed.
    spent : mapping of cell to mapping
        What each cell pays for, by rate; empty where that cannot be told, or there are too many settings.
    scenario : mapping
        The resolved scenario that is varied; of several runs the first one's.
    warnings : tuple of str
        Why runs of the same number may not meet the same boats, and the like.
    """

    name: str
    where: str
    levers: tuple[str, ...]
    cells: pd.DataFrame
    runs: pd.DataFrame
    failed: int
    spent: Mapping[str, Mapping[str, float]]
    scenario: Mapping[str, Any]
    warnings: tuple[str, ...] = ()
