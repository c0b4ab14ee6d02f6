"""What room and staff hear of an advice after it was made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from dialogues.announce_agreed import charter_values
from dialogues.answer_day import was_impossible
from dialogues.core import Audience, Notice, Value
from dialogues.counting.threshold import masked
from dialogues.dialogue import Dialogue
from dialogues.events import AnswerOverdue
from dialogues.followup import events as ev
from dialogues.followup.again import told_at
from dialogues.followup.days import day_of, recommended, unanswered
from dialogues.followup.state import Response
from dialogues.machine import Stage
from dialogues.objections.rules import adjustments


def _received(dialogue: Dialogue, event: ev.AdviceReceived, _head: str) -> list[Notice]:
    before = dialogue.follow_up.receipts[:-1]
    again = bool(before) and before[-1].version == event.version
    waiting = recommended(dialogue)
    data: dict[str, Value] = {
        "title": dialogue.title,
        "version": event.version,
        "case": event.case,
        "was": before[-1].case if again else "",
        "people": _people(dialogue),
        "asks": bool(waiting),
        "answer_by": dialogue.charter.answer_by if waiting else None,
    }
    return [Notice("advice_received", data, Audience.ROOM)]


def _people(dialogue: Dialogue) -> int | None:
    """How many took part, where no figure of the document has to be held back; else None."""
    advice = dialogue.advice
    assert advice is not None
    figures = [advice.contributed, advice.voted, advice.total]
    figures += [frame.voters for frame in dialogue.frames if frame.stage is Stage.CLOSED]
    few = any(masked(figure) is None for figure in figures)
    return None if few else advice.total


def _receipt_missing(dialogue: Dialogue, event: ev.ReceiptMissing, _head: str) -> list[Notice]:
    data: dict[str, Value] = {
        "title": dialogue.title,
        "version": event.version,
        "at": dialogue.follow_up.issued_at,
    }
    return [Notice("receipt_missing", data, Audience.STAFF)]


def _answers_told(dialogue: Dialogue, event: ev.AnswersTold, _head: str) -> list[Notice]:
    given = dialogue.follow_up.responses
    rows = [answer(dialogue, item, given[item]) for item in event.items if item in given]
    data: dict[str, Value] = {
        "title": dialogue.title,
        "rows": rows,
        "sources": _sources(dialogue, event.items),
        "follows": any(row["outcome"] != ev.Outcome.NOT.value for row in rows),
        "waiting": list(unanswered(dialogue)),
        "answer_by": dialogue.charter.answer_by,
    }
    return [Notice("answers_given", data, Audience.ROOM)]


def answer(dialogue: Dialogue, item: str, given: list[Response]) -> dict[str, Value]:
    """The answer on a recommendation for a template, with what it was before."""
    now, before = given[-1], given[-2] if len(given) > 1 else None
    return {
        "item": item,
        **asked_for(dialogue, item),
        "outcome": now.outcome.value,
        "words": now.text,
        "body": now.body.value,
        "source": now.source,
        "due": date.fromisoformat(now.due) if now.due else None,
        "due_unknown": now.due_unknown,
        "was": before.outcome.value if before is not None else "",
        "corrects": before is not None and before.decided,
    }


def asked_for(dialogue: Dialogue, item: str) -> dict[str, Value]:
    """The words of a recommendation: the town's, those of whoever wrote it, which were voted on,
    and where it was adjusted after an objection how it is put since."""
    known = dialogue.items.by_number[item]
    changes = adjustments(dialogue, item)
    by, to = (changes[-1][0], changes[-1][1].text) if changes else ("", None)
    return {"label": known.label, "text": known.text, "changed_by": by, "changed_to": to}


def _sources(dialogue: Dialogue, items: Iterable[str]) -> list[str]:
    """The items that recommendations rest on, each once."""
    return list(dict.fromkeys(dialogue.items.by_number[item].about for item in items))


def _coming(dialogue: Dialogue, event: ev.AnswerComing, _head: str) -> list[Notice]:
    if not event.told:
        return []
    data: dict[str, Value] = {
        "title": dialogue.title,
        "items": list(event.items),
        "days": event.days,
        "day": date.fromisoformat(event.day),
        "hour": told_at(date.fromisoformat(event.day), ZoneInfo(dialogue.zone), 0),
    }
    return [Notice("answer_coming", data, Audience.STAFF)]


def _missing(dialogue: Dialogue, event: ev.AnswerMissing, _head: str) -> list[Notice]:
    since, zone = dialogue.follow_up.missing_since, ZoneInfo(dialogue.zone)
    assert since is not None
    days = [day_of(dialogue, item) for item in event.items]
    data: dict[str, Value] = {
        "title": dialogue.title,
        "items": list(event.items),
        "day": max(day for day in days if day is not None),
        "again": told_at(since, zone, event.times).astimezone(zone).date(),
    }
    return [
        Notice("answers_missing", data, Audience.ROOM),
        Notice("answers_wanted", data, Audience.STAFF),
    ]


def _postponed(dialogue: Dialogue, event: ev.AnswerPostponed, _head: str) -> list[Notice]:
    change = dialogue.follow_up.postponed[-1]
    data: dict[str, Value] = {
        "title": dialogue.title,
        "items": [event.item] if event.item else unanswered(dialogue),
        "was": change.was,
        "now": change.now,
        "want": event.want,
    }
    return [Notice("answer_postponed", data, Audience.ROOM)]


def _day_asked(dialogue: Dialogue, event: ev.DayAsked, _head: str) -> list[Notice]:
    data: dict[str, Value] = {"title": dialogue.title, "items": list(event.items)}
    return [Notice("day_asked", data, Audience.STAFF)]


def _progress(dialogue: Dialogue, event: ev.ProgressNoted, _head: str) -> list[Notice]:
    noted = dialogue.follow_up.progress[event.item]
    before = noted[-2] if len(noted) > 1 else None
    data: dict[str, Value] = {
        "title": dialogue.title,
        "item": event.item,
        **asked_for(dialogue, event.item),
        "state": noted[-1].state.value,
        "words": noted[-1].text,
        "source": noted[-1].source,
        "was": before.state.value if before is not None and before.state.ended else "",
    }
    return [Notice("progress_told", data, Audience.ROOM)]


def _overdue(dialogue: Dialogue, _event: Any, _head: str) -> list[Notice]:
    """Said once, of a dialogue that asks nothing which could be answered."""
    data = charter_values(dialogue)
    if was_impossible(dialogue):
        return [
            Notice("answer_day_gone", data, Audience.ROOM),
            Notice("answer_day_wanted", data, Audience.STAFF),
        ]
    return [Notice("answer_overdue", data, Audience.ROOM)]


def stand(dialogue: Dialogue, item: str) -> dict[str, Value]:
    """What became of one recommendation, for a template; ``outcome`` "" without an answer."""
    given, noted = dialogue.follow_up.responses.get(item), dialogue.follow_up.noted(item)
    unknown = {
        "item": item,
        **asked_for(dialogue, item),
        "outcome": "",
        "day": day_of(dialogue, item),
        "late": item in dialogue.follow_up.missing,
    }
    row: dict[str, Value] = answer(dialogue, item, given) if given else unknown
    return {
        **row,
        "state": noted.state.value if noted is not None else "",
        "done": noted.text if noted is not None else None,
    }


HANDLERS: dict[type, Any] = {
    AnswerOverdue: _overdue,
    ev.AdviceReceived: _received,
    ev.AnswerComing: _coming,
    ev.AnswerMissing: _missing,
    ev.AnswerPostponed: _postponed,
    ev.AnswersTold: _answers_told,
    ev.DayAsked: _day_asked,
    ev.ProgressNoted: _progress,
    ev.ReceiptMissing: _receipt_missing,
}
