"""Progress of a sweep: a bar on a terminal, a line now and then elsewhere, both on standard error."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aegean_sim.study.sweeps.driving import Tally

_LINE_EVERY_S = 30.0


@contextmanager
def told_progress(*, shown: bool) -> Iterator[Callable[[Tally], None]]:
    """Give what is to be called with how far a sweep is."""
    if not shown:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar() as look:
            yield look
    else:
        yield _lines()


def in_words(tally: Tally) -> str:
    """Tell runs, rate, time left and failures on one line."""
    spent_s = monotonic() - tally.begun_s
    rate_per_s = tally.made / spent_s if spent_s > 0.0 else 0.0
    left = duration((tally.wanted - tally.made) / rate_per_s) if rate_per_s else "unknown"
    share = tally.made / tally.wanted if tally.wanted else 1.0
    return (
        f"{tally.made:,}/{tally.wanted:,} | {share:.1%} | {rate_per_s:.1f} runs/s | {left} left"
        f" | {tally.failed} failed"
    )


def duration(seconds: float) -> str:
    """Tell a duration as a person would."""
    if seconds < 100.0:
        return f"{seconds:.0f} s"
    return f"{seconds / 60.0:.0f} min" if seconds < 6000.0 else f"{seconds / 3600.0:.1f} h"


def _lines() -> Callable[[Tally], None]:
    told_s = monotonic()

    def look(tally: Tally) -> None:
        nonlocal told_s
        if monotonic() - told_s >= _LINE_EVERY_S:
            told_s = monotonic()
            typer.echo(in_words(tally), err=True)

    return look


@contextmanager
def _bar() -> Iterator[Callable[[Tally], None]]:
    from rich.console import Console  # noqa: PLC0415  (needed on a terminal only)
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("starting", total=None)
        yield lambda tally: bars.update(
            task, completed=tally.made, total=tally.wanted, description=in_words(tally)
        )
