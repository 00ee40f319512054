from pathlib import Path
from aegean_sim.recording.reading import StoredRun
from aegean_sim.views.coverage_map import draw_coverage
import time


def test_draw(aegean_run: StoredRun, laboratory) -> None:
    t = time.time()
    draw_coverage(aegean_run, Path("/tmp/pic.png"))
    print("drew", time.time() - t)
    t = time.time()
    draw_coverage(aegean_run, Path("/tmp/pic.png"))
    print("drew", time.time() - t)
    t = time.time()
    draw_coverage(laboratory(), Path("/tmp/lab.png"))
    print("drew", time.time() - t)
