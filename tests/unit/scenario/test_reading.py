import os
import random
from pathlib import Path

import pytest
import yaml

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.plain_yaml import plain_value
from aegean_sim.scenario.reading import MAX_BYTES, named_file, read_mapping, read_value


def refused(path: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        read_mapping(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file is empty"),
        (b"# only a comment\n", "the file is empty"),
        (b"- a\n- b\n", "must hold a mapping (key: value), not a list"),
        (b"just words", "must hold a mapping (key: value), not 'just words'"),
        (b"a: 1\nb: \xff\xfe\n", "line 2: not UTF-8 text"),
        ("a: ä".encode("utf-16"), "line 1: not UTF-8 text"),
        (b"a: 1\nb: 2\na: 3\n", "line 3: the key 'a' is written twice"),
        (b"a: {b: 1, b: 2}", "line 1: the key 'b' is written twice"),
        (b"a: 1\n1: 2\n'1': 3\n", "line 3: the key '1' is written twice"),
        (b"a: [1, 2\n", "line 2, column 1: not YAML: did not find expected ',' or ']'"),
        (
            b"a:\n\tb: 1\n",
            "line 2, column 1: not YAML: found character that cannot start any token; indent with",
        ),
        (b"a: b: c\n", "line 1, column 5: not YAML: mapping values are not allowed"),
        (b"a: \x00", "not YAML: unacceptable character #x0000"),
        (b"a: 1\n---\na: 2\n", "line 2: a second document starts here"),
        (
            b"a: !!python/object/apply:os.system [ls]",
            "line 1: tags are not allowed: tag:yaml.org,2002:python",
        ),
        (b"a: !!str 3", "tags are not allowed"),
        (b"? [a, b]\n: 1", "line 1: a key must be a plain word"),
        (b"a: &x {b: 1}\n? *x\n: 1", "line 2: a key must be a plain word"),
        (b"a: *b", "line 1: *b stands for nothing that is complete before it"),
        (b"a: &x [*x]", "line 1: *x stands for nothing that is complete before it"),
        (b"a: &x 1\nb: {<<: *x}", "line 2: << takes a mapping, or a list of mappings"),
        (b"a: " + b"[" * 100_000, "exceeded maximum nesting depth"),
        (b"- " * 100_000, "nested more than 64 deep"),
        (b"{a: " * 100_000, "nested more than 64 deep"),
    ],
)
def test_what_is_no_plain_mapping_is_refused(content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(content)
    message = refused(path)
    assert message.startswith(str(path))
    assert told in message
    assert "\n" not in message


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.yaml").endswith("none.yaml: no such file")
    assert refused(tmp_path).endswith(": is a directory, not a scenario file")
    assert "cannot be read" in refused(tmp_path / ("n" * 5000))
    assert "cannot be read" in refused(Path("a\0b"))


@pytest.mark.skipif(os.geteuid() == 0, reason="everything may be read by root")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("a: 1")
    path.chmod(0)
    assert "no permission to read it" in refused(path)


def test_a_file_may_hold_16_mib_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"a: 1\n#".ljust(MAX_BYTES, b"x"))
    assert read_mapping(path) == {"a": 1}
    path.write_bytes(b"a: 1\n#".ljust(MAX_BYTES + 1, b"x"))
    assert "larger than 16 MiB" in refused(path)


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes("a: 1".encode("utf-8-sig"))
    assert read_mapping(path) == {"a": 1}


