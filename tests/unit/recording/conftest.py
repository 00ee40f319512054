from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from aegean_sim.geography.frame import AEGEAN, Frame, OpenSeaFrame
from aegean_sim.recording.record import RunRecord, Voice
from aegean_sim.scenario.model import Scenario

BOX_NM = (-100.0, -100.0, 100.0, 100.0)
OUTCOMES = ("landed", "stopped", "met", "rescued", "lost", "at_sea")
DESKS = ("jrcc", "mcop")
INTERCEPTS = {"duties": ["watch", "intercept"], "speed_kn": 12}
Tables = dict[str, dict[str, NDArray[Any]]]


def ship(name: str, owner: str, theatre: str) -> dict[str, Any]:
    return {
        "id": name,
        "owner": owner,
        "theatre": theatre,
        "patrol": {"kind": "scripted", "points": [[0, 26, 39], [24, 26.2, 39]]},
        "sensors": [{"law": "definite_range", "range_nm": 5}],
    }


def scenario_of(theatres: dict[str, Any], name: str = "made-up") -> Scenario:
    first = next(iter(theatres))
    return Scenario.model_validate(
        {
            "name": name,
            "title": "Made up for a test",
            "start": "2016-06-01T00:00:00Z",
            "duration_h": 48,
            "seed": 7,
            "theatres": theatres,
            "units": [ship("bonn", "NATO", first), {**ship("p618", "HCG", first), **INTERCEPTS}],
            "handoffs": {"desks": [{"id": name, "handling_min": 5} for name in DESKS]},
        }
    )


def random_tables(boats: int, theatres: dict[str, Frame], rng: np.random.Generator) -> Tables:
    names = np.array(list(theatres), dtype=object)

    def text(options: list[str], count: int) -> NDArray[Any]:
        return np.array(options, dtype=object)[rng.integers(len(options), size=count)]

    def maybe(times: NDArray[Any]) -> NDArray[Any]:
        return np.where(rng.random(len(times)) < 0.3, np.nan, times)

    def places(theatre: NDArray[Any]) -> dict[str, NDArray[Any]]:
        x, y = rng.uniform(-150_000.0, 150_000.0, (2, len(theatre)))
        return {"x_m": x, "y_m": y}

    outcome = text(list(OUTCOMES), boats)
    persons = rng.integers(1, 60, boats)
    dead = np.where(outcome == "lost", rng.integers(0, 1 + persons), 0)
    fates = {
        f"persons_{fate}": np.where(outcome == fate, persons, 0)
        for fate in ("landed", "stopped", "met", "at_sea")
    }
    departed = rng.uniform(0.0, 86_400.0, boats)
    voyages = {
        "theatre": names[rng.integers(len(names), size=boats)],
        "voyage": np.array([f"f-{row // 3}" for row in range(boats)], dtype=object),
        "copy": np.arange(boats) % 3,
        "route": text(["çeşme>chios", "ayvalık>lesvos"], boats),
        "boat_type": text(["dinghy", "yacht"], boats),
        "target": text(["rubber", "wooden"], boats),
        "persons": persons,
        "departed_s": departed,
        "ended_s": np.where(outcome == "at_sea", np.nan, departed + rng.uniform(3600.0, 20_000.0, boats)),
        "outcome": outcome,
        "ended_by": np.where(outcome == "met", "p618", "").astype(object),
        "landed_in": np.where(outcome == "landed", "GR", "").astype(object),
        "distress_s": maybe(departed + 1800.0),
        "capsized_s": maybe(departed + 2700.0),
        "persons_landed": fates["persons_landed"],
        "persons_stopped": fates["persons_stopped"],
        "persons_met": fates["persons_met"],
        "persons_rescued": np.where(
            outcome == "rescued", persons, np.where(outcome == "lost", persons - dead, 0)
        ),
        "persons_dead": dead,
        "persons_at_sea": fates["persons_at_sea"],
        "hull": text(["", "destroyed", "adrift"], boats),
        "suspects": rng.integers(0, 3, boats),
        "attempt": np.ones(boats, np.int64),
        "first_voyage": np.array([f"f-{row // 3}" for row in range(boats)], dtype=object),
        "moved": rng.random(boats) < 0.1,
    }
    count = 2 * boats
    of = rng.integers(boats, size=count) if boats else np.empty(0, np.int64)
    boat = {name: voyages[name][of] for name in ("theatre", "voyage", "copy")}
    boat["traffic"] = text([""], count)
    seen = voyages["departed_s"][of] + rng.uniform(0.0, 9000.0, count)
    who = {"unit": text(["bonn", "p618"], count), "owner": text(["NATO", "HCG"], count)}
    changed = np.flatnonzero(rng.random(2 * boats) < 0.4)
    fared = {name: voyages[name][changed % max(boats, 1)] for name in voyages}
    tracks = {
        "theatre": boat["theatre"],
        "mover": np.array([f"m{row}" for row in of], dtype=object),
        "kind": text(["unit", "boat"], count),
        "piece": np.zeros(count, np.int64),
        "seq": np.arange(count),
        "time_s": seen,
    }
    return {
        "voyages": voyages,
        "contacts": {
            **boat,
            **who,
            "contact": np.arange(count),
            "sensor": text(["lookout", "radar"], count),
            "classed": text(["suspect", "harmless", ""], count),
            "number": np.ones(count, np.int64),
            "start_s": seen,
            "end_s": maybe(seen + 600.0),
            "range_m": rng.uniform(0.0, 20_000.0, count),
            **places(boat["theatre"]),
        },
        "handoffs": {
            **boat,
            **who,
            "handoff": np.arange(count),
            "report": np.arange(count) // 2,
            "contact": np.arange(count),
            "hop": np.arange(count) % 2,
            "sender": who["unit"],
            "receiver": text(["jrcc", "mcop"], count),
            "way": text(["unit", "link", "table", "tip", "bounce"], count),
            "distress": rng.random(count) < 0.1,
            "observed_s": seen - 30.0,
            "sent_s": seen,
            "arrived_s": maybe(seen + 60.0),
            "taken_up_s": maybe(seen + 90.0),
            "decided_s": maybe(seen + 300.0),
            "waited_until_s": np.full(count, np.nan),
            "decision": text(["tasked", "passed_on", "refused", "known"], count),
            "reason": text(["", "no unit free", "too late"], count),
            "end": text(["acted", "duplicate", "late", "no_unit", ""], count),
            "timely": rng.random(count) < 0.4,
            "age_min": maybe(rng.uniform(0.0, 90.0, count)),
            "error_m": maybe(rng.uniform(0.0, 9000.0, count)),
        },
        "responses": {
            **boat,
            **who,
            "response": np.arange(count),
            "handoff": np.arange(count) // 2,
            "tasked_s": seen + 300.0,
            "on_scene_s": maybe(seen + 2000.0),
            "done_s": maybe(seen + 5000.0),
            "result": text(["met", "not_found", "under_way"], count),
            "persons": rng.integers(0, 50, count),
            "forced": rng.random(count) < 0.1,
            "ashore_s": maybe(seen + 5000.0),
            "brought_to": text(["", "GR", "TR"], count),
            "brought_by": text(["", "cutter"], count),
        },
        "decisive": {
            **{name: fared[name] for name in ("theatre", "voyage", "copy", "persons", "outcome", "ended_s")},
            "silenced": np.full(len(changed), "force", dtype=object),
            "name": np.where(changed < boats, "NATO", "HCG").astype(object),
            "outcome_without": text(list(OUTCOMES), len(changed)),
            "ended_without_s": maybe(fared["ended_s"] + 60.0),
            "persons_dead": fared["persons_dead"],
            "persons_dead_without": rng.integers(0, 20, len(changed)),
        },
        "desks": desks(boats, rng),
        "tracks": {**tracks, **places(boat["theatre"])},
    }


