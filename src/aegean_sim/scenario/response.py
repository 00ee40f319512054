"""How responses are carried out, in a scenario file."""

from __future__ import annotations

from typing import Literal

from aegean_sim.scenario.base import Delay, Model, NotNegative, Positive, Triangle


class Response(Model):
    """How a tasking is carried out.

    Parameters
    ----------
    contact_needed : bool
        Whether a boat out of everybody's contact must be searched for; else its position is always known.
    search_h : float
        How long a responder searches before it gives up.
    sought_h : float
        How long a boat in distress is sought for after it was last known, search after search.
    search_spacing_nm : float
        Distance between the legs of the expanding square.
    on_scene_min, per_person_min : delay, float
        Time alongside: for the boat, and for each person taken aboard.
    ashore_min : delay
        Time in port to bring people ashore.
    no_unit : {"refuse", "wait"}
        What a desk does when every unit that could act is busy.
    report_again_min : float
        A unit reports a boat found anew when its last report on it is older.
    """

    contact_needed: bool = True
    search_h: Positive = 1.5
    sought_h: Positive = 48.0
    search_spacing_nm: Positive = 2.0
    on_scene_min: Delay = Triangle(triangular=(10.0, 15.0, 30.0))
    per_person_min: NotNegative = 0.5
    ashore_min: Delay = Triangle(triangular=(15.0, 30.0, 60.0))
    bring_ashore: bool = True
    no_unit: Literal["refuse", "wait"] = "refuse"
    report_again_min: NotNegative = 60.0
