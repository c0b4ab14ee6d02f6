"""The objections to a draft: as the model has them, and what verify holds them to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol, TypeVar

from advice.model import Draft, Objection, Result, Ruling
from advice.published import Texts, iso
from advice.verifying.checks import is_time
from advice.verifying.verdict import Finding, finding
from dialogues.dialogue import Dialogue
from dialogues.items import OBJECTION, Item, ItemState
from dialogues.objections import events
from dialogues.objections.rules import objections
from dialogues.objections.state import Ruled

#: What an objection can be in a document.
STATES = frozenset(ItemState) - {ItemState.PENDING}


class _Ruled(Protocol):
    @property
    def outcome(self) -> str: ...
    @property
    def at(self) -> str: ...


class _Objected(Protocol):
    @property
    def item(self) -> str: ...
    @property
    def ruling(self) -> _Ruled | None: ...


#: An objection of a document, or of what became of it.
_Made = TypeVar("_Made", bound=_Objected)

SHOWN, ADJUSTED = ItemState.SHOWN.value, events.Ruling.ADJUSTED.value


def draft(dialogue: Dialogue) -> Draft | None:
    """Until when the draft could be objected to, and when the document went out by itself."""
    if dialogue.draft is None:
        return None
    times = (dialogue.draft.posted_at, dialogue.draft.heard_until, dialogue.draft.ruled_until)
    return Draft(*map(iso, times))


def compiled(dialogue: Dialogue, texts: Texts) -> list[Objection]:
    """The objections by number. What is hidden, unread, withdrawn or erased has no words, nor has
    any where the charter forbids to quote."""
    if dialogue.draft is None:
        return []
    rulings = dialogue.draft.rulings
    return [
        _objection(item, rulings.get(item.number), dialogue.charter.quotes, texts)
        for item in objections(dialogue)
    ]


def _objection(item: Item, ruled: Ruled | None, quotes: bool, texts: Texts) -> Objection:
    state = item.state
    if state is ItemState.PENDING:  # nobody reads it any more before this document
        state = ItemState.UNREVIEWED
    shown = state is ItemState.SHOWN
    words = texts(item.text.ref) if shown and quotes else None
    if shown and quotes and words is None:
        state = ItemState.ERASED
    return Objection(item.number, item.about, state.value, words, _ruling(ruled, texts))


def _ruling(ruled: Ruled | None, texts: Texts) -> Ruling | None:
    if ruled is None:
        return None
    adjusted = ruled.outcome is events.Ruling.ADJUSTED
    return Ruling(
        ruled.outcome.value,
        iso(ruled.at),
        ruled.by,
        texts(ruled.reason.ref),
        texts(ruled.text.ref) if adjusted else None,
    )


def told(result: Result) -> list[dict[str, Any]]:
    """The objections as the files of what followed have them: number, item, text and ruling."""
    return [
        {
            "number": each.number,
            "item": each.item,
            "text": each.text,
            "ruling": None
            if each.ruling is None
            else {
                "outcome": each.ruling.outcome,
                "at": each.ruling.at,
                "reason": each.ruling.reason,
                "text": each.ruling.text,
            },
        }
        for each in result.objections
    ]


def adjusted(objections: Iterable[_Made], item: str) -> list[_Made]:
    """The objections after which a recommendation was adjusted, the newest ruling last."""
    found = [o for o in objections if o.item == item and o.ruling is not None]
    found = [o for o in found if o.ruling is not None and o.ruling.outcome == ADJUSTED]
    return sorted(found, key=lambda o: o.ruling.at if o.ruling is not None else "")


def number_in(result: Result, state: str) -> int:
    """How many objections are in a state."""
    return sum(each.state == state for each in result.objections)


def differences(result: Result, quotable: bool) -> Iterator[Finding]:
    """Findings: objections without a draft, twice, about no recommendation, with words that are not
    shown, or rulings that cannot be."""
    if result.objections and result.draft is None:
        yield finding("objection", result.objections[0].number)
        return
    if result.draft is not None and not _in_order(result.draft, result.journal.at):
        yield finding("times", "draft")
    asked = {each.number for each in result.recommendations}
    before = 0
    for each in result.objections:
        count = _count(each.number)
        sound = count > before and each.item in asked and each.state in STATES
        said = each.text is None or (each.state == SHOWN and quotable)
        missing = each.text is None and each.state == SHOWN and quotable
        if not sound or not said or missing or not _possible(each, result):
            yield finding("objection", each.number)
        before = max(before, count)


def _count(number: str) -> int:
    """The count of an objection's number; 0 for a text that is none."""
    letter, digits = number[:1], number[1:]
    plain = letter == OBJECTION.letter and digits.isascii() and digits.isdecimal()
    known = plain and len(digits) < 10 and not digits.startswith("0")
    return int(digits) if known else 0


def _possible(each: Objection, result: Result) -> bool:
    """Whether a ruling can be one: with new words only where it adjusts, and in time."""
    ruling, drafted = each.ruling, result.draft
    if ruling is None or drafted is None:
        return True
    outcomes = {outcome.value for outcome in events.Ruling}
    worded = ruling.text is None or ruling.outcome == ADJUSTED
    in_time = drafted.posted_at <= ruling.at <= drafted.ruled_until
    return ruling.outcome in outcomes and worded and in_time and is_time(ruling.at)


def _in_order(drafted: Draft, at: str) -> bool:
    times = [drafted.posted_at, drafted.heard_until, drafted.ruled_until]
    return all(map(is_time, times)) and times == sorted(times) and drafted.posted_at <= at
