"""The cluster runner: the same work handed to a Dask scheduler that somebody else has started."""

from __future__ import annotations

import platform
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aegean_sim import __version__
from aegean_sim.errors import AegeanError
from aegean_sim.study.sweeps.runs import Done, Failed
from aegean_sim.study.sweeps.work import command_of, work

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from aegean_sim.study.sweeps.work import Order, Task

    Piece = tuple[Task, ...]
    Results = list[Done | Failed]

_CONNECT_S = 15.0
_LOOK_S = 0.25
_PIECES_A_THREAD = 2
_LEAST_AHEAD = 4


@dataclass(slots=True)
class ClusterRunner:
    """Runs pieces on the workers of a Dask scheduler.

    A worker that dies costs nothing: Dask gives its pieces to others. A piece beside which workers died again
    and again may be innocent, so its runs are tried again one by one, with nothing else under way.

    Parameters
    ----------
    address : str
        ``tcp://host:port``, ``tls://host:port``, or the path of a scheduler file.
    security : mapping of str to str
        Paths of ``tls_ca_file``, ``tls_client_cert`` and ``tls_client_key``; empty for none.
    does : callable
        What a worker does with a piece.
    """

    address: str
    security: dict[str, str] = field(default_factory=dict)
    does: Callable[[Order, Piece], Results] = work
    _client: Any = field(init=False, default=None)

    def run(self, order: Order, pieces: Iterator[Piece]) -> Iterator[Results]:
        """Give the results of each piece.

        Raises
        ------
        AegeanError
            When the scheduler cannot be reached, is lost, or its workers are not as this program is.
        """
        client = self._connected()
        waiting: dict[Any, Piece] = {}
        suspects: list[Piece] = []
        while True:
            while len(waiting) < self._ahead() and (piece := next(pieces, None)) is not None:
                waiting[client.submit(self.does, order, piece, pure=False)] = piece
            if not waiting:
                break
            for future in self._ended(waiting):
                piece, results = waiting.pop(future), self._results(future)
                if results is None:
                    suspects.append(piece)
                else:
                    yield results
            yield []
        for task in (task for piece in suspects for task in piece):
            yield self._alone(order, task)

    def close(self) -> None:
        """Leave the cluster; what it is at for this program is cancelled."""
        if self._client is not None:
            self._client.close(timeout=1.0)
            self._client = None

    def _connected(self) -> Any:
        if self._client is None:
            self._client = self._client_of(_distributed())
            self._check_workers()
        return self._client

    def _client_of(self, distributed: Any) -> Any:
        secured = distributed.Security(require_encryption=True, **self.security) if self.security else None
        is_file = "://" not in self.address
        if is_file and not Path(self.address).is_file():
            raise AegeanError(f"no scheduler file {self.address} (an address begins with tcp:// or tls://)")
        named = {"scheduler_file" if is_file else "address": self.address}
        try:
            return distributed.Client(**named, security=secured, timeout=_CONNECT_S)
        except (OSError, ValueError) as error:
            raise AegeanError(f"no Dask scheduler answers at {self.address}: {error}") from None

    def _check_workers(self) -> None:
        """Refuse workers that run another version: their numbers might be others."""
        mine = about_this_program()
        for name, theirs in self._client.run(about_this_program).items():
            if theirs != mine:
                raise AegeanError(f"worker {name} runs {theirs}, this is {mine}: install the same on both")

    def _ended(self, waiting: Mapping[Any, Piece]) -> Collection[Any]:
        """Give the pieces that have come back, none after a while."""
        if self._client.status != "running":
            raise self._lost()
        try:
            return _distributed().wait(list(waiting), timeout=_LOOK_S, return_when="FIRST_COMPLETED").done  # type: ignore[no-any-return]
        except TimeoutError:
            return ()

    def _lost(self) -> AegeanError:
        return AegeanError(f"the Dask scheduler at {self.address} is lost; what came back is kept")

    def _ahead(self) -> int:
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        threads: int = sum(worker["nthreads"] for worker in workers)
        return max(_LEAST_AHEAD, _PIECES_A_THREAD * threads)

    def _results(self, future: Any) -> Results | None:
        """Give a piece's results; nothing when workers died at it."""
        distributed = _distributed()
        try:
            results: Results = future.result()
        except distributed.KilledWorker:
            return None
        except distributed.client.FutureCancelledError:
            raise self._lost() from None
        finally:
            future.release()
        return results

    def _alone(self, order: Order, task: Task) -> Results:
        results = self._results(self._client.submit(self.does, order, (task,), pure=False))
        if results is not None:
            return results
        message = "workers died at it, alone and again and again"
        return [Failed(task.run, "crashed", "KilledWorker", message, "", command_of(order, task), 0.0)]


def about_this_program() -> str:
    """Tell what must be the same on a worker."""
    return f"aegean-sim {__version__} on Python {platform.python_version().rpartition('.')[0]}"


def _distributed() -> Any:
    try:
        import distributed  # noqa: PLC0415  (an extra, and slow to import)
    except ImportError:
        raise AegeanError(
            "a cluster needs Dask distributed, which is not installed: pip install 'aegean-sim[cluster]'"
        ) from None
    return distributed
