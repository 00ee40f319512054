"""Notes under the picture of a network: those without a second column use the whole width."""

import pytest
from matplotlib.text import Text

from aegean_sim.handoff.description import describe
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.views.network_chart import _drawn
from aegean_sim.views.network_notes import Note, notes_of
from aegean_sim.views.sheet import own_look


@pytest.fixture(scope="module")
def notes() -> list[Note]:
    return notes_of(describe(load_scenario("aegean-2016").scenario))


def test_a_note_of_one_column_takes_one_line_across_the_picture(notes: list[Note]) -> None:
    alone = [note.words for note in notes if not note.how]
    assert max(len(line) for words in alone for line in words) > 120
    assert {len(words) for words in alone} == {1}


def test_a_note_with_a_second_column_leaves_room_for_it(notes: list[Note]) -> None:
    beside = [note for note in notes if note.how]
    assert beside
    assert max(len(line) for note in beside for line in note.words) <= 78


def test_all_notes_are_written_in_one_size(notes: list[Note]) -> None:
    lines = {line for note in notes for line in note.words}
    with own_look():
        sheet = _drawn(describe(load_scenario("aegean-2016").scenario))
        sheet.figure.canvas.draw()
        found = [text for text in sheet.figure.findobj(Text) if isinstance(text, Text)]
    sizes = [text.get_fontsize() for text in found if text.get_text() in lines]
    assert len(sizes) == len(lines)
    assert len(set(sizes)) == 1
