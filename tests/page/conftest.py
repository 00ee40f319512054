"""A real browser without a network, and the pages that it opens."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.unit.study.comparison.made_up import ships_save_lives, write_sweep

from aegean_sim.engine.run import simulate
from aegean_sim.page.run_page import run_page
from aegean_sim.page.sweep_page import sweep_page
from aegean_sim.recording.reading import StoredRun, read_run
from aegean_sim.recording.store import write_run
from aegean_sim.scenario.loading import load_scenario

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
LOUD = "!" * 100
UNTESTED = "THE PAGE IS NOT TESTED: no chromium here; install it, or name one by CHROMIUM=/path/to/it"
OURS = ("file:", "data:", "blob:")
Opener = Callable[..., Page]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it loudly, also where workers run the tests."""
    if CHROMIUM is None:
        for line in (LOUD, UNTESTED, LOUD):
            terminalreporter.write_line(line, red=True, bold=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip(UNTESTED)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opener]:
    """Open pages, and see at the end that nothing was asked of a network and nothing went wrong."""
    contexts, wrong = [], []

    def open_page(path: Path, at: str = "", *, width: int = 1280, height: int = 800, **how: Any) -> Page:
        context = browser.new_context(offline=True, viewport={"width": width, "height": height}, **how)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: request.url.startswith(OURS) or wrong.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: said.type in ("error", "warning") and wrong.append(said.text))
        page.goto(path.as_uri() + at)
        if how.get("java_script_enabled", True):
            page.wait_for_selector("body[data-ready]", timeout=20_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> StoredRun:
    """Four days of both seas, in which boats are seen, told of, met, rescued, and people die."""
    loaded = load_scenario("two-theatres-2016", ["duration_h=96"])
    folder = tmp_path_factory.mktemp("runs") / "both"
    return read_run(write_run(simulate(loaded, 4), folder, inputs=loaded.folder, overwrite=False))


@pytest.fixture(scope="session")
def replayed(run: StoredRun) -> Path:
    return _written(run.folder / "page.html", run_page(run))


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sweeps") / "ships"
    write_sweep(folder, {"ships": [0, 1, 2, 3, 4]}, ships_save_lives, replications=12)
    _written(folder / "page.html", sweep_page(folder))
    return folder
