"""`aegean-sim report`: one HTML file that replays a run, or shows a sweep."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003  (typer reads the annotations)
from typing import Annotated

import typer

EXAMPLES = """\b
Examples:
  aegean-sim report results/aegean-2016
  aegean-sim report results/june/r007 --out seventh.html
  aegean-sim report results/sweeps/sophia-ships
"""
PAGE = "page.html"


def report(
    folder: Annotated[Path, typer.Argument(metavar="RUN|SWEEP", help="Folder of one run, or of a sweep.")],
    *,
    out: Annotated[Path | None, typer.Option(help="Page to write.  [default: FOLDER/page.html]")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
) -> None:
    """Make one HTML page that needs no network: the replay of a run, or the levels of a sweep."""
    from aegean_sim.recording.store import replacing  # noqa: PLC0415  (`--help` must not wait for it)

    page = out or folder / PAGE
    text = _page(folder)
    with replacing(page) as part:
        part.write_text(text, encoding="utf-8")
    size = page.stat().st_size
    told = {"folder": str(folder), "page": str(page), "bytes": size}
    typer.echo(json.dumps(told) if as_json else f"Page: {page} ({size / 1e6:.2f} MB)")


def _page(folder: Path) -> str:
    from aegean_sim.page.run_page import run_page  # noqa: PLC0415
    from aegean_sim.page.sweep_page import sweep_page  # noqa: PLC0415
    from aegean_sim.recording.reading import read_run  # noqa: PLC0415
    from aegean_sim.study.sweeps.layout import MANIFEST  # noqa: PLC0415

    return sweep_page(folder) if (folder / MANIFEST).is_file() else run_page(read_run(folder))
