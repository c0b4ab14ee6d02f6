"""The votes of a dialogue as the bundles hold them, from its state."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from advice.kinds import AllPages
from advice.published import Texts
from advice.writing.polis import OpenVote
from advice.writing.tables import Cast
from dialogues.dialogue import Dialogue
from dialogues.machine import Frame, Stage

#: Votes are listed by their ballot.
_BALLOT = itemgetter(0)


def started(dialogue: Dialogue) -> Iterator[tuple[int, Frame]]:
    """The rounds of a result, with their numbers from 1."""
    frames = (frame for frame in dialogue.frames if frame.stage is not Stage.WAITING)
    return enumerate(frames, 1)


def open_votes(dialogue: Dialogue, pages: AllPages) -> Iterator[OpenVote]:
    """The last votes of an open ballot: those on shown items of closed rounds that Polis files can
    hold."""
    if dialogue.confidential:
        return
    for number, frame in started(dialogue):
        choices = pages.by_kind[frame.plan.kind].polis
        box = dialogue.boxes[frame.index]
        if not choices or box is None or frame.stage is not Stage.CLOSED:
            continue
        for item, book in box.books.items():
            if not dialogue.items.shown(item):
                continue
            for ballot, choice in book.votes.chosen():
                if choice is not None:
                    yield OpenVote(number, ballot, item, choices[str(choice)])


def casts(dialogue: Dialogue, pages: AllPages, texts: Texts) -> Iterator[Cast]:
    """The last vote of every ballot, for the clerk; of a confidential round only once it is
    closed."""
    for number, frame in started(dialogue):
        state = dialogue.states[frame.index]
        box = dialogue.boxes[frame.index]
        if box is None or (dialogue.confidential and frame.stage is not Stage.CLOSED):
            continue
        own = pages.by_kind[frame.plan.kind]
        for item, book in box.books.items():
            for ballot, choice in sorted(book.votes.chosen(), key=_BALLOT):
                if choice is not None:
                    words = own.chosen(state, choice, texts)
                    yield Cast(number, ballot, item, own.typed(state, choice), words)
