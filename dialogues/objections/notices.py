"""What room, staff and the author hear of a draft and of the objections to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dialogues.core import Audience, Choice, Notice, Text, Value
from dialogues.dialogue import Dialogue
from dialogues.events import (
    DialogueClosed,
    DraftPosted,
    ObjectionMade,
    ObjectionRuled,
    ObjectionsTold,
)
from dialogues.items import OBJECTION, Item
from dialogues.machine import Stage
from dialogues.objections.events import Ruling
from dialogues.objections.rules import adjustments, recommended
from dialogues.objections.steps import comes
from dialogues.results import report, round_values

#: So many items that people are divided on are told with a draft.
DIVIDED = 4


def _closed(dialogue: Dialogue, _event: Any, _head: str) -> list[Notice]:
    """Staff hears how the document comes; where a draft comes first, it hears with that."""
    data: dict[str, Value] = {"title": dialogue.title}
    if comes(dialogue):
        return []
    if dialogue.reports or dialogue.charter.concept is not None:  # nobody has to have it made
        return [Notice("dialogue_closed_reports", data, Audience.STAFF)]
    made = (Choice(dialogue.id, dialogue.current, "", "advies", main=True),)
    return [Notice("dialogue_closed_staff", data, Audience.STAFF, choices=made)]


def waits(dialogue: Dialogue, item: Item) -> bool:
    """Whether its author may change what is hidden: in its open round, or of a draft until a
    ruling."""
    if item.number[0] != OBJECTION.letter:
        return dialogue.frames[item.round].stage is Stage.OPEN
    draft = dialogue.draft
    return draft is not None and not draft.over and item.number not in draft.rulings


def _rows(dialogue: Dialogue) -> Iterator[dict[str, Any]]:
    """The shown items of all closed rounds with their figures, each with its kind."""
    for frame in dialogue.frames:
        if frame.stage is Stage.CLOSED:
            rows: Any = round_values(dialogue, frame.index)["items"]
            yield from ({**row, "kind": frame.plan.kind} for row in rows)


def divided(dialogue: Dialogue) -> list[dict[str, Any]]:
    """The items that people are divided on, with their figures: those of one kind of round."""
    found = [row for row in _rows(dialogue) if row["result"] == "divided"]
    return [row for row in found if row["kind"] == found[0]["kind"]]


def _posted(dialogue: Dialogue, event: DraftPosted, _head: str) -> list[Notice]:
    numbers, rows = recommended(dialogue), list(_rows(dialogue))
    asked = [row for row in rows if row["item"] in numbers]
    split = divided(dialogue)
    data: dict[str, Value] = {
        "kind": asked[0]["kind"],
        "recommendations": asked,
        "divided_kind": split[0]["kind"] if split else asked[0]["kind"],
        "divided": split[:DIVIDED],
        "others": max(len(split) - DIVIDED, 0),
        "heard_until": event.heard_until,
        "ruled_until": event.ruled_until,
    }
    staff: dict[str, Value] = {"title": dialogue.title, "items": list(numbers)}
    staff |= {"heard_until": event.heard_until, "ruled_until": event.ruled_until}
    return [
        Notice("draft_posted", data, Audience.ROOM),
        Notice("draft_posted_staff", staff, Audience.STAFF),
    ]


def wordings(dialogue: Dialogue, about: str) -> list[Text | str]:
    """How a recommendation was put, the first as it was voted on, the last as it is put now."""
    index = dialogue.round_of(about)
    assert index is not None
    first = next(row.text for row in report(dialogue, index) if row.number == about)
    return [first, *(ruled.text for _, ruled in adjustments(dialogue, about))]


def rewording(dialogue: Dialogue, about: str) -> dict[str, Value]:
    """How a recommendation that was adjusted was put before and is put now, and after which
    objection; "" and None for any other item."""
    changes = adjustments(dialogue, about)
    if not changes:
        return {"changed_by": "", "was": None, "now": None}
    was, now = wordings(dialogue, about)[-2:]
    return {"changed_by": changes[-1][0], "was": was, "now": now}


def _ruled(dialogue: Dialogue, event: ObjectionRuled, _head: str) -> list[Notice]:
    """The room hears how a recommendation is put from now on, its author what was decided."""
    item = dialogue.items.by_number[event.item]
    data: dict[str, Value] = {
        "item": event.item,
        "about": item.about,
        "adjusted": event.outcome is Ruling.ADJUSTED,
        "reason": event.reason,
        "now": event.text,
    }
    told = [Notice("your_objection_ruled", data, Audience.PERSON, person=item.author)]
    if event.outcome is Ruling.ADJUSTED:
        before = wordings(dialogue, item.about)
        told.insert(0, Notice("objection_adjusted", {**data, "was": before[-2]}, Audience.ROOM))
    return told


def _told(dialogue: Dialogue, event: ObjectionsTold, _head: str) -> list[Notice]:
    if not event.items or dialogue.draft is None:
        return []
    rows = [{"item": n, "about": dialogue.items.by_number[n].about} for n in event.items]
    data: dict[str, Value] = {
        "objections": rows,
        "ending": event.ending,
        "ruled_until": dialogue.draft.ruled_until,
    }
    read = Choice(dialogue.id, dialogue.current, "", "werk", label="choice_read", main=True)
    return [Notice("objections_wait", data, Audience.STAFF, choices=(read,))]


HANDLERS: dict[type, Any] = {
    DialogueClosed: _closed,
    DraftPosted: _posted,
    ObjectionRuled: _ruled,
    ObjectionsTold: _told,
}

#: The events of a draft, which leave the cards as they are.
QUIET: tuple[type, ...] = (DraftPosted, ObjectionMade, ObjectionRuled, ObjectionsTold)
