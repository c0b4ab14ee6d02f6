"""The notices about an event: the round's card, reminders and results; staff hears the rest.

The card is made from the state whenever something on it changed, so many votes in one go give one
edit.
"""

from __future__ import annotations

from typing import Any

from dialogues import announce_agreed, announce_planned, destroying_events
from dialogues import events as ev
from dialogues.announce_agreed import charter_values
from dialogues.core import TAKE_PART, Audience, Choice, Notice, Value
from dialogues.counting.threshold import masked
from dialogues.course import unreviewed
from dialogues.dialogue import Dialogue
from dialogues.followup import announce as announce_followup
from dialogues.followup import events as following
from dialogues.followup.standing import on_card
from dialogues.items import ItemState
from dialogues.machine import Stage
from dialogues.objections import notices as objections
from dialogues.pauses import lasts
from dialogues.pausing import TELLS as PAUSING
from dialogues.pausing import card_values
from dialogues.results import may_show, round_values


def announce(dialogue: Dialogue, event: Any, head: str) -> tuple[Notice, ...]:
    """The notices for room, staff and persons about an event that was just folded in.

    ``head`` is the beginning of the journal's head after the event; it is shown under results.
    """
    handler = _HANDLERS.get(type(event))
    return tuple(handler(dialogue, event, head)) if handler else ()


def card(dialogue: Dialogue, index: int) -> Notice:
    """The round's card as it is now."""
    frame = dialogue.frames[index]
    machine, state = dialogue.machine(index), dialogue.states[index]
    box = dialogue.boxes[index]
    values: dict[str, Value] = dict(charter_values(dialogue))
    values |= machine.card(state)
    values |= {
        "round": index + 1,
        "rounds": len(dialogue.frames),
        "round_title": frame.plan.title,
        "kind": frame.plan.kind,
        "open": frame.stage is Stage.OPEN,
        "closes_at": frame.closes_at,
        **card_values(frame),
        **announce_planned.following(dialogue, index),
        **on_card(dialogue, index),
        "closed_at": frame.closed_at,
        "collecting": frame.collecting,
        "confidential": dialogue.confidential,
        "voters": masked(box.turnout if frame.stage is Stage.OPEN else frame.voters) if box else 0,
        "ballots": box is not None,
        "figures": round_values(dialogue, index)["items"]
        if may_show(dialogue, index) and frame.stage is Stage.OPEN and box is not None
        else (),
    }
    joins = frame.stage is Stage.OPEN and not lasts(frame.pauses)
    choices = joining(dialogue) if joins else ()
    return Notice("card", values, Audience.ROOM, slot=f"card-{index}", choices=choices)


def joining(dialogue: Dialogue) -> tuple[Choice, ...]:
    """What is pressed to take part, below whatever invites to that."""
    return (Choice(dialogue.id, dialogue.current, "", TAKE_PART.choice, main=True),)


def work(dialogue: Dialogue) -> Choice:
    """What staff presses for the list of what waits."""
    return Choice(dialogue.id, dialogue.current, "", "werk", label="choice_read", main=True)


def card_changed(index: int) -> Notice:
    """The notice that a round's card changed: this is what waits in the outbox, and ``card`` is
    made when it is sent."""
    return Notice("card_changed", {"index": index}, Audience.ROOM, slot=f"card-{index}")


def _hour_set(dialogue: Dialogue, event: ev.HourSet, head: str) -> list[Notice]:
    """The room hears an earlier hour; a later one it sees on the card."""
    earlier = event.was is not None and event.closes_at < event.was
    if event.then is not ev.After.WAIT or not earlier:
        return _moved(dialogue, event, head)
    data: dict[str, Value] = {
        "round": event.round + 1,
        "round_title": dialogue.frames[event.round].plan.title,
        "was": event.was,
        "closes_at": event.closes_at,
    }
    return [Notice("hour_earlier", data, Audience.ROOM)]


def _skipped(dialogue: Dialogue, event: ev.RoundSkipped, _head: str) -> list[Notice]:
    title = dialogue.frames[event.round].plan.title
    data: dict[str, Value] = {"round": event.round + 1, "round_title": title}
    return [Notice("round_skipped", data, Audience.STAFF)]


def _reminder(dialogue: Dialogue, event: ev.ReminderGiven, _head: str) -> list[Notice]:
    if not event.minutes:
        return []
    box = dialogue.boxes[event.round]
    data: dict[str, Value] = {
        "minutes": event.minutes,
        "round": event.round + 1,
        "ballots": box is not None,
        "voters": masked(box.turnout) if box else 0,
    }
    return [Notice("reminder", data, Audience.ROOM, choices=joining(dialogue))]


def _collecting_ended(dialogue: Dialogue, event: ev.CollectingEnded, _head: str) -> list[Notice]:
    """Shortly before the closing one message has all that waits, reasons too."""
    ending = dialogue.review.warned == event.round
    waiting = unreviewed(dialogue, event.round, reasons=True) if ending else ()
    if not event.unreviewed:
        return [_waits(dialogue, event.round, waiting, ending)] if waiting else []
    data: dict[str, Value] = {
        "round": event.round + 1,
        "items": list(event.unreviewed),
        "waiting": list(waiting),
    }
    return [Notice("not_reviewed", data, Audience.STAFF, choices=(work(dialogue),))]


