"""The page on weather: its examples are good ones, and it names all that can be given."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from aegean_sim.environment import weather_netcdf
from aegean_sim.environment.weather import COLUMNS
from aegean_sim.environment.weather_csv import read_table
from aegean_sim.environment.weather_kinds import read_weather
from aegean_sim.scenario.weather import Etesians, NetCdf, Spells, Synthetic, Weather
from aegean_sim.streams import Streams

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "weather.md").read_text(encoding="utf-8")
START = datetime(2016, 6, 1, tzinfo=UTC)
BLOCKS = [
    Weather.model_validate(block)
    for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    for block in yaml.safe_load(text)["weather"].values()
]
WORDS = set(re.findall(r"\w+", PAGE))


def test_there_is_an_example_of_each_kind() -> None:
    kinds = [
        next((kind for kind in ("table", "synthetic", "netcdf") if getattr(block, kind)), "constant")
        for block in BLOCKS
    ]
    assert kinds == ["constant", "table", "synthetic", "netcdf"]


def test_the_table_is_read(tmp_path: Path) -> None:
    text = re.search(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    assert text
    (tmp_path / "june.csv").write_text(text[1], encoding="utf-8")
    table = read_table(BLOCKS[1], tmp_path / "june.csv", START, 12 * 3600.0)
    assert table.wave_m.tolist() == [0.4, 0.7]


def test_the_synthetic_summer_is_that_of_the_aegean() -> None:
    summer = read_weather(BLOCKS[2], Path(), START, 120 * 86400.0, "aegean", Streams(1, 0))
    assert 0.3 < summer.wave_m.mean() < 0.9
    assert 20.0 < summer.sea_c.mean() < 26.0


@pytest.mark.parametrize("model", [Weather, Synthetic, Spells, Etesians, NetCdf])
def test_every_key_is_told(model: type) -> None:
    assert set(model.model_fields) <= WORDS


def test_every_column_and_every_variable_is_told() -> None:
    assert set(COLUMNS) <= WORDS
    assert {name for one in weather_netcdf.QUANTITIES for names in one.names for name in names} <= WORDS
