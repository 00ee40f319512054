import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Answer = subprocess.CompletedProcess[str]
COMMAND = [sys.executable, "-m", "aegean_sim.cli.main"]
SMALL_LABORATORY = """
name: small-lab
title: A ship and a crowd
start: 2016-06-01T00:00:00Z
duration_h: 3
seed: 5
replications: 4
theatres:
  lab: {coast: open_sea, box_nm: [-20, -20, 20, 20]}
units:
  - id: ship
    owner: NATO
    theatre: lab
    patrol: {kind: scripted, points: [[0, 0, 0], [2, 10, 0]]}
    sensors:
      - {law: disc_rate, range_nm: 6, rate_per_h: 2}
voyages:
  - {id: boat, theatre: lab, points: [[0.2, 15, 2], [1.8, -5, 2]], copies: 40, persons: 10}
"""


@pytest.fixture
def aegean_sim(tmp_path: Path) -> Callable[..., Answer]:
    def answer(*arguments: str, **environment: str) -> Answer:
        clean = {key: value for key, value in os.environ.items() if key != "AEGEAN_SIM_TRACEBACK"}
        return subprocess.run(
            [*COMMAND, *arguments],
            cwd=tmp_path,
            env={**clean, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return answer


@pytest.fixture
def laboratory(tmp_path: Path) -> Path:
    path = tmp_path / "small-lab.yaml"
    path.write_text(SMALL_LABORATORY)
    return path
