"""The list of what staff decided in a dialogue, with the line of the journal that shows it. Pure.

It is for the archive: who asks later why a statement was not shown, or why the end was moved, finds
when that was decided, by which role's pseudonym, and the reason that was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advice.published import iso
from advice.writing import tables
from dialogues import events as ev
from dialogues.destroying_events import DestructionHeld, DestructionResumed
from dialogues.dialogue import Dialogue
from dialogues.followup import events as following
from dialogues.objections.events import ObjectionRuled
from dialogues.record import Line

#: The name of the file.
NAME = "besluitenlijst.csv"

COLUMNS = ("at", "line", "decision", "about", "was", "now", "reason", "by")


@dataclass(frozen=True, slots=True)
class Decision:
    """``at``: UTC in ISO form; ``line``: in the journal, 0 where several lines make it; ``about``:
    the item, key or round; ``by``: the participant id of whoever decided."""

    at: str
    line: int
    what: str
    about: str
    was: str = ""
    now: str = ""
    reason: str = ""
    by: str = ""


def decisions(dialogue: Dialogue, lines: Iterable[Line]) -> list[Decision]:
    """Every decision of staff, in the order of time."""
    found = [*_changes(dialogue), *_of_lines(lines)]
    return sorted(found, key=lambda one: (one.at, one.line, one.what, one.about))


def table(found: Iterable[Decision]) -> bytes:
    """The bytes of the file."""
    rows = ((d.at, d.line or "", d.what, d.about, d.was, d.now, d.reason, d.by) for d in found)
    return tables.written(COLUMNS, rows)


def _changes(dialogue: Dialogue) -> Iterator[Decision]:
    """The changes that the document prints too: of the charter, title, hours, recommendations."""
    for change in dialogue.changes:
        about = change.number or change.item
        was, now = change.was or "", change.now or ""
        yield Decision(iso(change.at), 0, change.what, about, was, now, change.reason, change.by)


def _of_lines(lines: Iterable[Line]) -> Iterator[Decision]:
    for line in lines:
        row = _ROWS.get(type(line.event))
        if row is not None and line.by != "clock":
            about, now, reason = (_told(line.event, field) for field in row.fields)
            at = iso(line.at)
            yield Decision(at, line.seq, row.what, about, now=now, reason=reason, by=line.by)


def _told(event: object, field: str) -> str:
    return str(getattr(event, field)) if field else ""


@dataclass(frozen=True, slots=True)
class _Row:
    """How a decision is called, and the fields of its event that say what it is about, what it
    became and why ("": none). Words of people stand in texts.jsonl, by the line."""

    what: str
    fields: tuple[str, str, str] = ("", "", "")


#: The decisions that stand in the journal alone.
_ROWS: dict[type, _Row] = {
    DestructionHeld: _Row("destruction_held", ("", "", "reason")),
    DestructionResumed: _Row("destruction_resumed", ("", "", "reason")),
    ObjectionRuled: _Row("objection_ruled", ("item", "outcome", "")),
    ev.DialogueOpened: _Row("dialogue_opened"),
    ev.ItemApproved: _Row("item_approved", ("item", "", "")),
    ev.ItemHidden: _Row("item_hidden", ("item", "", "reason")),
    ev.ItemShown: _Row("item_shown", ("item", "", "")),
    following.AdviceReceived: _Row("advice_received", ("version", "case", "")),
    following.AnswerPostponed: _Row("answer_postponed", ("item", "until", "want")),
    following.ProgressNoted: _Row("progress_noted", ("item", "state", "source")),
    following.ResponseGiven: _Row("response_given", ("item", "outcome", "source")),
}
