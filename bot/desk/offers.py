"""Offers: what somebody is asked next in the personal conversation, by the kind of round."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.desk.asker import Asker, Desk
from bot.desk.youth import is_youth
from bot.platforms.places import Place
from dialogues.core import Choice, Notice, Refused, Value
from dialogues.dialogue import Dialogue, Status
from dialogues.format import Kind
from dialogues.rounds import closing, poll, questions, statements
from dialogues.rounds.machine import Frame
from storage.places import Form, Offer

#: So many statements come at once to somebody whose answers had to wait.
MORE = 10


def join(desk: Desk, asker: Asker, dialogue: Dialogue) -> list[Notice]:
    """Meedoen: the first time an explanation and ``ja``, afterwards what is open."""
    if asker.staff:
        raise Refused("staff_no_ballot")
    if dialogue.status is Status.PREPARING:
        raise Refused("not_started", title=dialogue.title)
    if dialogue.status is Status.CLOSED:
        raise Refused("dialogue_closed", title=dialogue.title)
    places = desk.store.places
    place = str(asker.personal)
    places.belongs(place, asker.person)
    places.choose(place, dialogue.id)
    places.answered(place)  # whatever was asked before, this is what they want now
    frame = dialogue.open_frame
    young = is_youth(desk, dialogue.room)
    if frame is None:
        return [Notice("between_rounds", {"title": dialogue.title, "youth": young})]
    if not places.begun(place, dialogue.id):
        places.ask(place, Form("begin", dialogue.id, {}, asker.milliseconds))
        data: dict[str, Value] = {
            "title": dialogue.title,
            "confidential": dialogue.confidential,
            "kind": frame.plan.kind.value,
            "offer": frame.plan.offer,
            "youth": young,
        }
        return [Notice("begin", data)]
    return offer(desk, asker, dialogue)


def offer(desk: Desk, asker: Asker, dialogue: Dialogue, *, again: bool = True) -> list[Notice]:
    """What this person has not answered yet in the open round.

    ``again`` False: say nothing when there is nothing new, but that everything is done.
    """
    frame = dialogue.open_frame
    if frame is None:
        return []
    state = dialogue.states[frame.index]
    make = _MAKE[frame.plan.kind]
    notice, items = make(desk, asker, dialogue, frame, state)
    if items:
        place = str(asker.personal)
        desk.store.places.belongs(place, asker.person)
        desk.store.places.offer(place, Offer("offer", dialogue.id, asker.stands_at, items))
    return [notice]


def _row(dialogue: Dialogue, place: int, number: str) -> dict[str, Any]:
    item = dialogue.items.by_number[number]
    return {"place": place, "item": number, "text": item.text, "staff": item.staff}


def _statements(
    desk: Desk, asker: Asker, dialogue: Dialogue, frame: Frame, state: statements.State
) -> tuple[Notice, tuple[str, ...]]:
    ballot = desk.ballot(asker, dialogue, frame.index)
    return _of_statements(desk, dialogue, frame, state, ballot, frame.plan.offer)


def _of_statements(
    desk: Desk, dialogue: Dialogue, frame: Frame, state: statements.State, ballot: str, most: int
) -> tuple[Notice, tuple[str, ...]]:
    numbers = statements.offer(state, ballot, most)
    shown = statements.shown(state)
    done = sum(ballot in state.box.books[n].votes for n in shown)
    data: dict[str, Value] = {
        "round": frame.index + 1,
        "done": done,
        "total": len(shown),
        "collecting": frame.collecting,
        "length": frame.plan.length,
        "closes_at": frame.closes_at,
        "confidential": dialogue.confidential,
        "youth": is_youth(desk, dialogue.room),
    }
    if not numbers:
        return Notice("offer_none" if not shown else "offer_done", data), ()
    data["items"] = [_row(dialogue, place, n) for place, n in enumerate(numbers, 1)]
    choices = tuple(Choice(place, n) for place, n in enumerate(numbers, 1))
    return Notice("offer_statements", data, choices=choices), tuple(numbers)


def widened(desk: Desk, place: Place, notice: Notice) -> Notice:
    """An offer of statements that has not been sent yet, with more of them in it, for somebody
    whose answer had to wait; the notice itself where it cannot be."""
    waiting = desk.store.places.on_its_way(str(place))
    person = desk.store.people.known(place.platform, place.name)
    dialogue = desk.ledger.states.get(waiting.dialogue) if waiting is not None else None
    frame = dialogue.open_frame if dialogue is not None else None
    if waiting is None or person is None or dialogue is None or frame is None:
        return notice
    if frame.plan.kind is not Kind.STATEMENTS or frame.index + 1 != notice.data["round"]:
        return notice
    people = desk.store.people
    ballot = people.ballot(dialogue.id, people.participant(dialogue.id, person), frame.index)
    state: statements.State = dialogue.states[frame.index]
    most = max(MORE, frame.plan.offer)
    made, items = _of_statements(desk, dialogue, frame, state, ballot, most)
    if not items:
        return notice
    desk.store.places.offer(str(place), replace(waiting, items=items))
    return made


def is_over(dialogue: Dialogue, offered: Offer) -> bool:
    """Whether another round is open by now than the one that was offered from."""
    frame = dialogue.open_frame
    return frame is not None and dialogue.round_of(offered.items[0]) != frame.index


def items_of(notice: Notice) -> str:
    """The items of an offer, as they are kept with it."""
    rows: Any = notice.data.get("items") or notice.data.get("rows")
    if rows:
        return " ".join(str(row.get("number") or row["item"]) for row in rows)
    return str(notice.data.get("item", ""))


def poll_values(frame: Frame, state: poll.State) -> dict[str, Value]:
    """A poll for a template: its question and the options that can be chosen."""
    filled = state.poll
    assert filled is not None
    return {
        "round": frame.index + 1,
        "item": filled.number,
        "question": filled.question,
        "poll": filled.kind.value,
        "options": [
            {"number": option.number, "text": option.text} for option in poll.open_options(state)
        ],
        "points": filled.points,
        "at_most": filled.at_most,
        "places": filled.places,
        "other": filled.other,
        "closes_at": frame.closes_at,
    }


def poll_number(dialogue: Dialogue, index: int) -> str:
    """The number of the poll that a round's card shows, or ""."""
    if dialogue.frames[index].plan.kind is not Kind.POLL:
        return ""
    state: poll.State = dialogue.states[index]
    return state.poll.number if state.poll is not None else ""


