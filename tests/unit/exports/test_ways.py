import numpy as np
import pandas as pd

from aegean_sim.exports.request import Request
from aegean_sim.exports.ways import movers_of, ways_of


def test_boats_are_named_as_the_tracks_name_them() -> None:
    rows = pd.DataFrame({"voyage": ["a", "a", ""], "copy": [0, 12, -1]})
    assert movers_of(rows).tolist() == ["a", "a#12", ""]


def test_a_way_goes_on_in_pieces_and_stays_in_port_between(asked: Request) -> None:
    frigate = ways_of(asked.tracks(), asked.run.frames)["frigate"]
    assert [piece.time_s.tolist() for piece in frigate.pieces()] == [[0, 7200, 14400], [28800, 36000]]
    np.testing.assert_allclose(frigate.door_at(6 * 3600.0), (26.2, 38.7), atol=1e-9)
    np.testing.assert_allclose(frigate.door_at(99 * 3600.0), (26.0, 38.5), atol=1e-9)
    assert frigate.between(7200.0, 14400.0).shape == (2, 2)
    assert frigate.moves
