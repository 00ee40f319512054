import pytest

from aegean_sim.handoff.hours import DailyHours


@pytest.mark.parametrize(
    ("hours", "clock_h", "at_h", "wait_h", "change_h"),
    [
        ((8, 16), 0, 10, 0, 16),
        ((8, 16), 0, 20, 12, 32),
        ((8, 16), 0, 16, 16, 32),
        ((8, 16), 0, 8, 0, 16),
        ((20, 4), 0, 23, 0, 28),
        ((20, 4), 0, 3, 0, 4),
        ((20, 4), 0, 10, 10, 20),
        ((20, 4), 18, 0, 2, 2),
        ((0, 24), 5, 7, 0, 19),
    ],
)
def test_hours_come_back_every_day(
    hours: tuple[float, float], clock_h: float, at_h: float, wait_h: float, change_h: float
) -> None:
    daily = DailyHours(*hours, clock_h * 3600.0)
    for day in (0, 3):
        moment_s = (at_h + 24 * day) * 3600.0
        assert daily.wait_s(moment_s) == pytest.approx(wait_h * 3600.0)
        assert daily.next_change_s(moment_s) == pytest.approx((change_h + 24 * day) * 3600.0)
