"""Comparisons of made-up sweeps find the truth that these were made with."""

from pathlib import Path

import numpy as np
import pytest
from tests.unit.study.comparison.made_up import write_sweep

from aegean_sim.errors import AegeanError
from aegean_sim.study.comparison.comparison import Comparison, Part, compare
from aegean_sim.study.comparison.document import blocks_in_words, document
from aegean_sim.study.comparison.loading import material_of
from aegean_sim.study.comparison.over_worlds import over_worlds
from aegean_sim.study.comparison.question import Question
from aegean_sim.study.comparison.rows import COLUMNS, rows_of
from aegean_sim.study.comparison.words import (
    doubts_of,
    headline,
    may_be_concluded,
    may_not_be_concluded,
    pairing_of,
)


def compared(folder: Path, **question: object) -> Comparison:
    asked = Question(**question)  # type: ignore[arg-type]
    return compare(material_of([folder], asked.measures), asked)


def part_of(folder: Path, **question: object) -> Part:
    return compared(folder, **question).parts[0]


def test_differences_are_the_paired_ones_with_the_right_sign(ships: Path) -> None:
    part = part_of(ships)
    deaths = part.of("persons_dead")
    assert deaths is not None
    assert part.stratum.levels.labels == ("0", "1", "2", "3", "4", "5", "6")
    assert part.stratum.replications == 30
    assert deaths.from_baseline.found.alone.estimate == pytest.approx(
        [-10.0, -20.0, -30.0, -40.0, -40.0, -40.0], abs=1.0
    )
    assert set(deaths.from_baseline.verdicts) == {"better"}
    assert (deaths.from_baseline.pairing.variance_ratio > 50.0).all()


def test_shares_are_ratios_of_sums(ships: Path) -> None:
    seen = part_of(ships, measures=("boats_seen_share",)).of("boats_seen_share")
    assert seen is not None
    assert seen.levels.estimate == pytest.approx([0.5, 0.55, 0.6, 0.65, 0.7, 0.7, 0.7])


def test_what_the_next_ship_adds_ends_at_the_fourth(ships: Path) -> None:
    part = part_of(ships, worth={"persons_dead": 5.0})
    deaths = part.of("persons_dead")
    assert deaths is not None
    assert deaths.gains is not None
    assert deaths.gains.worth_having.tolist() == [True, True, True, True, False, False]
    assert deaths.gains.not_worth_having.tolist() == [False, False, False, False, True, True]
    (said,) = [said for said in may_be_concluded(part) if said.startswith("Deaths:")]
    assert "each further step helps up to 4" in said
    assert "going beyond 4 is shown to gain less than the 5" in said


def test_best_and_front(ships: Path) -> None:
    part = part_of(ships)
    deaths = part.of("persons_dead")
    assert deaths is not None
    assert deaths.best is not None
    assert np.flatnonzero(deaths.best.may_be_best).tolist() == [4, 5, 6]
    assert part.trade is not None
    assert not part.trade.front.on_front[:4].any()
    assert part.trade.front.probability[4:].sum() >= 1.0


def test_what_is_open_is_told_with_the_replications_it_takes(ships: Path) -> None:
    part = part_of(ships)
    met = part.of("persons_met")
    assert met is not None
    assert "not yet known" in met.from_baseline.verdicts
    place = met.from_baseline.verdicts.index("not yet known")
    assert met.from_baseline.needed[place] > 30
    told = [said for said in may_not_be_concluded(part) if said.startswith("People met")]
    assert f"({met.from_baseline.needed[place]:,} replications)" in told[0]


def test_the_baseline_may_be_another_level(ships: Path) -> None:
    part = part_of(ships, baseline="4.0")
    deaths = part.of("persons_dead")
    assert deaths is not None
    assert deaths.from_baseline.found.alone.estimate[0] == pytest.approx(40.0, abs=1.0)
    assert deaths.from_baseline.verdicts[:4] == ("worse",) * 4
    assert headline(compared(ships, baseline="4"), part).startswith("ships 0 against 4: deaths +")


def test_rows_hold_everything_once(ships: Path) -> None:
    rows = rows_of(compared(ships))
    assert all(tuple(row) == COLUMNS for row in rows)
    keys = [tuple(row[name] for name in ("measure", "kind", "cell", "against")) for row in rows]
    assert len(set(keys)) == len(keys)
    deaths = [row for row in rows if row["measure"] == "persons_dead"]
    kinds = [row["kind"] for row in deaths]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "level": 7, "difference": 6, "step": 6, "gain": 6, "best": 7,
    }  # fmt: skip
    assert all(row["low"] <= row["estimate"] <= row["high"] for row in deaths if row["kind"] == "level")
    assert all(
        row["low_together"] < row["low"] and row["high"] < row["high_together"]
        for row in deaths
        if row["kind"] == "difference" and row["low"] < row["high"]
    )


