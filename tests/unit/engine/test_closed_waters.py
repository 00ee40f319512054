"""Units that keep out of some states' waters, over whole timetables as sailed."""

import numpy as np
import pytest

from aegean_sim.engine.world import build_world
from aegean_sim.scenario.loading import load_scenario


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("aegean-2016", 96),
        pytest.param("aegean-2015-10", 24, marks=pytest.mark.slow),
        ("central-med-2016", 120),
    ],
)
def test_no_unit_sails_in_waters_it_keeps_out_of(name: str, hours: int) -> None:
    loaded = load_scenario(name, [f"duration_h={hours}"])
    world = build_world(loaded.scenario, loaded.folder, 0)
    world.env.run(until=loaded.scenario.duration_s)
    (scene,) = world.scenes.values()
    sailed = 0
    for unit in scene.units:
        for piece in unit.pieces:
            path = np.column_stack([piece.x_m, piece.y_m])
            assert not scene.sea.zones.enters(path, unit.craft.keep_out), unit.id
            sailed += len(path) if unit.craft.keep_out else 0
    assert sailed > 1000
    assert any(tasking.unit.craft.keep_out for tasking in world.dispatcher.taskings)
