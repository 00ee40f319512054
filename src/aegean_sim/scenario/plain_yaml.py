"""Plain values from YAML: built from the parser's events, so that no tag can ever construct an object.

Plain words follow YAML 1.2: ``no`` is a word, ``1:30`` and ``2016-06-01`` are text; keys are text as written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_MAX_GROWTH = 10
_FREE_NODES = 1000
_MAX_NODES = 10 * 2**24
_MAX_DEPTH = 64

# No leading zeros: YAML 1.1 reads them as octal, people as decimal. The length keeps int() from refusing.
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,299})")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **{f"{sign}{word}": float(f"{sign}inf") for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")},
}


class Refused(Exception):  # noqa: N818  (the reader makes it an error of the house)
    """Why a document is refused, with its line."""

    def __init__(self, event: Any, reason: str) -> None:
        super().__init__(f"line {event.start_mark.line + 1}: {reason}")


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being built, and how many nodes it has grown to."""

    value: Any
    anchor: str | None
    nodes: int = 1
    key: str | None = None
    merged: list[dict[str, Any]] = field(default_factory=list)


def plain_value(text: str) -> Any:
    """Build the value of one YAML document.

    Raises
    ------
    Refused
        When it uses tags, a second document, a key twice, or aliases that grow it more than tenfold.
    yaml.YAMLError
        When it is not YAML.
    """
    builder = _Builder()
    events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            builder.start_document(event)
        elif isinstance(event, yaml.AliasEvent):
            builder.add_alias(event)
        elif isinstance(event, yaml.NodeEvent):
            builder.add_node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            builder.close(event)
    return builder.result()


class _Builder:
    """Builds plain values from parser events, counting what is written and what aliases make of it."""

    def __init__(self) -> None:
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._root: Any = None
        self._written = 0
        self._composed = 0
        self._documents = 0
        self._last_alias: Any = None

    def start_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            raise Refused(event, "a second document starts here; a file holds one")

    def add_alias(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            raise Refused(event, f"*{event.anchor} stands for nothing that is complete before it")
        value, nodes = self._anchors[event.anchor]
        self._last_alias = event
        self._written += 1
        self._place(event, value, nodes)
        if self._composed > _MAX_NODES:
            raise self._too_much()

    def add_node(self, event: Any) -> None:
        if event.tag is not None:
            raise Refused(event, f"tags are not allowed: {event.tag}")
        self._written += 1
        if isinstance(event, yaml.ScalarEvent):
            self._add_scalar(event)
            return
        if len(self._stack) == _MAX_DEPTH:
            raise Refused(event, f"nested more than {_MAX_DEPTH} deep")
        self._check_key(event)
        self._stack.append(_Open([] if isinstance(event, yaml.SequenceStartEvent) else {}, event.anchor))

    def close(self, event: Any) -> None:
        done = self._stack.pop()
        for inherited in done.merged:
            done.value = {**inherited, **done.value}
        if done.anchor:
            self._anchors[done.anchor] = (done.value, done.nodes)
        self._place(event, done.value, done.nodes)

    def result(self) -> Any:
        if self._composed > _MAX_GROWTH * self._written + _FREE_NODES:
            raise self._too_much()
        return _unshared(self._root) if self._last_alias is not None else self._root

    def _too_much(self) -> Refused:
        return Refused(self._last_alias, "aliases make the file more than ten times as large as written")

    def _add_scalar(self, event: Any) -> None:
        is_key = bool(self._stack) and isinstance(self._stack[-1].value, dict) and self._stack[-1].key is None
        value = _plain(event.value) if event.implicit[0] and not is_key else event.value
        if event.anchor:
            self._anchors[event.anchor] = (value, 1)
        self._place(event, value, 1)

    def _place(self, event: Any, value: Any, nodes: int) -> None:
        """Put a complete value where it belongs: in the open list or mapping, or on top."""
        if not self._stack:
            self._root, self._composed = value, nodes
            return
        parent = self._stack[-1]
        parent.nodes += nodes
        self._composed = max(self._composed, parent.nodes)
        if isinstance(parent.value, list):
            parent.value.append(value)
        elif parent.key is None:
            parent.key = self._new_key(event, value)
        elif parent.key == "<<":
            parent.merged, parent.key = _mappings(event, value), None
        else:
            parent.value[parent.key], parent.key = value, None

    def _new_key(self, event: Any, key: Any) -> str:
        if not isinstance(key, str):
            raise Refused(event, "a key must be a plain word")
        parent = self._stack[-1]
        if key in parent.value or (key == "<<" and parent.merged):
            raise Refused(event, f"the key {key!r} is written twice")
        return key

    def _check_key(self, event: Any) -> None:
        if self._stack and isinstance(self._stack[-1].value, dict) and self._stack[-1].key is None:
            raise Refused(event, "a key must be a plain word, not a list or a mapping")


def _plain(word: str) -> Any:
    """Give what an unquoted word means."""
    if word in _WORDS:
        return _WORDS[word]
    if _INTEGER.fullmatch(word):
        return int(word)
    return float(word) if _FLOAT.fullmatch(word) else word


def _mappings(event: Any, value: Any) -> list[dict[str, Any]]:
    """Give what ``<<`` merges: one mapping or a list of them."""
    mappings = value if isinstance(value, list) else [value]
    if not all(isinstance(one, dict) for one in mappings):
        raise Refused(event, "<< takes a mapping, or a list of mappings")
    return mappings


def _unshared(value: Any) -> Any:
    """Copy a value so that no part of it stands in two places, where an override would change both."""
    if isinstance(value, dict):
        return {key: _unshared(one) for key, one in value.items()}
    return [_unshared(one) for one in value] if isinstance(value, list) else value
