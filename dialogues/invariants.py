"""Invariants: conditions that always hold of a dialogue's state, as checks that can be run again.

Each returns a code where it does not hold. Called after tests and by ``stadsgesprek check``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from dialogues.ballots import BallotBox
from dialogues.dialogue import Dialogue
from dialogues.machine import Frame, Stage
from dialogues.pauses import held_by


def broken(dialogue: Dialogue) -> Iterator[str]:
    """A code for each invariant that does not hold, with the item or round."""
    for frame in dialogue.frames:
        box = dialogue.boxes[frame.index]
        if box is None:
            continue
        yield from _tallies(box)
        if frame.stage is Stage.CLOSED:
            if len(frame.ballots) != frame.voters or len(set(frame.ballots)) != frame.voters:
                yield f"voters of round {frame.index + 1} are not the ballots that count"
            yield from _late(box, frame.closed_at)
        yield from _in_a_pause(box, frame)


def _late(box: BallotBox, closed_at: datetime | None) -> Iterator[str]:
    """No vote given after the closing hour is counted; one at the hour itself only if it came
    before it."""
    for number, book in box.books.items():
        if closed_at is not None and any(cast.at > closed_at for cast in book.votes.values()):
            yield f"{number} counts a vote given after closing"


def _in_a_pause(box: BallotBox, frame: Frame) -> Iterator[str]:
    """No vote given in a pause is counted; one at its first moment only if it came before it."""
    began = {pause.began for pause in frame.pauses}
    for number, book in box.books.items() if frame.pauses else ():
        cast = [vote.at for vote in book.votes.values() if vote.choice is not None]
        if any(held_by(frame.pauses, at) and at not in began for at in cast):
            yield f"{number} counts a vote given in a pause"


def _tallies(box: BallotBox) -> Iterator[str]:
    """Each tally equals a recount of the ballots' last votes, and the voters are those with a vote
    that counts."""
    standing: Counter[str] = Counter()
    for number, book in box.books.items():
        tally, voters = box.recount(number)
        kept = {key: count for key, count in book.tally.items() if count}
        if len(voters) != book.voters or tally != kept:
            yield f"the tally of {number} is not that of its votes"
        if book.counted:
            standing.update(voters)
    if not box.roll.holders() >= standing.keys():
        yield "somebody's vote counts that nobody gave"
    if dict(standing) != box.roll.stood():
        yield "who takes part is not who has a vote that counts"
