"""Desks: officers and the queue before them, passing on, and who is told."""

import simpy

from aegean_sim.handoff.desks import Decision, Desks
from aegean_sim.handoff.network import Report, build_network
from aegean_sim.scenario.desks import Handoffs
from aegean_sim.streams import Streams

REFUSED = Decision("refused", "no_unit_free", timely=False)


class Refusing:
    """Who refuses everything, and remembers what."""

    def __init__(self, env: simpy.Environment) -> None:
        self.env = env
        self.asked: list[tuple[float, str, int]] = []

    def decide(self, desk: str, report: Report) -> Decision:
        self.asked.append((self.env.now, desk, report.number))
        return REFUSED


def report(number: int) -> Report:
    return Report(number, 1000 + number, number, "ship", "navy", "lab", number, "high_seas", distress=False)


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
