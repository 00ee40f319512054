"""The page of a sweep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.page.assembling import Front, assembled
from aegean_sim.page.sweep import sweep_of
from aegean_sim.study.comparison.loading import of_sweep
from aegean_sim.study.sweeps.folder import read_sweep_manifest

if TYPE_CHECKING:
    from pathlib import Path

_ABOUT = (
    "Simulations on historical, published facts: levels and their differences, with 95 % intervals."
    " Intervals hold for this model and its assumptions; what the model misses they do not know."
)


def sweep_page(folder: Path) -> str:
    """Give the page of a sweep folder; the same runs give the same text.

    Raises
    ------
    StoreError
        When the folder is not a sweep folder, or something in it is broken.
    AegeanError
        When there is too little to compare.
    """
    about, identity = (getattr(read_sweep_manifest(folder), part) for part in ("about", "identity"))
    material = of_sweep(folder)
    title = str(about.get("title") or material.name)
    runs = f"{len(material.runs):,} runs of {len(material.cells):,} cells"
    failed = f", {material.failed:,} failed" if material.failed else ""
    scenario = str(identity.get("scenario", ""))[:12]
    version = identity.get("program", "")
    origin = f"Sweep {material.name} · {runs}{failed} · scenario {scenario} · aegean-sim {version}"
    return assembled(Front("sweep", title, origin, (), _ABOUT), sweep_of(material))
