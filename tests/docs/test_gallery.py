"""The README shows the gallery, and says which command makes each picture."""

import importlib.util
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GALLERY = ROOT / "docs" / "gallery"
SPEC = importlib.util.spec_from_file_location("make_gallery", GALLERY / "make.py")
assert SPEC is not None
assert SPEC.loader is not None
make = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(make)


@pytest.mark.parametrize("shot", make.SHOTS, ids=lambda shot: shot.name)
def test_a_picture_is_shown_under_its_command(shot: "make.Shot") -> None:  # type: ignore[name-defined]
    above, found, _ = README.partition(f"](docs/gallery/{shot.name}.png)")
    assert found
    assert f"`{shot.command}`" in above.split("\n\n")[-2]


def test_the_runs_behind_are_told() -> None:
    assert all(f"    {command}\n" in README for command in make.RUNS)


def test_all_pictures_are_there_and_small() -> None:
    pictures = sorted(GALLERY.glob("*.png"))
    assert {path.stem for path in pictures} >= {shot.name for shot in make.SHOTS}
    assert sum(path.stat().st_size for path in pictures) < 3e6


def test_a_picture_is_made_narrower_and_keeps_its_look(tmp_path: Path) -> None:
    Image.new("RGB", (3000, 600), (0, 114, 178)).save(tmp_path / "wide.png")
    make.shrink(tmp_path / "wide.png", tmp_path / "small.png")
    with Image.open(tmp_path / "small.png") as small:
        assert small.size == (1500, 300)
        assert small.convert("RGB").getpixel((7, 7)) == (0, 114, 178)
