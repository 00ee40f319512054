import math
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from aegean_sim.environment.weather import sea_class
from aegean_sim.environment.weather_kinds import read_weather
from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.weather import Weather
from aegean_sim.streams import Streams

START = datetime(2016, 6, 1, tzinfo=UTC)


def test_constant_weather_holds_from_the_start(tmp_path: Path) -> None:
    weather = Weather(
        wind_kn=10.0, wave_m=0.7, wind_from_deg=30.0, sea_c=17.0, current_kn=2.0, current_to_deg=120.0
    )
    table = read_weather(weather, tmp_path, START, 86400.0, "lab", Streams(1, 0))
    knot = 1852 / 3600
    np.testing.assert_array_equal(table.time_s, [0.0])
    np.testing.assert_allclose(table.wind_mps, [10 * knot])
    np.testing.assert_array_equal(table.wave_m, [0.7])
    np.testing.assert_allclose(table.wind_to_rad, [math.radians(210.0)])
    np.testing.assert_array_equal(table.sea_c, [17.0])
    np.testing.assert_allclose(table.current_x_mps, [2 * knot * math.sqrt(3.0) / 2.0])
    np.testing.assert_allclose(table.current_y_mps, [-knot])


@pytest.mark.parametrize("name", ["../w.csv", "/etc/passwd", "a/../../w.csv"])
@pytest.mark.parametrize("kind", ["table", "netcdf"])
def test_files_lie_in_the_scenarios_folder(tmp_path: Path, kind: str, name: str) -> None:
    block = {"table": name} if kind == "table" else {"netcdf": {"files": (name,)}}
    with pytest.raises(ScenarioError, match="must lie in the scenario's folder"):
        read_weather(Weather.model_validate(block), tmp_path, START, 86400.0, "lab", Streams(1, 0))


def test_sea_classes_follow_the_douglas_scale() -> None:
    wave_m = np.array([0.0, 0.49, 0.5, 1.24, 1.25, 2.49, 2.5, 14.0])
    np.testing.assert_array_equal(sea_class(wave_m), [0, 0, 1, 1, 2, 2, 3, 3])
