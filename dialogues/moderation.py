"""Review, hiding, showing, changing and withdrawing of items, reasons for votes, and the advice.

The same rules hold for everything that has a number, whatever kind of round it stands in; what can
be done with it is a trait of its letter.
"""

from __future__ import annotations

from datetime import datetime

from dialogues import events as ev
from dialogues import intents as it
from dialogues.charter import Review
from dialogues.core import Context, Refused
from dialogues.dialogue import Dialogue, Status
from dialogues.items import OBJECTION, Item, ItemState, check_length
from dialogues.machine import Stage, require_open
from dialogues.objections import rules as objections
from dialogues.objections import steps as draft


def _item(dialogue: Dialogue, number: str) -> Item:
    item = dialogue.items.get(number)
    if item is None:
        raise Refused("no_such_item", item=number)
    return item


def _closed(dialogue: Dialogue, item: Item, at: datetime) -> bool:
    """Whether an item's round accepts nothing more at this moment."""
    frame = dialogue.frames[item.round]
    return frame.stage is not Stage.OPEN or (frame.closes_at is not None and at >= frame.closes_at)


def give_reason(dialogue: Dialogue, intent: it.GiveReason, context: Context) -> list[object]:
    about = _item(dialogue, intent.about)
    if not dialogue.letter(about.number).takes_reasons or about.state is not ItemState.SHOWN:
        raise Refused("no_reason_here", item=about.number)
    frame = dialogue.frames[about.round]
    if _closed(dialogue, about, context.at):
        raise Refused("round_closed", round=about.round + 1, at=frame.closes_at, said=context.at)
    require_open(frame, context.at)
    check_length(intent.text, frame.plan.length)
    number = dialogue.items.next_number("R")
    pending = dialogue.charter.review is Review.BEFORE
    return [ev.ReasonGiven(number, about.number, context.by, intent.text, pending)]


def approve(dialogue: Dialogue, intent: it.ApproveItem, _context: Context) -> list[object]:
    item = _item(dialogue, intent.item)
    late = item.state is ItemState.UNREVIEWED and dialogue.frames[item.round].stage is Stage.OPEN
    if item.state is not ItemState.PENDING and not late:
        rules = item.number in objections.undecided(dialogue)
        raise Refused("not_waiting", item=item.number, rules=rules)
    return [ev.ItemApproved(item.number)]


def hide(dialogue: Dialogue, intent: it.HideItem, _context: Context) -> list[object]:
    item = _item(dialogue, intent.item)
    if not dialogue.letter(item.number).can_hide:
        raise Refused("cannot_hide", item=item.number)
    if item.state not in (ItemState.SHOWN, ItemState.PENDING):
        raise Refused("already_not_shown", item=item.number, state=item.state.value)
    return [ev.ItemHidden(item.number, intent.reason.value)]


def show(dialogue: Dialogue, intent: it.ShowItem, _context: Context) -> list[object]:
    item = _item(dialogue, intent.item)
    if not dialogue.letter(item.number).can_hide:  # a recommendation follows what it rests on
        raise Refused("cannot_hide", item=item.number)
    if item.state is not ItemState.HIDDEN:
        raise Refused("not_hidden", item=item.number)
    return [ev.ItemShown(item.number)]


def change(dialogue: Dialogue, intent: it.ChangeItem, context: Context) -> list[object]:
    item = _own(dialogue, intent.item, context)
    letter = dialogue.letter(item.number)
    if not letter.can_change:
        raise Refused("cannot_change", item=item.number)
    frame = dialogue.frames[item.round]
    if letter is OBJECTION:
        objections.check_own(dialogue, item, context.at, "too_late_to_change")
    elif _closed(dialogue, item, context.at) or (letter.contribution and not frame.collecting):
        raise Refused("too_late_to_change", item=item.number)
    else:
        require_open(frame, context.at)
    box = dialogue.boxes[item.round]
    book = box.books.get(item.number) if box is not None else None
    if book is not None and book.votes:
        raise Refused("voted_already", item=item.number)
    if item.supported:
        raise Refused("supported_already", item=item.number)
    if item.answered:  # what the town said would stand under other words
        raise Refused("answered_unchanged", item=item.number)
    check_length(intent.text, frame.plan.length)
    pending = dialogue.charter.review is Review.BEFORE and not item.staff
    return [ev.ItemChanged(item.number, intent.text, pending)]


