"""Desks: officers and the queue before them, passing on, and who is told."""

import math
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

import pytest
import simpy

from aegean_sim.handoff.desks import Desks
from aegean_sim.handoff.hop import Decision
from aegean_sim.handoff.network import Report, build_network
from aegean_sim.handoff.round_table import Table
from aegean_sim.scenario.desks import Handoffs, RoundTable
from aegean_sim.streams import Streams

REFUSED = Decision("refused", "no_unit_free", timely=False)


class Refusing:
    """Who refuses everything that has no answer yet, and remembers what."""

    def __init__(self, env: simpy.Environment) -> None:
        self.env = env
        self.answers: list[Decision] = []
        self.asked: list[tuple[float, str, int]] = []

    def learn(self, *_: object) -> None:
        """Nobody is sent."""

    def decide(self, desk: str, report: Report, *, settled: bool) -> Decision:
        self.asked.append((self.env.now, desk, report.number))
        return self.answers.pop(0) if self.answers else REFUSED


def report(number: int, **more: object) -> Report:
    usual = Report(
        number,
        1000 + number,
        number,
        "ship",
        "navy",
        "DE",
        "lab",
        number,
        "high_seas",
        "",
        distress=False,
        seen_s=0.0,
        x_m=0.0,
        y_m=0.0,
    )
    return usual._replace(**more)


def at_work(**parts: object) -> tuple[simpy.Environment, Desks, Refusing]:
    env = simpy.Environment()
    decider = Refusing(env)
    return env, Desks(env, build_network(Handoffs.model_validate(parts)), Streams(1, 0), decider), decider


def desk(name: str, **more: object) -> dict[str, object]:
    return {"id": name, "handling_min": 10, **more}


def test_officers_take_up_what_came_first() -> None:
    env, desks, decider = at_work(desks=[desk("hq", officers=2, hears=["navy"])])
    for number in range(5):
        desks.take(report(number))
    env.run(until=3000.0)
    assert [hop.arrived_s for hop in desks.hops] == [0.0] * 5
    assert [hop.taken_up_s for hop in desks.hops] == [0.0, 0.0, 600.0, 600.0, 1200.0]
    assert [hop.decided_s for hop in desks.hops] == [600.0, 600.0, 1200.0, 1200.0, 1800.0]
    assert [number for _, _, number in decider.asked] == [0, 1, 2, 3, 4]
    desks.take(report(5))
    assert desks.hops[-1].taken_up_s == 3000.0


def test_a_case_that_is_looked_at_again_no_longer_waits() -> None:
    """Another report on the boat had led to a unit, in vain; the desk thinks again of one that waited."""
    env, desks, decider = at_work(desks=[desk("hq", hears=["navy"])])
    decider.answers = [Decision("queued", "no_unit_free", timely=False), Decision("tasked", "", timely=True)]
    desks.take(report(0))
    env.run(until=1000.0)
    desks.look_again("hq", report(0))
    env.run(until=2000.0)
    assert not desks.decide_again("hq", report(0))
    assert [hop.decision.word for hop in desks.hops] == ["known", "tasked"]
    assert desks.hops[0].waited_until_s == 1000.0
    assert len(decider.asked) == 2


def test_no_message_is_sent_twice_because_it_was_lost() -> None:
    env, desks, _ = at_work(
        desks=[desk("hq", hears=["navy"]), desk("other")],
        links=[{"sender": "hq", "receiver": "other", "latency_min": 5, "reliability": 1e-9}],
        sharing=[{"sender": "hq", "receivers": ["other"]}],
    )
    desks.take(report(0))
    env.run(until=2000.0)
    desks.look_again("hq", report(0))
    env.run(until=5000.0)
    assert [(hop.receiver, hop.decision.word) for hop in desks.hops] == [
        ("hq", "passed_on"), ("other", "lost"), ("hq", "refused"),
    ]  # fmt: skip