def _poll(
    desk: Desk, asker: Asker, dialogue: Dialogue, frame: Frame, state: poll.State
) -> tuple[Notice, tuple[str, ...]]:
    ballot = desk.ballot(asker, dialogue, frame.index)
    data = poll_values(frame, state)
    number = str(data["item"])
    data["confidential"] = dialogue.confidential
    data["voted"] = state.box.choice(number, ballot) is not None
    return Notice("offer_poll", data), (number,)


def _questions(
    desk: Desk, asker: Asker, dialogue: Dialogue, frame: Frame, state: questions.State
) -> tuple[Notice, tuple[str, ...]]:
    participant = desk.participant(asker, dialogue)
    numbers = questions.offer(state, participant, frame.plan.offer)
    data: dict[str, Value] = {
        "round": frame.index + 1,
        "total": len(questions.shown(state)),
        "collecting": frame.collecting,
        "length": frame.plan.length,
        "closes_at": frame.closes_at,
        "items": [_row(dialogue, place, n) for place, n in enumerate(numbers, 1)],
    }
    return Notice("offer_questions", data), tuple(numbers)


def _closing(
    desk: Desk, asker: Asker, dialogue: Dialogue, frame: Frame, state: closing.State
) -> tuple[Notice, tuple[str, ...]]:
    data: dict[str, Value] = {
        "round": frame.index + 1,
        "closes_at": frame.closes_at,
        "opens_at": closing.deadline(state),
    }
    if not state.fixed:
        return Notice("offer_consent_later", data), ()
    ballot = desk.ballot(asker, dialogue, frame.index)
    numbers = closing.offer(state, ballot, frame.plan.offer)
    if not numbers:
        return Notice("offer_consent_done", data), ()
    rows = closing.listed(state, [state.fixed[n] for n in numbers])
    data["items"] = [{"place": place, **row} for place, row in enumerate(rows, 1)]
    choices = tuple(Choice(place, n) for place, n in enumerate(numbers, 1))
    return Notice("offer_consent", data, choices=choices), tuple(numbers)


_MAKE: dict[Kind, Any] = {
    Kind.CLOSING: _closing,
    Kind.POLL: _poll,
    Kind.QUESTIONS: _questions,
    Kind.STATEMENTS: _statements,
}
