"""Problems in plain words: what pydantic found, and what our own rules found, in one message."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from aegean_sim.scenario.base import MONTH_PATTERN, NAME_PATTERN
from aegean_sim.scenario.hints import guess_key, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

Location: TypeAlias = tuple[str | int, ...]

_PATTERNS = {
    NAME_PATTERN: "must be a name: letters, digits, - and _, beginning with a letter or digit, at most 64",
    MONTH_PATTERN: "must be a month, like 2016-06",
}
_YAML_1_1_TRUTHS = frozenset(("yes", "no", "on", "off", "y", "n"))
_NUMBER_HINTS = (
    (re.compile(r"[0-9]+(:[0-9]+)+"), "a time such as 1:30 is written as one number, 1.5"),
    (re.compile(r"[-+]?[0-9]+,[0-9]+"), "decimals are written with a point"),
    (re.compile(r"[-+]?[0-9.]+(e[-+]?[0-9]+)?", re.IGNORECASE), "write it without quotes and leading zeros"),
    (re.compile(r"[-+]?[0-9_.]+"), "write it without _"),
    (re.compile(r"[-+]?[0-9.]+ *[A-Za-z/]+"), "write the number alone; its unit is in the key's name"),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """A broken rule.

    Parameters
    ----------
    location : tuple
        Keys and list positions from the top of the file to the value.
    rule : str
        The rule in plain words, perhaps with a guess at what was meant.
    value : str
        The value as it would be written, where it helps; else empty.
    """

    location: Location
    rule: str
    value: str = ""


def shown(value: Any) -> str:
    """Write a value as a YAML file would, on one line, cut when it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}..."


def dotted(location: Location, data: Any) -> str:
    """Write a location as a dotted path; list items by their ``id`` where they have one."""
    parts: list[str] = []
    node = data
    for key in location:
        node = _child(node, key)
        if isinstance(key, int):
            name = node.get("id") if isinstance(node, dict) else None
            parts.append(f"[{name if isinstance(name, str) else key}]")
        else:
            parts.append(f".{key}" if parts else key)
    return "".join(parts)


def told(problems: Sequence[Problem], data: Any) -> str:
    """Write the first problem, and how many more there are; ``data`` is what the locations point into."""
    first, *others = problems
    place = dotted(first.location, data)
    value = f" is {first.value}" if first.value else ""
    more = f" (and {len(others)} more problem{'s' * (len(others) > 1)})" if others else ""
    return f"{place}{value}{': ' if place else ''}{first.rule}{more}"


def problems_of(error: ValidationError, data: Any) -> list[Problem]:
    """Turn a validation error of ``data`` into problems; those that only follow from others are left out."""
    details = error.errors(include_url=False)
    roots = {detail["loc"][:length] for detail in details for length in range(len(detail["loc"]))}
    return [_problem(detail, data) for detail in details if detail["loc"] not in roots]


def _problem(detail: ErrorDetails, data: Any) -> Problem:
    location = _location(detail["loc"], data)
    context = detail.get("ctx", {})
    value = detail["input"]
    own = _OWN_WORDS.get(detail["type"])
    if own is not None:
        return own(location, context, value)
    rule = _rule(detail["type"], context, value) or f"{detail['msg'][:1].lower()}{detail['msg'][1:]}"
    is_whole = isinstance(value, (dict, list)) and detail["type"] == "value_error"
    return Problem(location, rule, "" if is_whole else shown(value))


def _location(loc: Location, data: Any) -> Location:
    """Take out of pydantic's location what is no key of the file: tags of unions, and marks of keys."""
    location: list[str | int] = []
    node, entered = data, True
    for key in loc:
        is_tag = isinstance(node, dict) and entered and key in (node.get("kind"), node.get("law"))
        is_mark = isinstance(key, str) and (key.startswith("<") or key == "[key]")
        if is_mark or not isinstance(node, (dict, list)):
            continue
        if is_tag:
            entered = False
            continue
        location.append(key)
        node, entered = _child(node, key), True
    return tuple(location)


def _child(node: Any, key: str | int) -> Any:
    if isinstance(node, dict):
        return node.get(key)
    is_item = isinstance(node, list) and isinstance(key, int) and 0 <= key < len(node)
    return node[key] if is_item else None


def _unknown_key(location: Location, context: Mapping[str, Any], _: Any) -> Problem:
    key = context["key"]
    return Problem((*location, key), f"unknown key{guess_key(key, context['known'])}")


def _missing(location: Location, _: Mapping[str, Any], __: Any) -> Problem:
    return Problem(location, "is missing, but must be given")


def _wrong_tag(location: Location, context: Mapping[str, Any], _: Any) -> Problem:
    key = context["discriminator"].strip("'")
    return Problem((*location, key), _one_of(context["tag"], context["expected_tags"]), shown(context["tag"]))


def _no_tag(location: Location, context: Mapping[str, Any], _: Any) -> Problem:
    key = context["discriminator"].strip("'")
    return Problem((*location, key), "is missing, but must be given: it tells which form this is")


_OWN_WORDS: dict[str, Callable[[Location, Mapping[str, Any], Any], Problem]] = {
    "unknown_key": _unknown_key,
    "missing": _missing,
    "union_tag_invalid": _wrong_tag,
    "union_tag_not_found": _no_tag,
}


def _rule(kind: str, context: Mapping[str, Any], value: Any) -> str | None:
    """Give the rule behind a kind of validation error, or nothing where pydantic's own words will do."""
    if kind == "value_error":
        return str(context["error"])
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(context["pattern"])
    if kind == "literal_error":
        return _one_of(value, context["expected"])
    template = _RULES.get(kind)
    return template.format(**context, hint=_number_hint(value)) if template else None


def _one_of(value: Any, expected: str) -> str:
    words = re.findall(r"'([^']*)'", expected)
    near = nearest(value, words) if isinstance(value, str) else None
    return f"must be one of {', '.join(words)}{f'; did you mean {near!r}?' if near else ''}"


def _number_hint(value: Any) -> str:
    if value is None:
        return "; nothing is written after the key"
    if isinstance(value, bool) or (isinstance(value, str) and value.casefold() in _YAML_1_1_TRUTHS):
        return "; yes, no, on, off, true and false are no numbers"
    if isinstance(value, float):
        return "; write it without a decimal point"
    text = value.strip() if isinstance(value, str) else ""
    return next((f"; {hint}" for pattern, hint in _NUMBER_HINTS if pattern.fullmatch(text)), "")


_RULES = {
    "float_type": "must be a number{hint}",
    "int_type": "must be a whole number{hint}",
    "int_parsing": "must be a whole number",
    "finite_number": "must be a finite number",
    "greater_than": "must be greater than {gt:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than": "must be less than {lt:g}",
    "less_than_equal": "must be at most {le:.12g}",
    "string_type": "must be text; put it in quotes if it is meant",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": "must be a list",
    "frozen_set_type": "must be a list",
    "dict_type": "must be a mapping (key: value)",
    "model_type": "must be a mapping (key: value)",
    "model_attributes_type": "must be a mapping (key: value)",
    "too_short": "must have at least {min_length} items, has {actual_length}",
    "too_long": "must have at most {max_length} items, has {actual_length}",
}
