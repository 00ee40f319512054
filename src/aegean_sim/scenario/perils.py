"""Perils in a scenario file: what may befall a boat of a type while nobody interferes."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from aegean_sim.scenario.base import Delay, Lognormal, Model, NotNegative, Positive, Share, Triangle

LeewayClass: TypeAlias = Literal[
    "person-unknown",
    "person-sitting",
    "raft-deep-ballast",
    "raft-shallow-ballast",
    "raft-open",
    "raft-no-ballast",
    "skiff-outboard",
    "skiff-v-hull",
    "skiff-swamped",
    "refugee-raft",
    "refugee-raft-sail",
    "fishing-vessel",
]
"""A class of the published leeway tables, see `aegean_sim.environment.drift.LEEWAY`."""


class Hazard(Model):
    """A mishap that comes by chance, at a rate per hour.

    ``per_h * (persons / capacity)**load_power * exp(wave_m / wave_scale_m) * (1 + hours at sea / ageing_h)``

    Parameters
    ----------
    per_h : float
        Rate at departure, in a flat calm, with as many aboard as the boat's ``capacity``.
    load_power : float
        How it grows with the load.
    wave_scale_m : float, optional
        So much more of significant wave height makes it 2.7 times as likely; without it waves do not matter.
    ageing_h : float, optional
        After so many hours at sea it has doubled; without it the boat does not wear out.
    """

    per_h: Annotated[float, Field(ge=0, le=100, strict=True)] = 0.0
    load_power: Annotated[float, Field(ge=0, le=10, strict=True)] = 0.0
    wave_scale_m: Annotated[float, Field(ge=0.1, le=1000, strict=True)] | None = None
    ageing_h: Positive | None = None


class Engine(Hazard):
    """The engine stops.

    Parameters
    ----------
    repaired_share : float
        Share of stops mended at sea, after ``repair_min`` hove to; otherwise the boat is adrift.
    """

    repaired_share: Share = 1.0
    repair_min: Delay = Triangle(triangular=(10.0, 20.0, 60.0))


class Capsizing(Hazard):
    """The boat turns over or sinks.

    Parameters
    ----------
    adrift_factor : float
        How much likelier it is adrift than under way.
    trapped_share : triangle
        Share of those aboard who die at once, below deck or in the crush; the others are in the water.
    """

    adrift_factor: NotNegative = 1.0
    trapped_share: Triangle = Triangle(triangular=(0.0, 0.0, 0.0))


class Panic(Model):
    """The boat turns over when somebody comes alongside to take the people off.

    Parameters
    ----------
    share : float
        Share of the boats to which it happens, for ``capacity`` aboard; it grows with the load.
    drowned_share : triangle
        Share of those aboard who drown then, with rescuers beside them.
    """

    share: Share = 0.0
    drowned_share: Triangle = Triangle(triangular=(0.0, 0.05, 0.3))


class Perils(Model):
    """All that may befall boats of a type; by default nothing.

    Parameters
    ----------
    capacity : float
        Persons aboard for whom the rates hold.
    engine, swamping, capsizing : hazards
        The engine stops; water drowns it for good; the boat turns over.
    range_nm : triangle, optional
        How far the fuel goes; without it, far enough.
    calls_h : delay, optional
        So long after departure those aboard call for help, though the boat still moves: it is in distress.
    leeway, leeway_capsized : str
        Leeway classes of the boat adrift, and of what floats of it and those in the water after it capsized.
    exposure_h : lognormal
        How long people live adrift, from the moment at which the boat is.
    ailing_per_h : float
        Rate at which each person aboard dies of fumes, burns, crushing, thirst or sickness before that.
    panic : Panic
        What may happen as people are taken off.
    jacket_share : float
        Share of those aboard with a lifejacket that holds.
    no_jacket_factor : float
        By what their time in the water is multiplied who have none.
    """

    capacity: Positive = 40.0
    engine: Engine = Engine()
    range_nm: Triangle | None = None
    swamping: Hazard = Hazard()
    capsizing: Capsizing = Capsizing()
    calls_h: Delay | None = None
    leeway: LeewayClass = "skiff-outboard"
    leeway_capsized: LeewayClass = "skiff-swamped"
    exposure_h: Lognormal = Lognormal(lognormal=(216.0, 1.5))
    ailing_per_h: Annotated[float, Field(ge=0, le=1, strict=True)] = 0.0
    panic: Panic = Panic()
    jacket_share: Share = 1.0
    no_jacket_factor: Share = 0.1
