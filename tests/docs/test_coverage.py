"""The page on coverage explains every layer and what each hangs on."""

import re
from pathlib import Path

from aegean_sim.recording.layers import METRICS, Layer

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "coverage.md").read_text(encoding="utf-8")


def test_every_layer_is_explained_with_its_unit_and_what_it_hangs_on() -> None:
    rows = re.findall(r"^\| (`[^|]*) \| ([^|]*) \| ([^|]*) \|", PAGE, re.MULTILINE)
    told = {
        name: (unit, set(hangs_on.split(", ")))
        for names, unit, hangs_on in rows
        for name in re.findall(r"`(\w+)`", names)
    }
    assert told.keys() == METRICS.keys()
    usual = Layer()
    other = {"hours": 7.0, "boat": "wooden", "light": "day", "by": "NATO"}
    for name, (unit, hangs_on) in told.items():
        asked = Layer(name, **other)  # type: ignore[arg-type]
        kept = {word for word in other if getattr(asked, word) != getattr(usual, word)}
        assert (unit, hangs_on) == (METRICS[name], kept)
