"""The course of a dialogue as people set it: its charter, and rounds opening and closing.

Closing by hand is setting the hour to now: the closing itself then happens as at any hour
(``steps.py``), once every platform has read back to it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dialogues import answer_day
from dialogues import charter as ch
from dialogues import events as ev
from dialogues import intents as it
from dialogues.core import Context, Refused
from dialogues.dialogue import Dialogue, Status
from dialogues.events import After
from dialogues.intents import Hour
from dialogues.items import ItemState
from dialogues.machine import Frame
from dialogues.running import going_on
from dialogues.schedule import check_next, ends_of


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
            intent.source,
            intent.numbers,
            intent.reports,
            intent.ruling_days,
        )
    ]


def set_charter(dialogue: Dialogue, intent: it.SetCharter, _context: Context) -> list[object]:
    keys = tuple(
        key for key, value in intent.values.items() if getattr(dialogue.charter, key) != value
    )
    if dialogue.status is Status.CLOSED and set(keys) != {"answer_by"}:
        raise Refused("dialogue_closed", title=dialogue.title)
    if not keys:
        raise Refused("charter_same")
    new = ch.changed(dialogue.charter, dict(intent.values))
    dialogue.kinds.check_level(new, dialogue.format)
    if dialogue.status is not Status.PREPARING:
        _check_agreed(dialogue, new, keys, intent.want)
    elif dialogue.planned is not None:
        _check_whole(dialogue, new)
        answer_day.check(dialogue, new, dialogue.planned.closes_at or dialogue.planned.opens_at)
    return [ev.CharterSet(new, keys, intent.want)]


def _check_agreed(dialogue: Dialogue, new: ch.Charter, keys: tuple[str, ...], want: str) -> None:
    """Raise ``Refused`` for a change after the start that has no reason, or that does not go with
    the rest of the charter or with the hour of the round that is open."""
    if not want:
        raise Refused("charter_needs_reason")
    if "ballot" in keys:
        raise Refused("charter_ballot_fixed")
    _check_whole(dialogue, new)
    frame = dialogue.open_frame
    last = frame.closes_at if frame is not None else dialogue.closed_at
    if last is not None and {"answer_by", "concept"} & set(keys):
        answer_day.check(dialogue, new, last)


def _check_whole(dialogue: Dialogue, charter: ch.Charter) -> None:
    """Raise ``Refused`` for a charter in which something required is missing."""
    absent = ch.missing(charter)
    if absent and not dialogue.format.imported:
        raise Refused("charter_missing", keys=absent)


def set_title(dialogue: Dialogue, intent: it.SetTitle, _context: Context) -> list[object]:
    if dialogue.advice is not None:
        raise Refused("title_in_document", title=dialogue.title)
    if intent.title == dialogue.title:
        raise Refused("title_same", title=dialogue.title)
    if dialogue.status is not Status.PREPARING and not intent.want:
        raise Refused("charter_needs_reason")
    return [ev.TitleChanged(intent.title, intent.want)]


def discard(dialogue: Dialogue, _intent: it.DiscardDialogue, _context: Context) -> list[object]:
    _check_preparing(dialogue)
    return [ev.DialogueDiscarded()]


def _check_preparing(dialogue: Dialogue) -> None:
    if dialogue.status is Status.OPEN:
        raise Refused("dialogue_already_open", title=dialogue.title)
    if dialogue.status is Status.CLOSED:
        raise Refused("dialogue_closed", title=dialogue.title)


def check_can_start(dialogue: Dialogue) -> None:
    """Raise ``Refused`` for a dialogue that cannot start, now or later, as it is."""
    _check_preparing(dialogue)
    _check_whole(dialogue, dialogue.charter)
    dialogue.kinds.check_level(dialogue.charter, dialogue.format)


def can_open(dialogue: Dialogue) -> bool:
    """Whether a round of a dialogue that has not begun can open."""
    return any(f.machine.ready(dialogue.states[f.index]) for f in dialogue.frames)


def start(dialogue: Dialogue, intent: it.StartDialogue, context: Context) -> list[object]:
    check_can_start(dialogue)
    if intent.until:
        check_hour(dialogue, intent.until, context.at)
    check_next(dialogue, 0, _at(intent.until))
    return open_from(dialogue, 0, intent.until, context)


def open_from(
    dialogue: Dialogue,
    index: int,
    until: Hour | None,
    context: Context,
    was_due: datetime | None = None,
) -> list[object]:
    """Open the first round from ``index`` on that is ready; earlier ones that are not ready are
    skipped. For ``was_due`` see ``RoundOpened``."""
    at = context.at
    events: list[object] = []
    for frame in dialogue.frames[index:]:
        state = dialogue.states[frame.index]
        if dialogue.machine(frame.index).ready(state):
            chosen = until or _scheduled(dialogue, frame.index, at)
            hour = chosen or _default_hour(dialogue, frame, at)
            ends = _collecting_end(frame, chosen, at)
            events.append(
                ev.RoundOpened(
                    frame.index, hour.at, hour.wall, ends, context.seed, was_due, chosen is not None
                )
            )
            events.extend(frame.machine.opening(state, dialogue, context))
            return events
        events.append(ev.RoundSkipped(frame.index))
    if dialogue.status is Status.PREPARING:
        raise Refused("nothing_to_open", kind=dialogue.frames[index].plan.kind)
    return [*events, ev.DialogueClosed()]


def _scheduled(dialogue: Dialogue, index: int, at: datetime) -> Hour | None:
    """When a round ends that opens at this moment, by the schedule."""
    until = ends_of(dialogue, index, at)
    return Hour(until.at, until.wall) if until is not None else None


def _default_hour(dialogue: Dialogue, frame: Frame, at: datetime) -> Hour:
    """Seven days (setting) later at the same local time, whatever the clock change does."""
    zone = ZoneInfo(dialogue.zone)
    wall = at.astimezone(zone).replace(tzinfo=None) + timedelta(days=frame.plan.days)
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    return Hour(moment, wall.isoformat(timespec="minutes"))


def _at(hour: Hour | None) -> datetime | None:
    return hour.at if hour is not None else None


def check_hour(dialogue: Dialogue, hour: Hour, at: datetime) -> None:
    """Raise ``Refused`` for an hour that has gone, or after which there is no time for the answer
    that was promised."""
    if hour.at <= at:
        raise Refused("moment_past", at=hour.at)
    answer_day.check(dialogue, dialogue.charter, hour.at)


def _collecting_end(frame: Frame, hour: Hour | None, at: datetime) -> datetime | None:
    """When collecting ends: ten minutes (setting) before the hour, or half-way in a shorter
    round."""
    if hour is None or not frame.plan.collecting_margin:
        return None
    ends = hour.at - timedelta(minutes=frame.plan.collecting_margin)
    began = frame.opened_at or at
    return ends if ends > began else began + (hour.at - began) / 2


def next_round(dialogue: Dialogue, intent: it.NextRound, context: Context) -> list[object]:
    """Close this round and open the next; open the vote of a closing round that waits for it."""
    check_next(dialogue, dialogue.current + 1, _at(intent.until))
    if dialogue.status is Status.OPEN and dialogue.open_frame is None:
        if intent.until:
            check_hour(dialogue, intent.until, context.at)
        return open_from(dialogue, dialogue.current + 1, intent.until, context)
    frame = going_on(dialogue, context.at)
    if intent.until:
        check_hour(dialogue, intent.until, context.at)
    early = dialogue.machine(frame.index).advance(dialogue.states[frame.index], context.at)
    if early:
        return [*early, *(_hour_events(frame, intent.until, context.at) if intent.until else ())]
    then = After.NEXT if frame.index + 1 < len(dialogue.frames) else After.END
    now = close_now(dialogue, frame, context.at, then, None)
    if not dialogue.schedule.meeting or then is After.END:
        now = _by_hand(frame, now)  # else the hour is that of the whole meeting, not of this round
    if intent.until is None:
        return [now]
    next_at = intent.until.at
    if next_at <= now.closes_at:  # the closing moved past it: the next round is as long as was said
        next_at += now.closes_at - context.at
    return [replace(now, next_closes_at=next_at)]


def close(dialogue: Dialogue, _intent: it.CloseDialogue, context: Context) -> list[object]:
    if dialogue.status is Status.OPEN and dialogue.open_frame is None:
        return [ev.DialogueClosed()]
    frame = going_on(dialogue, context.at)
    return [_by_hand(frame, close_now(dialogue, frame, context.at, After.END, None))]


def _by_hand(frame: Frame, closing: ev.HourSet) -> ev.HourSet:
    """A closing by a moderator, which says what hour is not waited for, if one was chosen."""
    was = frame.closes_at if frame.chosen else None
    return replace(closing, was=was) if was is not None and closing.closes_at < was else closing


def close_now(
    dialogue: Dialogue, frame: Frame, at: datetime, then: After, next_at: datetime | None
) -> ev.HourSet:
    """Set the hour of an open round to now; ``then`` is what follows its closing."""
    if frame.closes_at is not None and frame.closes_at <= at:
        raise Refused("closing_already", round=frame.index + 1)
    if frame.opened_at is not None and at < frame.opened_at:  # said of the round before it
        raise Refused("closing_already", round=frame.index)
    box = dialogue.boxes[frame.index]
    if box is not None and box.newest is not None:
        at = max(at, box.newest)  # a closing that arrives late takes back no vote that is in
    wall = at.astimezone(ZoneInfo(dialogue.zone)).replace(tzinfo=None).isoformat(timespec="minutes")
    ends = frame.collecting_ends_at
    return ev.HourSet(
        frame.index, at, wall, min(ends, at) if ends and frame.collecting else ends, then, next_at
    )


def set_hour(dialogue: Dialogue, intent: it.SetHour, context: Context) -> list[object]:
    frame = going_on(dialogue, context.at)
    check_hour(dialogue, intent.until, context.at)
    check_next(dialogue, frame.index, intent.until.at)
    return list(_hour_events(frame, intent.until, context.at))


def _hour_events(frame: Frame, until: Hour, at: datetime) -> tuple[ev.HourSet]:
    was = frame.closes_at if frame.closes_at != until.at else None
    return (replace(hour_set(frame, until, at), was=was),)


def hour_set(frame: Frame, until: Hour, at: datetime) -> ev.HourSet:
    """The event of an open round's hour that is moved at this moment."""
    ends = _collecting_end(frame, until, at) if frame.collecting else frame.collecting_ends_at
    return ev.HourSet(frame.index, until.at, until.wall, ends, After.WAIT)


def end_collecting(dialogue: Dialogue, _intent: it.EndCollecting, on: Context) -> list[object]:
    frame = going_on(dialogue, on.at)
    if not frame.collecting:
        raise Refused("collecting_ended", round=frame.index + 1)
    return [ev.CollectingEnded(frame.index, unreviewed(dialogue, frame.index))]


def unreviewed(dialogue: Dialogue, index: int, *, reasons: bool = False) -> tuple[str, ...]:
    """The contributions of a round that wait for review; with ``reasons`` the reasons too."""
    return tuple(
        item.number
        for item in dialogue.items.by_number.values()
        if item.round == index
        and item.state is ItemState.PENDING
        and (reasons or dialogue.letter(item.number).contribution)
    )
