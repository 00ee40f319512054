"""Single wrong values: each edit of a good file is refused by one message that holds all given parts."""

from collections.abc import Callable

import pytest

# What is written in the file, what is written instead, what the message says.
EDITS = [
    # Wrong kinds of values
    ("duration_h: 48", "duration_h: 1:30", ['duration_h is "1:30": must be a number', "1.5"]),
    ("duration_h: 48", "duration_h: no", ['duration_h is "no": must be a number', "no numbers"]),
    ("duration_h: 48", "duration_h: true", ["duration_h is true: must be a number", "no numbers"]),
    ("duration_h: 48", 'duration_h: "48"', ['duration_h is "48": must be a number', "without quotes"]),
    ("duration_h: 48", "duration_h: 048", ['duration_h is "048": must be a number', "leading zeros"]),
    ("duration_h: 48", "duration_h: 1_000", ['duration_h is "1_000": must be a number', "without _"]),
    ("duration_h: 48", "duration_h: 1,5", ['duration_h is "1,5": must be a number', "with a point"]),
    ("duration_h: 48", "duration_h: 48 h", ['duration_h is "48 h": must be a number', "number alone"]),
    ("duration_h: 48", "duration_h:", ["duration_h is null: must be a number", "nothing is written"]),
    ("duration_h: 48", "duration_h: .nan", ["duration_h is NaN: must be a finite number"]),
    ("duration_h: 48", "duration_h: -.inf", ["duration_h is -Infinity: must be a finite number"]),
    ("duration_h: 48", "duration_h: 1e999", ["duration_h is Infinity: must be a finite number"]),
    ("duration_h: 48", "duration_h: 2016-06-01", ['duration_h is "2016-06-01": must be a number']),
    ("duration_h: 48", "duration_h: {hours: 48}", ["duration_h is", "must be a number"]),
    ("duration_h: 48", "duration_h: 0", ["duration_h is 0: must be greater than 0"]),
    ("duration_h: 48", "duration_h: 9000", ["duration_h is 9000: must be at most 8784"]),
    ("seed: 7", "seed: 7.5", ["seed is 7.5: must be a whole number"]),
    ("seed: 7", "seed: 7.0", ["seed is 7.0: must be a whole number", "without a decimal point"]),
    ("seed: 7", "seed: -7", ["seed is -7: must be at least 0"]),
    ("seed: 7", f"seed: {10**100}", ["seed is 1000", "must be less than 9.22337e+18"]),
    ("seed: 7", f"seed: 1{'0' * 5000}", ['seed is "1000', "must be a whole number"]),
    ("replications: 2", "replications: on", ['replications is "on": must be a whole number', "no numbers"]),
    ("name: whole", "name: 3", ["name is 3: must be text", "quotes"]),
    ("name: whole", "name: true", ["name is true: must be text"]),
    ("name: whole", "name: ../whole", ['name is "../whole": must be a name: letters']),
    ("name: whole\n", "", ["name: is missing"]),
    (
        "start: 2016-06-01T00:00:00Z",
        "start: 2016-06-01",
        ["start is", "with its zone, like 2016-06-01T00:00:00Z"],
    ),
    ("start: 2016-06-01T00:00:00Z", "start: 2016-06-01T00:00:00", ["start is", "with its zone"]),
    ("start: 2016-06-01T00:00:00Z", "start: 2016-13-01T00:00:00Z", ["start is", "with its zone"]),
    ("start: 2016-06-01T00:00:00Z", "start: 20160601", ["start is 20160601: must be a day and time"]),
    ("start: 2016-06-01T00:00:00Z", "start: 0001-01-01T00:00:00+14:00", ["between the years 1900 and 2100"]),
    ("ready_in_port: true", "ready_in_port: maybe", ['ready_in_port is "maybe": must be true or false']),
    ("home_port: Mytilene", "home_port: 5", ["home_port is 5: must be the name of a place, or a point"]),
    ("keep_out: [TR]", "keep_out: TR", ['keep_out is "TR": must be a list']),
    (
        "keep_out: [TR]",
        "keep_out: [TUR]",
        ["units[cutter].keep_out[0]", "must be one of GR, TR", "did you mean 'TR'?"],
    ),
    ("flows:\n", "flows: 3\nfloes:\n", ["floes: unknown key; did you mean 'flows'?"]),
    (
        "between: [Mytilene, [26.7, 39.0]]",
        "between: 3",
        ["units[cutter].patrol.between is 3: must be a list"],
    ),
    ("[26.7, 39.0]]", "[26.7, 39.0, 0]]", ["patrol.between[1]", "must have at most 2 items, has 3"]),
    ("[26.7, 39.0]]", "[26.7]]", ["patrol.between[1][1]: is missing"]),
    ("[26.7, 39.0]]", "[east, 39.0]]", ['patrol.between[1][0] is "east": must be a number']),
    ("- id: site", "- 3\n  - id: site", ["units[1] is 3: must be a mapping"]),
    ("  - id: site", "  - ident: site", ["units[1].ident: unknown key"]),
    # Keys
    (
        "speed_kn: 12",
        "speed_kmh: 12",
        ["units[cutter].speed_kmh: unknown key", "'speed_kn'? speeds are in knots"],
    ),
    ("speed_kn: 12", "speed: 12", ["units[cutter].speed: unknown key", "'speed_kn'? speeds are in knots"]),
    (
        "duration_h: 48",
        "duration_days: 2",
        ["duration_days: unknown key", "'duration_h'? this duration is in hours"],
    ),
    (
        "ready_min: 10",
        "ready_h: 1",
        ["units[cutter].ready_h: unknown key", "'ready_min'? this duration is in minutes"],
    ),
    ("height_m: 12", "height_ft: 40", ["sensor_presets.own-eye.height_ft", "'height_m'? heights"]),
    (
        "range_nm: 5}",
        "range_km: 5}",
        ["units[ship].sensors[2].range_km", "'range_nm'? distances are in nautical miles"],
    ),
    (
        "b_nm3_per_h: 12",
        "b_nm3_per_hr: 12",
        ["sensors[0].b_nm3_per_hr: unknown key; did you mean 'b_nm3_per_h'?"],
    ),
    (
        "b_nm3_per_h: 12",
        "b_nm3_per_h: -12",
        ["units[ship].sensors[0].b_nm3_per_h is -12: must be greater than 0"],
    ),
    ("capacity: 60", "qqqq: 60", ["units[cutter].qqqq: unknown key; known: availability, base, capacity"]),
    (
        "theatre: aegean\n    owner: hcg\n    side",
        "owner: hcg\n    side",
        ["units[cutter].theatre: is missing"],
    ),
    ("search_h: 2", "serch_h: 2", ["handoffs.response.serch_h: unknown key; did you mean 'search_h'?"]),
    (
        "2016-05: {",
        "May: {",
        ['flows[crossing].persons_per_month.May is "May": must be a month, like 2016-06'],
    ),
    ("own-eye:", "own eye:", ["must be a name"]),
    ("plans: {1:", "plans: {one:", ["plans.one", "must be a whole number"]),
    # Words out of a few
    (
        "kind: barrier",
        "kind: barier",
        ['units[cutter].patrol.kind is "barier"', "must be one of", "'barrier'?"],
    ),
    ("kind: barrier, ", "", ["units[cutter].patrol.kind: is missing"]),
    ("kind: barrier", "kind: [barrier]", ["units[cutter].patrol"]),
    (
        "law: disc_rate",
        "law: disk_rate",
        ['units[ship].sensors[3].law is "disk_rate"', "did you mean 'disc_rate'?"],
    ),
    ("law: disc_rate, ", "", ["units[ship].sensors[3].law: is missing"]),
    (
        "{law: radar, r50_nm: 4, max_range_nm: 11}",
        "radar",
        ['units[site].sensors[0] is "radar": must be a mapping'],
    ),
    ("coast: aegean", "coast: aegaean", ["theatres.aegean.coast", "did you mean 'aegean'?"]),
    (
        "side: destination",
        "side: greek",
        ["units[cutter].side", "must be one of departure, destination, neither"],
    ),
    ("kind: visual", "kind: visible", ["sensor_presets.own-eye.kind", "did you mean 'visual'?"]),
    ("no_unit: wait", "no_unit: waits", ["handoffs.response.no_unit", "did you mean 'wait'?"]),
    # Rules within a part
    (
        "b_nm3_per_h: 12",
        "b_nm3_per_h: 12, sweep_width_nm: 3",
        ["units[ship].sensors[0]: give either b_nm3_per_h"],
    ),
    ("[20, 40, 60]", "[60, 40, 20]", ["boat_types.dinghy.persons: triangular [60.0, 40.0, 20.0] must rise"]),
    (
        "repair_min: 30",
        "repair_min: soon",
        ['boat_types.dinghy.perils.engine.repair_min is "soon": must be a number, {triangular'],
    ),
    (
        "repair_min: 30",
        "repair_min: true",
        ["boat_types.dinghy.perils.engine.repair_min is true: must be a number, {triangular"],
    ),
    (
        "repair_min: 30",
        "repair_min: -30",
        ["boat_types.dinghy.perils.engine.repair_min is -30: must be at least 0"],
    ),
    (
        "repair_min: 30",
        "repair_min: 1e300",
        ["boat_types.dinghy.perils.engine.repair_min is 1e+300: must be at most 1000000"],
    ),
    (
        "latency_min: 20",
        "latency_min: {constant: 1000000.5}",
        ["handoffs.links[1].latency_min.constant is 1000000.5: must be at most 1000000"],
    ),
    (
        "latency_min: 20",
        "latency_min: {exponential: 1e7}",
        ["handoffs.links[1].latency_min.exponential", "must be at most 1000000"],
    ),
    (
        "lognormal: [5, 2]",
        "lognormal: [5e6, 2]",
        ["handoffs.links[3].resend_min.lognormal[0]", "must be at most 1000000"],
    ),
    (
        "empirical: [5, 10, 20]",
        "empirical: [5, 1e7]",
        ["handoffs.translation_min.empirical[1]", "must be at most 1000000"],
    ),
    (
        "bounce_min: {triangular: [20, 45, 90]}",
        "bounce_min: {triangular: [20, 45, 1e7]}",
        ["jurisdiction.bounce_min.triangular[2]", "must be at most 1000000"],
    ),
    (
        "repair_min: 30",
        "repair_min: {triangular: [1, x, 3]}",
        ['boat_types.dinghy.perils.engine.repair_min.triangular[1] is "x"'],
    ),
    (
        "repair_min: 30",
        "repair_min: {triangle: [1, 2, 3]}",
        ["boat_types.dinghy.perils.engine.repair_min", "{triangular: [least"],
    ),
    ("share: 1}]", "share: 0.9}]", ["flows[crossing]: the shares of the routes add up to 0.9, not to 1"]),
    (
        "[[0, 0, 0], [0.48, 8.64, 0]]",
        "[[1, 0, 0], [0.48, 8.64, 0]]",
        ["units[ship].patrol: the hours", "[1.0, 0.48]"],
    ),
    ("[[0, 15, 0], [0.48, 9.24, 0]]", "[[0, 15, 0]]", ["voyages[boat].points", "at least 2 items, has 1"]),
    (
        "days_on: 3, days_off: 1",
        "days_on: 3",
        ["units[cutter].availability: days_on and days_off go together"],
    ),
    ("ships: 1", "ships: 3", ["deployments[nato]: ships is 3, but only 2 hulls are listed"]),
    ("ships: 1", "ships: -1", ["deployments[nato].ships is -1: must be at least 0"]),
    (
        "speed_kn: [6, 8]",
        "speed_kn: [8, 6]",
        ["flows[stream]: speed_kn [8.0, 6.0] must be [least, greatest]"],
    ),
    ("group_mean: 2", "hours_utc: [1, 2]", ["flows[crossing].launches: hours_utc must hold 24 numbers"]),
    (
        "rubber: 6, wooden: 8, swimmers: 1",
        "rubber: 6",
        ["sensor_presets.own-eye: a preset needs numbers", "wooden"],
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "parts"), EDITS, ids=[new.strip()[:40] or old for old, new, _ in EDITS]
)
def test_a_wrong_value_is_told(
    old: str, new: str, parts: list[str], whole: str, refusal: Callable[..., str]
) -> None:
    assert old in whole
    message = refusal(whole.replace(old, new, 1))
    assert message.startswith("HERE/mine.yaml: ")
    for part in parts:
        assert part in message


def test_the_first_of_several_problems_is_told_and_the_others_counted(
    whole: str, refusal: Callable[..., str]
) -> None:
    text = (
        whole.replace("seed: 7", "seed: x").replace("name: whole", "name: 3").replace("ships: 1", "ships: x")
    )
    assert refusal(text) == (
        "HERE/mine.yaml: name is 3: must be text; put it in quotes if it is meant (and 2 more problems)"
    )


def test_a_problem_that_follows_from_another_is_not_counted(whole: str, refusal: Callable[..., str]) -> None:
    message = refusal(whole.replace("[0.48, 9.24, 0]]", "[0.48, x, 0]]"))
    assert message.endswith('voyages[boat].points[1][1] is "x": must be a number')


def test_long_values_are_cut(whole: str, refusal: Callable[..., str]) -> None:
    message = refusal(whole.replace("name: whole", f"name: {'a' * 5000}"))
    assert len(message) < 250


def test_words_that_yaml_1_1_takes_for_truths_are_words(whole: str, refusal: Callable[..., str]) -> None:
    text = whole.replace("id: cutter", "id: no").replace("theatre: lab, points", "theatre: lob, points")
    assert 'voyages[boat].theatre is "lob"' in refusal(text)
