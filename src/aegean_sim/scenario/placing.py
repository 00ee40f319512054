"""Rules of theatres and places: theatres exist, points lie in their bounds, named places are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.errors import GeographyError
from aegean_sim.geography.frame import THEATRES, OpenSeaFrame
from aegean_sim.scenario.boats import LaboratoryFlow
from aegean_sim.scenario.forces import Barrier, Ladder, Loop, RandomPatrol, Search, Station
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.messages import Problem, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aegean_sim.geography.frame import Frame
    from aegean_sim.scenario.base import Place
    from aegean_sim.scenario.forces import Patrol
    from aegean_sim.scenario.messages import Location
    from aegean_sim.scenario.model import Scenario, Theatre
    from aegean_sim.scenario.rescue import PlacesOfSafety, Rescue

_FARTHEST_NM = 10_000.0


def boxes_only_in_laboratories(scenario: Scenario) -> Iterator[Problem]:
    """See that open sea has a box, and that a coast has none."""
    for name, theatre in scenario.theatres.items():
        location = ("theatres", name, "box_nm")
        if theatre.coast != "open_sea":
            if theatre.box_nm is not None:
                rule = f"only a theatre of open_sea has a box; {theatre.coast} has bounds of its own"
                yield Problem(location, rule, shown(theatre.box_nm))
        elif theatre.box_nm is None:
            yield Problem(location, "is missing: a theatre of open_sea needs [west, south, east, north]")
        elif not _is_box(theatre.box_nm):
            rule = "must be [west, south, east, north] with west < east and south < north, within 10000 nm"
            yield Problem(location, rule, shown(theatre.box_nm))


def theatres_exist(scenario: Scenario) -> Iterator[Problem]:
    """See that whatever names a theatre names one of the file."""
    for location, name in _named_theatres(scenario):
        if name not in scenario.theatres:
            yield Problem(location, f"no theatre has that name{guess(name, scenario.theatres)}", shown(name))


def _named_theatres(scenario: Scenario) -> Iterator[tuple[Location, str]]:
    for name in scenario.weather:
        yield ("weather", name), name
    for kind, names in (
        ("units", [unit.theatre for unit in scenario.units]),
        ("deployments", [deployment.theatre for deployment in scenario.deployments]),
        ("flows", [flow.theatre for flow in scenario.flows]),
        ("voyages", [voyage.theatre for voyage in scenario.voyages]),
        ("passing_ships", [ships.theatre for ships in scenario.passing_ships]),
    ):
        for index, name in enumerate(names):
            yield (kind, index, "theatre"), name
    for index, tip in enumerate(scenario.handoffs.tips):
        yield ("handoffs", "tips", index, "theatre"), tip.theatre
    for key in ("responses", "rescues"):
        yield from ((("handoffs", key, name), name) for name in getattr(scenario.handoffs, key))
    for location, rule in _places_of_safety(scenario):
        yield (*location, "theatre"), rule.theatre
    for index, harmless in enumerate(scenario.handoffs.harmless):
        yield ("handoffs", "harmless", index, "theatre"), harmless.theatre


def flows_fit_theatres(scenario: Scenario) -> Iterator[Problem]:
    """See that flows over routes have a coast, and flows from line to line open sea."""
    for index, flow in enumerate(scenario.flows):
        theatre = scenario.theatres.get(flow.theatre)
        if theatre is None:
            continue
        if isinstance(flow, LaboratoryFlow) and theatre.coast != "open_sea":
            rule = "a flow with rate_per_day needs a theatre of open_sea; on a coast give persons_per_month"
            yield Problem(("flows", index, "theatre"), rule, shown(flow.theatre))
        if not isinstance(flow, LaboratoryFlow) and theatre.coast == "open_sea":
            rule = "a flow over routes needs a theatre with a coast; in open sea give rate_per_day"
            yield Problem(("flows", index, "theatre"), rule, shown(flow.theatre))


def places_are_in_bounds(scenario: Scenario) -> Iterator[Problem]:
    """See that points lie inside their theatre's bounds, and that named places are known there."""
    frames = {name: _frame(name, theatre) for name, theatre in scenario.theatres.items()}
    for theatre_name, location, place in _places(scenario):
        frame = frames.get(theatre_name)
        rule = None if frame is None else _misplaced(frame, place)
        if rule is not None:
            yield Problem(location, rule, shown(place))


