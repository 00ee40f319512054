"""What is made of a sighting, in a scenario file: pictures of desks, updates and shadowing by units."""

from __future__ import annotations

from aegean_sim.scenario.base import Model, Name, Positive, Share


class Picture(Model):
    """How well a desk knows two reports for tidings of one boat; those of one unit always are.

    Parameters
    ----------
    match_share : float
        Share of reports that are matched when they come at once and nothing else is going on.
    match_half_min : float, optional
        After so long half as many; ``None`` for no decay.
    crowd : float, optional
        With so many other boats in the picture half as many; ``None``: any number is told apart.
    """

    match_share: Share = 1.0
    match_half_min: Positive | None = None
    crowd: Positive | None = None


class Watching(Model):
    """What a unit does after its report.

    Parameters
    ----------
    updates : bool
        Whether it keeps those who took up its report informed of where the boat is, as long as it holds it.
    shadow_h : mapping of force to float
        How long units of a force leave their patrol to follow a boat that they have reported.
    """

    updates: bool = True
    shadow_h: dict[Name, Positive] = {}
