"""`make gallery`: makes the README's pictures from fresh runs of built-in scenarios, some five minutes.

Every picture is what a command of the README leaves, made small: 256 colours, and no wider than a page. The
replay is photographed in Chromium.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parent
WIDTH_PX = 1500
WINDOW = {"width": 1400, "height": 860}
MOMENT = "#sea=central-med"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


class Shot(NamedTuple):
    """A picture: its name here, the command that leaves it, and the pattern of where."""

    name: str
    command: str
    left: str


RUNS = (
    "aegean-sim run aegean-2016 --no-map",
    "aegean-sim run aegean-2015-10 --no-map --no-pairs",
    "aegean-sim run two-theatres-2016 --no-pairs",
    "aegean-sim sweep aegean-ships --vary deployments.nato.ships=0..8:4 --replications 10",
)
SHOTS = (
    Shot("coverage", "aegean-sim map results/aegean-2016", "results/aegean-2016/coverage.png"),
    Shot(
        "unseen",
        "aegean-sim map results/aegean-2016 --show unseen",
        "results/aegean-2016/map-unseen*.png",
    ),
    Shot(
        "ships",
        "aegean-sim map results/sweeps/aegean-ships --replications 2",
        "results/sweeps/aegean-ships/maps/map-seen*.png",
    ),
    Shot(
        "over-time", "aegean-sim charts results/aegean-2015-10", "results/aegean-2015-10/charts/over-time.png"
    ),
    Shot("delays", "aegean-sim charts results/aegean-2016", "results/aegean-2016/charts/delays.png"),
    Shot(
        "outcomes",
        "aegean-sim charts results/two-theatres-2016",
        "results/two-theatres-2016/charts/outcomes-central-med.png",
    ),
    Shot(
        "levels",
        "aegean-sim compare results/sweeps/aegean-ships",
        "results/sweeps/aegean-ships/comparison/levels-all.png",
    ),
    Shot("page", "aegean-sim report results/two-theatres-2016", "results/two-theatres-2016/page.html"),
    Shot("network", "aegean-sim network aegean-2016", "results/aegean-2016-network.png"),
)


def make(folder: Path) -> None:
    """Run all commands in a folder, and leave the pictures here."""
    for command in (*RUNS, *dict.fromkeys(shot.command for shot in SHOTS)):
        print(command, flush=True)
        subprocess.run(
            [sys.executable, "-m", "aegean_sim.cli.main", *shlex.split(command)[1:]],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    for shot in SHOTS:
        (left,) = folder.glob(shot.left)
        picture = photographed(left) if left.suffix == ".html" else left
        shrink(picture, FOLDER / f"{shot.name}.png")


def photographed(page: Path) -> Path:
    """Open a page without a network, and take a picture of it."""
    picture = page.with_suffix(".png")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        opened = browser.new_context(offline=True, viewport=WINDOW).new_page()
        opened.goto(page.as_uri() + MOMENT)
        opened.wait_for_selector("body[data-ready]")
        opened.screenshot(path=picture)
        browser.close()
    return picture


def shrink(source: Path, target: Path) -> None:
    """Write a picture with fewer colours, and no wider than a page shows."""
    with Image.open(source) as picture:
        small = picture.convert("RGB")
        small.thumbnail((WIDTH_PX, 10 * WIDTH_PX), Image.Resampling.LANCZOS)
        flat = small.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
        flat.save(target, optimize=True)
    print(f"{target.name}: {target.stat().st_size / 1e3:,.0f} kB", flush=True)


if __name__ == "__main__":
    with TemporaryDirectory() as there:
        make(Path(there))