def test_a_report_goes_round_a_ring_of_desks_once() -> None:
    names = ("a", "b", "c")
    env, desks, decider = at_work(
        desks=[desk("a", hears=["navy"]), desk("b"), desk("c")],
        links=[
            {"sender": one, "receiver": other, "latency_min": 5}
            for one in names for other in names if one != other
        ],
        sharing=[
            {"sender": sender, "receivers": receivers}
            for sender, receivers in (("a", ["b"]), ("b", ["a", "c"]), ("c", ["a"]))
        ],
    )  # fmt: skip
    desks.take(report(0))
    env.run(until=10_000.0)
    assert decider.asked == [(600.0, "a", 0), (1500.0, "b", 0), (2400.0, "c", 0)]
    assert [(hop.number, hop.sender, hop.receiver, hop.sent_s) for hop in desks.hops] == [
        (0, "ship", "a", 0.0), (1, "a", "b", 600.0), (2, "b", "c", 1500.0),
    ]  # fmt: skip
    assert [hop.decision.word for hop in desks.hops] == ["passed_on", "passed_on", "refused"]


def test_nobody_hears_a_force_without_a_desk() -> None:
    env, desks, decider = at_work(desks=[desk("hq", hears=["police"])])
    assert not desks.hears("navy")
    desks.take(report(0))
    env.run(until=3000.0)
    assert not desks.hops
    assert not decider.asked


def pair(*links: dict[str, object], **more: object) -> tuple[simpy.Environment, Desks, Refusing]:
    """Two desks, the first of which hears the ship and tells the second."""
    sharing = [{"sender": "a", "receivers": ["b"], **more.pop("rule", {})}]  # type: ignore[dict-item]
    desks = [desk("a", hears=["navy", "air"], **more.pop("a", {})), desk("b", **more.pop("b", {}))]  # type: ignore[arg-type]
    direct = {"sender": "a", "receiver": "b", "latency_min": 5}
    return at_work(desks=desks, links=list(links) or [direct], sharing=sharing, **more)


def heard(work: tuple[simpy.Environment, Desks, Refusing], **more: object) -> list[str]:
    """Names of the desks that decide on one report."""
    env, desks, decider = work
    desks.take(report(0, **more))
    env.run(until=1e6)
    return [name for _, name, _ in decider.asked]


def test_nobody_is_there_out_of_hours_and_all_set_to_work_when_the_shift_begins() -> None:
    shifts = [{"hours_utc": [0, 6], "officers": 0}, {"hours_utc": [6, 8], "officers": 3}]
    env, desks, _ = at_work(desks=[desk("hq", officers=1, shifts=shifts, hears=["navy"])])
    for number in range(5):
        desks.take(report(number))
    env.run(until=86_400.0)
    six = 6 * 3600.0
    assert [hop.taken_up_s for hop in desks.hops] == [six] * 3 + [six + 600.0] * 2


def test_an_officer_who_goes_off_shift_ends_what_is_in_hand() -> None:
    shifts = [{"hours_utc": [0, 1], "officers": 2}]
    env, desks, _ = at_work(desks=[desk("hq", officers=1, shifts=shifts, handling_min=90, hears=["navy"])])
    for number in range(4):
        desks.take(report(number))
    env.run(until=86_400.0)
    assert [hop.taken_up_s for hop in desks.hops] == [0.0, 0.0, 5400.0, 10_800.0]


def test_a_message_that_never_gets_through_is_lost_on_the_link() -> None:
    link = {
        "sender": "a",
        "receiver": "b",
        "latency_min": 5,
        "reliability": 1e-9,
        "tries": 3,
        "resend_min": 10,
    }
    env, desks, decider = pair(link)
    desks.take(report(0))
    env.run(until=1e5)
    lost = desks.hops[1]
    assert (lost.decision.word, lost.decision.reason) == ("lost", "lost_on_link")
    assert lost.decided_s == 600.0 + 2 * 600.0
    assert math.isnan(lost.arrived_s)
    assert [name for _, name, _ in decider.asked] == ["a"]


def test_a_message_goes_by_way_of_another_desk_that_does_not_decide() -> None:
    env, desks, decider = at_work(
        desks=[desk("a", hears=["navy"]), desk("capital", handling_min=60), desk("b")],
        links=[
            {"sender": "a", "receiver": "capital", "latency_min": 30},
            {"sender": "capital", "receiver": "b", "latency_min": 20},
        ],
        sharing=[{"sender": "a", "receivers": ["b"]}],
    )
    desks.take(report(0))
    env.run(until=1e5)
    assert [(name, moment / 60.0) for moment, name, _ in decider.asked] == [("a", 10.0), ("b", 130.0)]
    assert [(hop.sender, hop.receiver, hop.decision.reason) for hop in desks.hops] == [
        ("ship", "a", "no_unit_free"),
        ("a", "capital", "relay"),
        ("capital", "b", "no_unit_free"),
    ]