def test_other_levers_make_strata(tmp_path: Path) -> None:
    def law(label: dict, chance: np.random.Generator) -> dict[str, float]:
        return {"persons_dead": chance.poisson(50) - 5.0 * label["ships"] * (label["month"] == "may")}

    folder = write_sweep(tmp_path / "s", {"month": ["may", "june"], "ships": [0, 2]}, law)
    parts = compared(folder, lever="ships").parts
    assert [part.stratum.name for part in parts] == ["month may", "month june"]
    assert [part.found[0].from_baseline.found.alone.estimate[0] for part in parts] == [-10.0, 0.0]
    assert [part.found[0].from_baseline.verdicts[0] for part in parts] == ["better", "equivalent"]


def test_levers_that_go_along_are_no_strata(tmp_path: Path) -> None:
    folder = write_sweep(tmp_path / "s", {"ships": [0, 1]}, lambda label, _: {"persons_dead": 1.0})
    material = material_of([folder])
    cells = material.cells.assign(crews=material.cells["ships"] * 2)
    zipped = type(material)(**{
        **{name: getattr(material, name) for name in material.__slots__},
        "cells": cells, "levers": ("ships", "crews"),
    })  # fmt: skip
    assert len(compare(zipped, Question()).parts) == 1
    assert compare(zipped, Question(lever="crews")).lever == "crews"


def test_named_cases_have_no_gains_by_unit_but_all_else(tmp_path: Path) -> None:
    def law(label: dict, chance: np.random.Generator) -> dict[str, float]:
        return {"persons_dead": chance.poisson(50) + {"table": -9.0, "none": 0.0}[label["help"]]}

    part = part_of(write_sweep(tmp_path / "s", {"help": ["none", "table"]}, law))
    assert part.stratum.levels.values is None
    assert part.found[0].gains is None
    assert part.found[0].from_baseline.found.alone.estimate.tolist() == [-9.0]
    assert may_be_concluded(part)[0].startswith("Deaths: table has fewer, which is better, than 'none'")


def test_listed_points_are_the_levels_of_one_lever(tmp_path: Path) -> None:
    def law(label: dict, chance: np.random.Generator) -> dict[str, float]:
        return {"persons_dead": chance.poisson(50) - label["a"] - 2.0 * label["b"]}

    levers = {"a": [0, 1], "b": [0, 3]}
    about = {"sweep": {"name": "s", "scenario": "lab-crossing", "points": [{"a": 0, "b": 0}]}}
    part = part_of(write_sweep(tmp_path / "s", levers, law, about=about))
    assert part.stratum.levels.lever == "point"
    assert part.stratum.levels.labels == ("a=0, b=0", "a=0, b=3", "a=1, b=0", "a=1, b=3")
    assert part.found[0].from_baseline.found.alone.estimate.tolist() == [-6.0, -1.0, -7.0]


def test_how_often_a_level_is_ahead(tmp_path: Path) -> None:
    def law(label: dict, chance: np.random.Generator) -> dict[str, float]:
        number = int(chance.integers(10**6))
        return {"persons_dead": number % 100 - label["ships"] * (4.0 if number % 2 else -1.0)}

    part = part_of(write_sweep(tmp_path / "s", {"ships": [0, 1]}, law, replications=40))
    odd = np.mean([np.random.default_rng(number).integers(10**6) % 2 for number in range(40)])
    assert part.found[0].from_baseline.ahead.tolist() == [odd]


def test_only_complete_replications_count(tmp_path: Path) -> None:
    """Level 1 failed where many died: the others of these replications are left out too, and it is told."""

    def law(label: dict, chance: np.random.Generator) -> dict[str, float]:
        return {"persons_dead": float(chance.integers(0, 100)) - label["ships"]}

    def fails(label: dict, replication: int) -> bool:
        return label["ships"] == 1 and replication % 3 == 0

    found = compared(write_sweep(tmp_path / "s", {"ships": [0, 1, 2]}, law, failed=fails))
    part = found.parts[0]
    assert part.stratum.replications == 20
    assert part.stratum.dropped == 20
    assert part.found[0].from_baseline.found.alone.estimate.tolist() == [-1.0, -2.0]
    assert any("20 runs are left out" in said for said in doubts_of(found, part))


