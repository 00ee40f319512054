"""Passages: what becomes of a message on one link, with its opening hours, tries and translation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.handoff.chance import minutes_s
from aegean_sim.handoff.hours import DailyHours
from aegean_sim.streams import identity, mixed

if TYPE_CHECKING:
    from aegean_sim.scenario.base import Delay
    from aegean_sim.scenario.desks import Desk, Handoffs, Link
    from aegean_sim.streams import Streams


@dataclass(frozen=True, slots=True)
class Passage:
    """One link at run time.

    Parameters
    ----------
    key : int
        Its identity for draws.
    hours : DailyHours or None
        When somebody sends; ``None`` for at all hours.
    translation : Delay or None
        What a message takes more because the two desks share no language.
    silent : bool
        Whether nothing passes.
    """

    link: Link
    key: int
    hours: DailyHours | None
    translation: Delay | None
    silent: bool

    def carried(self, sent_s: float, message: int, streams: Streams) -> tuple[float, bool]:
        """Tell when a message arrives, or when the last try fails; and whether it arrives.

        Parameters
        ----------
        sent_s : float
            When it is first to be sent.
        message : int
            Its identity for draws: the same message has the same luck on a faster link.
        """
        moment_s = sent_s
        for number in range(self.link.tries):
            moment_s += self.hours.wait_s(moment_s) if self.hours else 0.0
            if not self.silent and self._gets_through(number, message, streams):
                return moment_s + self._latency_s(message, streams), True
            if number + 1 < self.link.tries:
                moment_s += minutes_s(
                    self.link.resend_min, streams, "resend", mixed(self.key, number), message
                )
        return moment_s, False

    def _gets_through(self, number: int, message: int, streams: Streams) -> bool:
        reliability = self.link.reliability
        return reliability == 1.0 or streams.one("try", mixed(self.key, number), message) < reliability

    def _latency_s(self, message: int, streams: Streams) -> float:
        latency_s = minutes_s(self.link.latency_min, streams, "latency", self.key, message)
        if self.translation is not None:
            latency_s += minutes_s(self.translation, streams, "translation", self.key, message)
        return latency_s


def passages(handoffs: Handoffs, clock_s: float) -> dict[tuple[str, str], Passage]:
    """Make ready all links of a scenario, by sender and receiver."""
    desks = {desk.id: desk for desk in handoffs.desks}
    silenced = handoffs.silenced
    return {
        (link.sender, link.receiver): Passage(
            link,
            identity("link", link.sender, link.receiver),
            DailyHours(*link.open_hours_utc, clock_s) if link.open_hours_utc else None,
            None if _understand(desks[link.sender], desks[link.receiver]) else handoffs.translation_min,
            (link.sender, link.receiver) in silenced.links or link.receiver in silenced.desks,
        )
        for link in handoffs.links
    }


def _understand(one: Desk, other: Desk) -> bool:
    return not (one.languages and other.languages) or bool(one.languages & other.languages)
