"""Tracks: where a mover is, and cutting and joining, against interpolation."""

import numpy as np
import pytest

from aegean_sim.kinematics.legs import Track

TRACK = Track(
    np.array([10.0, 20.0, 20.0, 50.0]), np.array([0.0, 5.0, 7.0, 1.0]), np.array([3.0, 3.0, 9.0, 0.0])
)


def places(track: Track, moments: list[float]) -> list[tuple[float, float]]:
    return [track.at(moment) for moment in moments]


@pytest.mark.parametrize(
    ("time_s", "place"),
    [
        (0.0, (0.0, 3.0)),
        (10.0, (0.0, 3.0)),
        (15.0, (2.5, 3.0)),
        (20.0, (7.0, 9.0)),
        (35.0, (4.0, 4.5)),
        (99.0, (1.0, 0.0)),
    ],
)
def test_where_it_is(time_s: float, place: tuple[float, float]) -> None:
    assert TRACK.at(time_s) == pytest.approx(place)


@pytest.mark.parametrize("cut_s", [10.0, 13.0, 20.0, 41.0])
def test_cut_in_two_it_is_where_it_was(cut_s: float) -> None:
    before, rest = TRACK.until(cut_s), TRACK.since(cut_s)
    assert before.time_s[-1] == rest.time_s[0] == cut_s
    early, late = (
        [m for m in np.arange(8.0, 60.0) if m < cut_s],
        [m for m in np.arange(8.0, 60.0) if m >= cut_s],
    )
    assert np.allclose(places(before, early), places(TRACK, early))
    assert np.allclose(places(rest, late), places(TRACK, late))


def test_what_has_ended_before_stays_whole() -> None:
    assert TRACK.until(50.0) is TRACK
    assert TRACK.until(80.0) is TRACK


def test_since_before_the_start_waits_there() -> None:
    assert TRACK.since(4.0).time_s.tolist() == [4.0, 10.0, 20.0, 20.0, 50.0]
    assert TRACK.since(4.0).at(7.0) == (0.0, 3.0)


def test_joining_goes_on_along_the_other() -> None:
    way = Track(np.array([0.0, 35.0]), np.array([-9.0, 4.0]), np.array([0.0, 4.5]))
    joined = way.joining(TRACK, 35.0)
    assert joined.time_s.tolist() == [0.0, 35.0, 50.0]
    assert places(joined, [20.0, 44.0]) == [way.at(20.0), pytest.approx(TRACK.at(44.0))]


def test_fastest_leg() -> None:
    assert TRACK.fastest_mps() == pytest.approx(0.5)
    assert TRACK.until(10.0).fastest_mps() == 0.0
