"""Headquarters: all that hear of boats and act on it, wired together for one run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aegean_sim.behaviour.ashore import Ashore
from aegean_sim.behaviour.boarding import Boarding
from aegean_sim.behaviour.classing import Classer
from aegean_sim.behaviour.delivery import Delivery
from aegean_sim.behaviour.dispatch import Dispatcher
from aegean_sim.behaviour.orders import Orders
from aegean_sim.behaviour.reporting import Reporter
from aegean_sim.behaviour.shadowing import Shadows
from aegean_sim.behaviour.tasking import Doctrine
from aegean_sim.handoff.desks import Desks
from aegean_sim.handoff.jurisdiction import Courts
from aegean_sim.handoff.network import build_network
from aegean_sim.handoff.picture import Picture
from aegean_sim.handoff.round_table import Table
from aegean_sim.streams import identity

if TYPE_CHECKING:
    from collections.abc import Mapping

    import simpy

    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.handoff.network import Network
    from aegean_sim.scenario.desks import Handoffs
    from aegean_sim.scenario.model import Scenario
    from aegean_sim.streams import Streams


@dataclass(frozen=True, slots=True, eq=False)
class Headquarters:
    """Who hears of boats, and who acts."""

    env: simpy.Environment
    desks: Desks
    dispatcher: Dispatcher
    reporter: Reporter


def build_headquarters(
    scenario: Scenario, env: simpy.Environment, streams: Streams, scenes: Mapping[str, Scene]
) -> Headquarters:
    """Wire desks, dispatch and reporting of a run."""
    handoffs = scenario.handoffs
    network = build_network(handoffs, scenario.clock_s)
    shadows = Shadows(env, handoffs.watching.shadow_h)
    pictures, courts = _pictures(handoffs, network, streams), _courts(scenario, scenes, streams)
    doctrines = {name: _doctrine(scenario, name, env, streams) for name in scenes}
    dispatcher = Dispatcher(env, scenes, network, doctrines, streams, pictures, courts, shadows.ended)
    for doctrine in doctrines.values():
        doctrine.delivery.freed = dispatcher.freed
    desks = Desks(env, network, streams, dispatcher, scenario.clock_s)
    dispatcher.desks = desks
    desks.table = _round_table(handoffs, env, streams, scenes, desks)
    headings = any(rule.heading for rule in handoffs.sharing)
    again_min = {name: handoffs.response_in(name).report_again_min for name in scenes}
    classer = Classer(handoffs.classing, streams)
    reporter = Reporter(env, desks, classer, again_min, headings, shadows.told)
    return Headquarters(env, desks, dispatcher, reporter)


def _doctrine(scenario: Scenario, theatre: str, env: simpy.Environment, streams: Streams) -> Doctrine:
    handoffs = scenario.handoffs
    response, rescue = handoffs.response_in(theatre), handoffs.rescue_in(theatre)
    returned = handoffs.jurisdiction.returned if handoffs.jurisdiction is not None else {}
    ashore = Ashore(returned, rescue.places_of_safety, scenario.start.date())
    delivery = Delivery(env, rescue, ashore, response.ashore_min, streams)
    orders = Orders(scenario.operations, scenario.start)
    boarding = Boarding(scenario.training, scenario.boat_types, streams)
    return Doctrine(response, handoffs.watching.updates, delivery, orders, boarding)


def _pictures(handoffs: Handoffs, network: Network, streams: Streams) -> dict[str, Picture]:
    return {name: Picture(handoffs.picture, identity("desk", name), streams) for name in network.desks}


def _courts(scenario: Scenario, scenes: Mapping[str, Scene], streams: Streams) -> dict[str, Courts]:
    rules = scenario.handoffs.jurisdiction
    if rules is None:
        return {}
    return {name: Courts(rules, scene.sea, scenario.start, streams) for name, scene in scenes.items()}


def _round_table(
    handoffs: Handoffs,
    env: simpy.Environment,
    streams: Streams,
    scenes: Mapping[str, Scene],
    desks: Desks,
) -> Table | None:
    rules = handoffs.round_table
    if rules is None:
        return None
    return Table(env, rules, streams, partial(_at_sea, env, scenes, rules.aboard), desks.arrive, desks.untold)


def _at_sea(env: simpy.Environment, scenes: Mapping[str, Scene], name: str) -> bool:
    """Tell whether a unit is at sea now."""
    units = (unit for scene in scenes.values() for unit in scene.units if unit.id == name)
    return any(unit.piece_at(env.now) is not None for unit in units)
