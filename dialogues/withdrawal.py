"""Taking back the votes and support of somebody who becomes staff or is forgotten."""

from __future__ import annotations

from datetime import datetime

from dialogues.dialogue import Dialogue
from dialogues.machine import runs


def standing_votes(dialogue: Dialogue, index: int, ballot: str) -> list[object]:
    """The intents that take back every vote of this ballot in a round."""
    machine, box = dialogue.frames[index].machine, dialogue.boxes[index]
    if box is None or machine.cast is None:
        return []
    return [
        machine.cast(item, None)
        for item, book in box.books.items()
        if ballot in book.votes and book.votes[ballot].choice is not None
    ]


def standing_support(dialogue: Dialogue, participant: str, at: datetime) -> tuple[object, ...]:
    """The intents that take back what a participant supports, without a ballot, in the round that
    is open ``at`` this moment."""
    frame = dialogue.open_frame
    if frame is None or not runs(frame, at):
        return ()
    return frame.machine.withdraw(dialogue.states[frame.index], participant)
