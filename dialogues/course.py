"""The course of a dialogue: its charter, and rounds opening and closing by hand or on time.

Closing by hand is setting the hour to now: the closing itself then happens as at any hour, once
every platform has read back to it. What happens by itself is one step at a time (``next_due``),
each decided on the state the step before it left.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dialogues import charter as ch
from dialogues import events as ev
from dialogues import intents as it
from dialogues.core import Context, Refused
from dialogues.dialogue import Dialogue, Status
from dialogues.events import After
from dialogues.intents import Due, Hour, Step
from dialogues.items import ItemState
from dialogues.machine import Deadline, Frame, Stage
from dialogues.moderation import requested

#: After a round closed at its hour: how long to wait for ``volgende`` before the next
#: round opens by itself: one absent volunteer blocks nothing.
NEXT_AFTER = timedelta(hours=24)

#: The hour of the answer date at which a missing answer is announced, in the dialogue's zone.
ANSWER_HOUR = time(17, 0)


def open_dialogue(dialogue: Dialogue, intent: it.OpenDialogue, _context: Context) -> list[object]:
    if dialogue.position:
        raise Refused("dialogue_exists", dialogue=dialogue.id)
    return [
        ev.DialogueOpened(
            intent.title,
            intent.room,
            intent.format,
            intent.town,
            intent.zone,
            intent.language,
            intent.simulated,
            intent.objection_days,
        )
    ]


def set_charter(dialogue: Dialogue, intent: it.SetCharter, _context: Context) -> list[object]:
    if dialogue.status is Status.CLOSED:
        raise Refused("dialogue_closed", title=dialogue.title)
    keys = tuple(
        key for key, value in intent.values.items() if getattr(dialogue.charter, key) != value
    )
    if not keys:
        raise Refused("charter_same")
    new = ch.changed(dialogue.charter, dict(intent.values))
    dialogue.kinds.check_level(new, dialogue.format)
    if dialogue.status is Status.OPEN:
        if not intent.want:
            raise Refused("charter_needs_reason")
        if "ballot" in keys:
            raise Refused("charter_ballot_fixed")
    return [ev.CharterSet(new, keys, intent.want)]


def start(dialogue: Dialogue, intent: it.StartDialogue, context: Context) -> list[object]:
    if dialogue.status is Status.OPEN:
        raise Refused("dialogue_already_open", title=dialogue.title)
    if dialogue.status is Status.CLOSED:
        raise Refused("dialogue_closed", title=dialogue.title)
    absent = ch.missing(dialogue.charter)
    if absent and not dialogue.format.imported:
        raise Refused("charter_missing", keys=absent)
    dialogue.kinds.check_level(dialogue.charter, dialogue.format)
    return _open_from(dialogue, 0, intent.until, context)


def _open_from(
    dialogue: Dialogue, index: int, until: Hour | None, context: Context
) -> list[object]:
    """Open the first round from ``index`` on that is ready; earlier ones that are not ready are
    skipped."""
    at = context.at
    events: list[object] = []
    for frame in dialogue.frames[index:]:
        state = dialogue.states[frame.index]
        if dialogue.machine(frame.index).ready(state):
            hour = until or _default_hour(dialogue, frame, at)
            _check_future(hour, at)
            ends = _collecting_end(frame, hour if until else None, at)
            events.append(ev.RoundOpened(frame.index, hour.at, hour.wall, ends, context.seed))
            events.extend(frame.machine.opening(state, dialogue, context))
            return events
        events.append(ev.RoundSkipped(frame.index))
    if dialogue.status is Status.PREPARING:
        raise Refused("nothing_to_open", kind=dialogue.frames[index].plan.kind)
    return [*events, ev.DialogueClosed()]


def _default_hour(dialogue: Dialogue, frame: Frame, at: datetime) -> Hour:
    """Seven days (setting) later at the same local time, whatever the clock change does."""
    zone = ZoneInfo(dialogue.zone)
    wall = at.astimezone(zone).replace(tzinfo=None) + timedelta(days=frame.plan.days)
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    return Hour(moment, wall.isoformat(timespec="minutes"))


def _check_future(hour: Hour, at: datetime) -> None:
    if hour.at <= at:
        raise Refused("moment_past", at=hour.at)


def _collecting_end(frame: Frame, hour: Hour | None, at: datetime) -> datetime | None:
    """When collecting ends: ten minutes (setting) before the hour, or half-way in a shorter
    round."""
    if hour is None or not frame.plan.collecting_margin:
        return None
    ends = hour.at - timedelta(minutes=frame.plan.collecting_margin)
    began = frame.opened_at or at
    return ends if ends > began else began + (hour.at - began) / 2


def _open_frame(dialogue: Dialogue) -> Frame:
    if dialogue.status is Status.PREPARING:
        raise Refused("not_started", title=dialogue.title)
    if dialogue.status is Status.CLOSED:
        raise Refused("dialogue_closed", title=dialogue.title)
    frame = dialogue.open_frame
    if frame is None:
        raise Refused("no_open_round", title=dialogue.title)
    return frame


def next_round(dialogue: Dialogue, intent: it.NextRound, context: Context) -> list[object]:
    """Close this round and open the next; open the vote of a closing round that waits for it."""
    if dialogue.status is Status.OPEN and dialogue.open_frame is None:
        if intent.until:
            _check_future(intent.until, context.at)
        return _open_from(dialogue, dialogue.current + 1, intent.until, context)
    frame = _open_frame(dialogue)
    if intent.until:
        _check_future(intent.until, context.at)
    early = dialogue.machine(frame.index).advance(dialogue.states[frame.index], context.at)
    if early:
        return [*early, *(_hour_events(frame, intent.until, context.at) if intent.until else ())]
    then = After.NEXT if frame.index + 1 < len(dialogue.frames) else After.END
    next_at = intent.until.at if intent.until else None
    return [_close_now(dialogue, frame, context.at, then, next_at)]


def close(dialogue: Dialogue, _intent: it.CloseDialogue, context: Context) -> list[object]:
    if dialogue.status is Status.OPEN and dialogue.open_frame is None:
        return [ev.DialogueClosed()]
    frame = _open_frame(dialogue)
    return [_close_now(dialogue, frame, context.at, After.END, None)]


def _close_now(
    dialogue: Dialogue, frame: Frame, at: datetime, then: After, next_at: datetime | None
) -> ev.HourSet:
    if frame.closes_at is not None and frame.closes_at <= at:
        raise Refused("closing_already", round=frame.index + 1)
    box = dialogue.machine(frame.index).box(dialogue.states[frame.index])
    if box is not None and box.newest is not None:
        at = max(at, box.newest)  # a closing that arrives late takes back no vote that is in
    wall = at.astimezone(ZoneInfo(dialogue.zone)).replace(tzinfo=None).isoformat(timespec="minutes")
    ends = frame.collecting_ends_at
    return ev.HourSet(
        frame.index, at, wall, min(ends, at) if ends and frame.collecting else ends, then, next_at
    )


def set_hour(dialogue: Dialogue, intent: it.SetHour, context: Context) -> list[object]:
    frame = _open_frame(dialogue)
    _check_future(intent.until, context.at)
    return list(_hour_events(frame, intent.until, context.at))


def _hour_events(frame: Frame, until: Hour, at: datetime) -> tuple[object, ...]:
    ends = _collecting_end(frame, until, at) if frame.collecting else frame.collecting_ends_at
    return (ev.HourSet(frame.index, until.at, until.wall, ends, After.WAIT),)


def end_collecting(dialogue: Dialogue, _intent: it.EndCollecting, _c: Context) -> list[object]:
    frame = _open_frame(dialogue)
    if not frame.collecting:
        raise Refused("collecting_ended", round=frame.index + 1)
    return [ev.CollectingEnded(frame.index, _unreviewed(dialogue, frame.index))]


def _unreviewed(dialogue: Dialogue, index: int, *, reasons: bool = False) -> tuple[str, ...]:
    """The contributions of a round that wait for review; with ``reasons`` the reasons too."""
    return tuple(
        item.number
        for item in dialogue.items.by_number.values()
        if item.round == index
        and item.state is ItemState.PENDING
        and (reasons or dialogue.letter(item.number).contribution)
    )


def next_due(dialogue: Dialogue) -> Due | None:
    """The next step that happens by itself, or None. No other function knows when steps are due."""
    steps = [due for due in _steps(dialogue) if due is not None]
    order = list(Step)
    return min(steps, key=lambda due: (due.at, order.index(due.step)), default=None)


def _steps(dialogue: Dialogue) -> list[Due | None]:
    steps = _own_steps(dialogue)
    frame = dialogue.frame
    if dialogue.advice_awaited and frame is not None and frame.closed_at is not None:
        steps.append(Due(frame.closed_at, Step.ADVICE))
    if dialogue.status is Status.OPEN and frame is not None:
        if frame.stage is Stage.OPEN:
            steps += _open_steps(dialogue, frame)
        elif frame.closed_at is not None:
            steps.append(_after_closing(dialogue, frame, frame.closed_at))
    if dialogue.status is Status.CLOSED and dialogue.closed_at is not None:
        if dialogue.charter.answer_by and not dialogue.answer_overdue:
            zone = ZoneInfo(dialogue.zone)
            wall = datetime.combine(dialogue.charter.answer_by, ANSWER_HOUR, zone)
            steps.append(Due(max(wall.astimezone(UTC), dialogue.closed_at), Step.ANSWER))
        if not dialogue.links_destroyed:
            period = timedelta(days=dialogue.objection_days)
            steps.append(Due(dialogue.closed_at + period, Step.LINKS))
    return steps


def _own_steps(dialogue: Dialogue) -> list[Due | None]:
    """The next steps of the kinds of rounds themselves; a closed round can have some too."""
    return [
        Due(deadline.at, Step.OWN, frame.index, deadline.item)
        for frame in dialogue.frames
        if frame.opened_at is not None
        for deadline in frame.machine.deadlines(dialogue.states[frame.index])
    ]


def _open_steps(dialogue: Dialogue, frame: Frame) -> list[Due | None]:
    assert frame.closes_at is not None
    steps: list[Due | None] = [Due(frame.closes_at, Step.CLOSE)]
    if frame.collecting and frame.collecting_ends_at and frame.then is After.WAIT:
        steps.append(Due(min(frame.collecting_ends_at, frame.closes_at), Step.COLLECTING))
    if frame.reminder_at:
        steps.append(Due(frame.reminder_at, Step.REMINDER))
    return steps


def _after_closing(dialogue: Dialogue, frame: Frame, closed_at: datetime) -> Due:
    last = frame.index + 1 >= len(dialogue.frames)
    if last or frame.then is After.END:
        return Due(closed_at, Step.END)
    if frame.then is After.NEXT:
        return Due(closed_at, Step.NEXT)
    return Due(closed_at + NEXT_AFTER, Step.NEXT)


def due(dialogue: Dialogue, intent: Due, context: Context) -> list[object]:
    """The events of a step that is due; none when the step no longer applies."""
    frame = dialogue.frame
    if intent.step is Step.OWN:
        return _own_due(dialogue, intent, context.at)
    if intent.step is Step.ANSWER:
        return [ev.AnswerOverdue()]
    if intent.step is Step.ADVICE:
        return [requested(dialogue, intent.figures or it.RequestAdvice(0, 0, 0))]
    if intent.step is Step.LINKS:
        figures = intent.figures or it.RequestAdvice(0, 0, 0)
        return [ev.LinksDestroyed(figures.contributed, figures.voted, figures.total)]
    if intent.step is Step.END:
        return [ev.DialogueClosed()]
    assert frame is not None
    if intent.step is Step.COLLECTING:
        return [ev.CollectingEnded(frame.index, _unreviewed(dialogue, frame.index))]
    if intent.step is Step.REMINDER:
        return [ev.ReminderGiven(frame.index)]
    if intent.step is Step.NEXT:
        until = _next_hour(dialogue, frame)
        return _open_from(dialogue, frame.index + 1, until, context)
    closed_at = frame.closes_at or context.at
    unreviewed = _unreviewed(dialogue, frame.index, reasons=True)
    return [
        ev.RoundClosed(frame.index, closed_at, intent.voters, intent.receipts_sha256, unreviewed)
    ]


def _own_due(dialogue: Dialogue, intent: Due, at: datetime) -> list[object]:
    """The events of a round's own deadline; the round is closed at once when nothing is left to do
    in it."""
    frame, state = dialogue.frames[intent.round], dialogue.states[intent.round]
    own = list(frame.machine.due(state, Deadline(at, intent.item)))
    ends = any(getattr(event, "ends_round", False) for event in own)
    if ends and frame.closes_at is not None and frame.closes_at > at:
        then = After.NEXT if frame.index + 1 < len(dialogue.frames) else After.END
        own.append(_close_now(dialogue, frame, at, then, None))
    return own


def _next_hour(dialogue: Dialogue, frame: Frame) -> Hour | None:
    if frame.next_closes_at is None:
        return None
    local = frame.next_closes_at.astimezone(ZoneInfo(dialogue.zone)).replace(tzinfo=None)
    return Hour(frame.next_closes_at, local.isoformat(timespec="minutes"))
