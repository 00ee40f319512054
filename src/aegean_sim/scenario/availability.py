"""When a unit is there, and when on its patrol: days of service, days on task, shifts, sorties."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any

from pydantic import Field, field_validator, model_validator

from aegean_sim.scenario.base import Model, NotNegative, Positive

_HOURS_A_DAY = 24.0


class Service(Model):
    """The days on which a unit serves, both included and in UTC; outside them it is not there at all."""

    since: date | None = None
    until: date | None = None

    @field_validator("since", "until", mode="before")
    @classmethod
    def _a_day(cls, value: Any) -> date | None:
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise ValueError("must be a day, like 2015-10-07") from None

    @model_validator(mode="after")
    def _in_order(self) -> Service:
        if self.since is not None and self.until is not None and self.until < self.since:
            raise ValueError(f"until is {self.until}, which is before since, {self.since}")
        return self

    def window_s(self, start: datetime) -> tuple[float, float]:
        """Give when service begins and ends, in seconds after a moment; infinite where it is open."""
        since_s = -float("inf") if self.since is None else (_midnight(self.since) - start).total_seconds()
        if self.until is None:
            return since_s, float("inf")
        return since_s, (_midnight(self.until) + timedelta(days=1) - start).total_seconds()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


class Availability(Model):
    """When a unit is on its patrol: days on task and in port by turns, daily shifts or sorties, or both.

    Parameters
    ----------
    days_on, days_off : float, optional
        A cycle: so many days away from port, transit included, then so many in port. Where in the cycle the
        unit is at the start is drawn, keyed by its station.
    shift_start_h, shift_h : float, optional
        A daily watch at sea: UTC hour of its start, and its length. Outside it the unit lies in port.
    ready_in_port : bool
        Whether it can be sent out while it lies in port between shifts.
    sortie_h : float, optional
        Endurance of an aircraft: a sortie lasts no longer, from take-off to landing.
    rest_h, sorties_per_day : float, optional
        From a landing to the next take-off, or how many sorties there are a day, evenly spread.
    first_sortie_h : float, optional
        UTC hour of a take-off on the first day; drawn, keyed by the station, where it is not given.
    """

    days_on: Positive | None = None
    days_off: Positive | None = None
    shift_start_h: Annotated[float, Field(ge=0, lt=24, strict=True)] | None = None
    shift_h: Annotated[float, Field(gt=0, le=24, strict=True)] | None = None
    ready_in_port: bool = False
    sortie_h: Positive | None = None
    rest_h: NotNegative | None = None
    sorties_per_day: Positive | None = None
    first_sortie_h: Annotated[float, Field(ge=0, lt=24, strict=True)] | None = None

    @property
    def sortie_period_h(self) -> float:
        """Hours from one take-off to the next; only of a unit that flies sorties."""
        if self.sorties_per_day is not None:
            return _HOURS_A_DAY / self.sorties_per_day
        return (self.sortie_h or 0.0) + (self.rest_h or 0.0)

    @model_validator(mode="after")
    def _in_pairs(self) -> Availability:
        if (self.days_on is None) != (self.days_off is None):
            raise ValueError("days_on and days_off go together")
        if (self.shift_start_h is None) != (self.shift_h is None):
            raise ValueError("shift_start_h and shift_h go together")
        return self

    @model_validator(mode="after")
    def _sorties(self) -> Availability:
        rhythm = [self.rest_h, self.sorties_per_day]
        if self.sortie_h is None:
            if any(value is not None for value in (*rhythm, self.first_sortie_h)):
                raise ValueError("rest_h, sorties_per_day and first_sortie_h need sortie_h")
            return self
        if rhythm.count(None) != 1:
            raise ValueError("sortie_h needs either rest_h or sorties_per_day")
        if self.shift_h is not None or self.ready_in_port:
            raise ValueError("a unit has sorties or shifts, not both")
        if self.sortie_h > self.sortie_period_h:
            raise ValueError(
                f"{self.sorties_per_day:g} sorties a day of {self.sortie_h:g} h do not fit into 24 h"
            )
        return self
