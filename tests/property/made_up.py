"""Made-up laboratories: a number in, the parts of a scenario out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.theory.laboratory import unit, voyage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.theory.laboratory import Part

    Dice = np.random.Generator

HOURS = 8.0
SENSORS = (
    {"law": "definite_range", "range_nm": 4.0},
    {"law": "disc_rate", "range_nm": 6.0, "rate_per_h": 1.0},
    {"law": "inverse_cube", "b_nm3_per_h": 10.0},
    {"law": "inverse_cube", "sweep_width_nm": 3.0, "at_speed_kn": 12.0, "max_range_nm": 7.0},
    {"law": "radar", "r50_nm": 2.0, "max_range_nm": 10.0},
)
DELAYS_MIN = (0.0, 5.0, {"exponential": 10.0}, {"triangular": [1.0, 5.0, 40.0]})
SIDES = ("departure", "destination", "neither")
EVENING = {"shift_start_h": 2.0, "shift_h": 3.0, "ready_in_port": True}


def seeds(count: int) -> pytest.MarkDecorator:
    """Try a test with so many made-up laboratories."""
    return pytest.mark.parametrize("seed", range(count))


def pick(dice: Dice, options: Sequence[Any]) -> Any:
    return options[int(dice.integers(len(options)))]


def drawn(dice: Dice, options: Sequence[Any], count: int) -> list[Any]:
    return [options[row] for row in dice.permutation(len(options))[:count]]


def place(dice: Dice) -> list[float]:
    return [dice.uniform(-20.0, 20.0), dice.uniform(-20.0, 20.0)]


def patrol(dice: Dice) -> Part:
    kind = pick(dice, ["station", "barrier", "loop", "ladder", "random"])
    one, other, third = place(dice), place(dice), place(dice)
    return {
        "station": {"kind": kind, "at": one},
        "barrier": {"kind": kind, "between": [one, other]},
        "loop": {"kind": kind, "points": [one, other, third]},
        "ladder": {"kind": kind, "corner": one, "opposite": other, "spacing_nm": 2.0},
        "random": {"kind": kind, "area": [one, other, third]},
    }[kind]


def watcher(name: str, dice: Dice) -> Part:
    sensors = drawn(dice, SENSORS, int(dice.integers(1, 3)))
    return unit(name, patrol(dice), *sensors, owner="watch", speed_kn=dice.uniform(6.0, 20.0))


def guard(name: str, dice: Dice) -> Part:
    return unit(
        name, patrol(dice), *drawn(dice, SENSORS, int(dice.integers(0, 2))),
        owner="guard", side=pick(dice, SIDES), speed_kn=8.0, max_speed_kn=pick(dice, [9.0, 28.0]),
        home_port=place(dice), ready_min=10.0, capacity=pick(dice, [10, 200, 200]),
        duties=["intercept", "rescue"], availability=pick(dice, [{}, EVENING]),
    )  # fmt: skip


def perils(dice: Dice) -> Part | None:
    """Make up perils so great that most of them befall some boat within hours, or none."""
    if dice.uniform() < 0.4:
        return None
    trapped = {"triangular": pick(dice, [[0.0, 0.0, 0.0], [0.0, 0.1, 1.0]])}
    wild = {"per_h": 0.2, "load_power": 1.0, "wave_scale_m": 0.8, "ageing_h": 5.0}
    return {
        "capacity": 25.0,
        "engine": {
            "per_h": 0.3,
            "repaired_share": pick(dice, [0.0, 0.6]),
            "repair_min": pick(dice, DELAYS_MIN),
        },
        "range_nm": pick(dice, [None, {"triangular": [2.0, 10.0, 30.0]}]),
        "swamping": pick(dice, [{}, wild]),
        "capsizing": {**wild, "adrift_factor": 2.0, "trapped_share": trapped},
        "calls_h": pick(dice, [None, 0.5, {"exponential": 2.0}]),
        "exposure_h": {"lognormal": [pick(dice, [2.0, 200.0]), 2.0]},
        "jacket_share": pick(dice, [0.0, 0.5, 1.0]),
    }


def boats(dice: Dice, mark: str = "") -> dict[str, list[Part]]:
    """Make up single voyages, of several copies, and a flow."""
    voyages = []
    for row in range(dice.integers(1, 4)):
        hours = sorted(dice.uniform(0.0, HOURS + 2.0) for _ in range(4))
        points = [[hour, *place(dice)] for hour in hours]
        distress_h = pick(dice, [None, None, None, float(0.7 * hours[0] + 0.3 * hours[-1])])
        voyages.append(voyage(f"{mark}b{row}", points, copies=1 + row, persons=40, distress_h=distress_h))
    flow = {
        "id": f"{mark}flow", "theatre": "lab", "rate_per_day": pick(dice, [20.0, 120.0]), "persons": 30,
        "origin": [place(dice), place(dice)], "way_points": [[place(dice), place(dice)]],
        "destination": [place(dice), place(dice)], "speed_kn": [5.0, 12.0],
        "perils": perils(dice.spawn(1)[0]),
    }  # fmt: skip
    return {"voyages": voyages, "flows": [flow]}


def network(dice: Dice) -> Part:
    desks = [
        {"id": "ships", "officers": 1, "handling_min": pick(dice, DELAYS_MIN), "hears": ["watch"]},
        {"id": "coast", "officers": 2, "handling_min": pick(dice, DELAYS_MIN), "hears": ["guard"],
         "commands": ["guard"]},
    ]  # fmt: skip
    response = {
        "contact_needed": pick(dice, [False, True]), "bring_ashore": pick(dice, [False, True]),
        "search_h": 0.5, "no_unit": pick(dice, ["refuse", "wait"]), "on_scene_min": pick(dice, DELAYS_MIN),
    }  # fmt: skip
    return {
        "desks": desks,
        "links": [{"sender": "ships", "receiver": "coast", "latency_min": pick(dice, DELAYS_MIN)}],
        "sharing": [{"sender": "ships", "receivers": ["coast"]}],
        "response": response,
    }


def doctrine(dice: Dice) -> Part:
    """Make up what is made of a sighting, and who may act: a laboratory is neither state's waters."""
    court = {"desks": {"GR": ["coast"]}, "elsewhere": pick(dice, [["coast"], ["coast"], []])}
    tip = {
        "id": "calls", "theatre": "lab", "source": "phone", "share": dice.uniform(0.0, 0.5),
        "delay_min": pick(dice, DELAYS_MIN), "receiver": pick(dice, ["ships", "coast"]),
        "only_distress": pick(dice, [False, True]), "error_nm": pick(dice, [0.0, 3.0]),
    }  # fmt: skip
    classing = {
        "look_min": pick(dice, DELAYS_MIN), "missed": pick(dice, [[0.0, 0.0], [0.2, 0.4]]),
        "suspect": pick(dice, [[0.0, 0.0], [0.02, 0.05]]), "doubles_nm": pick(dice, [None, 5.0]),
    }  # fmt: skip
    shadows = {"watch": 2.0, "guard": 1.0}
    return {
        "jurisdiction": pick(dice, [None, None, court]),
        "picture": {"match_share": pick(dice, [0.3, 1.0]), "match_half_min": 90.0, "crowd": 8.0},
        "watching": {"updates": pick(dice, [False, True]), "shadow_h": pick(dice, [{}, shadows])},
        "tips": [tip],
        "classing": classing,
        "harmless": [{"id": "fishing", "theatre": "lab", "per_1000_nm2": 200.0}],
    }


