"""What one run leaves: its tables as columns, in the units of the inside, before they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from aegean_sim.geography.frame import Frame
    from aegean_sim.quantities import FloatArray
    from aegean_sim.scenario.model import Scenario

TABLES = ("voyages", "contacts", "handoffs", "responses", "desks", "decisive", "tracks")


class Voice(NamedTuple):
    """Something that can be silenced to see what it is worth.

    Parameters
    ----------
    kind : {"force", "unit", "desk", "link"}
        A force may also be a source of tips.
    name : str
        Of a link ``sender>receiver``.
    """

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class CoverageGrid:
    """One coverage layer of one theatre: a regular grid in the theatre's plane.

    Parameters
    ----------
    x_m, y_m : array, shapes (columns,) and (rows,)
        Centres of the cells, metres, rising.
    values : array, shape (rows, columns)
        What the layer asks for, in its unit (`aegean_sim.recording.layers`); NaN where there is no answer, as
        on land.
    """

    x_m: FloatArray
    y_m: FloatArray
    values: FloatArray


@dataclass(frozen=True, slots=True)
class RunRecord:
    """All rows of one run.

    Parameters
    ----------
    tables : mapping of table name to mapping of column name to array
        Columns of one table have one length. Times are ``_s`` since the scenario's start (NaN: did not
        happen), positions ``x_m`` and ``y_m`` in the plane of the row's ``theatre``; desks belong to none.
    frames : mapping of theatre name to Frame
        The planes.
    timings_s : mapping of stage to seconds
        Wall-clock time of the stages; not part of any table.
    paired : tuple of Voice
        What was silenced in the paired runs that ``decisive`` compares with; empty without any.
    """

    scenario: Scenario
    replication: int
    tables: Mapping[str, Mapping[str, NDArray[Any]]]
    frames: Mapping[str, Frame]
    timings_s: Mapping[str, float]
    paired: tuple[Voice, ...] = ()
