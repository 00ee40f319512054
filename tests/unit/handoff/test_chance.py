import numpy as np
import pytest
from scipy import stats

from aegean_sim.handoff.chance import minutes_s, quantile, triangle_quantile
from aegean_sim.scenario.base import Constant, Empirical, Exponential, Lognormal, Triangle
from aegean_sim.streams import Streams


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.5, 0.9, 0.999])
@pytest.mark.parametrize(("low", "mode", "high"), [(5, 10, 20), (0, 0, 7), (3, 9, 9), (4, 4, 4)])
def test_triangle_inverts_the_law(low: float, mode: float, high: float, share: float) -> None:
    value = triangle_quantile((low, mode, high), share)
    if high == low:
        assert value == low
        return
    law = stats.triang((mode - low) / (high - low), low, high - low)
    assert value == pytest.approx(law.ppf(share))


def test_exponential_and_constant() -> None:
    assert quantile(Exponential(exponential=15.0), 0.5) == pytest.approx(15.0 * np.log(2.0))
    assert quantile(Constant(constant=3.0), 0.9) == 3.0


def test_minutes_become_seconds_and_keep_to_their_pair() -> None:
    streams = Streams(2, 0)
    law = Triangle(triangular=(5.0, 10.0, 20.0))
    draws = [minutes_s(law, streams, "latency", 7, whom) for whom in range(2000)]
    assert minutes_s(law, streams, "latency", 7, 5) == draws[5]
    assert stats.kstest(draws, stats.triang(1 / 3, 300.0, 900.0).cdf).pvalue > 1e-3


def test_lognormal_and_empirical_laws() -> None:
    lognormal = Lognormal(lognormal=(20.0, 2.0))
    assert quantile(lognormal, 0.5) == pytest.approx(20.0)
    assert quantile(lognormal, 0.841344746) == pytest.approx(40.0)  # one standard deviation above
    measured = Empirical(empirical=(10.0, 19.0, 57.0))
    assert [quantile(measured, share) for share in (1e-9, 0.34, 0.66, 0.67, 1.0 - 1e-12)] == [
        10,
        19,
        19,
        57,
        57,
    ]
