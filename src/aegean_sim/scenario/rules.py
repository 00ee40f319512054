"""Rules between the values of a scenario: names exist, ids differ, units can do what they may."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from aegean_sim.scenario.aircraft_rules import AIRCRAFT_RULES
from aegean_sim.scenario.boats import Flow
from aegean_sim.scenario.fleet_rules import FLEET_RULES
from aegean_sim.scenario.force_rules import FORCE_RULES
from aegean_sim.scenario.forces import Barrier, Ladder, Loop, RandomPatrol, Scripted, Search, Station
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.messages import Problem, dotted, shown
from aegean_sim.scenario.network_rules import NETWORK_RULES
from aegean_sim.scenario.placing import PLACING_RULES
from aegean_sim.scenario.reaction_rules import REACTION_RULES
from aegean_sim.scenario.sensing import PresetSensor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from aegean_sim.scenario.forces import Craft, Patrol
    from aegean_sim.scenario.messages import Location
    from aegean_sim.scenario.model import Scenario

_MOVING = (Barrier, Loop, Ladder, Search, RandomPatrol)


def broken_rules(scenario: Scenario) -> list[Problem]:
    """Find every rule between values that a scenario breaks, in the order of the rules.

    Who sails is known only where the fleet's are kept, so they come first.
    """
    fleet = [problem for rule in FLEET_RULES for problem in rule(scenario)]
    return fleet or [problem for rule in RULES for problem in rule(scenario)]


def crafts(scenario: Scenario) -> Iterator[tuple[Location, Craft]]:
    """Go through units, the hulls of deployments and passing ships, with their locations."""
    for index, unit in enumerate(scenario.units):
        yield ("units", index), unit
    for index, deployment in enumerate(scenario.deployments):
        for number, hull in enumerate(deployment.hulls):
            yield ("deployments", index, "hulls", number), hull
    for index, ships in enumerate(scenario.passing_ships):
        yield ("passing_ships", index), ships


def ids_differ(scenario: Scenario) -> Iterator[Problem]:
    """See that no two things of a kind share an id, by which draws and tables are keyed."""
    movers = [
        *((("units", index), unit.id) for index, unit in enumerate(scenario.units)),
        *_hulls_and_stations(scenario),
    ]
    deployments = [(("deployments", index), item.id) for index, item in enumerate(scenario.deployments)]
    boats = [
        *((("flows", index), flow.id) for index, flow in enumerate(scenario.flows)),
        *((("voyages", index), voyage.id) for index, voyage in enumerate(scenario.voyages)),
    ]
    desks = [(("handoffs", "desks", index), desk.id) for index, desk in enumerate(scenario.handoffs.desks)]
    tables = [
        (("handoffs", "round_tables", index), table.id)
        for index, table in enumerate(scenario.handoffs.round_tables)
    ]
    for named in (movers, deployments, boats, desks, tables):
        yield from _twice(named)


def _hulls_and_stations(scenario: Scenario) -> Iterator[tuple[Location, str]]:
    for index, deployment in enumerate(scenario.deployments):
        for number, hull in enumerate(deployment.hulls):
            yield ("deployments", index, "hulls", number), hull.id
        for number, station in enumerate(deployment.stations):
            yield ("deployments", index, "stations", number), station.id


def _twice(named: Sequence[tuple[Location, str]]) -> Iterator[Problem]:
    first: dict[str, Location] = {}
    for location, name in named:
        earlier = first.setdefault(name, location)
        if earlier != location:
            rule = f"is the id of {dotted(earlier, None)} too; ids must differ"
            yield Problem((*location, "id"), rule, shown(name))


def presets_exist(scenario: Scenario) -> Iterator[Problem]:
    """See that sensors name presets of the file or built-in ones."""
    known = scenario.sensor_presets
    for location, craft in crafts(scenario):
        for index, sensor in enumerate(craft.sensors):
            if isinstance(sensor, PresetSensor) and sensor.preset not in known:
                rule = f"no sensor preset has that name{guess(sensor.preset, known)}"
                yield Problem((*location, "sensors", index, "preset"), rule, shown(sensor.preset))


def home_ports_given(scenario: Scenario) -> Iterator[Problem]:
    """See that units have a port to bring people ashore, and to lie in off duty."""
    brings_ashore = _brings_ashore(scenario)
    for location, craft in crafts(scenario):
        off_duty = craft.availability.days_on is not None or craft.availability.shift_h is not None
        takes_aboard = brings_ashore and craft.duties & {"intercept", "rescue"}
        if craft.home_port is None and craft.base is None and (off_duty or takes_aboard):
            reason = "a unit with days or shifts off duty" if off_duty else "a unit that brings people ashore"
            yield Problem((*location, "home_port"), f"is missing: {reason} needs a home port")


def _brings_ashore(scenario: Scenario) -> bool:
    """Tell whether people are brought ashore in any theatre."""
    return any(scenario.handoffs.response_in(name).bring_ashore for name in scenario.theatres)


def responders_have_room(scenario: Scenario) -> Iterator[Problem]:
    """See that units that are to bring people ashore can take some aboard."""
    if not _brings_ashore(scenario):
        return
    for location, craft in crafts(scenario):
        able = sorted(craft.duties & {"intercept", "rescue"})
        if able and craft.capacity == 0:
            rule = f"has no room for anybody, so it cannot {able[0]} and bring people ashore; give capacity"
            yield Problem((*location, "capacity"), rule, "0")


def responders_move(scenario: Scenario) -> Iterator[Problem]:
    """See that whatever may be sent to a boat can move."""
    for location, craft in crafts(scenario):
        able = sorted(craft.duties & {"intercept", "rescue"})
        if able and craft.dash_kn == 0:
            rule = f"its greatest speed is 0, so it cannot {able[0]}; give speed_kn or max_speed_kn"
            yield Problem((*location, "duties"), rule, shown(sorted(craft.duties)))


def patrols_move(scenario: Scenario) -> Iterator[Problem]:
    """Refuse patrols along lines at speed 0, which take for ever."""
    for index, unit in enumerate(scenario.units):
        yield from _too_slow(("units", index, "speed_kn"), unit, unit.patrol)
    for index, deployment in enumerate(scenario.deployments):
        moving = next((one.patrol for one in deployment.stations if isinstance(one.patrol, _MOVING)), None)
        for number, hull in enumerate(deployment.hulls if moving else ()):
            yield from _too_slow(("deployments", index, "hulls", number, "speed_kn"), hull, moving)


def _too_slow(location: Location, craft: Craft, patrol: Patrol | None) -> Iterator[Problem]:
    aloft = craft.flies and not isinstance(patrol, Scripted)
    if patrol is not None and craft.speed_kn == 0 and (aloft or isinstance(patrol, _MOVING)):
        yield Problem(location, f"must be greater than 0 on a {patrol.kind} patrol", "0")


def sectors_stay(scenario: Scenario) -> Iterator[Problem]:
    """Refuse sectors at stations that a unit leaves, for port or for a boat."""
    for index, unit in enumerate(scenario.units):
        yield from _strays(("units", index, "patrol"), unit.patrol, [unit])
    for index, deployment in enumerate(scenario.deployments):
        for number, station in enumerate(deployment.stations):
            location = ("deployments", index, "stations", number, "patrol")
            yield from _strays(location, station.patrol, deployment.hulls)


def _strays(location: Location, patrol: Patrol, able: Sequence[Craft]) -> Iterator[Problem]:
    if isinstance(patrol, Station) and patrol.sector_deg is not None:
        fastest_kn = max((max(craft.speed_kn, craft.dash_kn) for craft in able), default=0.0)
        if fastest_kn > 0.0:
            rule = f"only a unit that stays at its station has a sector; this one can go {fastest_kn:g} kn"
            yield Problem((*location, "sector_deg"), rule, shown(patrol.sector_deg))


def greatest_speeds_are_greatest(scenario: Scenario) -> Iterator[Problem]:
    """Refuse units that are slower on a response than on patrol."""
    for location, craft in crafts(scenario):
        if craft.dash_kn < craft.speed_kn:
            rule = f"must not be less than speed_kn, which is {craft.speed_kn:g}"
            yield Problem((*location, "max_speed_kn"), rule, shown(craft.max_speed_kn))


def closed_areas_exist(scenario: Scenario) -> Iterator[Problem]:
    """Refuse a switch that closes no station: it is a misspelling."""
    for index, deployment in enumerate(scenario.deployments):
        areas = {station.area for station in deployment.stations if station.area is not None}
        for number, area in enumerate(deployment.closed_areas):
            if area not in areas:
                rule = f"no station lies in an area of that name{guess(area, areas)}"
                yield Problem(("deployments", index, "closed_areas", number), rule, shown(area))


def boat_types_exist(scenario: Scenario) -> Iterator[Problem]:
    """See that flows name boat types, whose shares add up to 1."""
    known = scenario.boat_types
    for index, flow in _coast_flows(scenario):
        location = ("flows", index, "boat_types")
        strangers = [place for place, name in enumerate(flow.boat_types) if name not in known]
        for place in strangers:
            name = flow.boat_types[place]
            rule = f"no boat type has that name{guess(name, known)}"
            yield Problem((*location, place), rule, shown(name))
        total = sum(known[name].share for name in flow.boat_types if name in known)
        if not strangers and abs(total - 1.0) > 1e-6:
            yield Problem(location, f"the shares of these boat types add up to {total:g}, not to 1")


def stretches_exist(scenario: Scenario) -> Iterator[Problem]:
    """See that routes lead from stretch to stretch."""
    known = scenario.stretches
    for index, flow in _coast_flows(scenario):
        for number, route in enumerate(flow.routes):
            for key, name in (("origin", route.origin), ("destination", route.destination)):
                if name not in known:
                    rule = f"no stretch has that name{guess(name, known)}"
                    yield Problem(("flows", index, "routes", number, key), rule, shown(name))


def months_given(scenario: Scenario) -> Iterator[Problem]:
    """Refuse months that are not given: they would pass silently as months without boats."""
    hours = range(0, int(scenario.duration_h) + 1, 24)
    moments = [scenario.start + timedelta(hours=hour) for hour in hours if hour < scenario.duration_h]
    last = scenario.start + timedelta(hours=scenario.duration_h, microseconds=-1)
    months = dict.fromkeys(f"{moment:%Y-%m}" for moment in (*moments, last))
    for index, flow in _coast_flows(scenario):
        for month in months:
            if month not in flow.persons_per_month:
                rule = f"has no {month}, a month of the run; give its persons, 0 where nobody sets out"
                yield Problem(("flows", index, "persons_per_month"), rule)


def _coast_flows(scenario: Scenario) -> Iterator[tuple[int, Flow]]:
    return ((index, flow) for index, flow in enumerate(scenario.flows) if isinstance(flow, Flow))


RULES: tuple[Callable[[Scenario], Iterator[Problem]], ...] = (
    *PLACING_RULES,
    *AIRCRAFT_RULES,
    ids_differ,
    presets_exist,
    home_ports_given,
    responders_move,
    responders_have_room,
    patrols_move,
    sectors_stay,
    greatest_speeds_are_greatest,
    closed_areas_exist,
    boat_types_exist,
    stretches_exist,
    months_given,
    *REACTION_RULES,
    *NETWORK_RULES,
    *FORCE_RULES,
)