@pytest.mark.parametrize("levels", [4, 9, 60])
def test_a_billion_laughs_are_refused(levels: int) -> None:
    lines = ["a0: &a0 [" + ", ".join(["ha"] * 10) + "]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, levels)]
    with pytest.raises(ScenarioError, match="more than ten times as large as written"):
        read_value("\n".join(lines), "mine.yaml")


def test_aliases_may_grow_a_file_tenfold_and_no_more() -> None:
    def document(uses: int) -> str:
        return "a: &a [" + "1, " * 1000 + "]\nb: [" + "*a, " * uses + "]"

    # Written: two keys, two lists, the mapping, 1,000 ones and the aliases; each alias grows by 1,001 nodes.
    assert len(read_value(document(10), "mine.yaml")["b"]) == 10
    assert 1005 + 10 * 1001 <= 10 * (1005 + 10) + 1000 < 1005 + 11 * 1001
    with pytest.raises(ScenarioError, match="more than ten times"):
        read_value(document(11), "mine.yaml")


def test_what_aliases_repeat_is_not_shared() -> None:
    value = read_value("a: &a {x: [1]}\nb: *a\nc: {<<: *a, y: 2}", "mine.yaml")
    value["a"]["x"].append(2)
    assert value == {"a": {"x": [1, 2]}, "b": {"x": [1]}, "c": {"x": [1], "y": 2}}


def test_merged_mappings_yield_to_what_is_written_and_to_earlier_ones() -> None:
    text = "a: &a {x: 1, y: 1, z: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*b, *a], x: 3}"
    assert read_value(text, "mine.yaml")["c"] == {"x": 3, "y": 2, "z": 1}


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("+4", 4),
        ("0", 0),
        ("1.5", 1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e-6", 1e-6),
        ("1.0e3", 1000.0),
        ("1E3", 1000.0),
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("FALSE", False),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("1:30", "1:30"),
        ("010", "010"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("2016-06-01", "2016-06-01"),
        ("2016-06-01T00:00:00Z", "2016-06-01T00:00:00Z"),
        ("'12'", "12"),
        ('"true"', "true"),
        (".inf", float("inf")),
        ("-.inf", float("-inf")),
        ("1e400", float("inf")),
        ("٣", "٣"),
    ],
)
def test_plain_words(word: str, value: object) -> None:
    read = read_value(f"a: {word}", "mine.yaml")["a"]
    assert read == value
    assert type(read) is type(value)


def test_keys_are_text_as_written() -> None:
    assert read_value("{1: a, 2016-06: b, no: c, 1.0: d}", "mine.yaml") == {
        "1": "a",
        "2016-06": "b",
        "no": "c",
        "1.0": "d",
    }


def test_characters_that_are_no_unicode_are_told() -> None:
    with pytest.raises(ScenarioError, match="characters that are not Unicode"):
        read_value("a\udcff", "mine.yaml")


def made_up(draw: random.Random, depth: int) -> object:
    kind = draw.randrange(8 if depth else 6)
    if kind >= 6:
        size = draw.randrange(4)
        names = draw.sample(["a", "b b", "c:", "#d", "-", "é", "1", "no", ""], size)
        if kind == 6:
            return [made_up(draw, depth - 1) for _ in names]
        return {name: made_up(draw, depth - 1) for name in names}
    return [
        None,
        True,
        draw.randrange(-50, 50),
        draw.random() * 10 ** draw.randrange(-9, 9),
        "no",
        "a: b # c",
    ][kind]


@pytest.mark.parametrize("flow", [True, False])
def test_values_come_back_as_pyyaml_writes_them(flow: bool) -> None:  # noqa: FBT001
    draw = random.Random(5)  # noqa: S311
    for _ in range(300):
        value = made_up(draw, 4)
        assert plain_value(yaml.safe_dump(value, default_flow_style=flow, allow_unicode=True)) == value


def test_a_named_file_lies_in_the_folder(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside.csv"
    (inside / "deep").mkdir(parents=True)
    outside.write_text("secret")
    (inside / "deep" / "table.csv").write_text("fine")
    (inside / "link.csv").symlink_to(outside)
    (inside / "near.csv").symlink_to("deep/table.csv")
    (inside / "round.csv").symlink_to("round.csv")
    assert named_file(inside, "deep/table.csv").read_text() == "fine"
    assert named_file(inside, "near.csv").read_text() == "fine"
    for name in (
        "link.csv",
        "round.csv",
        "../outside.csv",
        str(outside),
        "deep/../../outside.csv",
        ".",
        "n" * 5000,
    ):
        with pytest.raises(ScenarioError):
            named_file(inside, name)