def _review_asked(dialogue: Dialogue, event: ev.ReviewAsked, _head: str) -> list[Notice]:
    return [_waits(dialogue, event.round, event.items, event.ending)] if event.items else []


def _waits(dialogue: Dialogue, index: int, items: tuple[str, ...], ending: bool) -> Notice:
    data: dict[str, Value] = {
        "items": list(items),
        "waiting": len(items),
        "ending": ending,
        "closes_at": dialogue.frames[index].closes_at,
    }
    return Notice("review_waits", data, Audience.STAFF, choices=(work(dialogue),))


def _moved(dialogue: Dialogue, event: ev.RoundOpened | ev.HourSet, _head: str) -> list[Notice]:
    """What opened later because the bot was not there at its hour, and until when it is open."""
    if event.was_due is None:
        return []
    frame = dialogue.frames[event.round]
    data: dict[str, Value] = {
        "round": event.round + 1,
        "round_title": frame.plan.title,
        "was": event.was_due,
        "closes_at": event.closes_at,
        "vote": isinstance(event, ev.HourSet),
    }
    return [Notice("opened_later", data, Audience.ROOM)]


def _round_closed(dialogue: Dialogue, event: ev.RoundClosed, head: str) -> list[Notice]:
    values = {**round_values(dialogue, event.round), "head": head}
    more = f"uitslag {event.round + 1}"
    every = Choice(dialogue.id, event.round, "", more, label="choice_uitslag")
    notices = [Notice("round_result", values, Audience.ROOM, choices=(every,))]
    staff: dict[str, Value] = {"round": event.round + 1, "voters": masked(event.voters)}
    waits = dialogue.frames[event.round].then is ev.After.WAIT
    opening = dialogue.schedule.opening(event.round + 1)
    at_once = opening is not None and opening.at <= event.closed_at
    if waits and not at_once and event.round + 1 < len(dialogue.frames):
        staff["next_title"] = dialogue.frames[event.round + 1].plan.title
        staff["opens_at"] = opening.at if opening is not None else None
        onward = (Choice(dialogue.id, event.round, "", "volgende", main=True),)
        notices.append(Notice("round_closed_next", staff, Audience.STAFF, choices=onward))
    return notices


def _room_told(dialogue: Dialogue, _event: Any, _head: str) -> list[Notice]:
    return [Notice("room_votes_do_not_count", {}, Audience.ROOM, choices=joining(dialogue))]


def _hidden(dialogue: Dialogue, event: ev.ItemHidden, _head: str) -> list[Notice]:
    item = dialogue.items.by_number[event.item]
    data: dict[str, Value] = {
        "item": event.item,
        "reason": event.reason,
        "open": objections.waits(dialogue, item),
        "seen": item.seen,
    }
    template = f"your_{dialogue.letter(event.item).told}_hidden"
    return [Notice(template, data, Audience.PERSON, person=item.author)]


def _shown(dialogue: Dialogue, event: ev.ItemShown | ev.ItemApproved, _head: str) -> list[Notice]:
    item = dialogue.items.by_number[event.item]
    if item.state is not ItemState.SHOWN:
        return []
    done = "approved" if isinstance(event, ev.ItemApproved) else "shown"
    template = f"your_{dialogue.letter(event.item).told}_{done}"
    data: dict[str, Value] = {"item": event.item, "text": item.text, "about": item.about}
    return [Notice(template, data, Audience.PERSON, person=item.author)]


_HANDLERS: dict[type, Any] = {
    **announce_agreed.HANDLERS,
    **announce_planned.HANDLERS,
    **objections.HANDLERS,
    **announce_followup.HANDLERS,
    **PAUSING,
    ev.CollectingEnded: _collecting_ended,
    ev.HourSet: _hour_set,
    ev.ItemApproved: _shown,
    ev.ItemHidden: _hidden,
    ev.ItemShown: _shown,
    ev.ReminderGiven: _reminder,
    ev.ReviewAsked: _review_asked,
    ev.RoomTold: _room_told,
    ev.RoundClosed: _round_closed,
    ev.RoundOpened: _moved,
    ev.RoundSkipped: _skipped,
}

#: Events that leave the card as it is, besides those that a kind of round names (``quiet``);
#: every other event may change it.
CARD_STAYS: tuple[type, ...] = (
    *objections.QUIET,
    ev.AdviceAwaited,
    ev.AdviceIssued,
    ev.AdviceRequested,
    ev.AnswerOverdue,
    ev.DialogueDiscarded,
    ev.DialogueOpened,
    ev.EvaluationCounted,
    ev.LinksDestroyed,
    ev.PauseEndTold,
    ev.ReasonGiven,
    ev.ReminderGiven,
    ev.ReviewAsked,
    ev.RoomTold,
    ev.StartMissed,
    ev.StartPlanned,
    ev.StartTold,
    *destroying_events.QUIET,
    *following.QUIET,
)
