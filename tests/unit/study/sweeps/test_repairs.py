"""What has happened to a sweep folder meanwhile: what is not whole does not count and is repeated."""

import hashlib
import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from tests.unit.study.sweeps.folders import all_done, cells, done, failed, filled, flip, opened, parts
from tests.unit.study.sweeps.writer import REPLICATIONS, batches_told, write_and_be_killed

from aegean_sim.errors import StoreError
from aegean_sim.study.sweeps import ledger
from aegean_sim.study.sweeps.parts import part_of
from aegean_sim.study.sweeps.reading import read_sweep
from aegean_sim.study.sweeps.rows import replication_rows
from aegean_sim.study.sweeps.runs import Run
from aegean_sim.study.sweeps.status import status_of
from aegean_sim.study.sweeps.store import compact
from aegean_sim.study.sweeps.verifying import verify

DAMAGES = {
    "torn": lambda path: path.write_bytes(path.read_bytes()[:-200]),
    "empty": lambda path: path.write_bytes(b""),
    "bit in the first page": lambda path: flip(path, 0.02),
    "bit in the middle": lambda path: flip(path, 0.5),
    "bit in the footer": lambda path: flip(path, 0.95),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return filled(tmp_path / "sweep", all_done([0, 1]), [*all_done([2]), failed(0, 3)])


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("table", ["replications", "failures", "timings"])
def test_a_damaged_part_is_told_set_aside_and_its_runs_are_repeated(
    folder: Path, damage: str, table: str
) -> None:
    whole = read_sweep(folder)
    part = parts(folder, table)[0]
    DAMAGES[damage](part)
    with pytest.raises(StoreError, match=f"{part.name} is torn, or was changed: run its sweep again"):
        read_sweep(folder)
    assert verify(folder) == [f"{part} is torn, or was changed"]
    with opened(folder) as store:
        (told,) = store.repairs
        assert told.startswith(f"{part} was torn or changed: set aside")
        store.add([run for run in [*all_done([0, 1, 2]), failed(0, 3)] if run.run not in store.done])
    assert (folder / "quarantine" / f"{table}-{part.name}").exists()
    assert status_of(folder).set_aside == 1
    assert verify(folder) == []
    assert read_sweep(folder).replications.equals(whole.replications)
    assert read_sweep(folder).failures.equals(whole.failures)


def test_a_part_that_has_vanished_is_missed(folder: Path) -> None:
    part = parts(folder)[0]
    part.unlink()
    (told,) = verify(folder)
    assert told.startswith(f"{part} is gone, with ")
    with opened(folder) as store:
        assert store.repairs == (f"{told}: its runs are repeated",)
        store.add(all_done([0, 1, 2]))
    assert len(read_sweep(folder).replications) == 15
    assert verify(folder) == []


def test_a_torn_last_line_of_the_ledger_is_dropped(folder: Path) -> None:
    path = folder / "ledger" / "whole.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    with opened(folder) as store:
        assert store.repairs == ()
        assert len(store.done) == 15
    assert sorted(path.read_bytes().splitlines()) == sorted(whole.splitlines())


def test_a_lost_ledger_is_written_anew(folder: Path) -> None:
    known = ledger.entered(folder)
    (folder / "ledger" / "whole.jsonl").unlink()
    with opened(folder) as store:
        assert len(store.done) == 15
    assert ledger.entered(folder) == known


def test_a_line_after_a_torn_one_is_read(folder: Path) -> None:
    path = folder / "ledger" / "whole.jsonl"
    before = ledger.entered(folder)
    path.write_bytes(path.read_bytes() + b'{"table": "repl')
    part, _ = part_of("replications", replication_rows([done(4, 9)], ["deaths"]))
    ledger.enter(folder, ledger.WHOLE, [part])
    assert ledger.entered(folder) == before | {part}


def test_a_part_the_ledger_does_not_know_is_adopted(folder: Path) -> None:
    part, content = part_of("replications", replication_rows([done(4, 9)], ["deaths"]))
    part.path(folder).write_bytes(content)
    with opened(folder) as store:
        assert done(4, 9).run in store.done
    assert part in ledger.entered(folder)


def test_temporaries_are_swept(folder: Path) -> None:
    (folder / ".tmp" / "17-abc").write_bytes(b"half a par")
    with opened(folder):
        assert not list((folder / ".tmp").iterdir())


def test_a_run_that_is_there_twice_counts_once_and_is_compared(folder: Path) -> None:
    same, content = part_of("replications", replication_rows([done(4, 0)], ["deaths", "delay_h"]))
    same.path(folder).write_bytes(content)
    assert len(read_sweep(folder).replications) == 15
    assert status_of(folder).done == 15
    assert verify(folder) == []
    other, content = part_of("replications", replication_rows([done(4, 0)], ["deaths"]))
    other.path(folder).write_bytes(content)
    assert verify(folder) == [f"run 0 of cell {done(4, 0).run.cell} is there twice, with different numbers"]
    assert len(read_sweep(folder).replications) == 15


def test_files_that_others_would_read_are_told(folder: Path) -> None:
    copy = folder / "replications" / "my copy.parquet"
    copy.write_bytes(parts(folder)[0].read_bytes())
    assert verify(folder) == [f"{copy} is not of this sweep, but other programs will read it"]


def test_timings_of_runs_that_never_came_do_not_count(folder: Path) -> None:
    for part in parts(folder):
        part.unlink()
    assert read_sweep(folder).timings["replication"].tolist() == [3]


def test_what_was_never_a_part_is_set_aside(folder: Path) -> None:
    content = b"dear"
    stray = folder / "replications" / f"part-{hashlib.blake2b(content, digest_size=10).hexdigest()}.parquet"
    stray.write_bytes(content)
    with pytest.raises(StoreError, match=f"{stray} cannot be read"):
        read_sweep(folder)
    with opened(folder) as store:
        assert len(store.repairs) == 1
        assert len(store.done) == 15
    assert verify(folder) == []


def test_a_part_that_is_listed_but_not_there_does_not_hang_the_reader(folder: Path) -> None:
    (folder / "replications" / "part-0.parquet").symlink_to("nowhere")
    with pytest.raises(StoreError, match=r"part-0\.parquet is listed, but is not there"):
        read_sweep(folder)


def test_a_part_that_the_disk_does_not_give_is_told(folder: Path) -> None:
    (folder / "replications" / "part-0.parquet").mkdir()
    with pytest.raises(StoreError, match=r"part-0\.parquet cannot be read: Is a directory"):
        read_sweep(folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(folder: Path) -> None:
    folder.chmod(0o555)
    with pytest.raises(StoreError, match=r"cannot write .*: Permission denied"), opened(folder):
        pass


def test_a_folder_below_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot write"), opened(tmp_path / "file" / "sweep"):
        pass


@pytest.fixture
def little_space(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 256 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_on_a_full_disk_nothing_is_lost_and_the_sweep_goes_on_when_there_is_room(little_space: Path) -> None:
    folder, ballast = little_space / "sweep", little_space / "ballast"
    filled(folder, all_done([0]))
    ballast.write_bytes(b"0" * 120_000)
    kept: list[int] = []
    with pytest.raises(StoreError, match=r"cannot write .*No space left on device"):
        fill_up(folder, kept)
    assert len(kept) > 1
    assert not list((folder / ".tmp").iterdir())
    assert len(read_sweep(folder).replications) >= 5 * len(kept)
    ballast.unlink()
    runs = all_done(range(len(kept) + 5))
    with opened(folder) as store:
        assert store.repairs == ()
        store.add(runs)
    assert verify(folder) == []
    assert read_sweep(folder).replications["deaths"].tolist() == [run.numbers["deaths"] for run in runs]


def fill_up(folder: Path, kept: list[int]) -> None:
    with opened(folder) as store:
        for replication in range(200):
            store.add(all_done([replication]))
            kept.append(replication)


def test_a_write_that_fails_can_be_tried_again(folder: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with opened(folder) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
        try:
            with pytest.raises(StoreError, match=r"cannot write .*File too large"):
                store.add(all_done([5]))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert len(store.done) == 15
        store.add(all_done([5]))
    assert len(read_sweep(folder).replications) == 20
    assert verify(folder) == []


def test_killed_six_times_nothing_is_lost_and_nothing_counts_twice(tmp_path: Path) -> None:
    """Real processes write, tell what they have reported as done, and are killed at any moment."""
    folder, reported = tmp_path / "sweep", tmp_path / "reported"
    random = np.random.default_rng(11)
    for _ in range(6):
        write_and_be_killed(folder, reported, after_s=random.uniform(0.0, 0.1))
        told = {Run(*run) for batch in batches_told(reported) for run in batch}
        with opened(folder) as store:
            assert told <= store.done
            assert store.repairs == ()
    whole = filled(tmp_path / "whole", all_done(range(REPLICATIONS)))
    filled(folder, all_done(range(REPLICATIONS)))
    assert verify(folder) == []
    assert sum(pq.read_metadata(part).num_rows for part in parts(folder)) == 5 * REPLICATIONS
    for each in (folder, whole):
        compact(each)
    assert parts(folder)[0].read_bytes() == parts(whole)[0].read_bytes()


@pytest.mark.parametrize("damage", ["torn", "empty", "bit in the first page"])
def test_broken_cells_are_written_anew_from_the_sweep(folder: Path, damage: str) -> None:
    whole = (folder / "cells.parquet").read_bytes()
    DAMAGES[damage](folder / "cells.parquet")
    with pytest.raises(StoreError, match="writes it anew"):
        status_of(folder)
    with opened(folder) as store:
        assert store.repairs == (
            f"{folder / 'cells.parquet'} was broken, and is written anew from the sweep",
        )
    assert (folder / "cells.parquet").read_bytes() == whole
    assert verify(folder) == []


def test_broken_cells_do_not_let_another_sweep_in(folder: Path) -> None:
    (folder / "cells.parquet").unlink()
    with pytest.raises(StoreError, match="not in this sweep"), opened(folder, cells=cells(3)):
        pass


def test_a_broken_manifest_is_told_with_what_to_do(folder: Path) -> None:
    (folder / "sweep.json").write_text("{", encoding="utf-8")
    with (
        pytest.raises(StoreError, match=r"sweep.json cannot be read: .* Put a copy of it back"),
        opened(folder),
    ):
        pass


@pytest.mark.parametrize(
    "note", ["{", "", "[]", "null", '{"kept": [1], "added": [], "dropped": []}',
             '{"kept": [], "added": [], "dropped": ["../precious"]}',
             '{"kept": [["replications", 1, 2, 3]], "added": [], "dropped": []}'],
)  # fmt: skip
def test_a_garbled_note_of_a_compaction_is_none(folder: Path, note: str) -> None:
    before, precious = read_sweep(folder).replications, folder.parent / "precious"
    precious.touch()
    (folder / "compaction.json").write_text(note, encoding="utf-8")
    with opened(folder) as store:
        assert store.repairs == ()
    assert precious.exists()
    assert not (folder / "compaction.json").exists()
    assert read_sweep(folder).replications.equals(before)
