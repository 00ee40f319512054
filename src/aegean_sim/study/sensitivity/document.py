"""The document of a study of sensitivity: what matters, what survives, and the tables it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.study.comparison.document import markdown
from aegean_sim.study.sensitivity.tables import influence_table, ranking_table
from aegean_sim.study.sensitivity.words import (
    may_be_concluded,
    may_not_be_concluded,
    number_titled,
    with_unit,
    worlds_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aegean_sim.study.sensitivity.sensitivity import Part, Sensitivity

_NOTES = {
    "morris": (
        "*mu\\**: by how much the number moves, either way, when a path goes over its whole range; *mu*: the"
        " same with its sign; *sigma*: how much that hangs on where the others are, or on where in the range"
        " (interplay or a bend, Morris does not say which). The interval is over trajectories."
    ),
    "sobol": (
        "*total*: the share of the variance between worlds that a path makes, with all its interplay;"
        " *first*: by itself. Intervals are over base points; a first index a little below 0 is 0."
    ),
    "regression": (
        "*ranks*: by how many standard deviations the number's rank goes up with that of a path. Sound as far"
        " as a number only rises or only falls with each path; see how much it explains."
    ),
}
_ALWAYS = (
    "*luck s.e.*: what other replications would change; *luck alone*: what a path that does nothing stays"
    " below in 95 of 100 cases: the fewer replications, the more. Told from luck is what has a p-value of at"
    " most 5 % after Holm. *nothing changes*: every run comes to the same wherever the path is.",
    "*best*: share of worlds in which a level is best, or as good; *may be best*: in which it is not shown to"
    " be worse than another. With nothing to choose, about 5 % of worlds show something by chance. *Regret*:"
    " what is given away against the best level of a world; luck makes it look larger than it is.",
    "All of this is within the ranges that were stated, one as likely as another: what is held to be fixed,"
    " or to lie in too narrow a range, does not show.",
)


def document(study: Sensitivity, pictures: Mapping[str, Sequence[str]]) -> str:
    """Write the document, Markdown.

    Parameters
    ----------
    pictures : mapping of stratum to sequence of str
        File names beside the document.
    """
    lines = [f"# {study.material.name}: what the answer hangs on"]
    for part in study.parts:
        lines += ["", *_part(part, pictures.get(part.worlds.name, ()))]
    if study.left_out:
        lines += ["", "## Not varied", "", "Assumptions that cannot be varied by themselves:", ""]
        lines += [f"- `{path}`: {why}" for path, why in study.left_out.items()]
    if study.material.failed:
        lines += ["", f"{study.material.failed:,} runs failed."]
    method = study.parts[0].worlds.design.method
    return "\n".join([*lines, "", "## How to read it", "", *_bullets((_NOTES[method], *_ALWAYS))]) + "\n"


def _part(part: Part, pictures: Sequence[str]) -> Iterator[str]:
    yield f"## {part.worlds.name or 'All worlds'}"
    yield from ("", f"{worlds_in_words(part)}.")
    for title, said, none in (
        ("What may be concluded", may_be_concluded(part), "Nothing yet."),
        ("What may not", may_not_be_concluded(part), "Nothing is left open."),
    ):
        yield from ("", f"### {title}", "", *(_bullets(said) if said else [none]))
    for picture in pictures:
        yield from ("", f"![{picture}]({picture})")
    ranking = ranking_table(part)
    if ranking is not None:
        yield from ("", "### Does the ranking survive?", "", *markdown(ranking))
    yield from _influences(part)


def _influences(part: Part) -> Iterator[str]:
    for found in part.found:
        for number, some in found.influences.items():
            spread = with_unit(found.measure, some.spread)
            yield from ("", f"### {number_titled(part.worlds, found.measure, number)}", "")
            yield f"Standard deviation between worlds {spread}, {some.noise_share:.0%} of its square luck."
            if some.method == "regression":
                yield f"The regression explains {some.explained:.0%}."
            yield from ("", *markdown(influence_table(found.measure, some)))


def _bullets(sentences: Sequence[str]) -> list[str]:
    return [f"- {sentence}" for sentence in sentences]
