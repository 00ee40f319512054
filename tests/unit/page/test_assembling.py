"""The page as text: what is put into it stays text, and its parts are small."""

import shutil
import subprocess
from pathlib import Path

import pytest

import aegean_sim.page
from aegean_sim.page.assembling import Front, assembled

TEMPLATE = Path(aegean_sim.page.__file__).parent / "template"
SCRIPTS = sorted(TEMPLATE.glob("*.js"))


def test_markup_in_words_is_told_as_text() -> None:
    nasty = "</title><script>alert(1)</script>{{payload}}&"
    page = assembled(Front("run", nasty, nasty, [(nasty, "1", "dead")], nasty), {"kind": "run", "x": nasty})
    assert "<script>alert" not in page
    assert page.count("&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{payload}}&amp;") == 5
    assert page.count("</script>") == 2


def test_nothing_is_asked_of_a_network() -> None:
    page = assembled(Front("sweep", "a", "b", [], "c"), {})
    assert "default-src 'none'" in page
    assert not any(word in page for word in ("http:", "https:", "//cdn", "@import", "innerHTML", "eval("))


def test_equal_input_gives_equal_text() -> None:
    front = Front("run", "a", "b", [("dead", "0", "dead")], "c")
    assert assembled(front, {"a": 1}) == assembled(front, {"a": 1})


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_short_and_whole(path: Path) -> None:
    assert len(path.read_text().splitlines()) < 300
    node = shutil.which("node")
    if node is not None:
        subprocess.run([node, "--check", str(path)], check=True, capture_output=True)