def withdraw(dialogue: Dialogue, intent: it.WithdrawItem, context: Context) -> list[object]:
    item = _own(dialogue, intent.item, context)
    if dialogue.letter(item.number) is OBJECTION:
        objections.check_own(dialogue, item, context.at, "too_late_to_withdraw")
    elif _closed(dialogue, item, context.at):
        raise Refused("too_late_to_withdraw", item=item.number)
    return [ev.ItemWithdrawn(item.number)]


def _own(dialogue: Dialogue, number: str, context: Context) -> Item:
    item = _item(dialogue, number)
    if item.author not in context.names:
        raise Refused("not_yours", item=number)
    if item.state in (ItemState.WITHDRAWN, ItemState.ERASED):
        raise Refused("gone_already", item=number)
    if item.state is ItemState.UNREVIEWED:
        raise Refused("too_late_to_change", item=number)
    return item


def erase(dialogue: Dialogue, intent: it.EraseItem, _context: Context) -> list[object]:
    item = _item(dialogue, intent.item)
    if item.state is ItemState.ERASED:
        return []
    return [ev.TextErased(item.text.ref, item.number)]


def tell_room(dialogue: Dialogue, _intent: it.TellRoom, _context: Context) -> list[object]:
    frame = dialogue.open_frame
    if frame is None or frame.room_told:
        return []
    if dialogue.boxes[frame.index] is None:  # nobody votes in it
        return []
    return [ev.RoomTold(frame.index)]


def request_advice(dialogue: Dialogue, intent: it.RequestAdvice, context: Context) -> list[object]:
    frame = dialogue.open_frame
    if frame is not None:
        raise Refused("advice_round_open", round=frame.index + 1)
    if dialogue.status is Status.PREPARING:
        raise Refused("not_started", title=dialogue.title)
    if draft.comes(dialogue):
        at = draft.out_at(dialogue)
        if context.by != "clock" or at is None or context.at < at:
            raise Refused("draft_first", title=dialogue.title, at=at)
    advice = dialogue.advice
    if advice is None or advice.changed:
        return [requested(dialogue, intent)]
    if advice.manifest:
        raise Refused("advice_stands", title=dialogue.title, version=advice.version, at=advice.at)
    return []  # it is being made


def requested(dialogue: Dialogue, intent: it.RequestAdvice) -> ev.AdviceRequested:
    """The next version of the advice, with the figures of this moment."""
    version = dialogue.advice.version + 1 if dialogue.advice else 1
    return ev.AdviceRequested(
        version, intent.contributed, intent.voted, intent.total, intent.linked
    )


def await_advice(dialogue: Dialogue, _intent: it.AwaitAdvice, context: Context) -> list[object]:
    frame = dialogue.open_frame
    if frame is None or frame.closes_at is None or frame.closes_at > context.at:
        return request_advice(dialogue, it.RequestAdvice(0, 0, 0), context)
    if dialogue.charter.concept is not None and frame.index + 1 == len(dialogue.frames):
        raise Refused("draft_first", title=dialogue.title, at=None)
    if frame.then is ev.After.NEXT:  # the next round follows at once: that one is open then
        raise Refused("advice_round_open", round=frame.index + 2)
    return [] if dialogue.advice_awaited else [ev.AdviceAwaited()]


def issue_advice(dialogue: Dialogue, intent: it.IssueAdvice, _context: Context) -> list[object]:
    if dialogue.advice is None or dialogue.advice.manifest:
        return []
    if dialogue.advice.position != intent.position:
        return []
    return [ev.AdviceIssued(intent.position, intent.manifest)]
