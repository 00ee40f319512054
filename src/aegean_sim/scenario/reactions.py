"""How the other side may react: three switches in a scenario file, all off by default."""

from __future__ import annotations

from pydantic import field_validator

from aegean_sim.scenario.base import Finite, Model, NotNegative, Share, Triangle


class Retry(Model):
    """People who were stopped, or taken back to where they set out, try again.

    Parameters
    ----------
    share : float
        Of the boats of which people were stopped or taken back; those aboard stay together.
    days : triangle
        From one departure until they are ready for the next; at least 1.
    """

    share: Share
    days: Triangle

    @field_validator("days")
    @classmethod
    def _not_at_once(cls, days: Triangle) -> Triangle:
        if days.triangular[0] < 1.0:
            raise ValueError(f"triangular {list(days.triangular)} must begin at 1 day or later")
        return days


class Displacement(Model):
    """Launches move to another route of their flow that was less watched in the last seven days.

    Parameters
    ----------
    share : float
        Of the launches that can move.
    """

    share: Share


class RescueResponse(Model):
    """The wave height at which launches are called off follows the ships that may rescue.

    Parameters
    ----------
    wave_half_m_per_ship : float
        By how much ``wave_half_m`` of all launches rises with each ship at sea; below 0 it falls.
    reference_ships : float
        Ships at sea with which ``wave_half_m`` and the flows' published persons hold.
    """

    wave_half_m_per_ship: Finite
    reference_ships: NotNegative


class Reactions(Model):
    """What is assumed of those who launch boats and of those who are stopped; what is not given is off."""

    retry: Retry | None = None
    displacement: Displacement | None = None
    sar_response: RescueResponse | None = None
