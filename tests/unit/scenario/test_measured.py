from pathlib import Path

import pytest

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.base import Empirical
from aegean_sim.scenario.loading import load_scenario

OVERRIDE = "handoffs.desks.piraeus.handling_min={empirical: calls.csv}"


def written(folder: Path, whole: str, table: bytes | None) -> str:
    if table is not None:
        (folder / "calls.csv").write_bytes(table)
    (folder / "mine.yaml").write_text(whole, encoding="utf-8")
    return str(folder / "mine.yaml")


@pytest.mark.parametrize("override", [[], [OVERRIDE]])
def test_a_table_becomes_its_numbers(override: list[str], whole: str, folder: Path) -> None:
    text = whole if override else whole.replace("latency_min: 20", "latency_min: {empirical: calls.csv}")
    assert override or text != whole
    path = written(folder, text, b"case,minutes\na,55\nb,10\n\nc,19.5\n")
    handoffs = load_scenario(path, override).scenario.handoffs
    laws = [link.latency_min for link in handoffs.links] + [desk.handling_min for desk in handoffs.desks]
    assert Empirical(empirical=(10.0, 19.5, 55.0)) in laws


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (None, ["no such file in the scenario's folder"]),
        (b"", ["has no column 'minutes'"]),
        (b"case,minute\na,5\n", ["has no column 'minutes'; did you mean 'minute'?"]),
        (b"minutes\n", ["holds no row below its header"]),
        (b"minutes\n5\n-1\n", ["line 3", "'-1'", "at least 0"]),
        (b"minutes\n5\n1e7\n", ["line 3", "'1e7'", "at most 1000000"]),
        (b"minutes\nnan\n", ["line 2", "'nan'"]),
        (b"case,minutes\na\n", ["line 2", "minutes is ''"]),
        (b"minutes\n\xff\xfe\n", ["line 2", "not UTF-8"]),
    ],
)
def test_a_bad_table_is_told(table: bytes | None, words: list[str], whole: str, folder: Path) -> None:
    with pytest.raises(ScenarioError) as refusal:
        load_scenario(written(folder, whole, table), [OVERRIDE])
    place = 'mine.yaml: handoffs.desks[piraeus].handling_min.empirical is "calls.csv": '
    assert all(word in str(refusal.value) for word in (*words, place))


def test_a_missing_table_is_told_where_it_is_named(whole: str, folder: Path) -> None:
    path = written(folder, whole.replace("latency_min: 20", "latency_min: {empirical: nothere.csv}"), None)
    with pytest.raises(ScenarioError) as refusal:
        load_scenario(path)
    assert str(refusal.value) == (
        f'{path}: handoffs.links[1].latency_min.empirical is "nothere.csv": '
        f"no such file in the scenario's folder {folder}"
    )


@pytest.mark.parametrize("name", ["../calls.csv", "/etc/passwd", "''"])
def test_a_table_lies_in_the_scenarios_folder(name: str, whole: str, folder: Path) -> None:
    override = OVERRIDE.replace("calls.csv", name)
    with pytest.raises(ScenarioError, match="relative path inside the scenario's folder"):
        load_scenario(written(folder, whole, None), [override])


def test_a_list_of_numbers_is_taken_as_it_is(whole: str, folder: Path) -> None:
    path = written(folder, whole, None)
    loaded = load_scenario(path, [OVERRIDE.replace("calls.csv", "[1, 2]")])
    assert any(
        desk.handling_min == Empirical(empirical=(1.0, 2.0)) for desk in loaded.scenario.handoffs.desks
    )
