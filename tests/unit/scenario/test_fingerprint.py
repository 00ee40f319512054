import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.extending import built_in_scenarios
from aegean_sim.scenario.fingerprint import fingerprint, resolved
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.scenario.model import Scenario


@pytest.fixture
def print_of(folder: Path) -> Callable[..., str]:
    def load(text: str, *overrides: str) -> str:
        (folder / "mine.yaml").write_text(text, encoding="utf-8")
        loaded = load_scenario(str(folder / "mine.yaml"), overrides)
        return fingerprint(loaded.scenario, loaded.folder)

    return load


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("seed: 7", "seed: 7   # a comment"),
        ("seed: 7\nreplications: 2", "replications: 2\nseed: 7"),
        ("{wind_kn: 8, wave_m: 0.4}", "{wave_m: 0.4, wind_kn: 8.0}"),
        ("title: Every part once", "title: Something else"),
        ("confidence: high", "confidence: low"),
        ("start: 2016-06-01T00:00:00Z", "start: 2016-06-01T03:00:00+03:00"),
        ("keep_out: [TR]", "keep_out: [TR, TR]"),
        ("duties: [watch, intercept, rescue]", "duties: [rescue, watch, intercept]"),
        ("repair_min: 30", "repair_min: {constant: 30}"),
        ("height_nm: 0.1", "height_nm: 1.0e-1"),
    ],
)
def test_what_means_the_same_has_the_same_fingerprint(
    old: str, new: str, whole: str, print_of: Callable[..., str]
) -> None:
    assert old in whole
    assert print_of(whole) == print_of(whole.replace(old, new))


@pytest.mark.parametrize(
    "override",
    [
        "seed=8",
        "name=other",
        "units.cutter.speed_kn=12.000001",
        "units.cutter.duties=[watch, rescue]",
        "sensor_presets.nav-radar-patrol.height_m=9",
        "handoffs.response.no_unit=refuse",
        "weather.lab.table=",
    ],
)
def test_what_means_another_thing_has_another_fingerprint(
    override: str, whole: str, print_of: Callable[..., str]
) -> None:
    assert print_of(whole) != print_of(whole, override)


def test_the_weather_tables_bytes_count(whole: str, folder: Path, print_of: Callable[..., str]) -> None:
    before = print_of(whole)
    table = folder / "weather" / "calm.csv"
    table.write_bytes(table.read_bytes() + b"\n")
    assert print_of(whole) != before


def test_a_missing_table_is_told(whole: str, folder: Path, tmp_path: Path) -> None:
    (folder / "mine.yaml").write_text(whole, encoding="utf-8")
    loaded = load_scenario(str(folder / "mine.yaml"))
    (folder / "weather" / "calm.csv").unlink()
    with pytest.raises(ScenarioError, match="no such file"):
        fingerprint(loaded.scenario, loaded.folder)


def test_a_built_in_preset_that_is_not_used_does_not_count(whole: str, print_of: Callable[..., str]) -> None:
    preset = whole[whole.index("  own-eye:") : whole.index("units:\n")]
    assert print_of(whole) == print_of(whole.replace(preset, preset + preset.replace("own-eye", "unused")))


def test_the_fingerprint_does_not_depend_on_the_process(
    whole: str, folder: Path, print_of: Callable[..., str]
) -> None:
    here = print_of(whole)
    program = (
        "import sys; from aegean_sim.scenario.loading import load_scenario;"
        "from aegean_sim.scenario.fingerprint import fingerprint;"
        "loaded = load_scenario(sys.argv[1]); print(fingerprint(loaded.scenario, loaded.folder))"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program, str(folder / "mine.yaml")],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        assert done.stdout.strip() == here
    assert len(here) == 64


@pytest.mark.parametrize("name", sorted(built_in_scenarios()))
def test_a_resolved_scenario_loads_back(name: str) -> None:
    scenario = load_scenario(name).scenario
    text = json.dumps(resolved(scenario), allow_nan=False)
    assert Scenario.model_validate(json.loads(text)) == scenario


def test_a_resolved_scenario_with_every_part_is_a_scenario_file(whole: str, folder: Path) -> None:
    (folder / "mine.yaml").write_text(whole, encoding="utf-8")
    first = load_scenario(str(folder / "mine.yaml"))
    (folder / "again.yaml").write_text(json.dumps(resolved(first.scenario)), encoding="utf-8")
    again = load_scenario(str(folder / "again.yaml"))
    assert again.scenario == first.scenario
    assert fingerprint(again.scenario, folder) == fingerprint(first.scenario, folder)
