"""Rules between values: each edit of a good file breaks one of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aegean_sim.scenario.desks import Handoffs
from aegean_sim.scenario.loading import load_scenario

EDITS = [
    # Theatres and places
    (
        "theatre: lab\n    owner",
        "theatre: lob\n    owner",
        ['units[ship].theatre is "lob": no theatre', "'lab'?"],
    ),
    (
        "- id: nato\n    theatre: aegean",
        "- id: nato\n    theatre: x",
        ["deployments[nato].theatre", "known: aegean, lab"],
    ),
    (
        "crossing\n    theatre: aegean",
        "crossing\n    theatre: agean",
        ["flows[crossing].theatre", "'aegean'?"],
    ),
    ("boat, theatre: lab", "boat, theatre: labb", ["voyages[boat].theatre", "'lab'?"]),
    (
        "  lab: {table",
        "  lob: {table",
        ["weather.lob is \"lob\": no theatre has that name; did you mean 'lab'?"],
    ),
    (
        "{coast: aegean}",
        "{coast: aegean, box_nm: [0, 0, 1, 1]}",
        ["theatres.aegean.box_nm", "only a theatre of open_sea"],
    ),
    (", box_nm: [-100, -100, 100, 100]", "", ["theatres.lab.box_nm: is missing"]),
    ("[-100, -100, 100, 100]", "[100, -100, -100, 100]", ["theatres.lab.box_nm is", "west < east"]),
    ("[-100, -100, 100, 100]", "[-1e308, -100, 100, 100]", ["theatres.lab.box_nm is", "within 10000 nm"]),
    (
        "crossing\n    theatre: aegean",
        "crossing\n    theatre: lab",
        ["flows[crossing].theatre", "give rate_per_day"],
    ),
    (
        "stream\n    theatre: lab",
        "stream\n    theatre: aegean",
        ["flows[stream].theatre", "give persons_per_month"],
    ),
    (
        "[0.48, 8.64, 0]",
        "[0.48, 864, 0]",
        [
            "units[ship].patrol.points[1] is [864.0, 0.0]",
            "outside the lab theatre: x_nm must be from -100 to 100",
        ],
    ),
    ("[0.48, 9.24, 0]", "[0.48, 9.24, -100.5]", ["voyages[boat].points[1]", "y_nm must be from -100 to 100"]),
    ("at: [26.56, 39.1]", "at: [39.1, 26.56]", ["units[site].patrol.at", "lon must be from 22 to 30.5"]),
    ("[26.7, 39.0]]", "[26.7, 49.0]]", ["units[cutter].patrol.between[1]", "lat must be from 34.5 to 41.2"]),
    (
        "opposite: [20, 10]",
        "opposite: [20, 1000]",
        ["units[ladder].patrol.opposite", "outside the lab theatre"],
    ),
    ("corner: [0, 0]", "corner: [0, 1000]", ["units[ladder].patrol.corner", "outside the lab theatre"]),
    ("[10, 9]], leg", "[10, 900]], leg", ["units[rover].patrol.area[2]", "outside the lab theatre"]),
    ("[10, 9]]}}", "[10, 900]]}}", ["units[circle].patrol.points[2]", "outside the lab theatre"]),
    ("[26.4, 39.4]]", "[6.4, 39.4]]", ["deployments[nato].stations[north].patrol.points[1]", "lon must be"]),
    ("[26.6, 39.2]]", "[2.66, 39.2]]", ["stretches.ayvalik.line[1]", "lon must be from 22"]),
    ("[50, 20]]", "[50, 200]]", ["flows[stream].origin[1]", "y_nm must be"]),
    ("[0, 5]]]", "[0, 500]]]", ["flows[stream].way_points[0][1]", "y_nm must be"]),
    ("at: [26.3, 38.0]", "at: [26.3, 138.0]", ["daylight.at", "must be [lon, lat] in degrees"]),
    (
        "home_port: Mytilene",
        "home_port: Mitilene",
        ["units[cutter].home_port", "no place named 'Mitilene'", "'mytilene'?"],
    ),
    (
        "home_port: Souda",
        "home_port: Sudaa",
        ["deployments[nato].hulls[de-bonn].home_port", "no place named"],
    ),
    (
        "points: [[0, 0], [20, 0]",
        "points: [Chios, [20, 0]",
        ["units[circle].patrol.points[0]", "open sea has no named places"],
    ),
    # Ids
    ("id: site", "id: cutter", ['units[cutter].id is "cutter": is the id of units[0] too']),
    ("id: de-bonn", "id: ship", ['hulls[ship].id is "ship": is the id of units[2] too']),
    (
        "id: farthest",
        "id: de-bonn",
        ['stations[de-bonn].id is "de-bonn": is the id of deployments[0].hulls[0] too'],
    ),
    ("id: boat,", "id: stream,", ['voyages[stream].id is "stream": is the id of flows[1] too']),
    (
        "id: ankara",
        "id: piraeus",
        ['handoffs.desks[piraeus].id is "piraeus": is the id of handoffs.desks[1] too'],
    ),
    # Units
    (
        "preset: nav-radar-patrol",
        "preset: nav-radar-patrl",
        ["units[cutter].sensors[1].preset", "'nav-radar-patrol'?"],
    ),
    ("    home_port: Mytilene\n", "", ["units[cutter].home_port: is missing", "days or shifts off duty"]),
    ("home_port: Souda, ", "", ["deployments[nato].hulls[de-bonn].home_port: is missing"]),
    (
        "id: rover, theatre: lab",
        "id: rover, theatre: lab, duties: [rescue]",
        ["units[rover].home_port: is missing", "ashore"],
    ),
    (
        "id: site\n",
        "id: site\n    home_port: Chios\n    duties: [intercept]\n",
        ["units[site].duties", "so it cannot intercept"],
    ),
    (
        "id: rover, theatre: lab, speed_kn: 10",
        "id: rover, theatre: lab",
        ["units[rover].speed_kn is 0", "on a random patrol"],
    ),
    (
        "id: uk-mersey, owner: nato, speed_kn: 10",
        "id: uk-mersey",
        ["hulls[uk-mersey].speed_kn is 0", "on a loop patrol"],
    ),
    (
        "max_speed_kn: 25",
        "max_speed_kn: 5",
        ["units[cutter].max_speed_kn is 5.0: must not be less than speed_kn, which is 12"],
    ),
    (
        "closed_areas: [far]",
        "closed_areas: [fra]",
        ["deployments[nato].closed_areas[0]", "no station", "'far'?"],
    ),
    # Boats
    ("[dinghy, caique]", "[dingy, caique]", ["flows[crossing].boat_types[0]", "no boat type", "'dinghy'?"]),
    (
        "[dinghy, caique]",
        "[dinghy]",
        ["flows[crossing].boat_types: the shares of these boat types add up to 0.75"],
    ),
    ("origin: ayvalik", "origin: ayvalk", ["flows[crossing].routes[0].origin", "no stretch", "'ayvalik'?"]),
    ("destination: lesvos", "destination: lesbos", ["flows[crossing].routes[0].destination", "'lesvos'?"]),
    ("start: 2016-06-01T", "start: 2016-06-30T", ["flows[crossing].persons_per_month: has no 2016-07"]),
    # The network
    (
        "sender: piraeus, receiver: ankara",
        "sender: pireus, receiver: ankara",
        ["handoffs.links[2].sender", "'piraeus'?"],
    ),
    (
        "receivers: [piraeus, ankara]",
        "receivers: [piraeus, ankra]",
        ["handoffs.sharing[0].receivers[1]", "'ankara'?"],
    ),
    (
        "sender: nato-hq, receiver: ankara",
        "sender: nato-hq, receiver: piraeus",
        ["links[1]: a second link from nato-hq to piraeus"],
    ),
    (
        "sender: nato-hq, receiver: ankara",
        "sender: ankara, receiver: ankara",
        ["links[1].receiver", "to another desk"],
    ),
    (
        "{sender: ankara, receiver: piraeus, latency",
        "{sender: piraeus, receiver: nato-hq, latency",
        ["handoffs.sharing[2].receivers[0]", "no path of links leads from ankara to piraeus"],
    ),
    (
        "waters: [TR]",
        "waters: [TR, GR]",
        ["handoffs.sharing: a report on a boat in waters GR goes round for ever:", "ankara -> piraeus"],
    ),
    (
        "hears: [hcg]",
        "hears: [hcg, nato]",
        ["handoffs.desks[piraeus].hears[1]", "desk nato-hq hears this force already"],
    ),
    ("owner: hcg", "owner: hgc", ["].owner", '"hgc"', "no desk knows that force; did you mean 'hcg'?"]),
    ("hears: [nato]", "hears: []", ["handoffs.desks[nato-hq]", "no report can come to this desk"]),
    ("nations: [TR], receivers", "nations: [XX], receivers", ["withheld[0].nations", "must be one of"]),
    (
        "receivers: [piraeus]}\n  trans",
        "receivers: [pireus]}\n  trans",
        ["withheld[0].receivers[0]", "'piraeus'"],
    ),
    ("tries: 3", "tries: 0", ["links[3].tries", "must be at least 1"]),
    ("reliability: 0.9", "reliability: 0", ["links[3].reliability", "must be greater than 0"]),
    ("resend_min: {lognormal: [5, 2]}", "resend_min: -5", ["links[3].resend_min", "must be at least 0"]),
    (
        "{hours_utc: [20, 4], officers: 3}",
        "{hours_utc: [20, 4], officers: 0}, {hours_utc: [4, 20.5], officers: 0}",
        ["desks[ankara].shifts is [{", "no officer is there at any hour"],
    ),
    (
        "{hours_utc: [20, 4], officers: 3}",
        "{hours_utc: [0, 24], officers: 0}, {hours_utc: [20, 4], officers: 3}",
        ["desks[ankara].shifts is [{", "no officer is there at any hour"],
    ),
    ("hours_utc: [20, 4]", "hours_utc: [20, 20]", ["shifts[0]", "no stretch of hours"]),
    ("hours_utc: [20, 4]", "hours_utc: [20, 25]", ["shifts[0].hours_utc[1]", "must be at most 24"]),
    ("open_hours_utc: [5, 17]", "open_hours_utc: [5, 5]", ["links[3]", "no stretch of hours"]),
    ("desks: {GR: [piraeus]", "desks: {GR: [pireus]", ["jurisdiction.desks.GR[0]", "'piraeus'?"]),
    ("desks: {GR: [piraeus]", "desks: {XX: [piraeus]", ["jurisdiction.desks.XX", "must be one of"]),
    ("elsewhere: [piraeus]", "elsewhere: [pireus]", ["jurisdiction.elsewhere[0]", "'piraeus'?"]),
    (
        "elsewhere: [piraeus]",
        "elsewhere: [piraeus, nato-hq]",
        ['jurisdiction.elsewhere[1] is "nato-hq": commands no force, so it cannot act'],
    ),
    (
        "desks: {GR: [piraeus]",
        "desks: {IT: [nato-hq], GR: [piraeus]",
        ['jurisdiction.desks.IT[0] is "nato-hq": commands no force'],
    ),
    ("claimant: TR", "claimant: IT", ["disputed.claimant", "names no desk of this state"]),
    ("claimant: TR", "claimant: GR", ["disputed.claimant", "disputed by another state"]),
    ("both: 0.4", "both: 0.5", ["disputed.answers", "add up to 1.1, not to 1"]),
    ("east_of_lon: 25", "east_of_lon: 250", ["disputed.east_of_lon", "must be at most 180"]),
    ("returned: {nato: TR}", "returned: {nat: TR}", ["jurisdiction.returned.nat", "no unit", "'nato'?"]),
    ("bounce_min: {triangular: [20, 45, 90]}", "bounce_min: -1", ["bounce_min", "must be at least 0"]),
    ("shadow_h: {nato: 1.5}", "shadow_h: {nto: 1.5}", ["watching.shadow_h.nto", "'nato'?"]),
    ("nato: 1.5", "nato: 1.5, ABC: 1", ["shadow_h.ABC", "no desk knows it; known: hcg, nato, nobody, tcg"]),
    ("forces: [tcg], desks", "forces: [tgc], desks", ["silenced.forces[0]", "no unit belongs", "'tcg'?"]),
    ("forces: [tcg], nations", "forces: [tgc], nations", ['sharing[2].forces is "tgc": no unit', "'tcg'?"]),
    ("hears: [nato]", "hears: [natoo]", ['desks[nato-hq].hears[0] is "natoo": no unit', "'nato'?"]),
    ("hears: [nato]", "hears: [nato, HCG]", ["desks[nato-hq].hears[1]", "did you mean 'hcg'?"]),
    ("commands: [hcg]", "commands: [hcg, hgc]", ["desks[piraeus].commands[1]", "did you mean 'hcg'?"]),
    ("match_share: 0.9", "match_share: 1.9", ["picture.match_share", "must be at most 1"]),
    ("round_tables: [{id: aboard-cutter, ", "round_tables: [{", ["round_tables[0].id", "is missing"]),
    (
        "round_tables: [",
        "round_tables: [{id: aboard-cutter, aboard: cutter, seats: {piraeus: 1, ankara: 1}}, ",
        [
            'round_tables[aboard-cutter].id is "aboard-cutter": is the id',
            "round_tables[0] too; ids must differ",
        ],
    ),
    (
        "aboard: cutter",
        "aboard: cuter",
        ["round_tables[aboard-cutter].aboard", "no unit has that name", "'cutter'"],
    ),
    (
        "piraeus: 2, ankara: 1}",
        "pireas: 2, ankara: 1}",
        ["round_tables[aboard-cutter].seats.pireas", "did you mean 'piraeus'"],
    ),
    (
        "links: [[piraeus, ankara]]",
        "links: [[piraeus, ankra]]",
        ["silenced.links[0][1]", "did you mean 'ankara'"],
    ),
    ("desks: [ankara], links", "desks: [ankra], links", ["silenced.desks[0]", "did you mean 'ankara'"]),
    ("units: [cutter]", "units: [cuter]", ["silenced.units[0]", "no unit has that name", "'cutter'"]),
    # Facts and files
    (
        "path: deployments.nato.ships",
        "path: deployments.nato.shps",
        ["facts[0].path", "has no 'shps'; did you mean 'ships'?"],
    ),
    ("units.*.speed_kn", "units.*.spd", ["facts[1].path", "units[cutter] has no 'spd'"]),
    ("calm.csv", "storm.csv", ["weather.lab.table", "no such file in the scenario's folder"]),
    ("weather/calm.csv", "../calm.csv", ["weather.lab.table", "without .."]),
    ("weather/calm.csv", "/etc/passwd", ["weather.lab.table", "relative path"]),
    ("weather/calm.csv", "'C:calm.csv'", ["weather.lab.table", "relative path"]),
    ("weather/calm.csv", "weather\\calm.csv", ["weather.lab.table", "relative path"]),
    ("weather/calm.csv", "''", ["weather.lab.table", "relative path"]),
    ("weather/calm.csv", '"a\\0b"', ["weather.lab.table", "relative path"]),
    ("weather/calm.csv", "weather", ["weather.lab.table", "no such file"]),
]


@pytest.mark.parametrize(
    ("old", "new", "parts"), EDITS, ids=[f"{old.strip()[:25]}-{new.strip()[:25]}" for old, new, _ in EDITS]
)
def test_a_broken_rule_is_told(
    old: str, new: str, parts: list[str], whole: str, refusal: Callable[..., str]
) -> None:
    assert old in whole
    message = refusal(whole.replace(old, new, 1))
    assert message.startswith("HERE/mine.yaml: ")
    for part in parts:
        assert part in message


def test_desks_may_share_both_ways_where_no_report_goes_round(
    whole: str, refusal: Callable[..., str]
) -> None:
    # In the good file Piraeus and Ankara pass on to each other, each for other waters.
    both = whole.replace("waters: [TR]}", "waters: [GR], only_distress: true}")
    assert "goes round for ever" in refusal(both)


@pytest.fixture
def accepted(folder: Path) -> Callable[[str], Handoffs]:
    """Load a text as a file, and give its network."""

    def load(text: str) -> Handoffs:
        path = folder / "mine.yaml"
        path.write_text(text, encoding="utf-8")
        return load_scenario(str(path)).scenario.handoffs

    return load


def test_reports_of_different_nations_may_go_both_ways(
    whole: str, accepted: Callable[[str], Handoffs], refusal: Callable[..., str]
) -> None:
    # In the good file Ankara passes on what Turkish units saw.
    greek = whole.replace("waters: [TR]}", "nations: [GR]}")
    assert accepted(greek).sharing[1].nations == {"GR"}
    assert "goes round for ever" in refusal(greek.replace("nations: [GR]}", "nations: [GR, TR]}"))


def test_silenced_links_are_links_or_words_across_the_table(
    whole: str, accepted: Callable[[str], Handoffs], refusal: Callable[..., str]
) -> None:
    text = whole.replace("links: [[piraeus, ankara]]", "links: [[ankara, nato-hq]]")
    assert accepted(text).silenced.links == (("ankara", "nato-hq"),)
    assert (
        'silenced.links[0] is ["ankara", "nato-hq"]: no link leads from ankara to nato-hq, and they do not '
        "both sit at a round table"
    ) in refusal(text.replace("nato-hq: 1", "nato-hq: 0"))


def test_a_force_that_is_heard_and_commanded_may_have_no_units(
    whole: str, accepted: Callable[[str], Handoffs], refusal: Callable[..., str]
) -> None:
    # No unit belongs to tcg, whose name is like that of hcg.
    assert accepted(whole).desks[2].hears == ("tcg",)
    message = refusal(whole.replace("hears: [tcg], ", ""))
    assert "handoffs.desks[ankara].commands[0] is" in message
    assert "did you mean 'hcg'?" in message


def test_a_desk_may_be_empty_for_some_hours(whole: str, accepted: Callable[[str], Handoffs]) -> None:
    text = whole.replace(
        "{hours_utc: [20, 4], officers: 3}",
        "{hours_utc: [20, 4], officers: 0}, {hours_utc: [4, 19.5], officers: 0}",
    )
    assert [shift.officers for shift in accepted(text).desks[2].shifts] == [0, 0]
