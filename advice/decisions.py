"""The list of what staff decided in a dialogue, with the line of the journal that shows it. Pure.

It is for the archive: who asks later why a statement was not shown, or why the end was moved, finds
when that was decided, by which role's pseudonym, and the reason that was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advice import tables
from advice.published import iso
from dialogues import events as ev
from dialogues.destroying_events import DestructionHeld, DestructionResumed
from dialogues.dialogue import Dialogue
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
        what = _NAMES.get(type(line.event))
        if what is not None and line.by != "clock":
            event = line.event
            about = getattr(event, "item", "")
            reason = getattr(event, "reason", "")
            yield Decision(iso(line.at), line.seq, what, about, reason=reason, by=line.by)


#: The decisions that stand in the journal alone.
_NAMES: dict[type, str] = {
    DestructionHeld: "destruction_held",
    DestructionResumed: "destruction_resumed",
    ev.DialogueOpened: "dialogue_opened",
    ev.ItemApproved: "item_approved",
    ev.ItemHidden: "item_hidden",
    ev.ItemShown: "item_shown",
}
