"""Taking back every vote of a ballot: who becomes staff or asks to be forgotten has no say."""

from __future__ import annotations

from dialogues.dialogue import Dialogue
from dialogues.format import Kind
from dialogues.rounds import closing, poll, questions, statements

_TAKE_BACK = {
    Kind.CLOSING: closing.CastConsent,
    Kind.POLL: poll.CastPoll,
    Kind.STATEMENTS: statements.CastVote,
}


def standing_votes(dialogue: Dialogue, index: int, ballot: str) -> list[object]:
    """The intents that take back each vote of this ballot that still stands in a round."""
    box = dialogue.machine(index).box(dialogue.states[index])
    if box is None:
        return []
    take_back = _TAKE_BACK[dialogue.frames[index].plan.kind]
    return [
        take_back(item, None)
        for item, book in box.books.items()
        if ballot in book.votes and book.votes[ballot][2] is not None
    ]


def standing_support(dialogue: Dialogue, participant: str) -> list[object]:
    """The intents that take back support for questions in the round that is open."""
    frame = dialogue.open_frame
    if frame is None or frame.plan.kind is not Kind.QUESTIONS:
        return []
    state: questions.State = dialogue.states[frame.index]
    return [
        questions.WithdrawSupport(item)
        for item, supporters in state.support.items()
        if participant in supporters
    ]
