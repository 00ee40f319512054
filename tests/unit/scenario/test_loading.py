import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from aegean_sim.datafiles import configs_folder
from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.extending import built_in_scenarios
from aegean_sim.scenario.loading import load_scenario


@pytest.mark.parametrize("name", sorted(built_in_scenarios()))
def test_every_built_in_scenario_loads(name: str) -> None:
    loaded = load_scenario(name)
    assert loaded.scenario.name == name
    assert loaded.folder == configs_folder()
    assert loaded.source == str(configs_folder() / f"{name}.yaml")


def test_presets_are_merged_and_only_used_ones_stay(whole: str, folder: Path) -> None:
    path = folder / "mine.yaml"
    path.write_text(whole, encoding="utf-8")
    presets = load_scenario(str(path)).scenario.sensor_presets
    assert set(presets) == {"own-eye", "nav-radar-patrol"}
    assert load_scenario("lab-crossing").scenario.sensor_presets == {}


def test_own_presets_win(whole: str, folder: Path) -> None:
    path = folder / "mine.yaml"
    path.write_text(whole.replace("own-eye", "lookout-ship"), encoding="utf-8")
    presets = load_scenario(str(path)).scenario.sensor_presets
    assert presets["lookout-ship"].source == "made up for tests"


def test_a_wrong_part_of_a_built_in_preset_is_laid_on_its_file(
    whole: str, refusal: Callable[..., str]
) -> None:
    message = refusal(whole + "sensor_presets_: {}\n")
    assert message == "HERE/mine.yaml: sensor_presets_: unknown key; did you mean 'sensor_presets'?"
    message = refusal(whole.replace("  own-eye:", "  nav-radar-patrol: {law: radar}\n  own-eye:"))
    assert "sensor_presets.nav-radar-patrol: a radar preset needs r50_nm" in message


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("aegean-2106", "no built-in scenario is named \"aegean-2106\"; did you mean 'aegean-2016'?"),
        ("Aegean-2016", "did you mean 'aegean-2016'?"),
        ("qqq", "aegean-2016, aegean-2016-no-table, central-med-2016, lab-crossing"),
        ("sensors", 'no built-in scenario is named "sensors"'),
        ("", "no built-in scenario is named"),
        ("a\0b", "no built-in scenario is named"),
        ("n" * 5000, "no built-in scenario is named"),
        ("./aegean-2016", "aegean-2016: no such file"),
        ("aegean-2016.yaml", "aegean-2016.yaml: no such file"),
    ],
)
def test_unknown_names_are_told(
    name: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ScenarioError) as caught:
        load_scenario(name)
    assert told in str(caught.value)


def test_a_folder_does_not_hide_a_built_in_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lab-crossing").mkdir()
    (tmp_path / "mine").mkdir()
    assert load_scenario("lab-crossing").folder == configs_folder()
    with pytest.raises(ScenarioError, match="mine: is a directory"):
        load_scenario("mine")


def test_a_file_without_suffix_is_found_where_it_exists(
    whole: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    (folder / "mine").write_text(whole, encoding="utf-8")
    assert load_scenario("mine").scenario.name == "whole"


def test_heavy_libraries_are_not_imported() -> None:
    program = (
        "import sys; from aegean_sim.scenario.loading import load_scenario; load_scenario('lab-crossing');"
        "heavy = {'shapely', 'pyproj', 'pandas', 'geopandas', 'scipy', 'pyarrow', 'matplotlib'};"
        "print(*heavy & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("\n", "")


def test_a_run_starts_at_its_time_of_day() -> None:
    loaded = load_scenario("lab-crossing", ["start=2016-06-01T13:30:15Z"])
    assert loaded.scenario.clock_s == 13 * 3600 + 30 * 60 + 15
