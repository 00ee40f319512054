"""Movers that wander about."""

import numpy as np

from aegean_sim.kinematics.legs import Track


def random_tracks(rng: np.random.Generator, movers: int, span_m: float) -> list[Track]:
    """Tracks of two to six vertices, some with a rest or a gap."""
    tracks = []
    for _ in range(movers):
        count = int(rng.integers(2, 7))
        time = np.sort(rng.uniform(0.0, 20_000.0, count))
        x, y = rng.uniform(0.0, span_m, (2, count))
        if rng.random() < 0.3:
            time[1] = time[0]
        if rng.random() < 0.3:
            x[-1], y[-1] = x[-2], y[-2]
        tracks.append(Track(time, x, y))
    return tracks
