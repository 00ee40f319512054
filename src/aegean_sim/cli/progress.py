"""Progress of long runs, on a terminal's standard error and nowhere else."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress_bars(*, shown: bool) -> Iterator[Callable[[str], Callable[[float], None]]]:
    """Give a function that starts the bar of a stage by its name, and returns what moves it, from 0 to 1."""
    if not (shown and sys.stderr.isatty()):
        yield lambda _stage: _ignore
        return
    from rich.console import Console  # noqa: PLC0415  (needed on a terminal only)
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("starting", total=None)

        def start(stage: str) -> Callable[[float], None]:
            bars.reset(task, description=stage, total=None)
            return lambda done: bars.update(task, completed=done, total=1.0)

        yield start


def _ignore(_done: float) -> None:
    """Take the progress and show nothing."""