def test_rules_ask_who_saw_it_and_where_it_is_heading() -> None:
    for rule, fits, other in (
        ({"forces": ["navy"]}, {}, {"force": "air", "unit": "plane"}),
        ({"nations": ["DE"]}, {}, {"nation": "TR"}),
        ({"heading": ["GR"]}, {"heading": "GR"}, {"heading": "TR"}),
        ({"waters": ["TR"]}, {"waters": "TR"}, {"waters": "GR"}),
        ({"only_distress": True}, {"distress": True}, {}),
    ):
        assert heard(pair(rule=rule), **fits) == ["a", "b"], rule
        assert heard(pair(rule=rule), **other) == ["a"], rule


def test_what_a_nation_withholds_is_told_in_distress_only() -> None:
    withheld = [{"nations": ["DE"], "receivers": ["b"]}]
    assert heard(pair(withheld=withheld)) == ["a"]
    assert heard(pair(withheld=withheld), distress=True) == ["a", "b"]
    assert heard(pair(withheld=withheld), nation="FR") == ["a", "b"]


@pytest.mark.parametrize(
    ("silenced", "told"),
    [
        ({"units": ["ship"]}, []),
        ({"units": ["other"]}, ["a", "b"]),
        ({"forces": ["navy"]}, []),
        ({"desks": ["a"]}, []),
        ({"desks": ["b"]}, ["a"]),
        ({"links": [["a", "b"]]}, ["a"]),
    ],
)
def test_what_is_silenced_tells_nobody(silenced: dict[str, object], told: list[str]) -> None:
    assert heard(pair(silenced=silenced)) == told


def seated(
    *, at_sea: bool, seats: int = 1, silenced: Mapping[str, object] = MappingProxyType({}), **table: object
) -> tuple[simpy.Environment, Desks, Refusing]:
    rules = RoundTable.model_validate(
        {"id": "mess", "aboard": "ship", "seats": {"a": 1, "b": seats}, "word_min": 2, **table}
    )
    work = pair({"sender": "a", "receiver": "b", "latency_min": 90}, a={"officers": 9}, silenced=silenced)
    env, desks, _ = work
    desks.tables = (Table(env, rules, Streams(1, 0), lambda: at_sea, desks.arrive, desks.untold),)
    return work


def test_across_the_table_a_word_is_enough() -> None:
    for work, minutes in (
        (seated(at_sea=True), 12.0),
        (seated(at_sea=False), 100.0),
        (seated(at_sea=True, switched_on=False), 100.0),
        (seated(at_sea=True, seats=0), 100.0),
    ):
        env, desks, _ = work
        desks.take(report(0))
        env.run(until=1e5)
        assert desks.hops[1].arrived_s == minutes * 60.0


def test_a_silenced_link_silences_the_word_across_the_table_as_well() -> None:
    assert heard(seated(at_sea=True)) == ["a", "b"]
    assert heard(seated(at_sea=True, silenced={"links": [["a", "b"]]})) == ["a"]
    assert heard(seated(at_sea=True, silenced={"links": [["b", "a"]]})) == ["a", "b"]


def among(tables: list[Mapping[str, object]], at_sea: Mapping[str, bool]) -> dict[str, tuple[str, float]]:
    """Let desk a tell b and c among several tables; give by receiver the way, and when it heard, minutes."""
    env, desks, _ = at_work(
        desks=[desk("a", hears=["navy"]), desk("b"), desk("c")],
        links=[{"sender": "a", "receiver": name, "latency_min": 90} for name in "bc"],
        sharing=[{"sender": "a", "receivers": ["b", "c"]}],
    )
    desks.tables = tuple(
        Table(
            env,
            RoundTable.model_validate({"id": f"on-{table['aboard']}", **table}),
            Streams(1, 0),
            partial(at_sea.__getitem__, table["aboard"]),
            desks.arrive,
            desks.untold,
        )
        for table in tables
    )
    desks.take(report(0))
    env.run(until=1e5)
    return {hop.receiver: (hop.way, hop.arrived_s / 60.0) for hop in desks.hops[1:]}


