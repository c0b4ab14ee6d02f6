"""What was kept for a time of a series that did not take place goes to the time after it."""

from __future__ import annotations

from dataclasses import replace

from bot.ledger.aggregates import Acting
from dialogues.core import Context, Text
from meetings.intents import Due, KeepContribution
from meetings.meeting import Meeting
from storage.store import Store


def handed_on(
    store: Store, states: Acting, meeting: Meeting, following: Meeting | None, due: Due
) -> Due:
    """Keep all that waits at a meeting for the ``following`` one too; returns the step that erases
    it here. Without a following one the series is over, and it is only erased."""
    if following is None:
        return due
    at = due.now or due.at
    for kept in [*meeting.kept.values()]:
        person, words = store.participants.person_of(kept.by), store.texts.words(kept.text.ref)
        if person is not None and words:
            by = store.participants.participant(following.id, person)
            states.act(following.id, KeepContribution(Text(words)), Context(at, by))
    return replace(due, number=following.number)
