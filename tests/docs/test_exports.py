"""The page on exports shows what works."""

import re
import warnings
from pathlib import Path

import pytest
from tests.unit.exports.made_up import made_up_run, request

from aegean_sim.cli.export import export as command
from aegean_sim.exports.exporting import export
from aegean_sim.exports.formats import FORMATS
from aegean_sim.exports.geopackage.layers import LAYERS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")


def test_every_format_and_layer_is_on_the_page() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert listed == [*FORMATS, *(layer.name for layer in LAYERS)]


def test_options_that_the_page_names_are_there() -> None:
    known = {name.replace("_", "-") for name in command.__annotations__} | {"to", "json"}
    assert set(re.findall(r"--([a-z][a-z-]+)", PAGE)) <= known


def test_the_snippet_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = made_up_run(tmp_path / "made-up")
    export(request(run), {"parquet": tmp_path / "parquet"}, overwrite=False)
    monkeypatch.chdir(tmp_path)
    (snippet,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(snippet, {})  # noqa: S102
    assert "Trajectory frigate:0 (2016-06-01 22:00:00 to 2016-06-02 02:00:00)" in capsys.readouterr().out
