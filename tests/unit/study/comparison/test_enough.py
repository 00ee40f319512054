"""Looks at sweeps with known truth: by replication, and no look promises itself."""

from pathlib import Path

import numpy as np
import pytest
from tests.unit.study.comparison.made_up import write_sweep

from aegean_sim.errors import AegeanError
from aegean_sim.study.comparison.enough import look_at

LEVERS = {"ships": [0, 1]}


def wrecks(label: dict, chance: np.random.Generator) -> dict[str, float]:
    return {"persons_dead": 100.0 + chance.lognormal(0.0, 1.5) * label["ships"]}


def test_looks_are_at_replications_however_many_the_worlds_are(tmp_path: Path) -> None:
    def law(label: dict, chance: np.random.Generator) -> dict[str, float]:
        return {"persons_dead": 50.0 * label["calm"] * label["ships"] + chance.normal() * label["ships"]}

    worlds = list(range(35))
    whole = write_sweep(tmp_path / "a", LEVERS, law, replications=40, worlds=worlds)
    start = write_sweep(tmp_path / "b", LEVERS, law, replications=30, worlds=worlds)
    looks = [look_at(folder, "persons_dead", 0.3, 30) for folder in (whole, start)]
    assert looks[0] == looks[1]
    luck = [np.random.default_rng(number).normal() for number in range(30)]
    assert looks[0].half_width == pytest.approx(2.045 * np.std(luck, ddof=1) / np.sqrt(30), rel=1e-3)
    assert look_at(whole, "persons_dead", 0.3, 40).half_width < looks[0].half_width


def test_what_is_foretold_goes_by_the_interval_that_is_judged(tmp_path: Path) -> None:
    folder = write_sweep(tmp_path / "s", LEVERS, wrecks, replications=30)
    now = look_at(folder, "persons_dead", 1.0, 30).half_width
    for share in (0.5, 0.9, 0.999):
        look = look_at(folder, "persons_dead", share * now, 30)
        assert not look.reached
        assert look.foretold.at_most >= look.foretold.expected >= max(40, 30 / share**2)
    assert look_at(folder, "persons_dead", 1.001 * now, 30).reached


def test_without_a_lever_nothing_can_be_looked_at(tmp_path: Path) -> None:
    folder = write_sweep(tmp_path / "s", {}, lambda _label, _: {"persons_dead": 0.0}, replications=3)
    with pytest.raises(AegeanError, match="varies no lever"):
        look_at(folder, "persons_dead", 1.0, 3)
