"""What was recorded is what the timetables as sailed give, however often units were sent about."""

from pathlib import Path

import numpy as np
import pytest
from tests.property.made_up import guarded
from tests.theory.laboratory import laboratory

from aegean_sim.detection.resolver import Targets, resolve
from aegean_sim.engine.world import build_world
from aegean_sim.kinematics.legs import joined, legs_of
from aegean_sim.streams import Streams


@pytest.mark.parametrize("seed", range(40))
def test_contacts_are_those_of_the_timetables_as_sailed(seed: int) -> None:
    loaded = laboratory(**guarded(seed))
    scenario = loaded.scenario
    world = build_world(scenario, Path(), 0)
    world.env.run(until=scenario.duration_s)
    for scene in world.scenes.values():
        boats, lookout = scene.fleet.boats, scene.lookout
        legs, condition = scene.conditions.cut(legs_of(boats.tracks.tolist()))
        targets = Targets(legs, condition, boats.target_class[legs.mover], boats.key, boats.factor)
        sailed = joined([unit.legs_within(0.0, np.inf) for unit in scene.units])
        found = resolve(targets, sailed, lookout.sensors, scene.sea, Streams(scenario.seed, 0))
        until_s = np.fmin(scene.fleet.ended_s, scenario.duration_s)
        columns = (found.sensor, found.boat, found.number, found.start_s)
        expected = {tuple(key): at for *key, at in zip(*columns, strict=True) if at < until_s[key[1]] - 1e-3}
        recorded = {(each.sensor, each.boat, each.number): each for each in lookout.happened}
        assert not expected.keys() - recorded.keys()
        for key, contact in recorded.items():
            turned_away_at_once = contact.end_s - contact.start_s < 1e-3
            assert key in expected or turned_away_at_once or contact.start_s >= until_s[key[1]] - 1e-2, key
            assert key not in expected or abs(contact.start_s - expected[key]) < 1e-3