def desks(hours: int, rng: np.random.Generator) -> dict[str, NDArray[Any]]:
    rows = len(DESKS) * hours
    counts = ("arrived", "taken_up", "decided", "lost", "refused", "no_unit", "waiting_max")
    means = ("waiting_mean", "officers_mean", "busy_mean")
    begin = np.tile(np.arange(hours) * 3600.0, len(DESKS))
    wait_min = np.where(rng.random(rows) < 0.3, np.nan, rng.uniform(0.0, 90.0, rows))
    return {
        "desk": np.repeat(np.array(DESKS, dtype=object), hours),
        "start_s": begin,
        "end_s": begin + 3600.0,
        **{name: rng.integers(0, 9, rows) for name in counts},
        **{name: rng.uniform(0.0, 9.0, rows) for name in means},
        "wait_mean_min": wait_min,
        "taken_up": np.where(np.isnan(wait_min), 0, rng.integers(1, 9, rows)),
    }


def made_up(
    boats: int = 20, *, seed: int = 1, coast: bool = True, box: bool = False, forces: tuple[str, ...] = ()
) -> RunRecord:
    theatres: dict[str, Any] = {}
    frames: dict[str, Frame] = {}
    if coast:
        theatres["aegean"], frames["aegean"] = {"coast": "aegean"}, AEGEAN
    if box:
        theatres["lab"] = {"coast": "open_sea", "box_nm": BOX_NM}
        frames["lab"] = OpenSeaFrame("lab", BOX_NM)
    rng = np.random.default_rng(seed)
    return RunRecord(
        scenario=scenario_of(theatres),
        replication=3,
        tables=random_tables(boats, frames, rng),
        frames=frames,
        timings_s={"simulate": 0.51239},
        paired=tuple(Voice("force", force) for force in forces),
    )


@pytest.fixture(scope="session")
def make_record() -> Callable[..., RunRecord]:
    return made_up


@pytest.fixture
def record() -> RunRecord:
    return made_up()
