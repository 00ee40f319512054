"""The pages on sweeps and clusters show what works."""

import re
import textwrap
from pathlib import Path

from aegean_sim.cli.sweep import sweep
from aegean_sim.study.sweeps.planning import Changes, built_in_sweeps, plan_sweep

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_sweep_file_on_the_page_can_be_planned(tmp_path: Path) -> None:
    page = (DOCS / "sweeps.md").read_text(encoding="utf-8")
    written = re.search(r"\n\n((?:    .*\n)+)", page)
    assert written is not None
    file = tmp_path / "my-sweep.yaml"
    file.write_text(textwrap.dedent(written[1]), encoding="utf-8")
    assert len(plan_sweep(str(file), Changes()).cells) == 7 * 2 * 32


def test_every_built_in_sweep_can_be_planned() -> None:
    assert {name: len(plan_sweep(name, Changes()).cells) for name in built_in_sweeps()} == {
        "aegean-ships": 13, "alternatives": 6, "round-table": 6, "sophia-assumptions": 120,
        "sophia-placement": 9, "sophia-reactions": 15, "sophia-ships": 21,
    }  # fmt: skip


def test_options_that_the_pages_name_are_there() -> None:
    known = {name.replace("_", "-") for name in sweep.__annotations__} | {"set", "json"}
    for name in ("sweeps.md", "clusters.md"):
        commands = re.findall(r"aegean-sim sweep.*", (DOCS / name).read_text(encoding="utf-8"))
        assert {option for line in commands for option in re.findall(r"--([a-z-]+)", line)} <= known
