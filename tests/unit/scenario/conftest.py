from collections.abc import Callable
from pathlib import Path

import pytest

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.loading import load_scenario

SCENARIOS = Path(__file__).parents[2] / "data" / "scenarios"


@pytest.fixture
def whole() -> str:
    """Text of a scenario file that has every part once."""
    return (SCENARIOS / "whole.yaml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Folder with the weather table that the scenario names."""
    (tmp_path / "weather").mkdir()
    (tmp_path / "weather" / "calm.csv").write_bytes((SCENARIOS / "weather" / "calm.csv").read_bytes())
    return tmp_path


@pytest.fixture
def refusal(folder: Path) -> Callable[..., str]:
    """Load a text as a file, and give the message by which it is refused."""

    def load(text: str, *overrides: str) -> str:
        path = folder / "mine.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ScenarioError) as caught:
            load_scenario(str(path), overrides)
        message = str(caught.value)
        assert "\n" not in message
        return message.replace(str(folder), "HERE")

    return load
