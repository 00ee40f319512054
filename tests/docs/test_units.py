"""The page on units: its examples are good parts of a scenario file, and its overrides are understood."""

import re
from pathlib import Path
from textwrap import dedent

from aegean_sim.behaviour.timetable import build_units
from aegean_sim.engine.world import open_sea
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.streams import Streams

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "units.md").read_text(encoding="utf-8")
BLOCKS = [dedent(block).strip("\n") + "\n" for block in re.findall(r"(?:^    .*\n)+", PAGE, re.MULTILINE)]
REST = """\
name: page
start: 2016-06-01T00:00:00Z
duration_h: 240
theatres: {central-med: {coast: central-med}}
deployments:
  - id: eunavfor
    theatre: central-med
    ships: 1
    hulls:
      - {id: cavour, owner: Sophia, speed_kn: 12, home_port: Augusta, availability: {days_on: 9, days_off: 4}}
    stations: [{id: tripoli, patrol: {kind: barrier, between: [[12.8, 33.4], [13.8, 33.4]]}}]
units:
  - &boat
    {id: lcg-3, theatre: central-med, owner: LCG, patrol: {kind: station, at: [13.3, 33.1]}}
  - {<<: *boat, id: lcg-4}
"""


def test_the_examples_are_a_scenario(tmp_path: Path) -> None:
    service, aircraft, supplies, training, overrides = BLOCKS
    late = f"  - <<: *boat\n    id: late\n    {service}"
    path = tmp_path / "page.yaml"
    path.write_text(
        REST + late + "".join(f"  {line}\n" for line in aircraft.splitlines()) + supplies + training
    )
    scenario = load_scenario(str(path)).scenario
    assert list(scenario.crafts()) == ["cavour", "lcg-3", "lcg-4", "cassa", "helicopter"]
    units = build_units(scenario, "central-med", open_sea(scenario, "central-med"), Streams(1, 0))
    sorties = {unit.id: len(unit.plan) for unit in units if unit.craft.flies}
    assert sorties["cassa"] == 10
    assert 10 < sorties["helicopter"] <= 34
    words = [word for line in overrides.splitlines() for word in line.split() if word != "--set"]
    assert len(words) == 3
    changed = load_scenario(str(path), words).scenario
    assert changed.training["LCG"].crews_trained == 6
    assert changed.crafts()["cavour"].availability.days_on == 9