EAST = {"aboard": "lion", "seats": {"a": 1, "b": 1}, "word_min": 2}
WEST = {"aboard": "bear", "seats": {"a": 1, "b": 1, "c": 1}, "word_min": 5}


@pytest.mark.parametrize(
    ("tables", "in_port", "told"),
    [
        ([EAST, WEST], "", {"b": ("table", 12.0), "c": ("table", 15.0)}),
        ([WEST, EAST], "", {"b": ("table", 15.0), "c": ("table", 15.0)}),
        ([EAST, WEST], "lion", {"b": ("table", 15.0), "c": ("table", 15.0)}),
        ([EAST, WEST], "bear", {"b": ("table", 12.0), "c": ("link", 100.0)}),
        ([EAST | {"switched_on": False}, WEST], "", {"b": ("table", 15.0), "c": ("table", 15.0)}),
    ],
)
def test_a_word_passes_across_the_first_table_that_joins_both(
    tables: list[Mapping[str, object]], in_port: str, told: dict[str, tuple[str, float]]
) -> None:
    assert among(tables, {name: name != in_port for name in ("lion", "bear")}) == told


def test_each_officer_at_the_table_takes_one_word_at_a_time() -> None:
    for seats, arrivals in ((1, [12.0, 14.0, 16.0]), (2, [12.0, 12.0, 14.0])):
        env, desks, _ = seated(at_sea=True, seats=seats)
        for number in range(3):
            desks.take(report(number))
        env.run(until=1e5)
        assert [hop.arrived_s / 60.0 for hop in desks.hops if hop.receiver == "b"] == arrivals


def test_what_is_lost_on_one_link_may_come_by_another_desk() -> None:
    env, desks, decider = at_work(
        desks=[desk("a", hears=["navy"]), desk("b"), desk("c")],
        links=[
            {"sender": "a", "receiver": "b", "latency_min": 5, "reliability": 1e-9},
            {"sender": "a", "receiver": "c", "latency_min": 5},
            {"sender": "c", "receiver": "b", "latency_min": 5},
        ],
        sharing=[{"sender": "a", "receivers": ["b", "c"]}, {"sender": "c", "receivers": ["b"]}],
    )
    desks.take(report(0))
    env.run(until=1e5)
    assert [name for _, name, _ in decider.asked] == ["a", "c", "b"]


def test_a_silenced_desk_relays_nothing() -> None:
    env, desks, decider = at_work(
        desks=[desk("a", hears=["navy"]), desk("capital"), desk("b")],
        links=[
            {"sender": "a", "receiver": "capital", "latency_min": 5},
            {"sender": "capital", "receiver": "b", "latency_min": 5},
        ],
        sharing=[{"sender": "a", "receivers": ["b"]}],
        silenced={"desks": ["capital"]},
    )
    desks.take(report(0))
    env.run(until=1e5)
    assert [name for _, name, _ in decider.asked] == ["a"]


class HandingOn(Refusing):
    """Who holds everything to be the case of desk b."""

    def decide(self, desk: str, report: Report, *, settled: bool) -> Decision:
        return Decision("refused", "may_not_act", timely=False, onward=("b",) if desk == "a" else ())


def test_what_is_withheld_is_not_handed_on_either() -> None:
    for nations, told in ((["DE"], ["a"]), (["FR"], ["a", "b"])):
        env, desks, _ = at_work(
            desks=[desk("a", hears=["navy"]), desk("b")],
            links=[{"sender": "a", "receiver": "b", "latency_min": 5}],
            withheld=[{"nations": nations, "receivers": ["b"]}],
        )
        desks.decider = HandingOn(env)
        desks.take(report(0))
        env.run(until=10_000.0)
        assert [hop.receiver for hop in desks.hops] == told


def test_words_at_the_table_go_by_link_once_the_ship_is_in_port() -> None:
    env, desks, _ = seated(at_sea=True)
    desks.tables[0].at_sea = lambda: env.now < 750.0
    for number in range(5):
        desks.take(report(number))
    env.run(until=20_000.0)
    ways = [hop.way for hop in desks.hops if hop.receiver == "b"]
    assert ways == ["table"] + ["link"] * 4