def weather_is_of_the_theatre(scenario: Scenario) -> Iterator[Problem]:
    """Refuse boxes of weather files that lie wholly outside their theatre."""
    for name, weather in scenario.weather.items():
        theatre, netcdf = scenario.theatres.get(name), weather.netcdf
        frame = None if theatre is None else THEATRES.get(theatre.coast)
        if frame is None or netcdf is None or netcdf.box is None:
            continue
        west, south, east, north = netcdf.box
        least_lon, least_lat, most_lon, most_lat = frame.door_bounds
        if east < least_lon or west > most_lon or north < least_lat or south > most_lat:
            rule = f"lies outside the {frame.theatre} theatre, which is {list(frame.door_bounds)}"
            yield Problem(("weather", name, "netcdf", "box"), rule, shown(netcdf.box))


def places_of_safety_hold(scenario: Scenario) -> Iterator[Problem]:
    """Refuse places of safety of which none holds when the run starts: people would be brought elsewhere."""
    day = scenario.start.date()
    for name in scenario.theatres:
        rules = [rule for rule in scenario.handoffs.rescue_in(name).places_of_safety if rule.theatre == name]
        if rules and not any(rule.holds(day) for rule in rules):
            own = ("rescues", name) if name in scenario.handoffs.rescues else ("rescue",)
            rule = (
                f"none of {name} holds on {day}, when the run starts; give places for that day, or none"
                " at all: then units make for their home ports"
            )
            yield Problem(("handoffs", *own, "places_of_safety"), rule)


def daylight_is_on_earth(scenario: Scenario) -> Iterator[Problem]:
    """See that the sun is taken at a longitude and latitude, in laboratories too."""
    at = scenario.daylight.at
    if at is not None and not (abs(at[0]) <= 180 and abs(at[1]) <= 90):
        yield Problem(("daylight", "at"), "must be [lon, lat] in degrees", shown(at))


