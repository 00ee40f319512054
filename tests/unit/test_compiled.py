"""Kept machine code is a help: whatever is wrong with it, the function runs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

KERNEL = "from aegean_sim.kinematics.intercept import _smallest_root as root; print(root(1.0, -2.0, 3.0))"


def answer(kept: Path) -> str:
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(kept)}
    done = subprocess.run(
        [sys.executable, "-c", KERNEL], check=False, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("content", [b"", b"garbage"])
@pytest.mark.parametrize("suffix", ["nbi", "nbc"])
def test_torn_files_are_replaced(tmp_path: Path, suffix: str, content: bytes) -> None:
    first = answer(tmp_path)
    torn = list(tmp_path.rglob(f"*.{suffix}"))
    assert torn
    for path in torn:
        path.write_bytes(content)
    assert answer(tmp_path) == first
    assert all(path.read_bytes() != content for path in torn)
