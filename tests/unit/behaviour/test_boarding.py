"""Boarding by crews that have been trained or not: force, capsizes, and who drowns."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aegean_sim.behaviour.boarding import Boarding
from aegean_sim.engine.run import simulate
from aegean_sim.recording.record import RunRecord
from aegean_sim.scenario.loading import Loaded
from aegean_sim.scenario.model import Scenario
from aegean_sim.scenario.training import Training
from aegean_sim.streams import Streams

CREWS = {
    "crews": 10, "force_share": [0.6, 0.1], "capsize_share": [0.5, 0.1],
    "drowned_share": {"triangular": [0.0, 0.2, 0.4]},
}  # fmt: skip


def run(trained: int, boats: int) -> RunRecord:
    guard = {
        "id": "guard", "theatre": "lab", "owner": "LCG", "duties": ["watch", "intercept"],
        "side": "departure", "capacity": 10**6, "speed_kn": 10, "max_speed_kn": 1000, "home_port": [0, 5],
        "sensors": [{"law": "definite_range", "range_nm": 30}], "patrol": {"kind": "station", "at": [0, 0]},
    }  # fmt: skip
    scenario = Scenario.model_validate({
        "name": "boarding", "start": "2016-06-01T00:00:00Z", "duration_h": 400,
        "theatres": {"lab": {"coast": "open_sea", "box_nm": [-100, -100, 100, 100]}},
        "units": [guard], "training": {"LCG": {**CREWS, "crews_trained": trained}},
        "voyages": [
            {"id": "boat", "theatre": "lab", "points": [[0, 0, 5], [600, 10, 5]], "copies": boats,
             "persons": 20},
        ],
        "handoffs": {
            "desks": [{"id": "hq", "handling_min": 0, "hears": ["LCG"], "commands": ["LCG"],
                       "officers": 9999}],
            "response": {"on_scene_min": 0, "per_person_min": 0, "ashore_min": 0, "no_unit": "wait"},
        },
    })  # fmt: skip
    return simulate(Loaded(scenario, "test", Path()), 0)


@pytest.mark.parametrize(("trained", "forced", "capsized"), [(0, 0.6, 0.5), (5, 0.35, 0.3), (10, 0.1, 0.1)])
def test_trained_crews_use_force_less_often(trained: int, forced: float, capsized: float) -> None:
    training = Training.model_validate({**CREWS, "crews_trained": trained})
    boarding, count = Boarding({"LCG": training}, {}, Streams(3, 0)), 5000
    found = np.mean([boarding.forced("LCG", boat) for boat in range(count)])
    assert abs(found - forced) < 4 * np.sqrt(forced * (1 - forced) / count)
    drowned = np.array([boarding.drowned("LCG", boat, 10**6) for boat in range(count)])
    assert abs((drowned > 0).mean() - capsized) < 4 * np.sqrt(capsized * (1 - capsized) / count)
    # The triangular law between 0 and 0.4 about 0.2 has a mean of 0.2 and a variance of 0.08 / 12.
    shares = drowned[drowned > 0] / 10**6
    assert abs(shares.mean() - 0.2) < 4 * np.sqrt(0.08 / 12 / len(shares))
    assert not boarding.forced("ITCG", 1)


def test_everybody_is_accounted_for_at_an_interception() -> None:
    voyages: Any = run(0, 40).tables["voyages"]
    assert (voyages["persons_dead"] > 0).any()
    fates = ("landed", "stopped", "met", "rescued", "dead", "at_sea")
    whole = np.sum([voyages[f"persons_{fate}"] for fate in fates], axis=0)
    assert (whole == voyages["persons"]).all()


def test_the_same_boats_capsize_with_more_training_or_fewer() -> None:
    dead = [np.asarray(run(trained, 40).tables["voyages"]["persons_dead"]) > 0 for trained in (0, 10)]
    assert not (dead[1] & ~dead[0]).any()
