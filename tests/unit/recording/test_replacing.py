"""Result folders appear whole or not at all, and never in place of something else."""

import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.recording.folders import Make, content, names, written

from aegean_sim.errors import StoreError
from aegean_sim.recording.reading import read_run
from aegean_sim.recording.record import RunRecord
from aegean_sim.recording.store import staged

WRITE = """
import pickle, sys
from pathlib import Path
from aegean_sim.recording.store import write_run
record = pickle.loads(Path(sys.argv[1]).read_bytes())
{before}
try:
    write_run(record, Path(sys.argv[2]), inputs=Path("."), overwrite={overwrite})
except Exception as error:
    print(type(error).__name__, error)
"""
SMALL_FILES_ONLY = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))"
SLOW_DISK = """
import time
import pyarrow.parquet as pq
real = pq.write_table
def slow(*args, **kwargs):
    real(*args, **kwargs)
    print("writing", flush=True)
    time.sleep(1.0)
pq.write_table = slow
"""


def writer(record: RunRecord, folder: Path, before: str, *, overwrite: bool = False) -> subprocess.Popen[str]:
    stored = folder.parent.parent / "record.pickle"
    stored.write_bytes(pickle.dumps(record))
    code = WRITE.format(before=before, overwrite=overwrite)
    command = [sys.executable, "-c", code, str(stored), str(folder)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )


def test_a_folder_that_is_there_is_kept_unless_asked(make_record: Make, tmp_path: Path) -> None:
    folder = written(make_record(5), tmp_path / "run")
    before = content(folder)
    with pytest.raises(StoreError, match=r"run is there already: .*--overwrite"):
        written(make_record(6), folder)
    assert content(folder) == before
    written(make_record(6), folder, overwrite=True)
    assert len(read_run(folder).table("voyages")) == 6
    assert names(tmp_path) == ["run"]


@pytest.mark.parametrize("manifest", [None, "", "{}", '{"program": "other", "schema": 1}', "[1]"])
def test_a_folder_that_is_not_ours_is_never_replaced(
    record: RunRecord, tmp_path: Path, manifest: str | None
) -> None:
    folder = tmp_path / "precious"
    folder.mkdir()
    (folder / "thesis.txt").write_text("ten years of work")
    if manifest is not None:
        (folder / "manifest.json").write_text(manifest)
    before = content(folder)
    with pytest.raises(StoreError, match="is not a result folder"):
        written(record, folder, overwrite=True)
    assert content(folder) == before
    assert names(tmp_path) == ["precious"]


def test_a_file_in_the_way_is_never_replaced(record: RunRecord, tmp_path: Path) -> None:
    (tmp_path / "run").write_text("a file")
    with pytest.raises(StoreError, match="is not a result folder"):
        written(record, tmp_path / "run", overwrite=True)
    assert (tmp_path / "run").read_text() == "a file"


def test_an_empty_folder_may_be_filled(record: RunRecord, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    assert read_run(written(record, tmp_path / "run")).manifest.name == "made-up"


def test_a_link_to_a_result_folder_stays_a_link(record: RunRecord, make_record: Make, tmp_path: Path) -> None:
    written(record, tmp_path / "real")
    (tmp_path / "link").symlink_to("real")
    written(make_record(2), tmp_path / "link", overwrite=True)
    assert (tmp_path / "link").is_symlink()
    assert len(read_run(tmp_path / "real").table("voyages")) == 2


def test_a_place_that_cannot_be_written_is_told(record: RunRecord, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"cannot write .*file/run: "):
        written(record, tmp_path / "file" / "run")
    with pytest.raises(StoreError, match=r"cannot write /proc/nowhere/run: "):
        written(record, Path("/proc/nowhere/run"))
    with pytest.raises(StoreError, match="File name too long"):
        written(record, tmp_path / ("n" * 300))
    assert names(tmp_path) == ["file"]


def test_a_full_disk_is_told_and_leaves_nothing(make_record: Make, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "run"
    told, _ = writer(make_record(400), folder, SMALL_FILES_ONLY).communicate(timeout=60)
    assert told.startswith(f"StoreError cannot write {folder}: ")
    assert names(tmp_path / "out") == []


def test_a_full_disk_leaves_the_older_run_untouched(make_record: Make, tmp_path: Path) -> None:
    folder = written(make_record(4), tmp_path / "out" / "run")
    before = content(folder)
    told, _ = writer(make_record(400), folder, SMALL_FILES_ONLY, overwrite=True).communicate(timeout=60)
    assert told.startswith("StoreError cannot write")
    assert content(folder) == before
    assert names(tmp_path / "out") == ["run"]


@pytest.mark.parametrize("there_before", [False, True])
def test_a_run_killed_while_writing_leaves_nothing_half_and_blocks_nobody(
    make_record: Make, tmp_path: Path, *, there_before: bool
) -> None:
    folder = tmp_path / "out" / "run"
    if there_before:
        written(make_record(4), folder)
    victim = writer(make_record(50), folder, SLOW_DISK, overwrite=True)
    assert victim.stdout is not None
    for _ in range(2):
        assert victim.stdout.readline() == "writing\n"
    victim.send_signal(signal.SIGKILL)
    victim.wait(timeout=10)
    assert victim.returncode == -signal.SIGKILL
    assert folder.exists() == there_before
    if there_before:
        assert len(read_run(folder).table("voyages")) == 4
    written(make_record(7), folder, overwrite=True)
    assert len(read_run(folder).table("voyages")) == 7


def test_a_run_that_is_interrupted_leaves_nothing(make_record: Make, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "run"
    victim = writer(make_record(50), folder, SLOW_DISK)
    assert victim.stdout is not None
    assert victim.stdout.readline() == "writing\n"
    victim.send_signal(signal.SIGINT)
    victim.wait(timeout=10)
    assert names(tmp_path / "out") == []


def test_a_folder_that_appears_meanwhile_is_kept(make_record: Make, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    with pytest.raises(StoreError, match="is there already"), staged(folder, overwrite=False):
        written(make_record(3), folder)
    assert len(read_run(folder).table("voyages")) == 3
    assert names(tmp_path) == ["run"]


def test_the_older_run_comes_back_when_the_new_one_cannot_take_its_place(
    make_record: Make, tmp_path: Path
) -> None:
    folder = written(make_record(3), tmp_path / "run")
    with pytest.raises(StoreError, match="cannot write"), staged(folder, overwrite=True) as part:
        part.rmdir()
    assert len(read_run(folder).table("voyages")) == 3
    assert names(tmp_path) == ["run"]


def test_new_folders_are_as_open_to_others_as_the_user_wants(record: RunRecord, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        folder = written(record, tmp_path / "run")
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o750
