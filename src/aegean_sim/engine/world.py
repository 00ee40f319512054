"""The world: theatres, units, boats and desks of one run, wired together and not yet started."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import simpy

from aegean_sim.behaviour.choices import Choices
from aegean_sim.behaviour.crossing import Crossings
from aegean_sim.behaviour.departures import departures
from aegean_sim.behaviour.lookout import Lookout
from aegean_sim.behaviour.passing import Passing, passing_units
from aegean_sim.behaviour.strangers import Traffic
from aegean_sim.behaviour.theatre import Scene
from aegean_sim.behaviour.timetable import assignments, build_units
from aegean_sim.behaviour.tips import Tips
from aegean_sim.detection.fitting import Carrier, fit_sensors
from aegean_sim.detection.sectors import sector_rad
from aegean_sim.engine.headquarters import build_headquarters
from aegean_sim.environment.conditions import build_conditions
from aegean_sim.environment.weather_kinds import read_weather
from aegean_sim.geography.frame import THEATRES
from aegean_sim.geography.sea import open_box, open_theatre
from aegean_sim.scenario.sensing import TARGET_CLASSES
from aegean_sim.scenario.weather import Weather
from aegean_sim.streams import Streams

if TYPE_CHECKING:
    from pathlib import Path

    from aegean_sim.behaviour.dispatch import Dispatcher
    from aegean_sim.detection.sensors import SensorTable
    from aegean_sim.engine.headquarters import Headquarters
    from aegean_sim.entities.contact import Contact
    from aegean_sim.environment.conditions import Conditions
    from aegean_sim.environment.weather import WeatherTable
    from aegean_sim.geography.sea import Sea
    from aegean_sim.handoff.desks import Desks
    from aegean_sim.scenario.model import Scenario
    from aegean_sim.scenario.rescue import PassingShips

_DEFAULT_HEIGHT_M = {"rubber": 1.0, "wooden": 2.0, "swimmers": 0.3}


@dataclass(slots=True, eq=False)
class World:
    """One run, ready to start or ended."""

    scenario: Scenario
    streams: Streams
    env: simpy.Environment
    scenes: dict[str, Scene]
    desks: Desks
    dispatcher: Dispatcher


def build_world(scenario: Scenario, folder: Path, replication: int) -> World:
    """Wire a run; ``folder`` is where the files that the scenario names are."""
    env = simpy.Environment()
    streams = Streams(scenario.seed, replication)
    scenes = {name: _scene(name, scenario, folder, env, streams) for name in scenario.theatres}
    headquarters = build_headquarters(scenario, env, streams, scenes)
    for scene in scenes.values():
        _begin(scene, scenario, headquarters, streams)
    return World(scenario, streams, env, scenes, headquarters.desks, headquarters.dispatcher)


def _begin(scene: Scene, scenario: Scenario, told: Headquarters, streams: Streams) -> None:
    """Connect what is seen in a theatre with those who are told, and plan what comes by itself."""
    env, reporter = told.env, told.reporter

    def sighted(contact: Contact) -> None:
        told.dispatcher.sighted(scene, contact)
        reporter.sighted(scene, contact)

    scene.lookout.on_sighting = sighted
    for tip in scenario.handoffs.tips:
        if tip.theatre == scene.name:
            Tips(env, scene, told.desks, reporter, streams, tip).plan(scenario.duration_s)
    heard = [unit for unit in scene.units if told.desks.hears(unit.craft.owner)]
    for kind in scenario.handoffs.harmless:
        if kind.theatre == scene.name:
            Traffic(env, scene, reporter, reporter.classer, streams, kind, scenario.clock_s).begin(heard)
    crossings = Crossings(env, scene, scenario.duration_s, told.dispatcher.ended)
    env.process(crossings.run())
    if scenario.reactions.retry is not None or scenario.reactions.displacement is not None:
        ashore, taskings = scenario.handoffs.response_in(scene.name).bring_ashore, told.dispatcher.taskings
        choices = Choices(env, scene, streams, ashore, taskings, crossings.set_out)
        env.process(choices.run(scenario.duration_s))


def _scene(name: str, scenario: Scenario, folder: Path, env: simpy.Environment, streams: Streams) -> Scene:
    sea = open_sea(scenario, name)
    weather = theatre_weather(scenario, name, folder, streams)
    conditions = theatre_conditions(scenario, name, sea, weather)
    passing, units = [], build_units(scenario, name, sea, streams)
    fleet = departures(scenario, name, sea, streams, weather, units)
    for rules in _passing_ships(scenario, name):
        ships = passing_units(rules, len(units), scenario.duration_s)
        passing.append(Passing(rules, ships, streams))
        units += ships
    sensors, sensor_names = theatre_sensors(scenario, name, sea)
    lookout = Lookout(env, sea, streams, conditions, fleet, units, sensors)
    return Scene(name, sea, conditions, units, fleet, lookout, sensor_names, passing)


def _passing_ships(scenario: Scenario, name: str) -> list[PassingShips]:
    return [rules for rules in scenario.passing_ships if rules.theatre == name]


def unit_names(scenario: Scenario, name: str) -> list[str]:
    """Name the units of a theatre, in the order of their rows."""
    own = [each.id for each in assignments(scenario, name)]
    return own + [ship for rules in _passing_ships(scenario, name) for ship in rules.names()]


def open_sea(scenario: Scenario, name: str) -> Sea:
    """Open a theatre's sea: a real coast, or a laboratory's box."""
    theatre = scenario.theatres[name]
    if theatre.box_nm is not None:
        return open_box(name, theatre.box_nm)
    return open_theatre(theatre.coast)


def theatre_weather(scenario: Scenario, name: str, folder: Path, streams: Streams) -> WeatherTable:
    """Give a theatre's weather, by default a calm one."""
    weather = scenario.weather.get(name, Weather())
    frame = THEATRES.get(scenario.theatres[name].coast)
    bounds = None if frame is None else frame.door_bounds
    return read_weather(weather, folder, scenario.start, scenario.duration_s, name, streams, bounds)


def theatre_conditions(scenario: Scenario, name: str, sea: Sea, weather: WeatherTable) -> Conditions:
    """Work out light and sea; a laboratory knows no night."""
    point = None
    if scenario.daylight.sun and scenario.theatres[name].box_nm is None:
        point = scenario.daylight.at or _middle(sea)
    return build_conditions(point, weather, scenario.start, scenario.duration_s)


def theatre_sensors(scenario: Scenario, name: str, sea: Sea) -> tuple[SensorTable, tuple[str, ...]]:
    """Fit the sensors of all units of a theatre, and give their names."""
    carriers = [
        Carrier(each.station, each.craft.sensors, sector_rad(each.patrol, sea.frame), each.craft.flies)
        for each in assignments(scenario, name)
    ]
    carriers += [
        Carrier(ship, rules.sensors) for rules in _passing_ships(scenario, name) for ship in rules.names()
    ]
    return fit_sensors(carriers, scenario.sensor_presets, target_heights_m(scenario))


def _middle(sea: Sea) -> tuple[float, float]:
    west, south, east, north = sea.frame.door_bounds
    return 0.5 * (west + east), 0.5 * (south + north)


def target_heights_m(scenario: Scenario) -> list[float]:
    """Give the height of each target class: the lowest of the boat types in it."""
    heights = []
    for target in TARGET_CLASSES:
        known = [each.height_m for each in scenario.boat_types.values() if each.target == target]
        heights.append(min(known, default=_DEFAULT_HEIGHT_M[target]))
    return heights
