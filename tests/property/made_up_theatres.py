"""Made-up scenarios of two theatres, open sea and the coast of Libya, with all that may befall a boat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from tests.property.made_up import DELAYS_MIN, SENSORS, drawn, perils, pick, rescuing
from tests.theory.laboratory import still

if TYPE_CHECKING:
    from tests.property.made_up import Dice
    from tests.theory.laboratory import Part

DAYS = 2.0
"""Long enough for a move between the theatres and for a second attempt."""
OFF_SABRATHA, OFF_GARABULLI = [12.5, 33.3], [13.6, 33.3]


def stormy(dice: Dice) -> Part:
    """Make up synthetic weather, calm to rough, for a theatre."""
    wind = {
        "wind_kn": [dice.uniform(2.0, 10.0)] * 12, "wind_shape": 2.0, "wind_memory_h": 12.0,
        "wind_from_deg": [dice.uniform(0.0, 359.0)] * 12, "wander_deg": 60.0, "wander_memory_h": 12.0,
    }  # fmt: skip
    sea = {"fetch_nm": [80.0] * 8, "growth_h": 6.0, "decay_h": 12.0, "sea_c": [dice.uniform(12.0, 26.0)] * 12}
    return {"synthetic": {**wind, **sea}, "current_kn": 0.5, "current_to_deg": 90.0}


def ship(name: str, owner: str, dice: Dice, **more: Any) -> Part:
    """Make up a ship that may rescue, with little room, so that others must come."""
    return {
        "id": name, "owner": owner, "side": "destination", "speed_kn": 10.0, "max_speed_kn": 25.0,
        "capacity": pick(dice, [40, 300]), "ready_min": 10.0, "duties": ["watch", "rescue"],
        "sensors": drawn(dice, SENSORS, 2), **more,
    }  # fmt: skip


def off_libya(dice: Dice) -> list[Part]:
    """Make up Libyan boats, which take people back, and a ship that brings them to Italy."""
    libyan = {"side": "departure", "duties": ["watch", "intercept", "rescue"], "home_port": "Tripoli"}
    posts = {"lcg-1": (12.5, 32.95), "lcg-2": (13.5, 32.95)}
    line = {"kind": "barrier", "between": [OFF_SABRATHA, OFF_GARABULLI]}
    return [
        *(
            ship(name, "LCG", dice, theatre="med", patrol=still(post), **libyan)
            for name, post in posts.items()
        ),
        ship("helper", "NGO", dice, theatre="med", patrol=line, home_port="Lampedusa", keep_out=["LY"]),
    ]


def alliance(dice: Dice) -> dict[str, Any]:
    """Make up two ships that, six hours after the start, go to Libya or come from there."""
    hulls = [ship(name, "NATO", dice, home_port=[0.0, 15.0]) for name in ("one", "two")]
    at_home = [{"id": f"post-{row}", "patrol": still((5.0 * row, 0.0))} for row in range(2)]
    there = [
        {"id": "off-sabratha", "patrol": still((OFF_SABRATHA[0], OFF_SABRATHA[1]))},
        {"id": "off-garabulli", "patrol": still((OFF_GARABULLI[0], OFF_GARABULLI[1]))},
    ]
    nested = {"ships": 0, "placement": "nested", "hulls": []}
    before, after = pick(dice, [(0, 1), (0, 2), (2, 0), (1, 0)])
    return {
        "deployments": [
            {**nested, "id": "nato", "theatre": "lab", "ships": 2, "hulls": hulls, "stations": at_home},
            {**nested, "id": "nato-sophia", "theatre": "med", "home_port": "Augusta", "stations": there},
        ],
        "fleet": {
            "ships": ["one", "two"], "sophia_support": before, "transit_days": 0,
            "moves": [{"on": "2016-06-02", "sophia_support": after}],
        },
    }  # fmt: skip


def from_libya(dice: Dice) -> dict[str, Any]:
    """Make up a flow of some ten boats over two routes, which waves hold back."""
    kind = {
        "target": "rubber", "persons": {"triangular": [20, 60, 120]}, "speed_kn": {"triangular": [4, 6, 9]},
        "stopping_wave_m": 4.0,
        "perils": {**(perils(dice) or {}), "capacity": 60.0, "ailing_per_h": 0.005,
                   "panic": {"share": 0.3, "drowned_share": {"triangular": [0.0, 0.2, 1.0]}}},
    }  # fmt: skip
    places = {
        "sabratha": ("LY", [[12.386, 32.827], [12.563, 32.806]]),
        "garabulli": ("LY", [[13.395, 32.905], [13.61, 32.80]]),
        "lampedusa": ("IT", [[12.546, 35.498], [12.634, 35.482]]),
    }
    routes = [
        {"origin": name, "destination": "lampedusa", "share": 0.5} for name in ("sabratha", "garabulli")
    ]
    flow = {
        "id": "med", "theatre": "med", "persons_per_month": {"2016-06": {"arrivals": 9000.0}},
        "routes": routes, "boat_types": ["raft"], "lanes": 2,
        "launches": {"wave_half_m": 1.5, "wave_width_m": 0.3, "group_mean": 2.0, "group_spread_min": 30.0},
    }  # fmt: skip
    stretches = {name: {"waters": waters, "line": line} for name, (waters, line) in places.items()}
    return {"boat_types": {"raft": kind}, "stretches": stretches, "flow": flow}


def ashore(dice: Dice, handoffs: Part) -> Part:
    """Put desks of Italy and Libya beside those of the laboratory, on links that lose messages."""
    desks = [
        {"id": "rome", "officers": 2, "handling_min": pick(dice, DELAYS_MIN), "hears": ["NGO", "NATO"],
         "commands": ["NGO"], "calls": ["NGO", "NATO", "guard"]},
        {"id": "libya", "officers": 1, "handling_min": pick(dice, DELAYS_MIN), "hears": ["LCG"],
         "commands": ["LCG"], "calls": ["LCG"]},
    ]  # fmt: skip
    links = [
        {"sender": one, "receiver": other, "latency_min": pick(dice, DELAYS_MIN), "reliability": 0.6}
        for one, other in (("rome", "libya"), ("libya", "rome"))
    ]
    tips = [
        {"id": "phone", "theatre": "med", "source": "phone", "only_distress": True, "share": 0.5,
         "delay_min": pick(dice, DELAYS_MIN), "receiver": "rome", "error_nm": 2.0},
        {"id": "fishers", "theatre": "med", "source": "fisher", "per_h": 0.3, "waters": ["high_seas"],
         "delay_min": 10.0, "receiver": "rome", "error_nm": 1.0},
    ]  # fmt: skip
    return {
        **handoffs,
        "desks": [*handoffs["desks"], *desks],
        "links": [*handoffs["links"], *links],
        "sharing": [
            *handoffs["sharing"],
            {"sender": "rome", "receivers": ["libya"], "waters": ["LY"]},
            {"sender": "libya", "receivers": ["rome"], "waters": ["high_seas"]},
        ],
        "tips": [*handoffs["tips"], *tips],
        "jurisdiction": {
            "desks": {"LY": ["libya"], "IT": ["rome"]},
            "elsewhere": ["rome", "coast"], "returned": {"LCG": "LY"},
        },
    }  # fmt: skip


def everything(seed: int) -> dict[str, Any]:
    """Make up two theatres for two days: ships that move, weather, force, reactions, all of `rescuing`."""
    parts, dice = rescuing(seed), np.random.default_rng(seed + 9_000_000)
    box = {"coast": "open_sea", "box_nm": [-200, -200, 200, 200]}
    libya = from_libya(dice)
    flows = [{**flow, "rate_per_day": 8.0} for flow in parts["flows"]]
    training = {
        "crews_trained": pick(dice, [0, 2]), "crews": 2, "units": ["lcg-2"],
        "force_share": [0.5, 0.2], "capsize_share": [0.4, 0.2],
    }  # fmt: skip
    reactions = {
        "retry": {"share": 0.8, "days": {"triangular": [1.0, 1.0, 1.2]}},
        "displacement": {"share": 0.5},
        "sar_response": {"wave_half_m_per_ship": pick(dice, [-0.1, 0.1]), "reference_ships": 5.0},
    }
    return {
        **parts,
        **alliance(dice),
        "hours": 24.0 * DAYS,
        "start": "2016-06-01T18:00:00Z",
        "theatres": {"lab": box, "med": {"coast": "central-med"}},
        "weather": {name: stormy(dice) for name in ("lab", "med")},
        "units": [*parts["units"], *off_libya(dice)],
        "flows": [*flows, libya.pop("flow")],
        **libya,
        "training": {"LCG": training},
        "operations": [{"force": "NGO", "phases": [{"name": "all", "since": "2015-01-01", "destroys": 0.5}]}],
        "reactions": reactions,
        "handoffs": ashore(dice, parts["handoffs"]),
    }  # fmt: skip
