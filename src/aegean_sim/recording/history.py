"""What the same months really saw: published facts to stand beside a scenario's figures."""

from __future__ import annotations

import csv
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from aegean_sim.datafiles import history_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.scenario.model import Scenario

Use: TypeAlias = Literal["calibration", "not used"]

_SURE = ("low", "medium", "high")
_FIRM = ("ASSUMPTION", "UNVERIFIED", "DERIVED", "SOURCED")
_COUNTS = frozenset({"persons", "incidents"})
_PERIOD = ".."


@dataclass(frozen=True, slots=True)
class Published:
    """A row of ``data/history/monthly.csv``.

    Parameters
    ----------
    first, last : str
        Months of its period, ``YYYY-MM``, both included.
    unit : str
        ``persons``, ``incidents``, ``share`` or ``min``.
    """

    theatre: str
    first: str
    last: str
    metric: str
    value: float
    unit: str
    source: str
    confidence: str
    basis: str
    use: str

    @property
    def is_monthly_count(self) -> bool:
        """Tell whether months of it add up."""
        return self.unit in _COUNTS and self.first == self.last


@dataclass(frozen=True, slots=True)
class Seen:
    """What was really seen in the time of a run.

    Parameters
    ----------
    value : float
        In ``unit``; a count is the sum of the run's months.
    first, last : str
        Months that it is about, ``YYYY-MM``: of a count those of the run, of a share or a duration those that
        it was published for, at least those of the run.
    pro_rata : bool
        Whether a month that the run covers in part counts by its days, as if every day were like another.
    sources : tuple of str
        Publications, each once.
    confidence, basis : str
        Of its weakest part.
    use : {"calibration", "not used"}
        Whether any part of it was used to calibrate the model.
    """

    metric: str
    value: float
    unit: str
    first: str
    last: str
    pro_rata: bool
    sources: tuple[str, ...]
    confidence: str
    basis: str
    use: Use


@cache
def published() -> tuple[Published, ...]:
    """Read the published facts of both theatres, in the order of the file."""
    with (history_folder() / "monthly.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_row(row) for row in csv.DictReader(file))


def history(scenario: Scenario) -> dict[str, tuple[Seen, ...]]:
    """Give what the months of a scenario saw, for each of its theatres with a coast."""
    months = months_covered(scenario.start, scenario.duration_s)
    return {
        name: seen_in(theatre.coast, months)
        for name, theatre in scenario.theatres.items()
        if theatre.coast != "open_sea"
    }


def seen_in(theatre: str, months: dict[str, float]) -> tuple[Seen, ...]:
    """Give what a theatre saw, a fact a metric, in the order of the file.

    A count is given when it is published for each of the months; of shares and durations, which do not add
    up, the one whose period holds all the months and is the shortest.

    Parameters
    ----------
    theatre : str
        ``aegean`` or ``central-med``.
    months : dict of month to float
        How much of each month is covered, above 0 and at most 1; see `months_covered`.
    """
    by_metric: dict[str, list[Published]] = {}
    for row in published():
        if row.theatre == theatre:
            by_metric.setdefault(row.metric, []).append(row)
    found = (_of_metric(rows, months) for rows in by_metric.values())
    return tuple(each for each in found if each is not None)


def months_covered(start: datetime, duration_s: float) -> dict[str, float]:
    """Tell how much of each month a run covers: 1 for a whole month."""
    end = start + timedelta(seconds=duration_s)
    covered: dict[str, float] = {}
    first = datetime(start.year, start.month, 1, tzinfo=UTC)
    while first < end:
        after = first + timedelta(days=monthrange(first.year, first.month)[1])
        covered[f"{first:%Y-%m}"] = (min(end, after) - max(start, first)) / (after - first)
        first = after
    return covered


def _row(row: dict[str, str]) -> Published:
    first, _, last = row["period"].partition(_PERIOD)
    return Published(
        row["theatre"],
        first,
        last or first,
        row["metric"],
        float(row["value"]),
        row["unit"],
        row["source"],
        row["confidence"],
        row["basis"],
        row["use"],
    )


def _of_metric(rows: Sequence[Published], months: dict[str, float]) -> Seen | None:
    if not months:
        return None
    if rows[0].is_monthly_count:
        return _summed(rows, months)
    holding = [row for row in rows if row.first <= min(months) and max(months) <= row.last]
    if not holding:
        return None
    row = min(holding, key=_length)
    return _seen([row], row.value, (row.first, row.last), pro_rata=False)


def _summed(rows: Sequence[Published], months: dict[str, float]) -> Seen | None:
    by_month = {row.first: row for row in rows}
    if not months.keys() <= by_month.keys():
        return None
    parts = [by_month[month] for month in months]
    value = sum(part.value * months[part.first] for part in parts)
    return _seen(parts, value, (min(months), max(months)), pro_rata=min(months.values()) < 1.0)


def _length(row: Published) -> int:
    (year, month), (last_year, last_month) = (map(int, each.split("-")) for each in (row.first, row.last))
    return 12 * (last_year - year) + last_month - month


def _seen(parts: Sequence[Published], value: float, period: tuple[str, str], *, pro_rata: bool) -> Seen:
    return Seen(
        parts[0].metric,
        value,
        parts[0].unit,
        *period,
        pro_rata,
        tuple(dict.fromkeys(part.source for part in parts)),
        min((part.confidence for part in parts), key=_SURE.index),
        min((part.basis for part in parts), key=_FIRM.index),
        "calibration" if any(part.use == "calibration" for part in parts) else "not used",
    )