def watched(seed: int) -> dict[str, Any]:
    """Make up a laboratory in which boats are only looked at."""
    dice = np.random.default_rng(seed)
    units = [watcher(f"w{row}", dice) for row in range(dice.integers(1, 4))]
    return {"hours": HOURS, "units": units, "seed": seed, **boats(dice)}


def guarded(seed: int) -> dict[str, Any]:
    """Make up a laboratory in which reports lead to responses."""
    parts, dice = watched(seed), np.random.default_rng(seed + 1_000_000)
    guards = [guard(f"g{row}", dice) for row in range(dice.integers(1, 5))]
    handoffs = {**network(dice), **doctrine(dice)}
    return {**parts, "units": [*parts["units"], *guards], "handoffs": handoffs}


def reacting(seed: int) -> dict[str, Any]:
    """Make up a laboratory of some days in which people who were stopped try again."""
    parts, dice = guarded(seed), np.random.default_rng(seed + 6_000_000)
    flows = [{**flow, "rate_per_day": 20.0} for flow in parts["flows"]]
    retry = {"share": pick(dice, [0.5, 1.0]), "days": {"triangular": [1.0, dice.uniform(1.0, 1.5), 1.5]}}
    return {**parts, "hours": 96.0, "flows": flows, "reactions": {"retry": retry}}


def rescuing(seed: int) -> dict[str, Any]:
    """Make up a laboratory in which ships stay out with people aboard, hand them over, and others pass by."""
    parts, dice = guarded(seed), np.random.default_rng(seed + 8_000_000)
    rescue = {
        "stay_h": pick(dice, [0.0, 1.0, 4.0]), "full_share": pick(dice, [0.3, 1.0]),
        "sooner_h": pick(dice, [0.0, 1.0]),
        "transfer": pick(dice, [None, {"per_person_min": 0.1, "sooner_share": 1.0}]),
        "places_of_safety": pick(dice, [[], [{"theatre": "lab", "places": [place(dice), place(dice)]}]]),
    }  # fmt: skip
    passing = {
        "id": "merchant", "theatre": "lab", "waters": [], "per_1000_nm2": 5.0, "speed_kn": 12.0,
        "capacity": pick(dice, [10, 500]), "home_port": place(dice), "at_once": 2, "sooner_h": 0.0,
        "sensors": drawn(dice, SENSORS, 1),
    }  # fmt: skip
    ailing = {"ailing_per_h": 0.01, "panic": {"share": 0.3, "drowned_share": {"triangular": [0.0, 0.2, 1.0]}}}
    flows = [{**flow, "perils": {**(flow["perils"] or {}), **ailing}} for flow in parts["flows"]]
    links = [{**link, "reliability": 0.7} for link in parts["handoffs"]["links"]]
    response = {**parts["handoffs"]["response"], "bring_ashore": True, "no_unit": "wait"}
    handoffs = {**parts["handoffs"], "links": links, "response": response, "rescue": rescue}
    return {**parts, "flows": flows, "handoffs": handoffs, "passing_ships": [passing]}
