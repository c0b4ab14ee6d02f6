"""Folds events into a dialogue's state: each event changes what it concerns, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from dialogues import announced, destroying, destroying_events
from dialogues import events as ev
from dialogues import fold_items as items
from dialogues import fold_planned as planned
from dialogues import fold_review as review
from dialogues.changes import ModeratorChange, moment
from dialogues.charter import BallotMode
from dialogues.dialogue import Advice, Dialogue, Status
from dialogues.events import After
from dialogues.followup import events as following
from dialogues.followup import fold as followup
from dialogues.machine import Frame, Scope, Stage
from dialogues.merging import ballots_merged
from dialogues.objections import fold as objections
from dialogues.pausing import HANDLERS as PAUSING
from dialogues.proposals import proposals
from dialogues.schedule import opened


def evolve(dialogue: Dialogue, event: Any, at: datetime, by: str) -> None:
    """Fold one event in. Never refuses; events come in the order of the journal."""
    dialogue.position += 1
    kind = type(event)
    if dialogue.advice is not None and kind not in _NO_NEWS:
        dialogue.advice.changed = True
    if kind in dialogue.kinds.votes:  # most are, and concern the box of their own round alone
        box: Any = dialogue.boxes[event.round]
        box.cast(event.item, by, event.choice, at, event.order)
        return
    handler = _HANDLERS.get(kind)
    if handler is not None:
        handler(dialogue, event, at, by)
        if kind in announced.MOVES:
            announced.follow(dialogue, at)
    if getattr(event, "pending", False):
        review.came_to_wait(dialogue, getattr(event, "number", "") or event.item, at)
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


#: Events that leave a document that was made as it is.
_NO_NEWS = (
    ev.AdviceAwaited,
    ev.AdviceIssued,
    ev.AdviceRequested,
    ev.AnswerOverdue,
    ev.EvaluationCounted,
    ev.LinksDestroyed,
    ev.ObjectionsTold,
    ev.PauseEndTold,
    ev.ReminderGiven,
    ev.ReviewAsked,
    ev.RoomTold,
    ev.StartTold,
    *destroying_events.QUIET,
    *following.QUIET,
)
_ITEM_EVENTS = (ev.ItemApproved, ev.ItemHidden, ev.ItemShown, ev.ItemWithdrawn, ev.TextErased)


def _opened(dialogue: Dialogue, event: ev.DialogueOpened, _at: datetime, by: str) -> None:
    dialogue.title, dialogue.room, dialogue.created_by = event.title, event.room, by
    dialogue.format, dialogue.language = event.format, event.language
    dialogue.town, dialogue.zone = event.town, event.zone
    dialogue.simulated, dialogue.reports = event.simulated, event.reports
    dialogue.objection_days, dialogue.source = event.objection_days, event.source
    dialogue.ruling_days = event.ruling_days
    dialogue.items.last.update(event.numbers)
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
        state = machine.blank(scope)
        dialogue.states.append(state)
        dialogue.boxes.append(machine.box(state))
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
    dialogue.confidential = event.charter.ballot is BallotMode.CONFIDENTIAL
    _title_rounds(dialogue)
    if "answer_by" in event.keys:
        followup.answer_day_set(dialogue, at)


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
    dialogue.schedule = opened(dialogue, event.round, at)
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
    review.soon(dialogue, at)


def _title_changed(dialogue: Dialogue, event: ev.TitleChanged, at: datetime, by: str) -> None:
    if dialogue.status is not Status.PREPARING:
        dialogue.changes.append(
            ModeratorChange("title", "", by, at, event.want, dialogue.title, event.title)
        )
    dialogue.title = event.title


def _discarded(dialogue: Dialogue, _event: Any, _at: datetime, _by: str) -> None:
    dialogue.status, dialogue.planned = Status.DISCARDED, None


def _skipped(dialogue: Dialogue, event: ev.RoundSkipped, at: datetime, _by: str) -> None:
    frame = dialogue.frames[event.round]
    frame.stage = Stage.SKIPPED
    previous = dialogue.frame
    dialogue.current = event.round
    frame.closed_at = at
    if previous is not None:
        frame.then, frame.next_closes_at = previous.then, previous.next_closes_at


def _collecting_ended(dialogue: Dialogue, event: ev.CollectingEnded, at: datetime, _b: str) -> None:
    dialogue.frames[event.round].collecting = False
    review.leave_unreviewed(dialogue, event.unreviewed)
    review.told_at_the_end(dialogue, event.round, at)


def _reminded(dialogue: Dialogue, event: ev.ReminderGiven, _at: datetime, _by: str) -> None:
    dialogue.frames[event.round].reminded = True
    dialogue.frames[event.round].reminder_at = None


def _round_closed(dialogue: Dialogue, event: ev.RoundClosed, _at: datetime, _by: str) -> None:
    frame = dialogue.frames[event.round]
    frame.stage, frame.collecting, frame.closed_at = Stage.CLOSED, False, event.closed_at
    frame.voters, frame.receipts_sha256 = event.voters, event.receipts_sha256
    box = dialogue.boxes[event.round]
    if box is not None:
        frame.ballots, box.fixed = tuple(box.ballots()), True
    frame.reminder_at = None
    review.leave_unreviewed(dialogue, event.unreviewed)


def _dialogue_closed(dialogue: Dialogue, _event: Any, at: datetime, _by: str) -> None:
    dialogue.status, dialogue.closed_at = Status.CLOSED, at


def _room_told(dialogue: Dialogue, event: ev.RoomTold, _at: datetime, _by: str) -> None:
    dialogue.frames[event.round].room_told = True


def _advice_awaited(dialogue: Dialogue, _event: Any, _at: datetime, _by: str) -> None:
    dialogue.advice_awaited = True


def _advice_requested(
    dialogue: Dialogue, event: ev.AdviceRequested, at: datetime, _by: str
) -> None:
    figures = (event.contributed, event.voted, event.total, event.linked)
    dialogue.advice = Advice(event.version, dialogue.position, at, *figures, before=dialogue.advice)
    dialogue.erased_since_advice, dialogue.advice_awaited = 0, False
    objections.ended(dialogue)


def _advice_issued(dialogue: Dialogue, event: ev.AdviceIssued, at: datetime, _by: str) -> None:
    if dialogue.advice is not None and dialogue.advice.position == event.position:
        dialogue.advice.manifest = event.manifest
        dialogue.follow_up.issued_at = at


def _answer_overdue(dialogue: Dialogue, _event: Any, _at: datetime, _by: str) -> None:
    dialogue.answer_overdue = True


def _links_destroyed(dialogue: Dialogue, event: ev.LinksDestroyed, _a: datetime, _b: str) -> None:
    dialogue.links_destroyed = True
    figures = (event.contributed, event.voted, event.total, event.linked)
    dialogue.last_figures = figures


def _evaluated(dialogue: Dialogue, event: ev.EvaluationCounted, _at: datetime, _b: str) -> None:
    dialogue.evaluation = event


_HANDLERS: dict[type, Any] = {
    **destroying.HANDLERS,
    **followup.HANDLERS,
    **objections.HANDLERS,
    **PAUSING,
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
    ev.EvaluationCounted: _evaluated,
    ev.HourSet: _hour_set,
    ev.ItemApproved: items.approved,
    ev.ItemChanged: items.changed,
    ev.ItemHidden: items.hidden,
    ev.ItemShown: items.shown,
    ev.ItemWithdrawn: items.withdrawn,
    ev.LinksDestroyed: _links_destroyed,
    ev.ReasonGiven: items.reason_given,
    ev.ReminderGiven: _reminded,
    ev.ReviewAsked: review.review_asked,
    ev.RoomTold: _room_told,
    ev.RoundClosed: _round_closed,
    ev.RoundOpened: _round_opened,
    ev.RoundSkipped: _skipped,
    ev.ScheduleSet: planned.schedule_set,
    ev.StartMissed: planned.start_missed,
    ev.StartPlanned: planned.start_planned,
    ev.StartTold: planned.start_told,
    ev.TextErased: items.erased,
    ev.TitleChanged: _title_changed,
}
