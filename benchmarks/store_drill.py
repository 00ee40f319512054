"""Drill `store`: writers of a sweep folder killed at random moments, dozens of times, and what was lost.

A writer of a made-up sweep is killed, another goes on, and so on; then two shards side by side; then
compactions. In the end the tables must be those of a sweep that nothing happened to.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from tests.unit.study.sweeps import writer
from tests.unit.study.sweeps.folders import all_done, filled, opened, parts

import report
from aegean_sim.study.sweeps.locking import writers
from aegean_sim.study.sweeps.runs import Run, Shard
from aegean_sim.study.sweeps.store import compact
from aegean_sim.study.sweeps.verifying import verify

KILLS = 40
LONGEST_S = 0.05
MERGING_S = 0.1
MOVING_S = 0.012
SHARDS = (Shard(1, 2), Shard(2, 2))


@dataclass(slots=True)
class Tally:
    """What was found after each kill, and in the end."""

    kills: int = 0
    lost: int = 0
    set_aside: int = 0
    left_over: int = 0
    undone: int = 0
    same: bool = False
    wrong: list[str] = field(default_factory=list)

    def row(self, drill: str) -> list[str]:
        """Give a line of the table."""
        numbers = (self.kills, self.undone, self.left_over, self.lost, self.set_aside, len(self.wrong))
        return [drill, *map(str, numbers), "yes" if self.same else "NO"]


def main() -> None:
    random = np.random.default_rng(2)
    place = Path(tempfile.mkdtemp(prefix="store-drill-"))
    try:
        whole = filled(place / "whole", all_done(range(writer.REPLICATIONS)))
        compact(whole)
        drills = {
            "one driver": writers_killed(place / "one", [None], random),
            "two shards": writers_killed(place / "two", list(SHARDS), random),
            "compaction": compactions_killed(place / "compaction", random),
        }
        for name, folder in zip(drills, ("one", "two", "compaction"), strict=True):
            drills[name].same = _same(place / folder, whole)
    finally:
        shutil.rmtree(place)
    report.publish("store-drill", "Kills of those who write a sweep", [_table(drills), _WHAT])
    assert all(tally.same and not tally.lost and not tally.wrong for tally in drills.values())


def writers_killed(folder: Path, shards: list[Shard | None], random: np.random.Generator) -> Tally:
    """Start a writer a shard, kill all at random moments, look; when all is done, begin anew."""
    tally, notes = Tally(), folder.with_suffix(".notes")
    while tally.kills < KILLS:
        if folder.exists() and len(_done(folder)) == 5 * writer.REPLICATIONS:
            shutil.rmtree(folder)
            notes.unlink()
        for each in [writer.started(folder, notes, shard) for shard in shards]:
            time.sleep(random.uniform(0.0, LONGEST_S))
            _kill(each, tally)
        with notes.open("a", encoding="utf-8") as file:
            file.write("\n")
        _look(folder, notes, tally)
    return tally


def compactions_killed(folder: Path, random: np.random.Generator) -> Tally:
    """Kill compactions of many parts at random moments, each after some more parts were added.

    One in four is killed while it reads and merges, the others while they move files.
    """
    tally = Tally()
    runs = all_done(range(writer.REPLICATIONS))
    forkserver = multiprocessing.get_context("forkserver")
    for number, batch in enumerate(np.array_split(np.arange(len(runs)), KILLS)):
        filled(folder, *([runs[place]] for place in batch))
        each = forkserver.Process(target=compact, args=(folder,))
        each.start()
        while each.is_alive() and not (writers(folder) if number % 4 == 0 else _is_moving(folder)):
            pass
        time.sleep(random.uniform(0.0, MERGING_S if number % 4 == 0 else MOVING_S))
        _kill(each, tally)
        tally.undone += _is_moving(folder)
        tally.left_over += len(list((folder / ".tmp").iterdir()))
        tally.lost += int(batch[-1]) + 1 - len(_done(folder, tally))
        tally.wrong += verify(folder)
    return tally


def _is_moving(folder: Path) -> bool:
    return (folder / "compaction.json").exists()


def _kill(process: Any, tally: Tally) -> None:
    tally.kills += process.is_alive()
    process.kill()
    process.join()


def _look(folder: Path, notes: Path, tally: Tally) -> None:
    tally.left_over += len(list((folder / ".tmp").iterdir()))
    told = {Run(*run) for batch in writer.batches_told(notes) for run in batch}
    done = _done(folder, tally)
    tally.lost += len(told - done)
    tally.undone += len(done - told) > 0
    tally.wrong += verify(folder)
    with notes.open("a", encoding="utf-8") as file:
        file.write(json.dumps(sorted(done - told)) + "\n")


def _done(folder: Path, tally: Tally | None = None) -> set[Run]:
    with opened(folder) as store:
        if tally:
            tally.set_aside += len(store.repairs)
        return set(store.done)


def _same(folder: Path, whole: Path) -> bool:
    """Finish a sweep, compact it, and compare it with one undisturbed; before, no row may be there twice."""
    filled(folder, all_done(range(writer.REPLICATIONS)))
    once = sum(pq.read_metadata(part).num_rows for part in parts(folder)) == 5 * writer.REPLICATIONS
    compact(folder)
    return once and [part.read_bytes() for part in parts(folder)] == [
        part.read_bytes() for part in parts(whole)
    ]


def _table(drills: dict[str, Tally]) -> str:
    head = ["killed", "kills", "half-way", "left over", "lost", "set aside", "wrong", "same in the end"]
    return report.table(head, [tally.row(name) for name, tally in drills.items()])


_WHAT = """\
Half-way: a batch was in its part but not yet reported as done, or a compaction was begun and not finished.
Left over: temporary files, swept at the next opening. Lost: runs reported as done that were not there
afterwards. Set aside: parts found torn, changed or gone. Wrong: what `verify` found. Same in the end: once
finished, no row was there twice, and after compacting the replications were byte for byte those of a sweep
that nothing happened to."""


if __name__ == "__main__":
    main()
