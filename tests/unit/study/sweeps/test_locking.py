"""One driver in a folder, or one in each shard."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.study.sweeps.folders import CELLS, all_done, done, filled, flip, opened, parts

from aegean_sim.errors import StoreError
from aegean_sim.study.sweeps.reading import read_sweep
from aegean_sim.study.sweeps.runs import Run, Shard
from aegean_sim.study.sweeps.status import status_of
from aegean_sim.study.sweeps.store import compact
from aegean_sim.study.sweeps.verifying import verify

HOLDER = """
import sys
from pathlib import Path
from tests.unit.study.sweeps.folders import opened
with opened(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.read()
"""


def test_a_second_driver_is_refused_until_the_first_has_ended_or_was_killed(tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    first = subprocess.Popen(
        [sys.executable, "-c", HOLDER, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=unmeasured
    )
    assert first.stdout is not None
    assert first.stdout.readline() == b"open\n"
    told = f"is being written already, by process {first.pid} on {socket.gethostname()} since "
    with pytest.raises(StoreError, match=told), opened(folder):
        pass
    with pytest.raises(StoreError, match=told), opened(folder, shard=Shard(1, 2)):
        pass
    with pytest.raises(StoreError, match=told):
        compact(folder)
    (writer,) = status_of(folder).writers
    assert writer.startswith(f"process {first.pid} on ")
    first.kill()
    first.communicate()
    with opened(folder) as store:
        store.add([done(0, 0)])
    assert status_of(folder).writers == ()


def test_shards_write_side_by_side(tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    with opened(folder, shard=Shard(1, 2)) as first, opened(folder, shard=Shard(2, 2)) as second:
        first.add([done(0, 0), done(1, 0)])
        second.add([done(2, 0)])
        first.add([done(0, 1)])
        assert len(status_of(folder).writers) == 2
        assert status_of(folder).writers[1].endswith(", shard 2/2")
        with (
            pytest.raises(StoreError, match=f"by process {os.getpid()} .*, shard 1/2; .*shard 2/2"),
            opened(folder),
        ):
            pass
        with pytest.raises(StoreError, match="shard 2/2"), opened(folder, shard=Shard(2, 2)):
            pass
        with pytest.raises(StoreError, match="in other shards than 1/3"), opened(folder, shard=Shard(1, 3)):
            pass
    assert sorted(path.name for path in (folder / "ledger").iterdir()) == ["1-of-2.jsonl", "2-of-2.jsonl"]
    assert len(read_sweep(folder).replications) == 4
    assert verify(folder) == []
    compact(folder)
    assert [path.name for path in (folder / "ledger").iterdir()] == ["whole.jsonl"]
    assert verify(folder) == []


def test_a_shard_that_joins_passes_over_what_is_damaged_and_repeats_it(tmp_path: Path) -> None:
    folder = filled(tmp_path / "sweep", [done(0, 0), done(1, 0)], [done(2, 0), done(3, 0)])
    with opened(folder, shard=Shard(1, 2)):
        flip(parts(folder)[0], 0.5)
        with opened(folder, shard=Shard(2, 2)) as second:
            assert len(second.done) == 2
            second.add(all_done([0]))
    with opened(folder) as store:
        assert store.done == {Run(cell, 0) for cell in CELLS}
        assert len(store.repairs) == 1
    assert verify(folder) == []


def test_a_sweep_is_read_while_it_is_written(tmp_path: Path) -> None:
    with opened(tmp_path / "sweep") as store:
        for replication in range(3):
            store.add(all_done([replication]))
            assert len(read_sweep(tmp_path / "sweep").replications) == 5 * (replication + 1)


def test_a_writer_without_a_name_is_told_too(tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    with opened(folder):
        (folder / "lock").write_text("")
        with pytest.raises(StoreError, match="by a process that has not said its name"), opened(folder):
            pass
    (folder / "lock").unlink()
    assert status_of(folder).writers == ()
