from collections.abc import Callable
from pathlib import Path

import pytest

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.extending import Layer, built_in_scenarios, merged
from aegean_sim.scenario.loading import load_scenario

BASE = {
    "name": "base",
    "title": "the base",
    "seed": 1,
    "weather": {"aegean": {"wind_kn": 5, "wave_m": 0.3}},
    "perils": {"repair_min": {"triangular": [1, 2, 3]}, "calls_h": 5},
    "units": [{"id": "a", "speed_kn": 1}, {"id": "b", "speed_kn": 2}],
    "facts": [
        {"path": "seed"},
        {"path": "weather.aegean.wave_m"},
        {"path": "weather.aegean"},
        {"path": "units.*.speed_kn"},
    ],
}


def extended(own: dict[str, object]) -> dict[str, object]:
    return merged([Layer(Path("own.yaml"), own), Layer(Path("base.yaml"), BASE)])


def paths(data: dict[str, object]) -> list[str]:
    facts = data["facts"]
    assert isinstance(facts, list)
    return [fact["path"] for fact in facts]


def test_mappings_merge_deeply_and_lists_are_replaced_whole() -> None:
    data = extended({"weather": {"aegean": {"wave_m": 2}, "lab": {}}, "units": [{"id": "c"}]})
    assert data["weather"] == {"aegean": {"wind_kn": 5, "wave_m": 2}, "lab": {}}
    assert data["units"] == [{"id": "c"}]
    assert data["seed"] == 1


def test_a_law_of_a_delay_replaces_the_other_law() -> None:
    data = extended({"perils": {"repair_min": {"exponential": 9}, "calls_h": {"exponential": 7}}})
    assert data["perils"] == {"repair_min": {"exponential": 9}, "calls_h": {"exponential": 7}}


def test_name_and_title_are_a_files_own() -> None:
    assert not {"name", "title"} & extended({}).keys()
    assert extended({"name": "own"})["name"] == "own"


@pytest.mark.parametrize(
    ("own", "kept"),
    [
        ({}, ["seed", "weather.aegean.wave_m", "weather.aegean", "units.*.speed_kn"]),
        ({"seed": 2}, ["weather.aegean.wave_m", "weather.aegean", "units.*.speed_kn"]),
        ({"weather": {"aegean": {"wave_m": 2}}}, ["seed", "units.*.speed_kn"]),
        ({"weather": {"aegean": {"wind_kn": 2}}}, ["seed", "weather.aegean.wave_m", "units.*.speed_kn"]),
        ({"units": [{"id": "a", "speed_kn": 9}]}, ["seed", "weather.aegean.wave_m", "weather.aegean"]),
        (
            {"units": [], "facts": [{"path": "units"}]},
            ["seed", "weather.aegean.wave_m", "weather.aegean", "units"],
        ),
    ],
)
def test_facts_of_values_that_are_left_alone_stay(own: dict[str, object], kept: list[str]) -> None:
    assert paths(extended(own)) == kept


def test_the_data_of_the_layers_is_left_alone() -> None:
    before = repr(BASE)
    extended({"weather": {"aegean": {"wave_m": 2}}, "facts": [{"path": "units"}]})
    assert repr(BASE) == before


@pytest.fixture
def write(folder: Path, whole: str) -> Callable[[str, str], Path]:
    (folder / "whole.yaml").write_text(whole, encoding="utf-8")

    def write(name: str, text: str) -> Path:
        (folder / name).write_text(text, encoding="utf-8")
        return folder / name

    return write


def refused(path: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(str(path))
    return str(caught.value).replace(str(path.parent), "HERE")


@pytest.mark.parametrize("name", ["whole", "whole.yaml"])
def test_a_file_beside_is_extended(name: str, write: Callable[[str, str], Path]) -> None:
    path = write("mine.yaml", f"extends: {name}\nname: mine\nduration_h: 24")
    scenario = load_scenario(str(path)).scenario
    assert (scenario.name, scenario.title, scenario.duration_h, scenario.seed) == ("mine", "", 24, 7)


def test_files_extend_over_several_steps(write: Callable[[str, str], Path]) -> None:
    write("middle.yml", "extends: whole\nname: middle\nseed: 8\nreplications: 5")
    scenario = load_scenario(str(write("mine.yaml", "extends: middle\nname: mine\nseed: 9"))).scenario
    assert (scenario.seed, scenario.replications, scenario.duration_h) == (9, 5, 48)


def test_a_built_in_scenario_is_extended_even_by_its_namesake(write: Callable[[str, str], Path]) -> None:
    path = write("lab-crossing.yaml", "extends: lab-crossing\nname: lab-crossing\nseed: 99")
    loaded = load_scenario(str(path))
    assert loaded.scenario.seed == 99
    assert loaded.folder == path.parent
    assert loaded.scenario.voyages == load_scenario("lab-crossing").scenario.voyages


def test_circles_are_told(write: Callable[[str, str], Path]) -> None:
    write("one.yaml", "extends: two\nname: one")
    write("two.yaml", "extends: three\nname: two")
    message = refused(write("three.yaml", "extends: one\nname: three"))
    assert message == (
        "HERE/three.yaml: extends: files extend each other in a circle:"
        " three.yaml -> one.yaml -> two.yaml -> three.yaml"
    )
    assert "self.yaml -> self.yaml" in refused(write("self.yaml", "extends: self.yaml\nname: self"))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("whol", "extends is \"whol\": no scenario, beside it or built in, has it; did you mean 'whole'?"),
        ("lab-crosing", "did you mean 'lab-crossing'?"),
        ("../whole", "no scenario, beside it or built in, has it"),
        ("/etc/passwd", "no scenario, beside it or built in, has it"),
        ("weather", "no scenario, beside it or built in, has it"),
        ("[whole]", "a list must name two scenarios or more"),
        ("", "extends must be the name of a scenario"),
    ],
)
def test_what_is_no_scenarios_name_is_told(name: str, told: str, write: Callable[[str, str], Path]) -> None:
    message = refused(write("mine.yaml", f"extends: {name}\nname: mine"))
    assert message.startswith("HERE/mine.yaml: extends")
    assert told in message


def test_a_fault_of_the_extended_file_is_laid_on_it(write: Callable[[str, str], Path], whole: str) -> None:
    write("faulty.yaml", whole.replace("speed_kn: 12", "speed_kn: x"))
    message = refused(write("mine.yaml", "extends: faulty\nname: mine"))
    assert message.startswith('HERE/mine.yaml: from HERE/faulty.yaml: units[cutter].speed_kn is "x"')


def test_a_faulty_value_of_its_own_is_laid_on_the_extending_file(write: Callable[[str, str], Path]) -> None:
    message = refused(write("mine.yaml", "extends: whole\nname: mine\nweather: {aegean: {wave_m: x}}"))
    assert message.startswith('HERE/mine.yaml: weather.aegean.wave_m is "x"')


def test_a_file_that_extends_needs_a_name_of_its_own(write: Callable[[str, str], Path]) -> None:
    assert "name: is missing" in refused(write("mine.yaml", "extends: whole"))


def test_sensor_presets_are_no_scenario() -> None:
    assert "sensors" not in built_in_scenarios()
    assert {"aegean-2016", "lab-crossing"} <= built_in_scenarios().keys()
