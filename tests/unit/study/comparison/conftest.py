from pathlib import Path

import pytest
from tests.unit.study.comparison.made_up import ships_save_lives, write_sweep


@pytest.fixture(scope="session")
def ships(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep in which each ship up to the fourth averts ten deaths."""
    folder = tmp_path_factory.mktemp("sweeps") / "ships"
    return write_sweep(folder, {"ships": [0, 1, 2, 3, 4, 5, 6]}, ships_save_lives, replications=30)
