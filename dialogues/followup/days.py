"""The recommendations that wait for an answer, and the day of each."""

from __future__ import annotations

from datetime import date

from dialogues.dialogue import Dialogue
from dialogues.items import ItemState


def recommended(dialogue: Dialogue) -> list[str]:
    """The numbers of what is asked of the council, in order; without what is not shown any more."""
    return [
        number
        for number, item in dialogue.items.by_number.items()
        if dialogue.letter(number).recommendation and item.state is ItemState.SHOWN
    ]


def asks(dialogue: Dialogue) -> bool:
    """Whether anything was ever asked of the council, shown or not."""
    return any(dialogue.letter(number).recommendation for number in dialogue.items.by_number)


def unanswered(dialogue: Dialogue) -> list[str]:
    """The recommendations on which there is no decision yet."""
    return [item for item in recommended(dialogue) if not dialogue.follow_up.answered(item)]


def day_of(dialogue: Dialogue, item: str) -> date | None:
    """The day for which the answer on a recommendation is promised."""
    return dialogue.follow_up.days.get(item, dialogue.charter.answer_by)
