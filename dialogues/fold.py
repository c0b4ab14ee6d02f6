"""Folds events into a dialogue's state: each event changes what it concerns, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from dialogues import events as ev
from dialogues.changes import ModeratorChange, moment
from dialogues.dialogue import Advice, Dialogue, Planned, Status
from dialogues.events import After
from dialogues.items import REASON, Item, ItemState
from dialogues.machine import Frame, Scope, Stage
from dialogues.merging import ballots_merged
from dialogues.proposals import proposals

#: Of what came to wait after the first, staff hears at most so often.
REVIEW_EVERY = timedelta(minutes=10)


def evolve(dialogue: Dialogue, event: Any, at: datetime, by: str) -> None:
    """Fold one event in. Never refuses; events come in the order of the journal."""
    dialogue.position += 1
    kind = type(event)
    vote = dialogue.kinds.votes.get(kind)
    if vote is not None:  # most events are votes, which concern their own round alone
        vote(dialogue.states[event.round], event, at, by)
        return
    handler = _HANDLERS.get(kind)
    if handler is not None:
        handler(dialogue, event, at, by)
    if getattr(event, "pending", False):
        _came_to_wait(dialogue, getattr(event, "number", "") or event.item, at)
    index = getattr(event, "round", None)
    if index is None:
        item = getattr(event, "item", None)
        known = dialogue.items.get(item) if item else None
        index = known.round if known else None
        if index is None:
            return
    dialogue.machine(index).evolve(dialogue.states[index], event, at, by)
    if isinstance(event, _ITEM_EVENTS):
        for frame in dialogue.frames:
            if frame.machine.follows_items and frame.index != index:
                frame.machine.evolve(dialogue.states[frame.index], event, at, by)


_ITEM_EVENTS = (ev.ItemApproved, ev.ItemHidden, ev.ItemShown, ev.ItemWithdrawn, ev.TextErased)


def _opened(dialogue: Dialogue, event: ev.DialogueOpened, _at: datetime, by: str) -> None:
    dialogue.title, dialogue.room, dialogue.format = event.title, event.room, event.format
    dialogue.town, dialogue.zone, dialogue.language = event.town, event.zone, event.language
    dialogue.simulated, dialogue.created_by = event.simulated, by
    dialogue.objection_days, dialogue.source = event.objection_days, event.source
    for index, plan in enumerate(event.format.rounds):
        machine = dialogue.kinds.machines[plan.kind]
        frame = Frame(index, plan, machine, machine.settings(**plan.settings))
        dialogue.frames.append(frame)
        scope = Scope(
            frame,
            dialogue.items,
            lambda: dialogue.charter,
            dialogue.changes,
            lambda number: proposals(dialogue, number),
        )
        dialogue.states.append(machine.blank(scope))
    _title_rounds(dialogue)


def _title_rounds(dialogue: Dialogue) -> None:
    """Give the rounds their titles in the language of the dialogue."""
    english = (dialogue.charter.language or dialogue.language) == "en"
    for frame, plan in zip(dialogue.frames, dialogue.format.rounds, strict=True):
        title = plan.title_en if english and plan.title_en else plan.title
        frame.plan = replace(plan, title=title)


def _charter_set(dialogue: Dialogue, event: ev.CharterSet, at: datetime, by: str) -> None:
    if dialogue.status is not Status.PREPARING:
        for key in event.keys:
            was, now = getattr(dialogue.charter, key), getattr(event.charter, key)
            dialogue.changes.append(
                ModeratorChange("charter", key, by, at, event.want, _typed(was), _typed(now))
            )
    dialogue.charter = event.charter
    _title_rounds(dialogue)
    dialogue.answer_overdue = dialogue.answer_overdue and "answer_by" not in event.keys


def _typed(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "" if value is None else str(value)


def _round_opened(dialogue: Dialogue, event: ev.RoundOpened, at: datetime, _by: str) -> None:
    if dialogue.status is Status.PREPARING:
        dialogue.status, dialogue.started_at = Status.OPEN, at
        dialogue.planned = None
    dialogue.current = event.round
    frame = dialogue.frames[event.round]
    frame.stage, frame.opened_at, frame.collecting = Stage.OPEN, at, True
    frame.seed, frame.chosen = event.seed, event.chosen
    _set_hour(frame, event.closes_at, event.wall, event.collecting_ends_at, at)


def _set_hour(
    frame: Frame, closes_at: datetime, wall: str, collecting_ends_at: datetime | None, at: datetime
) -> None:
    frame.closes_at, frame.wall, frame.collecting_ends_at = closes_at, wall, collecting_ends_at
    minutes = (closes_at - at).total_seconds() / 60
    frame.reminder_at = None
    if frame.plan.reminder and minutes > frame.plan.reminder and not frame.reminded:
        frame.reminder_at = closes_at - timedelta(minutes=frame.plan.reminder)


def _hour_set(dialogue: Dialogue, event: ev.HourSet, at: datetime, by: str) -> None:
    frame = dialogue.frames[event.round]
    moved = event.then is After.WAIT and event.was_due is None
    if event.was is not None:
        what, number = "hour" if moved else "early", str(event.round + 1)
        was, now = moment(event.was), moment(event.closes_at)
        dialogue.changes.append(ModeratorChange(what, number, by, at, "", was, now))
    frame.chosen = frame.chosen or moved
    _set_hour(frame, event.closes_at, event.wall, event.collecting_ends_at, at)
    frame.then, frame.next_closes_at = event.then, event.next_closes_at
    _soon(dialogue, at)


def _title_changed(dialogue: Dialogue, event: ev.TitleChanged, at: datetime, by: str) -> None:
    if dialogue.status is not Status.PREPARING:
        dialogue.changes.append(
            ModeratorChange("title", "", by, at, event.want, dialogue.title, event.title)
        )
    dialogue.title = event.title


def _discarded(dialogue: Dialogue, _event: Any, _at: datetime, _by: str) -> None:
    dialogue.status, dialogue.planned = Status.DISCARDED, None


def _start_planned(dialogue: Dialogue, event: ev.StartPlanned, _at: datetime, _by: str) -> None:
    dialogue.planned = Planned(event.at, event.closes_at)


def _start_missed(dialogue: Dialogue, _event: Any, _at: datetime, _by: str) -> None:
    dialogue.planned = None


def _skipped(dialogue: Dialogue, event: ev.RoundSkipped, at: datetime, _by: str) -> None:
    frame = dialogue.frames[event.round]
    frame.stage = Stage.SKIPPED
    previous = dialogue.frame
    dialogue.current = event.round
    frame.closed_at = at
    if previous is not None:
        frame.then, frame.next_closes_at = previous.then, previous.next_closes_at


def _collecting_ended(dialogue: Dialogue, event: ev.CollectingEnded, _a: datetime, _b: str) -> None:
    dialogue.frames[event.round].collecting = False
    _leave_unreviewed(dialogue, event.unreviewed)


def _leave_unreviewed(dialogue: Dialogue, numbers: tuple[str, ...]) -> None:
    for number in numbers:
        dialogue.items.by_number[number].state = ItemState.UNREVIEWED
        dialogue.unreviewed += 1


def _reminded(dialogue: Dialogue, event: ev.ReminderGiven, _at: datetime, _by: str) -> None:
    dialogue.frames[event.round].reminded = True
    dialogue.frames[event.round].reminder_at = None


def _came_to_wait(dialogue: Dialogue, number: str, at: datetime) -> None:
    """An item waits for review: staff is told at once, and of the next ones every ten minutes."""
    review = dialogue.review
    review.untold.append(number)
    review.round = dialogue.current
    _soon(dialogue, at)
    if review.due is None:
        review.due = at if review.told_at is None else max(at, review.told_at + REVIEW_EVERY)


def _soon(dialogue: Dialogue, at: datetime) -> None:
    """Within ten minutes of the closing there is no telling ten minutes before it."""
    frame = dialogue.frame
    if frame is not None and frame.closes_at is not None and frame.closes_at - at <= REVIEW_EVERY:
        dialogue.review.warned = frame.index


def _review_asked(dialogue: Dialogue, event: ev.ReviewAsked, at: datetime, _by: str) -> None:
    review = dialogue.review
    review.untold, review.due = [], None
    review.told_at = at if event.items else review.told_at
    if event.ending:
        review.warned = event.round


def _round_closed(dialogue: Dialogue, event: ev.RoundClosed, _at: datetime, _by: str) -> None:
    frame = dialogue.frames[event.round]
    frame.stage, frame.collecting, frame.closed_at = Stage.CLOSED, False, event.closed_at
    frame.voters, frame.receipts_sha256 = event.voters, event.receipts_sha256
    box = dialogue.machine(event.round).box(dialogue.states[event.round])
    if box is not None:
        frame.ballots, box.fixed = tuple(box.ballots()), True
    frame.reminder_at = None
    _leave_unreviewed(dialogue, event.unreviewed)


def _dialogue_closed(dialogue: Dialogue, _event: Any, at: datetime, _by: str) -> None:
    dialogue.status, dialogue.closed_at = Status.CLOSED, at


def _room_told(dialogue: Dialogue, event: ev.RoomTold, _at: datetime, _by: str) -> None:
    dialogue.frames[event.round].room_told = True


def _reason_given(dialogue: Dialogue, event: ev.ReasonGiven, _at: datetime, _by: str) -> None:
    index = dialogue.items.by_number[event.about].round
    state = ItemState.PENDING if event.pending else ItemState.SHOWN
    dialogue.items.add(
        Item(event.number, index, event.ballot, event.text, state, about=event.about)
    )
    earlier = dialogue.reasons.setdefault(event.about, [])
    for number in earlier:
        item = dialogue.items.by_number[number]
        if item.author == event.ballot and item.state in (ItemState.SHOWN, ItemState.PENDING):
            item.state = ItemState.WITHDRAWN
    earlier.append(event.number)


def _approved(dialogue: Dialogue, event: ev.ItemApproved, _at: datetime, _by: str) -> None:
    item = dialogue.items.by_number[event.item]
    if item.state is ItemState.UNREVIEWED:
        dialogue.unreviewed -= 1
    item.state, item.seen = ItemState.SHOWN, True


def _hidden(dialogue: Dialogue, event: ev.ItemHidden, at: datetime, by: str) -> None:
    item = dialogue.items.by_number[event.item]
    item.state, item.reason = ItemState.HIDDEN, event.reason
    item.revised = False
    dialogue.changes.append(ModeratorChange("hide", event.item, by, at, event.reason))


def _shown(dialogue: Dialogue, event: ev.ItemShown, at: datetime, by: str) -> None:
    item = dialogue.items.by_number[event.item]
    dialogue.changes.append(ModeratorChange("show", event.item, by, at, item.reason))
    item.state, item.reason, item.seen = ItemState.SHOWN, "", True


def _changed(dialogue: Dialogue, event: ev.ItemChanged, _at: datetime, _by: str) -> None:
    item = dialogue.items.by_number[event.item]
    item.earlier.append(item.text.ref)
    item.revised = item.state is ItemState.HIDDEN
    item.text = event.text
    if event.pending and item.state is ItemState.SHOWN:
        item.state = ItemState.PENDING


def _withdrawn(dialogue: Dialogue, event: ev.ItemWithdrawn, _at: datetime, _by: str) -> None:
    dialogue.items.by_number[event.item].state = ItemState.WITHDRAWN


def _erased(dialogue: Dialogue, event: ev.TextErased, _at: datetime, _by: str) -> None:
    item = dialogue.items.by_number.get(event.item)
    if item is not None and item.text.ref == event.ref:
        item.state = ItemState.ERASED
        frame = dialogue.frames[item.round]
        if dialogue.letter(event.item) is REASON and frame.closed_at is not None:
            frame.reasons_withheld = True
    dialogue.erased_since_advice += 1


def _advice_awaited(dialogue: Dialogue, _event: Any, _at: datetime, _by: str) -> None:
    dialogue.advice_awaited = True


def _advice_requested(
    dialogue: Dialogue, event: ev.AdviceRequested, at: datetime, _by: str
) -> None:
    figures = (event.contributed, event.voted, event.total)
    dialogue.advice = Advice(event.version, dialogue.position, at, *figures, before=dialogue.advice)
    dialogue.erased_since_advice, dialogue.advice_awaited = 0, False


def _advice_issued(dialogue: Dialogue, event: ev.AdviceIssued, _at: datetime, _by: str) -> None:
    if dialogue.advice is not None and dialogue.advice.position == event.position:
        dialogue.advice.manifest = event.manifest


def _answer_overdue(dialogue: Dialogue, _event: Any, _at: datetime, _by: str) -> None:
    dialogue.answer_overdue = True


def _links_destroyed(dialogue: Dialogue, event: ev.LinksDestroyed, _a: datetime, _b: str) -> None:
    dialogue.links_destroyed = True
    dialogue.last_figures = (event.contributed, event.voted, event.total)


_HANDLERS: dict[type, Any] = {
    ev.AdviceAwaited: _advice_awaited,
    ev.AdviceIssued: _advice_issued,
    ev.AdviceRequested: _advice_requested,
    ev.AnswerOverdue: _answer_overdue,
    ev.BallotsMerged: ballots_merged,
    ev.CharterSet: _charter_set,
    ev.CollectingEnded: _collecting_ended,
    ev.DialogueClosed: _dialogue_closed,
    ev.DialogueDiscarded: _discarded,
    ev.DialogueOpened: _opened,
    ev.HourSet: _hour_set,
    ev.ItemApproved: _approved,
    ev.ItemChanged: _changed,
    ev.ItemHidden: _hidden,
    ev.ItemShown: _shown,
    ev.ItemWithdrawn: _withdrawn,
    ev.LinksDestroyed: _links_destroyed,
    ev.ReasonGiven: _reason_given,
    ev.ReminderGiven: _reminded,
    ev.ReviewAsked: _review_asked,
    ev.RoomTold: _room_told,
    ev.RoundClosed: _round_closed,
    ev.RoundOpened: _round_opened,
    ev.RoundSkipped: _skipped,
    ev.StartMissed: _start_missed,
    ev.StartPlanned: _start_planned,
    ev.TextErased: _erased,
    ev.TitleChanged: _title_changed,
}
