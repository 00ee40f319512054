"""Operations: duties and what becomes of emptied boats, phase by phase."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aegean_sim.behaviour.orders import Orders
from aegean_sim.engine.run import simulate
from aegean_sim.quantities import DAY_S, HOUR_S
from aegean_sim.recording.record import RunRecord
from aegean_sim.scenario.forces import Craft
from aegean_sim.scenario.loading import Loaded
from aegean_sim.scenario.model import Scenario
from aegean_sim.scenario.operations import Operation

WATCH = {"name": "1", "since": "2015-06-22", "duties": ["watch"]}
SEIZE = {
    "name": "2A", "since": "2015-10-07", "duties": ["watch", "intercept", "rescue"], "destroys": 0.5,
    "suspects_per_boat": 0.4, "waters": [],
}  # fmt: skip
SOPHIA = {"force": "Sophia", "phases": [WATCH, SEIZE], "reused": 0.4}


def run(start: str, operation: Any, *, boats: int = 1, hours: float = 12) -> RunRecord:
    ship = {
        "id": "ship", "theatre": "lab", "owner": "Sophia", "duties": ["watch", "intercept", "rescue"],
        "side": "destination", "capacity": 10**6, "speed_kn": 10, "max_speed_kn": 25, "home_port": [0, 5],
        "sensors": [{"law": "definite_range", "range_nm": 30}], "patrol": {"kind": "station", "at": [0, 0]},
    }  # fmt: skip
    scenario = Scenario.model_validate({
        "name": "operation", "start": start, "duration_h": hours,
        "theatres": {"lab": {"coast": "open_sea", "box_nm": [-100, -100, 100, 100]}},
        "units": [ship], "operations": [operation],
        "voyages": [
            {"id": "boat", "theatre": "lab", "points": [[0, 0, 5], [300, 10, 5]], "copies": boats,
             "persons": 1},
        ],
        "handoffs": {
            "desks": [{"id": "hq", "handling_min": 0, "hears": ["Sophia"], "commands": ["Sophia"],
                       "officers": 9999}],
            "response": {"on_scene_min": 0, "per_person_min": 0, "ashore_min": 0, "no_unit": "wait"},
        },
    })  # fmt: skip
    return simulate(Loaded(scenario, "test", Path()), 0)


def test_boats_are_boarded_from_the_phase_on_that_allows_it() -> None:
    assert run("2015-06-01T00:00:00Z", SOPHIA).tables["voyages"]["outcome"].tolist() == ["at_sea"]
    assert run("2015-10-01T00:00:00Z", SOPHIA).tables["voyages"]["outcome"].tolist() == ["at_sea"]
    assert run("2015-10-07T00:00:00Z", SOPHIA).tables["voyages"]["outcome"].tolist() == ["met"]


def test_duties_change_while_a_run_goes_on() -> None:
    orders = Orders([Operation.model_validate(SOPHIA)], datetime(2015, 10, 6, 18, tzinfo=UTC))
    craft = Craft(owner="Sophia", duties=frozenset({"watch", "rescue"}))
    assert orders.duties(craft, 5.9 * HOUR_S) == {"watch"}
    assert orders.duties(craft, 6.0 * HOUR_S) == {"watch", "rescue"}
    assert orders.period(5.9 * HOUR_S) + 1 == orders.period(6.0 * HOUR_S)
    assert orders.duties(craft, -200.0 * DAY_S) == {"watch", "rescue"}
    boarder = Craft(owner="Sophia", duties=frozenset({"watch", "intercept"}))
    assert orders.duties(boarder, -200.0 * DAY_S) == {"watch"}
    assert orders.duties(Craft(owner="NGO"), 0.0) == {"watch"}


def test_emptied_boats_are_destroyed_reused_or_left_by_their_shares() -> None:
    table = run("2015-11-01T00:00:00Z", SOPHIA, boats=150, hours=250).tables["voyages"]
    ended = table["outcome"] == "met"
    count = ended.sum()
    assert count > 100
    for word, share in (("destroyed", 0.5), ("reused", 0.5 * 0.4), ("adrift", 0.5 * 0.6)):
        found = (table["hull"][ended] == word).mean()
        assert abs(found - share) < 4 * np.sqrt(share * (1 - share) / count)
    assert (table["hull"][~ended] == "").all()
    assert abs(table["suspects"][ended].mean() - 0.4) < 4 * np.sqrt(0.4 / count)
    assert (table["suspects"][~ended] == 0).all()


def test_nothing_is_destroyed_before_its_phase() -> None:
    watch = {**SOPHIA, "phases": [{**WATCH, "duties": ["watch", "intercept"]}, SEIZE]}
    table = run("2015-08-01T00:00:00Z", watch).tables["voyages"]
    assert table["hull"].tolist()[0] in {"adrift", "reused"}
    assert table["suspects"].tolist() == [0]


def test_phases_follow_one_another() -> None:
    with pytest.raises(ValueError, match="phase 1 must begin after 2015-10-07"):
        Operation.model_validate({**SOPHIA, "phases": [SEIZE, WATCH]})
    assert Operation.model_validate(SOPHIA).phase_on(date(2015, 1, 1)) is None