def test_blocks_are_replications_over_all_worlds_however_many_these_are(tmp_path: Path) -> None:
    def law(label: dict, chance: np.random.Generator) -> dict[str, float]:
        return {"persons_dead": 10.0 * label["calm"] + chance.normal() - label["ships"] * label["calm"]}

    worlds = [-1.0, 1.0, 2.0, 3.0, 5.0]
    part = part_of(write_sweep(tmp_path / "s", {"ships": [0, 1]}, law, replications=3, worlds=worlds))
    assert (part.stratum.worlds, part.stratum.replications) == (5, 3)
    expected = [20.0 + np.random.default_rng(number).normal() for number in range(3)]
    assert part.found[0].blocks.parts[:, 0] == pytest.approx(expected)
    assert over_worlds(part)[0] == "Deaths, of 5 worlds, against 0: 1 has fewer in 4 (-5 to +1)."
    assert "each the mean over 5 worlds" in blocks_in_words(part)


def test_a_replication_that_one_world_lacks_does_not_shift_the_mean_of_worlds(tmp_path: Path) -> None:
    def law(label: dict, chance: np.random.Generator) -> dict[str, float]:
        return {"persons_dead": 10.0 * label["calm"] * label["ships"]}

    def lacks(label: dict, replication: int) -> bool:
        return label["calm"] == 2.0 and replication == 3

    folder = write_sweep(
        tmp_path / "s", {"ships": [0, 1]}, law, replications=8, worlds=[1.0, 2.0], left_out=lacks
    )
    part = part_of(folder)
    assert (part.stratum.replications, part.stratum.dropped) == (7, 2)
    assert part.found[0].from_baseline.found.alone.low.tolist() == [15.0]


def test_a_stratum_that_lacks_runs_is_told_and_the_others_are_compared(tmp_path: Path) -> None:
    folder = write_sweep(
        tmp_path / "s",
        {"month": ["may", "june"], "ships": [0, 2]},
        lambda _label, chance: {"persons_dead": chance.normal()},
        left_out=lambda label, _replication: label["month"] == "may" and label["ships"] == 2,
    )
    found = compared(folder, lever="ships")
    assert [part.stratum.name for part in found.parts] == ["month june"]
    (said,) = found.lacking
    assert "where month may" in said
    assert said in document(found, {})


def test_levels_of_seed_are_not_called_paired(tmp_path: Path) -> None:
    law = lambda label, _: {"persons_dead": float(label["seed"])}  # noqa: E731
    part = part_of(write_sweep(tmp_path / "s", {"seed": [1, 2]}, law))
    assert "not paired" in blocks_in_words(part)
    assert pairing_of(part) == ["Nothing: levels are seeds, which meet other boats and other luck."]


def test_doubts(tmp_path: Path) -> None:
    def law(label: dict, chance: np.random.Generator) -> dict[str, float]:
        wreck = 300.0 if chance.uniform() < 0.15 else 0.0
        return {"persons_dead": wreck * (1 - 0.5 * label["ships"]), "persons_met": chance.normal() + 5}

    found = compared(write_sweep(tmp_path / "s", {"ships": [0, 1]}, law, replications=12))
    said = doubts_of(found, found.parts[0])
    assert any(text.startswith("There are 12 replications only") for text in said)
    assert any("(skewed): deaths (1)" in text for text in said)
    assert any("the same in all 12 runs: people met at sea (1)" in text and "of 5" in text for text in said)


def test_skewed_differences_stand_by_both_intervals(tmp_path: Path) -> None:
    def law(label: dict, chance: np.random.Generator) -> dict[str, float]:
        wreck = 300.0 if chance.uniform() < 0.2 else 0.0
        return {"persons_dead": wreck * (1 - 0.5 * label["ships"]), "persons_met": 5 + chance.normal()}

    found = compared(write_sweep(tmp_path / "s", {"ships": [0, 1]}, law, replications=20))
    [row] = [row for row in rows_of(found) if (row["kind"], row["measure"]) == ("difference", "persons_dead")]
    assert row["student_low"] != row["bootstrap_low"]
    assert row["low"] == min(row["student_low"], row["bootstrap_low"])
    told = document(found, {})
    assert "both intervals" in told
    line = next(line for line in told.splitlines() if line.startswith("| Deaths, persons | 1 |"))
    assert line.endswith("| 20 |")
    assert line.count(" to ") == 2


