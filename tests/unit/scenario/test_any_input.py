"""Whatever stands in a file or override is loaded or refused by a ScenarioError; what loads comes back."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.extending import Layer, merged
from aegean_sim.scenario.fingerprint import resolved
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.scenario.model import Scenario
from aegean_sim.scenario.reading import read_mapping, read_value

SCENARIOS = Path(__file__).parents[2] / "data" / "scenarios"
NUISANCES = (
    *("null", "''", "[]", "{}", "-1", "0", ".nan", ".inf", "1e400", f"1{'0' * 400}", "true", "no", "1:30"),
    *("word", "'a b'", "2016-06-01", "[1]", "[[1, 2], [3, 4]]", "{a: 1}", "{id: a}", "1.5", "10000000", "é"),
    *("{kind: station, at: [0, 0]}", "{law: radar, r50_nm: 1}", "{triangular: [1, 2, 3]}", "[TR, 3, null]"),
)


def spots(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    items: Any = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from spots(value, (*path, key))


def spoil(data: dict[str, Any], draw: random.Random) -> None:
    """Replace, drop, rename or double one value of a scenario, wherever it is."""
    last: Any
    *above, last = draw.choice(list(spots(data)))
    node: Any = data
    for key in above:
        node = node[key]
    deed = draw.randrange(10)
    if deed == 0:
        del node[last]
    elif deed == 1 and isinstance(node, dict):
        node[draw.choice(["id", "law", "kind", "extends", "", "<<", f"{last}_km"])] = node.pop(last)
    elif deed == 2 and isinstance(node, list):
        node.append(node[last])
    else:
        node[last] = read_value(draw.choice(NUISANCES), "nuisance")


def loads_or_is_refused(path: Path, overrides: tuple[str, ...] = ()) -> bool:
    try:
        scenario = load_scenario(str(path), overrides).scenario
    except ScenarioError:
        return False
    assert Scenario.model_validate(json.loads(json.dumps(resolved(scenario), allow_nan=False))) == scenario
    return True


@pytest.mark.parametrize("seed", range(3))
def test_spoilt_files(seed: int, folder: Path) -> None:
    draw = random.Random(seed)  # noqa: S311
    path = folder / "mine.yaml"
    text = (SCENARIOS / "whole.yaml").read_text(encoding="utf-8")
    loaded = 0
    for _ in range(120):
        data = read_value(text, "whole.yaml")
        for _ in range(draw.choice([1, 1, 1, 2, 5])):
            spoil(data, draw)
        path.write_text(json.dumps(data).replace("Infinity", ".inf").replace("NaN", ".nan"), encoding="utf-8")
        loaded += loads_or_is_refused(path)
    assert 0 < loaded < 120


@pytest.mark.parametrize("seed", range(2))
def test_spoilt_text(seed: int, folder: Path) -> None:
    draw = random.Random(seed)  # noqa: S311
    path = folder / "mine.yaml"
    content = (SCENARIOS / "whole.yaml").read_bytes()
    for _ in range(100):
        spoilt = bytearray(content)
        for _ in range(draw.choice([1, 2, 10])):
            start = draw.randrange(len(spoilt))
            spoilt[start : start + draw.randrange(3)] = draw.choice(
                [b"", b"\xff", b"\t", b"[", b": ", b"&a ", b"*a", b"\n"]
            )
        path.write_bytes(spoilt)
        loads_or_is_refused(path)


def test_spoilt_overrides(folder: Path) -> None:
    draw = random.Random(3)  # noqa: S311
    path = folder / "mine.yaml"
    path.write_text((SCENARIOS / "whole.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    places = list(spots(resolved(load_scenario(str(path)).scenario)))
    for _ in range(100):
        place = ".".join(map(str, draw.choice(places)))
        loads_or_is_refused(
            path, (f"{place}{draw.choice(['', '', '', '.x', '.0'])}={draw.choice(NUISANCES)}",)
        )


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        value = read_value(text, "mine.yaml")
    except ScenarioError:
        return
    json.dumps(value)


POSITIVE = st.floats(min_value=1e-3, max_value=90, allow_nan=False)
COORDINATE = st.floats(min_value=-100, max_value=100, allow_nan=False)
POINT = st.tuples(COORDINATE, COORDINATE).map(list)
DELAY = st.one_of(
    POSITIVE,
    POSITIVE.map(lambda mean: {"exponential": mean}),
    st.lists(POSITIVE, min_size=3, max_size=3).map(lambda three: {"triangular": sorted(three)}),
)
SENSOR = st.one_of(
    POSITIVE.map(lambda b: {"law": "inverse_cube", "b_nm3_per_h": b}),
    st.tuples(POSITIVE, POSITIVE).map(
        lambda two: {"law": "disc_rate", "range_nm": two[0], "rate_per_h": two[1]}
    ),
    POSITIVE.map(lambda reach: {"law": "definite_range", "range_nm": reach}),
    st.sampled_from([{"preset": "lookout-ship"}, {"preset": "nav-radar-patrol", "height_m": 11}]),
)
PATROL = st.one_of(
    POINT.map(lambda at: {"kind": "station", "at": at}),
    st.lists(POINT, min_size=2, max_size=5).map(lambda points: {"kind": "loop", "points": points}),
    st.lists(POINT, min_size=3, max_size=5).map(lambda area: {"kind": "random", "area": area}),
)
UNIT = st.fixed_dictionaries(
    {
        "theatre": st.just("lab"),
        "speed_kn": POSITIVE,
        "patrol": PATROL,
        "sensors": st.lists(SENSOR, max_size=3),
    },
    optional={"keep_out": st.lists(st.sampled_from(["TR", "GR", "IT"])), "ready_min": POSITIVE},
)
DESKS = st.lists(DELAY, max_size=4).map(
    lambda delays: [
        {"id": f"desk{n}", "handling_min": delay, "hears": [f"force{n}"]} for n, delay in enumerate(delays)
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(units=st.lists(UNIT, max_size=4), desks=DESKS, seed=st.integers(0, 2**63 - 1), hours=POSITIVE)
def test_made_up_scenarios_load_and_come_back(
    units: list[dict[str, Any]], desks: list[dict[str, Any]], seed: int, hours: float, folder: Path
) -> None:
    data = merged(
        [Layer(folder / "mine.yaml", read_mapping(SCENARIOS.parents[2] / "configs" / "lab-crossing.yaml"))]
    )
    data |= {
        "units": [{"id": f"unit{n}", **unit} for n, unit in enumerate(units)],
        "handoffs": {"desks": desks},
    }
    data |= {"seed": seed, "duration_h": hours}
    (folder / "mine.yaml").write_text(json.dumps(data), encoding="utf-8")
    assert loads_or_is_refused(folder / "mine.yaml")
