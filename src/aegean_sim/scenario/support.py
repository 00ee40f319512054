"""Support from outside that changes what a force's own ships can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.scenario.base import Model, Name, Positive

if TYPE_CHECKING:
    from aegean_sim.scenario.availability import Availability


class Logistics(Model):
    """Supplies at sea: what the days on task and in port of a force's units are multiplied by."""

    days_on_factor: Positive = 1.0
    days_off_factor: Positive = 1.0

    def lengthened(self, availability: Availability) -> Availability:
        """Give the availability of a unit that is supplied; one without turns of days keeps its own."""
        if availability.days_on is None or availability.days_off is None:
            return availability
        days = {
            "days_on": availability.days_on * self.days_on_factor,
            "days_off": availability.days_off * self.days_off_factor,
        }
        return availability.model_copy(update=days)


class Support(Model):
    """Support by force, such as ``logistics: {Sophia: {days_on_factor: 1.3}}``."""

    logistics: dict[Name, Logistics] = {}
