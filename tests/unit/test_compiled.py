"""Kept machine code is a help: whatever is wrong with it, the function runs."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import aegean_sim

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


def test_where_nothing_can_be_kept_it_runs(tmp_path: Path) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", tmp_path]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        assert answer(tmp_path) == "1.0\n"
        assert not list(tmp_path.rglob("*.nbc"))
    finally:
        subprocess.run(["umount", tmp_path], check=True)


def kernels(path: Path) -> list[ast.FunctionDef]:
    """Give the compiled functions of a file."""
    functions = [each for each in ast.parse(path.read_text()).body if isinstance(each, ast.FunctionDef)]
    return [each for each in functions if any(ast.unparse(by) == "compiled" for by in each.decorator_list)]


def test_kernels_that_call_one_another_share_a_file() -> None:
    """Numba looks at no other file to tell whether what it kept is still good."""
    files = {path: kernels(path) for path in Path(aegean_sim.__file__).parent.rglob("*.py")}
    everywhere = {each.name for found in files.values() for each in found}
    assert len(everywhere) > 50
    for path, found in files.items():
        calls = [node.func for each in found for node in ast.walk(each) if isinstance(node, ast.Call)]
        called = {call.id for call in calls if isinstance(call, ast.Name)} & everywhere
        assert called <= {each.name for each in found}, path
