"""Toy studies with sampled worlds, whose runs of one replication share its luck: what is said holds."""

import numpy as np
import pandas as pd

from aegean_sim.study.comparison.comparing import compare_cells
from aegean_sim.study.comparison.measures import measures_of
from aegean_sim.study.comparison.question import Material, Question
from aegean_sim.study.comparison.strata import strata_of

STUDIES, REPLICATIONS, WORLDS = 400, 12, 30
DEATHS = measures_of(["persons_dead"], ["persons_dead"], priced=False)[0]


def toy(chance: np.random.Generator, effect_by_world: np.ndarray) -> pd.DataFrame:
    """Make runs whose difference is a world's effect, luck that all worlds share, and luck of each run."""
    luck = chance.normal(0.0, 5.0, (REPLICATIONS, 1, 1))
    shared = chance.normal(0.0, 2.0, (REPLICATIONS, 1, 1)) * np.array([0.0, 1.0])
    own = chance.normal(0.0, 2.0, (REPLICATIONS, WORLDS, 2))
    deaths = 100.0 + luck + shared + own + effect_by_world[:, np.newaxis] * np.array([0.0, 1.0])
    replication, cell = np.divmod(np.arange(deaths.size), 2 * WORLDS)
    names = np.array([f"{number:012x}" for number in range(2 * WORLDS)])
    return pd.DataFrame({"cell": names[cell], "replication": replication, "persons_dead": deaths.ravel()})


def studied(chance: np.random.Generator, effect_by_world: np.ndarray) -> tuple[float, float, str]:
    runs = toy(chance, effect_by_world)
    number = np.arange(2 * WORLDS)
    cells = pd.DataFrame(
        {"cell": runs["cell"][: 2 * WORLDS], "number": number, "world": number // 2, "ships": number % 2}
    )
    material = Material("toy", "toy", ("ships",), cells, runs, 0, {}, {})
    stratum = strata_of(material, Question())[0][0]
    found = compare_cells(DEATHS, stratum.blocks(DEATHS, runs), stratum.levels).from_baseline
    return float(found.found.alone.low[0]), float(found.found.alone.high[0]), found.verdicts[0]


def test_a_lever_that_does_nothing_is_seldom_called_better_or_worse() -> None:
    chance = np.random.default_rng(1)
    words = [studied(chance, np.zeros(WORLDS))[2] for _ in range(STUDIES)]
    assert 0.03 <= 1.0 - words.count("not yet known") / STUDIES <= 0.07


def test_intervals_hold_the_mean_over_these_worlds() -> None:
    chance = np.random.default_rng(2)
    effects = chance.normal(-1.0, 3.0, (STUDIES, WORLDS))
    ends = [studied(chance, effect)[:2] for effect in effects]
    holds = [low <= effect.mean() <= high for effect, (low, high) in zip(effects, ends, strict=True)]
    assert 0.93 <= np.mean(holds) <= 0.97
