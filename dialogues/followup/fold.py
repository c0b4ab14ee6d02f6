"""Folds in what becomes of an advice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from dialogues.changes import ModeratorChange
from dialogues.dialogue import Dialogue
from dialogues.followup import events as ev
from dialogues.followup.days import day_of
from dialogues.followup.state import Noted, Postponed, Received, Response


def received(dialogue: Dialogue, event: ev.AdviceReceived, at: datetime, _by: str) -> None:
    dialogue.follow_up.receipts.append(Received(event.version, event.case, at))


def receipt_missing(dialogue: Dialogue, event: ev.ReceiptMissing, _at: datetime, _b: str) -> None:
    dialogue.follow_up.receipt_asked = event.version


def response_given(dialogue: Dialogue, event: ev.ResponseGiven, at: datetime, by: str) -> None:
    follow_up, item = dialogue.follow_up, event.item
    given = Response(
        event.outcome,
        event.text,
        event.body,
        event.source,
        event.due,
        event.due_unknown,
        at,
        by,
    )
    follow_up.responses.setdefault(item, []).append(given)
    follow_up.answered_at = at
    follow_up.day_asked.pop(item, None)
    if item not in follow_up.untold:
        follow_up.untold.append(item)
    if given.decided and item in follow_up.missing:
        follow_up.missing.remove(item)


def answers_told(dialogue: Dialogue, event: ev.AnswersTold, _at: datetime, _by: str) -> None:
    follow_up = dialogue.follow_up
    follow_up.untold = [item for item in follow_up.untold if item not in event.items]
    for item in event.items:
        given = follow_up.response(item)
        if given is not None:
            follow_up.told[item] = given


def answer_coming(dialogue: Dialogue, event: ev.AnswerComing, _at: datetime, _by: str) -> None:
    dialogue.follow_up.coming.add((event.day, event.days))


def answer_missing(dialogue: Dialogue, event: ev.AnswerMissing, _at: datetime, _by: str) -> None:
    follow_up = dialogue.follow_up
    new = [day_of(dialogue, item) for item in event.items if item not in follow_up.missing]
    days = [day for day in new if day is not None]
    if days:
        follow_up.missing_since = max(days)
    follow_up.missing, follow_up.missing_times = list(event.items), event.times
    follow_up.late = set(event.items)


def answer_postponed(dialogue: Dialogue, event: ev.AnswerPostponed, at: datetime, by: str) -> None:
    follow_up, until = dialogue.follow_up, date.fromisoformat(event.until)
    was = day_of(dialogue, event.item) if event.item else dialogue.charter.answer_by
    follow_up.postponed.append(Postponed(event.item, was, until, event.want, at))
    follow_up.days_set[event.item] = at
    if event.item:
        follow_up.days[event.item] = until
        follow_up.late.discard(event.item)
        if event.item in follow_up.missing:
            follow_up.missing.remove(event.item)
        return
    change = ModeratorChange(
        "charter", "answer_by", by, at, event.want, was.isoformat() if was else "", event.until
    )
    dialogue.changes.append(change)
    dialogue.charter = replace(dialogue.charter, answer_by=until)
    answer_day_set(dialogue, at)


def answer_day_set(dialogue: Dialogue, at: datetime) -> None:
    """The day of all answers is another one: what was said of the day before is past."""
    follow_up = dialogue.follow_up
    dialogue.answer_overdue = False
    follow_up.days.clear()
    follow_up.days_set = {"": at}
    follow_up.missing, follow_up.missing_since, follow_up.missing_times = [], None, 0
    follow_up.late.clear()


def day_asked(dialogue: Dialogue, event: ev.DayAsked, at: datetime, _by: str) -> None:
    dialogue.follow_up.day_asked.update(dict.fromkeys(event.items, at))


def progress_noted(dialogue: Dialogue, event: ev.ProgressNoted, at: datetime, by: str) -> None:
    noted = Noted(event.state, event.text, event.source, at, by)
    dialogue.follow_up.progress.setdefault(event.item, []).append(noted)


def authors_forgotten(dialogue: Dialogue, _event: Any, _at: datetime, _by: str) -> None:
    dialogue.follow_up.authors_forgotten = True


HANDLERS: dict[type, Any] = {
    ev.AdviceReceived: received,
    ev.AnswerComing: answer_coming,
    ev.AnswerMissing: answer_missing,
    ev.AnswerPostponed: answer_postponed,
    ev.AnswersTold: answers_told,
    ev.AuthorsForgotten: authors_forgotten,
    ev.DayAsked: day_asked,
    ev.ProgressNoted: progress_noted,
    ev.ReceiptMissing: receipt_missing,
    ev.ResponseGiven: response_given,
}
