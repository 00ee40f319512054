from itertools import pairwise

import numpy as np
from tests.unit.kinematics.wandering import random_tracks

from aegean_sim.kinematics.batches import batches
from aegean_sim.kinematics.legs import legs_of


def test_batches_cut_between_boats_and_hold_all_legs() -> None:
    rng = np.random.default_rng(3)
    boats, units = legs_of(random_tracks(rng, 300, 1e5)), legs_of(random_tracks(rng, 10, 1e5))
    parts = batches(boats, units, 500)
    assert len(parts) > 5
    rows = np.concatenate([np.arange(len(boats))[part] for part in parts])
    assert rows.tolist() == list(range(len(boats)))
    for before, after in pairwise(parts):
        assert boats.mover[before.stop - 1] != boats.mover[after.start]
    for part in parts:
        some = boats.take(part)
        shared = (some.start_s[:, None] < units.end_s) & (some.end_s[:, None] > units.start_s)
        assert shared.sum() < 1000
