"""The store of a sweep: what is added to it is kept, once, whatever is killed when."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aegean_sim.errors import StoreError
from aegean_sim.recording.store import writing
from aegean_sim.study.sweeps import ledger, sessions
from aegean_sim.study.sweeps.compaction import compact_tables
from aegean_sim.study.sweeps.folder import check_may_hold, read_cells, read_sweep_manifest, settle
from aegean_sim.study.sweeps.layout import (
    FAILURES,
    MANIFEST,
    REPLICATIONS,
    TEMPORARIES,
    TIMINGS,
    make_folders,
)
from aegean_sim.study.sweeps.locking import alone, claimed, opening
from aegean_sim.study.sweeps.parts import write_header, write_part
from aegean_sim.study.sweeps.repairing import repair
from aegean_sim.study.sweeps.rows import failure_rows, replication_rows, timing_rows
from aegean_sim.study.sweeps.runs import Done
from aegean_sim.study.sweeps.scanning import scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    import pyarrow as pa

    from aegean_sim.study.sweeps.folder import SweepManifest
    from aegean_sim.study.sweeps.runs import Failed, Run, Shard
    from aegean_sim.study.sweeps.sessions import Session


class SweepStore:
    """A sweep folder that is open for writing; `open_sweep` gives one.

    Parameters
    ----------
    repairs : tuple of str
        What was set aside or found missing when it was opened: for the user.
    """

    def __init__(
        self, folder: Path, cells: AbstractSet[str], session: Session, repairs: Sequence[str]
    ) -> None:
        self.folder = folder
        self.repairs = tuple(repairs)
        self._cells = cells
        self._session = session
        self._runs = scan(folder)

    @property
    def done(self) -> AbstractSet[Run]:
        """Runs that ended well."""
        return self._runs.done

    @property
    def failed(self) -> AbstractSet[Run]:
        """Runs that did not, and have not since."""
        return self._runs.failed

    def add(self, results: Sequence[Done | Failed]) -> None:
        """Keep what came of some runs: when this returns it outlives kills and power cuts.

        Runs that are done already are passed over. When it raises, the same may be added again.

        Raises
        ------
        StoreError
            When the folder cannot be written, or a run is of no cell of this sweep.
        """
        fresh = {each.run: each for each in results if each.run not in self._runs.done}
        if not fresh:
            return
        if strange := {run.cell for run in fresh} - self._cells:
            raise StoreError(f"{self.folder} has no cell {min(strange)}: its runs cannot be kept there")
        done = [each for each in fresh.values() if isinstance(each, Done)]
        failed = [each for each in fresh.values() if not isinstance(each, Done)]
        with writing(self.folder):
            self._commit(done, failed)
        self._count(done, failed)

    def _commit(self, done: Sequence[Done], failed: Sequence[Failed]) -> None:
        """Write timings, failures, and replications last: a run counts from the moment its row is there."""
        folder = self.folder
        parts = [write_part(folder, TIMINGS, timing_rows([*done, *failed], self._session.id))]
        if failed:
            parts.append(write_part(folder, FAILURES, failure_rows(failed)))
        if done:
            self._widen({name for each in done for name in each.numbers})
            parts.append(write_part(folder, REPLICATIONS, replication_rows(done, self._runs.columns)))
        ledger.enter(folder, self._session.shard or ledger.WHOLE, parts)

    def _widen(self, columns: set[str]) -> None:
        if not columns <= self._runs.columns:
            with opening(self.folder):
                write_header(self.folder, columns | self._runs.columns)
            self._runs.columns |= columns

    def _count(self, done: Sequence[Done], failed: Sequence[Failed]) -> None:
        self._runs.done.update(each.run for each in done)
        self._runs.failed.update(each.run for each in failed)
        self._runs.failed.difference_update(each.run for each in done)
        self._session.done += len(done)
        self._session.failed += len(failed)


@contextmanager
def open_sweep(
    folder: Path,
    manifest: SweepManifest,
    cells: pa.Table,
    *,
    shard: Shard | None = None,
    extend: bool = False,
    workers: int = 1,
) -> Iterator[SweepStore]:
    """Open a sweep folder for writing, making it if need be; within the block nobody else can.

    What was left by one that was killed is put right first.

    Parameters
    ----------
    cells : pa.Table
        Columns ``cell``, ``number``, and whatever is to be known of a cell.
    shard : Shard, optional
        The share that is driven; drivers of other shares may be at work too.
    extend : bool
        Whether cells may be more than are there.
    workers : int
        For the note of the session.

    Raises
    ------
    StoreError
        When something else is there, somebody else writes there, or it cannot be written.
    """
    session = sessions.begun(workers, shard)
    with ExitStack() as held:
        with writing(folder):
            check_may_hold(folder, manifest, cells, extend=extend)
            (folder / TEMPORARIES).mkdir(parents=True, exist_ok=True)
            with opening(folder):
                check_may_hold(folder, manifest, cells, extend=extend)
                with alone(folder) as is_alone:
                    repairs = _repaired(folder) if is_alone else []
                held.enter_context(claimed(folder, shard))
                repairs += settle(folder, manifest, cells, extend=extend)
                make_folders(folder)
            session.write(folder)
            store = SweepStore(folder, set(read_cells(folder)["cell"].to_pylist()), session, repairs)
        try:
            yield store
        finally:
            session.ended_utc = datetime.now(UTC).isoformat(timespec="seconds")
            with writing(folder):
                session.write(folder)


def _repaired(folder: Path) -> list[str]:
    if not (folder / MANIFEST).is_file():
        return []
    make_folders(folder)
    return repair(folder)


def compact(folder: Path) -> None:
    """Put one part in place of the many of each table of a sweep, their rows sorted.

    The bytes of replications and failures hang on the runs alone, not on who added them when.

    Raises
    ------
    StoreError
        When it is not a sweep folder, somebody writes there, or it cannot be written.
    """
    read_sweep_manifest(folder)
    with writing(folder), ExitStack() as held:
        with opening(folder):
            held.enter_context(claimed(folder))
            _repaired(folder)
        compact_tables(folder, read_cells(folder))
