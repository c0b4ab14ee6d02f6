"""The list of what staff decided in a dialogue, with the line of the journal that shows it. Pure.

It is for the archive: who asks later why a statement was not shown, or why the end was moved, finds
when that was decided, by which role's pseudonym, and the reason that was given. What was written in
a decision (the reason of a ruling, the words of an answer) stands in the clerk's list alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advice.published import Texts, iso, said
from advice.writing import tables
from dialogues import events as ev
from dialogues.core import Text
from dialogues.destroying_events import DestructionHeld, DestructionResumed
from dialogues.dialogue import Dialogue
from dialogues.followup import events as following
from dialogues.objections.events import ObjectionRuled
from dialogues.record import Line

#: The names of the file, and of the clerk's.
NAME, CLERKS_NAME = "besluitenlijst.csv", "besluitenlijst-griffie.csv"

COLUMNS = ("at", "line", "decision", "about", "was", "now", "reason", "by")
CLERKS_COLUMNS = (*COLUMNS, "words")


@dataclass(frozen=True, slots=True)
class Decision:
    """``at``: UTC in ISO form; ``line``: in the journal, 0 where several lines make it; ``about``:
    the item, key or round; ``by``: the participant id of whoever decided. ``words``: as a
    recommendation is put since, or those of an answer; "" in what is not the clerk's."""

    at: str
    line: int
    what: str
    about: str
    was: str = ""
    now: str = ""
    reason: str = ""
    by: str = ""
    words: str = ""


def decisions(
    dialogue: Dialogue, lines: Iterable[Line], texts: Texts | None = None
) -> list[Decision]:
    """Every decision of staff, in the order of time; with ``texts`` as the clerk gets it, with what
    was written in each that was not erased."""
    found = [*_changes(dialogue), *_of_lines(lines, texts)]
    return sorted(found, key=lambda one: (one.at, one.line, one.what, one.about))


def table(found: Iterable[Decision], clerk: bool = False) -> bytes:
    """The bytes of the file; ``clerk``: with the column of what was written."""
    rows = (
        (d.at, d.line or "", d.what, d.about, d.was, d.now, d.reason, d.by, d.words) for d in found
    )
    if clerk:
        return tables.written(CLERKS_COLUMNS, rows)
    return tables.written(COLUMNS, (row[:-1] for row in rows))


def _changes(dialogue: Dialogue) -> Iterator[Decision]:
    """The changes that the document prints too: of the charter, title, hours, recommendations."""
    for change in dialogue.changes:
        about = change.number or change.item
        was, now = change.was or "", change.now or ""
        yield Decision(iso(change.at), 0, change.what, about, was, now, change.reason, change.by)


def _of_lines(lines: Iterable[Line], texts: Texts | None) -> Iterator[Decision]:
    for line in lines:
        row = _ROWS.get(type(line.event))
        if row is not None and line.by != "clock":
            about, now, reason, words = (_told(line.event, name, texts) for name in row.fields)
            yield Decision(
                at=iso(line.at),
                line=line.seq,
                what=row.what,
                about=about,
                now=now,
                reason=reason,
                by=line.by,
                words=words,
            )


def _told(event: object, name: str, texts: Texts | None) -> str:
    """A field of an event; what somebody wrote only where ``texts`` gives it."""
    value = getattr(event, name) if name else ""
    if not isinstance(value, Text):
        return str(value)
    return (said(value, texts) or "") if texts is not None else ""


@dataclass(frozen=True, slots=True)
class _Row:
    """How a decision is called, and the fields of its event that say what it is about, what it
    became, why, and in which words ("": none)."""

    what: str
    fields: tuple[str, str, str, str] = ("", "", "", "")


#: The decisions that stand in the journal alone.
_ROWS: dict[type, _Row] = {
    DestructionHeld: _Row("destruction_held", ("", "", "reason", "")),
    DestructionResumed: _Row("destruction_resumed", ("", "", "reason", "")),
    ObjectionRuled: _Row("objection_ruled", ("item", "outcome", "reason", "text")),
    ev.DialogueOpened: _Row("dialogue_opened"),
    ev.ItemApproved: _Row("item_approved", ("item", "", "", "")),
    ev.ItemHidden: _Row("item_hidden", ("item", "", "reason", "")),
    ev.ItemShown: _Row("item_shown", ("item", "", "", "")),
    following.AdviceReceived: _Row("advice_received", ("version", "case", "", "")),
    following.AnswerPostponed: _Row("answer_postponed", ("item", "until", "want", "")),
    following.ProgressNoted: _Row("progress_noted", ("item", "state", "source", "text")),
    following.ResponseGiven: _Row("response_given", ("item", "outcome", "source", "text")),
}