def test_a_difference_within_what_the_model_misses_is_told(tmp_path: Path) -> None:
    def law(label: dict, chance: np.random.Generator) -> dict[str, float]:
        return {"persons_dead": float(chance.poisson(100)) - label["less"] * 75.0 + chance.normal()}

    def told(coast: str, levels: list[float]) -> bool:
        about = {"scenario": {"theatres": {"sea": {"coast": coast}}}}
        folder = write_sweep(tmp_path / f"{coast}{levels[1]}", {"less": levels}, law, about=about)
        found = compared(folder)
        return any("misses history" in text for text in doubts_of(found, found.parts[0]))

    assert told("central-med", [0, 1])
    assert not told("aegean", [0, 1])
    assert told("aegean", [0, 0.1])
    assert not told("open_sea", [0, 0.1])


def test_pairs_that_gain_nothing_are_told(tmp_path: Path) -> None:
    def law(label: dict, chance: np.random.Generator) -> dict[str, float]:
        own = np.random.default_rng([label["ships"], int(chance.integers(10**6))])
        return {"persons_dead": float(own.poisson(50))}

    part = part_of(write_sweep(tmp_path / "s", {"ships": [0, 1]}, law, replications=200))
    ratio = part.found[0].from_neighbour.pairing.variance_ratio[0]
    assert 0.7 < ratio < 1.4
    assert pairing_of(part)[0].startswith(f"Deaths: without pairs {ratio:.3g} times")


def test_verdicts_of_what_is_neither_good_nor_bad_are_more_and_fewer(tmp_path: Path) -> None:
    def law(label: dict, chance: np.random.Generator) -> dict[str, float]:
        return {"persons_returned": chance.poisson(50) + {0: 0.0, 1: 5.0, 2: -5.0}[label["ships"]]}

    part = part_of(write_sweep(tmp_path / "s", {"ships": [0, 1, 2]}, law))
    assert part.found[0].from_baseline.verdicts == ("more", "fewer")
    assert part.found[0].best is None


def test_a_sweep_with_two_levers_asks_which(tmp_path: Path) -> None:
    folder = write_sweep(
        tmp_path / "s",
        {"a": [0, 1], "b": [0, 1]},
        lambda _label, _chance: {"persons_dead": 0.0},
        replications=2,
    )
    with pytest.raises(AegeanError, match="varies a, b: say by which to compare, such as --vary a"):
        compared(folder)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"lever": "ship"}, "does not vary it; did you mean 'ships'"),
        ({"baseline": "9"}, "--baseline 9: is not a level of ships; it has 0, 1, 2, 3, 4, 5, 6"),
        ({"measures": ("person_dead",)}, "no such measure; did you mean 'persons_dead'"),
        ({"measures": ("distress_to_scene_min",)}, "median .* distress_h"),
        ({"worth": {"deaths": 5.0}}, "--worth deaths: is not one of the measures compared"),
        ({"worth": {"boats_seen_share": 5.0}}, "5 points are --worth boats_seen_share:0.05"),
    ],
)
def test_what_is_not_there_is_refused(ships: Path, question: dict, message: str) -> None:
    with pytest.raises(AegeanError, match=message):
        compared(ships, **question)


@pytest.mark.parametrize(("replications", "told"), [(1, "there is 1"), (4, "there is none")])
def test_too_few_complete_replications_are_refused(tmp_path: Path, replications: int, told: str) -> None:
    def without(label: dict, replication: int) -> bool:
        return replications == 4 and (label["ships"] == 1) == (replication % 2 == 0)

    folder = write_sweep(
        tmp_path / "s",
        {"ships": [0, 1]},
        lambda _label, _chance: {"persons_dead": 0.0},
        replications=replications,
        left_out=without,
    )
    with pytest.raises(AegeanError, match=f"two replications at least .* {told}"):
        compared(folder)


def test_a_measure_that_some_runs_lack_is_refused_unless_it_counts_what_is_rare(tmp_path: Path) -> None:
    def law(label: dict, chance: np.random.Generator) -> dict[str, float]:
        rare = {"boats_decisive_NATO": 4.0} if chance.uniform() < 0.5 else {}
        numbers = {"persons_dead": 1.0, "boats": 0.0, "boats_decisive_Navy": 1.0, **rare}
        return numbers | ({"odd": 1.0} if chance.uniform() < 0.5 else {})

    folder = write_sweep(tmp_path / "s", {"ships": [0, 1]}, law)
    decisive = part_of(folder).of("boats_decisive")
    assert decisive is not None
    assert set(decisive.blocks.parts.ravel().tolist()) == {1.0, 5.0}
    with pytest.raises(AegeanError, match="some runs do not have it"):
        compared(folder, measures=("odd",))
