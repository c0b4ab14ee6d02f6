"""What waits for review, as events change it: when staff is told, and what was left unreviewed."""

from __future__ import annotations

from datetime import datetime, timedelta

from dialogues import events as ev
from dialogues.dialogue import Dialogue
from dialogues.items import OBJECTION, ItemState

#: Of what came to wait after the first, staff hears at most so often.
REVIEW_EVERY = timedelta(minutes=10)


def leave_unreviewed(dialogue: Dialogue, numbers: tuple[str, ...]) -> None:
    for number in numbers:
        dialogue.items.by_number[number].state = ItemState.UNREVIEWED
        dialogue.unreviewed += 1


def came_to_wait(dialogue: Dialogue, number: str, at: datetime) -> None:
    """An item waits for review: staff is told at once, and of the next ones every ten minutes."""
    if dialogue.draft is not None and number[0] == OBJECTION.letter:
        dialogue.draft.waits(number)
        return
    review = dialogue.review
    review.untold.append(number)
    review.round = dialogue.current
    soon(dialogue, at)
    if review.due is None:
        review.due = at if review.told_at is None else max(at, review.told_at + REVIEW_EVERY)


def soon(dialogue: Dialogue, at: datetime) -> None:
    """Within ten minutes of the closing there is no telling ten minutes before it."""
    frame = dialogue.frame
    if frame is not None and frame.closes_at is not None and frame.closes_at - at <= REVIEW_EVERY:
        dialogue.review.warned = frame.index


def told_at_the_end(dialogue: Dialogue, index: int, at: datetime) -> None:
    """Collecting ended: ten minutes before the closing or later staff is told then of all that
    waits, and not a second time."""
    soon(dialogue, at)
    if dialogue.review.warned == index:
        dialogue.review.untold, dialogue.review.due = [], None


def review_asked(dialogue: Dialogue, event: ev.ReviewAsked, at: datetime, _by: str) -> None:
    review = dialogue.review
    review.untold, review.due = [], None
    review.told_at = at if event.items else review.told_at
    if event.ending:
        review.warned = event.round
