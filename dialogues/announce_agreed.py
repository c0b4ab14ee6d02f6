"""The notices about what was agreed: the charter and the title, and the charter for templates."""

from __future__ import annotations

from datetime import date
from typing import Any

from dialogues import events as ev
from dialogues.charter import CHOSEN, KEYS
from dialogues.core import Audience, Notice, Value
from dialogues.dialogue import Dialogue


def charter_values(dialogue: Dialogue) -> dict[str, Value]:
    """The charter for a template: level, decider, answer_by, fixed, open and the rest."""
    charter = dialogue.charter
    return {
        "title": dialogue.title,
        "dialogue": dialogue.id,
        "room": dialogue.room,
        "level": charter.level.value if charter.level else "",
        "decider": charter.decider,
        "answer_by": charter.answer_by,
        "fixed": charter.fixed,
        "open_points": charter.open,
        "phase": charter.phase.value if charter.phase else "",
        "decision": charter.decision,
        "review_before": charter.review.value == "vooraf",
        "town": dialogue.town,
    }


def _charter_set(dialogue: Dialogue, event: ev.CharterSet, _head: str) -> list[Notice]:
    if dialogue.frame is None:
        return []
    changes = [c for c in dialogue.changes if c.what == "charter"][-len(event.keys) :]
    rows = [
        {
            "key": KEYS[c.item],
            "was": _said(c.item, c.was),
            "now": _said(c.item, c.now),
            "chosen": c.item in CHOSEN,
        }
        for c in changes
    ]
    return [Notice("charter_changed", {"changes": rows, "want": event.want}, Audience.ROOM)]


def _title_changed(dialogue: Dialogue, event: ev.TitleChanged, _head: str) -> list[Notice]:
    if dialogue.frame is None:
        return []
    change = dialogue.changes[-1]
    data: dict[str, Value] = {"was": change.was, "now": change.now, "want": event.want}
    return [Notice("title_changed", data, Audience.ROOM)]


def _said(key: str, value: str | None) -> Value:
    """A charter value for a template: a date as ``date``."""
    return date.fromisoformat(value) if key == "answer_by" and value else value


HANDLERS: dict[type, Any] = {
    ev.CharterSet: _charter_set,
    ev.TitleChanged: _title_changed,
}
