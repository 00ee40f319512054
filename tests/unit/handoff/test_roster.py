import numpy as np
import pytest

from aegean_sim.handoff.roster import Roster, roster_of
from aegean_sim.scenario.desks import Desk

HOUR_S = 3600.0


def roster(clock_h: float, officers: int, *shifts: tuple[float, float, int]) -> Roster:
    said = [{"hours_utc": [first, last], "officers": there} for first, last, there in shifts]
    desk = {"id": "hq", "handling_min": 5, "officers": officers, "shifts": said}
    return roster_of(Desk.model_validate(desk), clock_h * HOUR_S)


@pytest.mark.parametrize("clock_h", [0.0, 5.5])
def test_of_shifts_that_overlap_the_first_counts(clock_h: float) -> None:
    found = roster(clock_h, 1, (22, 6, 0), (4, 12, 3))
    for time_h in np.arange(0.25, 72.0, 0.5):
        clock = (clock_h + time_h) % 24
        wanted = 0 if clock >= 22 or clock < 6 else 3 if clock < 12 else 1
        assert found.officers(time_h * HOUR_S) == wanted


def test_changes_are_the_ends_of_shifts_within_the_time() -> None:
    found = roster(0.0, 1, (22, 6, 0), (6, 12, 3))
    assert [moment / HOUR_S for moment in found.changes_s(54 * HOUR_S)] == [6, 12, 22, 30, 36, 46]
    assert roster(0.0, 1).changes_s(54 * HOUR_S) == []