def _is_box(box_nm: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box_nm
    return west < east and south < north and all(abs(limit) <= _FARTHEST_NM for limit in box_nm)


def _frame(name: str, theatre: Theatre) -> Frame | None:
    if theatre.coast != "open_sea":
        return THEATRES[theatre.coast]
    return OpenSeaFrame(name, theatre.box_nm) if theatre.box_nm is not None else None


def _misplaced(frame: Frame, place: Place) -> str | None:
    """Tell what is wrong with a place in a frame, or nothing."""
    if isinstance(place, str):
        return _unknown_place(frame, place)
    low, high = frame.door_bounds[:2], frame.door_bounds[2:]
    for name, value, least, most in zip(frame.door_names, place, low, high, strict=True):
        if not least <= value <= most:
            return f"outside the {frame.theatre} theatre: {name} must be from {least:g} to {most:g}"
    return None


def _unknown_place(frame: Frame, name: str) -> str | None:
    if frame.theatre not in THEATRES or isinstance(frame, OpenSeaFrame):
        return "open sea has no named places; give a point [x_nm, y_nm]"
    from aegean_sim.geography.places import place  # noqa: PLC0415  (draws in shapely)

    try:
        place(frame.theatre, name)
    except GeographyError as error:
        return str(error)
    return None


def _places(scenario: Scenario) -> Iterator[tuple[str, Location, Place]]:
    """Go through every place of a scenario: its theatre's name, its location in the file, and itself."""
    for index, unit in enumerate(scenario.units):
        yield from _at(unit.theatre, ("units", index), _patrol_places(unit.patrol))
        yield from _at(unit.theatre, ("units", index), _home_port(unit.home_port))
    for index, deployment in enumerate(scenario.deployments):
        yield from _at(deployment.theatre, ("deployments", index), _home_port(deployment.home_port))
        for number, hull in enumerate(deployment.hulls):
            location = ("deployments", index, "hulls", number)
            yield from _at(deployment.theatre, location, _home_port(hull.home_port))
        for number, station in enumerate(deployment.stations):
            location = ("deployments", index, "stations", number)
            yield from _at(deployment.theatre, location, _patrol_places(station.patrol))
    for index, ships in enumerate(scenario.passing_ships):
        yield from _at(ships.theatre, ("passing_ships", index), _home_port(ships.home_port))
    for above, rule in _places_of_safety(scenario):
        for number, place in enumerate(rule.places):
            yield rule.theatre, (*above, "places", number), place
    for index, voyage in enumerate(scenario.voyages):
        for number, (_, first, second) in enumerate(voyage.points):
            yield voyage.theatre, ("voyages", index, "points", number), (first, second)
    yield from _flow_places(scenario)


def _places_of_safety(scenario: Scenario) -> Iterator[tuple[Location, PlacesOfSafety]]:
    handoffs = scenario.handoffs
    rules: list[tuple[Location, Rescue]] = [(("handoffs", "rescue"), handoffs.rescue)]
    rules += [(("handoffs", "rescues", theatre), rescue) for theatre, rescue in handoffs.rescues.items()]
    for location, rescue in rules:
        for index, rule in enumerate(rescue.places_of_safety):
            yield (*location, "places_of_safety", index), rule


def _at(
    theatre: str, location: Location, places: Iterable[tuple[Location, Place]]
) -> Iterator[tuple[str, Location, Place]]:
    return ((theatre, (*location, *below), place) for below, place in places)


def _home_port(port: Place | None) -> Iterator[tuple[Location, Place]]:
    if port is not None:
        yield ("home_port",), port


def _patrol_places(patrol: Patrol) -> Iterator[tuple[Location, Place]]:
    if isinstance(patrol, Station):
        yield ("patrol", "at"), patrol.at
    elif isinstance(patrol, Ladder):
        yield ("patrol", "corner"), patrol.corner
        yield ("patrol", "opposite"), patrol.opposite
    elif isinstance(patrol, Search):
        if patrol.centre is not None:
            yield ("patrol", "centre"), patrol.centre
    elif isinstance(patrol, (Barrier, Loop, RandomPatrol)):
        key, places = _line(patrol)
        yield from ((("patrol", key, index), place) for index, place in enumerate(places))
    else:
        for index, (_, first, second) in enumerate(patrol.points):
            yield ("patrol", "points", index), (first, second)


def _line(patrol: Barrier | Loop | RandomPatrol) -> tuple[str, tuple[Place, ...]]:
    if isinstance(patrol, Barrier):
        return "between", patrol.between
    return ("points", patrol.points) if isinstance(patrol, Loop) else ("area", patrol.area)


def _flow_places(scenario: Scenario) -> Iterator[tuple[str, Location, Place]]:
    used: dict[tuple[str, str], None] = {}
    for index, flow in enumerate(scenario.flows):
        if not isinstance(flow, LaboratoryFlow):
            for route in flow.routes:
                used |= dict.fromkeys(((flow.theatre, route.origin), (flow.theatre, route.destination)))
            continue
        lines = (("origin",), flow.origin), (("destination",), flow.destination)
        way = ((("way_points", number), line) for number, line in enumerate(flow.way_points))
        for below, line in (*lines, *way):
            for end, point in enumerate(line):
                yield flow.theatre, ("flows", index, *below, end), point
    for theatre, name in used:
        stretch = scenario.stretches.get(name)
        for number, point in enumerate(stretch.line if stretch else ()):
            yield theatre, ("stretches", name, "line", number), point


PLACING_RULES: tuple[Callable[[Scenario], Iterator[Problem]], ...] = (
    boxes_only_in_laboratories,
    theatres_exist,
    flows_fit_theatres,
    places_are_in_bounds,
    places_of_safety_hold,
    weather_is_of_the_theatre,
    daylight_is_on_earth,
)
