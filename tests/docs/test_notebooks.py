"""Notebooks run from top to bottom, hold no outputs, and show what they say; here on a few days."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from aegean_sim.api import Picture

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(path.name for path in FOLDER.glob("*.ipynb"))
SMALL = {"DAYS": 1, "REPLICATIONS": 2}


def cells_of(name: str) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads((FOLDER / name).read_text(encoding="utf-8"))["cells"]
    return cells


def code_of(name: str) -> list[str]:
    return ["".join(cell["source"]) for cell in cells_of(name) if cell["cell_type"] == "code"]


def made_small(code: str) -> str:
    """Take few days and replications, where a cell says how many."""
    names = re.search(r"^((?:DAYS|REPLICATIONS)(?:, \w+)*) = .*$", code, re.MULTILINE)
    if names is None:
        return code
    small = ", ".join(str(SMALL[name]) for name in names[1].split(", "))
    return code.replace(names[0], f"{names[1]} = {small}")


def shown_by(code: str, names: dict[str, Any]) -> object:
    """Run a cell, and give what a notebook would show: the value of its last line."""
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102  (the notebooks are ours)
    return None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307


def test_there_are_four() -> None:
    assert [name[:2] for name in NOTEBOOKS] == ["01", "02", "03", "04"]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_short_and_holds_no_outputs(name: str) -> None:
    cells = cells_of(name)
    assert len(cells) <= 16
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)
    assert "".join(cells[0]["source"]).startswith("# ")


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_from_top_to_bottom(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    first, *others = code_of(name)
    assert made_small(first) != first
    shown = [shown_by(made_small(code), names) for code in (first, *others)]
    pictures = [each for each in shown if isinstance(each, Picture)]
    assert len(pictures) >= 2
    assert all(picture._repr_png_().startswith(b"\x89PNG") for picture in pictures)
    assert all(value is not None for value in shown[1:])
