"""Putting the page together: words that are there before any script runs, look, scripts and payload."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from aegean_sim.page.encoding import packed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TEMPLATE = "template"
_MARK = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class Front:
    """What the page says at once, with or without scripts; plain text.

    Parameters
    ----------
    kind : {"run", "sweep"}
    lives : sequence of (what, how many, class)
        Lives first; none for a sweep.
    about : str
        What this is, and what not.
    """

    kind: str
    title: str
    origin: str
    lives: Sequence[tuple[str, str, str]]
    about: str


def assembled(front: Front, document: Mapping[str, Any]) -> str:
    """Give the whole page; the same words and document give the same text."""
    words = {"title": escape(front.title), "about": escape(front.about)}
    parts = {
        **words,
        "kind": front.kind,
        "origin": escape(front.origin),
        "lives": _lives(front.lives),
        "style": _read("look.css"),
        "body": _filled(_read(f"{front.kind}.html"), words),
        "script": _script(),
        "payload": packed(document),
    }
    return _filled(_read("shell.html"), parts)


def _filled(text: str, parts: Mapping[str, str]) -> str:
    """Put parts in their places, in one pass: what looks like a place within a part stays as it is."""
    return _MARK.sub(lambda mark: parts[mark[1]], text)


def _lives(lives: Sequence[tuple[str, str, str]]) -> str:
    if not lives:
        return ""
    rows = (
        f'<div class="{kind}"><dt>{escape(what)}</dt><dd>{number}</dd></div>' for what, number, kind in lives
    )
    return f'<dl class="lives" aria-label="Lives, whole run">{"".join(rows)}</dl>'


def _script() -> str:
    """Join the scripts in the order of their names; nothing in them can end the element early."""
    names = sorted(
        each.name for each in files(__package__).joinpath(_TEMPLATE).iterdir() if each.name.endswith(".js")
    )
    joined = "\n".join(["(() => {", "'use strict';", *map(_read, names), "})();"])
    return joined.replace("</script", "<\\/script")


def _read(name: str) -> str:
    return files(__package__).joinpath(_TEMPLATE, name).read_text(encoding="utf-8")
