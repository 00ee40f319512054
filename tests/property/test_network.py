"""What holds of every network: perfect sharing, cause before effect, and more officers do no harm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from tests.property.made_up import HOURS, boats, doctrine, guard, network, seeds, watcher
from tests.property.perfect import PerfectSharing
from tests.theory.laboratory import laboratory, sail

from aegean_sim.engine import headquarters

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest
    from numpy.typing import NDArray
    from tests.property.made_up import Dice
    from tests.theory.laboratory import Part, Tables

WITHOUT_DELAY = {"handling_min": 0, "officers": 1000}


def crew(dice: Dice) -> list[Part]:
    """Make up ships of two forces, and coast guards."""
    ships = [watcher(f"w{row}", dice) for row in range(3)]
    return [*ships[:-1], {**ships[-1], "owner": "others"}, *(guard(f"g{row}", dice) for row in range(3))]


def relayed(dice: Dice) -> Part:
    """Make up four desks, one of which commands; reports come to it straight, or over a relay."""
    handoffs = {**network(dice), **doctrine(dice)}
    handoffs["picture"], handoffs["jurisdiction"] = {}, None
    handoffs["tips"][0]["receiver"] = "ships"
    handoffs["classing"]["look_min"] = 0
    handoffs["desks"] = [
        {"id": "ships", "hears": ["watch"], **WITHOUT_DELAY},
        {"id": "others", "hears": ["others"], **WITHOUT_DELAY},
        {"id": "relay", **WITHOUT_DELAY},
        {"id": "coast", "hears": ["guard"], "commands": ["guard"], **WITHOUT_DELAY},
    ]
    ways = [("ships", "relay"), ("others", "relay"), ("relay", "coast")]
    handoffs["links"] = [{"sender": one, "receiver": other, "latency_min": 0} for one, other in ways]
    handoffs["sharing"] = [
        {"sender": "ships", "receivers": ["relay"]},
        {"sender": "others", "receivers": ["coast"]},
        {"sender": "relay", "receivers": ["coast"]},
    ]
    return handoffs


def made_up(seed: int) -> dict[str, Any]:
    dice = np.random.default_rng(seed + 6_000_000)
    return {"hours": HOURS, "units": crew(dice), "seed": seed, **boats(dice), "handoffs": relayed(dice)}


def columns(tables: Tables, name: str, *without: str) -> dict[str, list[Any]]:
    return {
        column: [repr(value) for value in values.tolist()]
        for column, values in tables[name].items()
        if column not in without
    }


@seeds(15)
def test_a_network_without_any_delay_is_perfect_sharing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = made_up(seed)
    over_links = sail(laboratory(**parts))
    monkeypatch.setattr(headquarters, "Desks", PerfectSharing)
    at_once = sail(laboratory(**parts))
    assert set(at_once["handoffs"]["hop"]) <= {0}
    told_over_links = set(over_links["handoffs"]["owner"]) - {"guard"}
    assert bool(told_over_links) == (2 in over_links["handoffs"]["hop"])
    for name in ("voyages", "contacts", "tracks"):
        assert columns(over_links, name) == columns(at_once, name)
    assert columns(over_links, "responses", "handoff") == columns(at_once, "responses", "handoff")


def slowed(handoffs: Part, minutes: float, handling_min: float) -> Part:
    links = [{**link, "latency_min": {"exponential": minutes}} for link in handoffs["links"]]
    desks = [{**desk, "handling_min": handling_min, "officers": 1} for desk in handoffs["desks"]]
    return {**handoffs, "links": links, "desks": desks}


def movers(tables: Tables) -> Iterator[tuple[str, NDArray[np.float64]]]:
    tracks = tables["tracks"]
    for name in dict.fromkeys(tracks["mover"]):
        own = tracks["mover"] == name
        yield name, np.column_stack([tracks[column][own] for column in ("time_s", "x_m", "y_m", "piece")])


def parted_s(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Tell until when two ways agree: to the last vertex of either before they are apart, or one ends."""
    moments = np.unique(np.concatenate([one[:, 0], other[:, 0]]))
    places = [
        [np.interp(moments, way[:, 0], way[:, axis], right=np.inf) for axis in (1, 2)] for way in (one, other)
    ]
    with np.errstate(invalid="ignore"):
        apart = ~(np.hypot(*np.subtract(places[0], places[1])) < 1e-3)
    if not apart.any():
        return np.inf
    return float(moments[max(0, int(np.argmax(apart)) - 1)])


def first_change_s(one: Tables, other: Tables) -> float:
    """Tell when any track first is another."""
    left, right = dict(movers(one)), dict(movers(other))
    assert left.keys() == right.keys()
    return min((parted_s(left[name], right[name]) for name in left), default=np.inf)


def contacts_before(tables: Tables, moment_s: float) -> list[str]:
    """Give the contacts that began before a moment, as they were until then."""
    table = tables["contacts"]
    rows = table["start_s"] < moment_s - 1e-6
    ends = np.fmin(table["end_s"], moment_s).round(3)
    names = ("unit", "sensor", "voyage", "copy", "traffic", "number", "start_s")
    return sorted(map(repr, zip(*(table[name][rows].tolist() for name in names), ends[rows], strict=True)))


@seeds(15)
def test_a_faster_link_changes_no_contact_before_a_track(seed: int) -> None:
    parts = made_up(seed)
    slow, fast = (
        sail(laboratory(**{**parts, "handoffs": slowed(parts["handoffs"], minutes, 4)}))
        for minutes in (40, 10)
    )
    moment_s = first_change_s(slow, fast)
    assert contacts_before(slow, moment_s) == contacts_before(fast, moment_s)
    if np.isinf(moment_s):
        assert columns(slow, "voyages") == columns(fast, "voyages")
    else:
        assert moment_s >= first_message_s(slow, fast) - 1e-6


def first_message_s(*runs: Tables) -> float:
    """Tell when a message first arrives in the one run that does not then in the other."""
    names = ("report", "receiver", "arrived_s")
    sent = [set(zip(*(run["handoffs"][name].tolist() for name in names), strict=True)) for run in runs]
    return min((at for _, _, at in sent[0] ^ sent[1] if not np.isnan(at)), default=np.inf)
