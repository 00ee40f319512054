"""Compacting: one part a table, with the same bytes whatever the sweep has been through."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from tests.unit.study.sweeps.folders import all_done, done, failed, filled, flip, opened, parts

from aegean_sim.errors import StoreError
from aegean_sim.study.sweeps import compaction
from aegean_sim.study.sweeps.reading import read_sweep
from aegean_sim.study.sweeps.store import compact
from aegean_sim.study.sweeps.verifying import verify

RUNS = [run for run in all_done(range(8)) if run.run != done(2, 5).run] + [failed(2, 5)]


def sweep(folder: Path, seed: int) -> Path:
    """The same runs in another order, in batches of other sizes, over two sessions."""
    random = np.random.default_rng(seed)
    order = [RUNS[place] for place in random.permutation(len(RUNS))]
    cuts = np.sort(random.choice(len(order), 4, replace=False)).tolist()
    batches = [order[start:end] for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    filled(folder, *batches[:2])
    return filled(folder, *batches[2:])


def lasting(folder: Path) -> dict[str, bytes]:
    """What does not hang on when and where the runs were."""
    files = [*parts(folder), *parts(folder, "failures"), folder / "cells.parquet"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_bytes_hang_on_the_runs_alone(tmp_path: Path) -> None:
    folders = [sweep(tmp_path / str(seed), seed) for seed in range(3)]
    flip(parts(folders[1])[0], 0.5)
    with opened(folders[1]) as store:
        store.add(RUNS)
    for folder in folders:
        compact(folder)
        assert [path.name for path in (folder / "replications").iterdir()] == [parts(folder)[0].name]
        assert verify(folder) == []
    assert lasting(folders[0]) == lasting(folders[1]) == lasting(folders[2])


def test_compacting_changes_nothing_that_is_read(tmp_path: Path) -> None:
    folder = sweep(tmp_path / "sweep", 1)
    before = read_sweep(folder)
    compact(folder)
    for _ in range(2):
        after = read_sweep(folder)
        assert after.replications.equals(before.replications)
        assert after.failures.equals(before.failures)
        assert after.timings.equals(before.timings)
        compact(folder)
    assert pq.read_table(folder / "replications")["replication"].to_pylist() == sorted(
        before.replications["replication"]
    )


def test_a_failure_that_ended_well_later_goes(tmp_path: Path) -> None:
    folder = filled(tmp_path / "sweep", [failed(0, 0)], [done(0, 0)])
    compact(folder)
    assert (len(parts(folder)), len(parts(folder, "failures")), len(parts(folder, "timings"))) == (1, 0, 1)
    assert verify(folder) == []


def test_a_compacted_sweep_goes_on(tmp_path: Path) -> None:
    folder = sweep(tmp_path / "sweep", 1)
    compact(folder)
    with opened(folder) as store:
        assert store.repairs == ()
        assert len(store.done) == len(RUNS) - 1
        store.add([done(2, 5)])
    compact(folder)
    assert read_sweep(folder).replications["deaths"].tolist() == [
        run.numbers["deaths"] for run in all_done(range(8))
    ]


class KilledError(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("step", range(14))
def test_killed_half_way_nothing_counts_twice_and_the_next_opening_finishes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Each step that touches the disk is the last in turn; nothing is tidied up after it."""
    folder, whole = sweep(tmp_path / "sweep", 2), sweep(tmp_path / "whole", 2)
    before = read_sweep(folder)
    steps = iter(range(step))

    def until_killed(name: str) -> None:
        true = getattr(compaction, name)

        def stepping(*given: object) -> object:
            if next(steps, None) is None:
                raise KilledError
            return true(*given)

        monkeypatch.setattr(compaction, name, stepping)

    for name in ("write_whole", "sync_folder", "remove_header", "check_part", "_unlink"):
        until_killed(name)
    killed = False
    try:
        compact(folder)
    except KilledError:
        killed = True
    monkeypatch.undo()
    assert killed
    assert read_sweep(folder).replications.equals(before.replications)
    assert read_sweep(folder).failures.equals(before.failures)
    with opened(folder) as store:
        assert store.repairs == ()
        assert not (folder / "compaction.json").exists()
    assert len(parts(folder)) in (1, 5)
    assert verify(folder) == []
    compact(folder)
    compact(whole)
    assert lasting(folder) == lasting(whole)


def test_a_damaged_part_is_not_compacted_away(tmp_path: Path) -> None:
    folder = sweep(tmp_path / "sweep", 1)
    flip(parts(folder)[0], 0.5)
    compact(folder)
    assert len(list((folder / "quarantine").iterdir())) == 1
    assert len(read_sweep(folder).replications) < len(RUNS) - 1


def test_only_a_sweep_folder_is_compacted(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is not a sweep folder"):
        compact(tmp_path)
    assert not list(tmp_path.iterdir())
