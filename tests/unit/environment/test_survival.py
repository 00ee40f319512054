"""Time in the water against the published table."""

import numpy as np
import pytest
from tests.theory.laboratory import assert_share

from aegean_sim.environment.survival import water_h

# Middle of each band, C, and expected survival, hours, of the U.S. Coast Guard's table.
TABLE = [(2.35, 0.5, 1.5), (7.2, 1.0, 3.0), (12.8, 1.0, 6.0), (18.3, 2.0, 40.0)]
COUNT = 20_000


@pytest.mark.parametrize(("sea_c", "least_h", "greatest_h"), TABLE)
def test_one_in_ten_lives_shorter_and_one_in_ten_longer_than_the_table(
    sea_c: float, least_h: float, greatest_h: float
) -> None:
    hours = water_h(np.full(COUNT, sea_c), np.random.default_rng(8).standard_normal(COUNT))
    assert_share((hours < least_h).sum(), COUNT, 0.1)
    assert_share((hours > greatest_h).sum(), COUNT, 0.1)


def test_warmer_water_never_shortens_life_within_the_tables_bounds() -> None:
    sea_c = np.linspace(-1.0, 35.0, 200)
    for normal in (-1.25, 0.0, 1.25):
        assert (np.diff(water_h(sea_c, np.full(200, normal))) >= 0.0).all()
