"""Priorities in the chat: the list of statements, answered with their numbers, best first."""

from __future__ import annotations

from typing import Any

from bot.desk.answering import choice_or_talk
from bot.desk.asker import Asker
from bot.desk.ranking import following, one_by_one
from bot.desk.services import Services
from bot.desk.standing import row
from bot.desk.talk import Chosen, NoChoice, Offered, Talk, Told, Wanted
from bot.desk.views import has_voted
from commands.help import Hints
from commands.said import Where
from dialogues.core import Choice, Notice, Value
from dialogues.dialogue import Dialogue
from dialogues.machine import Frame
from rounds.priorities import words
from rounds.priorities.rules import MACHINE, State, choosable


def _offer(
    services: Services, dialogue: Dialogue, frame: Frame, person: str, _wanted: Wanted
) -> Offered:
    state: State = dialogue.states[frame.index]
    ballot = services.store.participants.ballot_of(dialogue.id, person, frame.index)
    data: dict[str, Value] = {
        "item": state.number,
        "shortlist": [row(dialogue, place, number) for place, number in choosable(state)],
        "places": frame.settings.places,
        "voted": state.box.choice(state.number, ballot) is not None,
    }
    data["example"] = _example(state, frame.settings.places)
    data["next"] = len(following(_chosen(state, ballot), frame.settings.places)) + 1
    return Offered(Notice("offer_priorities", data), (state.number,))


def _chosen(state: State, ballot: str) -> tuple[int, ...]:
    """The places that a ballot has chosen so far, best first."""
    choice = state.box.choice(state.number, ballot)
    return choice if isinstance(choice, tuple) else ()


def _presses(
    services: Services, dialogue: Dialogue, person: str, number: str
) -> tuple[Choice, ...]:
    """The statements that can come next, each behind those that were chosen before."""
    index = dialogue.round_of(number)
    assert index is not None
    state: State = dialogue.states[index]
    ballot = services.store.participants.ballot_of(dialogue.id, person, index)
    most = dialogue.frames[index].settings.places
    there = {place: dialogue.items.by_number[n].text for place, n in choosable(state)}
    return one_by_one(there, _chosen(state, ballot), most)


def _read(_services: Services, _asker: Asker, dialogue: Dialogue, number: str, rest: str) -> Chosen:
    index = dialogue.round_of(number)
    assert index is not None
    state: State = dialogue.states[index]
    places = words.priorities(rest, state.shortlist)
    if places is None:
        raise NoChoice("unknown_choice", item=number, kind=MACHINE.kind)
    return Chosen(places or None)


def _told(dialogue: Dialogue, index: int, choice: Any) -> Told:
    state: State = dialogue.states[index]
    return {"said": " ".join(state.shortlist[place - 1] for place in choice)}


def _asked(dialogue: Dialogue, number: str) -> dict[str, Value]:
    index = dialogue.round_of(number)
    assert index is not None
    return {"example": _example(dialogue.states[index], dialogue.frames[index].settings.places)}


def _example(state: State, most: int) -> str:
    """What can be typed to choose from what is shown now; "" where nothing is."""
    places = [str(place) for place, _ in choosable(state)]
    return " ".join(reversed(places[: min(2, most)]))


def _hints(services: Services, asker: Asker, dialogue: Dialogue, frame: Frame) -> Hints:
    if frame is not dialogue.open_frame or asker.staff:
        return Hints()
    voted = has_voted(services, asker, dialogue, frame.index)
    return Hints(resident=("help_join" if asker.where is Where.ROOM or not voted else "help_vote",))


TALK = Talk(
    offer=_offer,
    answer=choice_or_talk,
    presses=_presses,
    read=_read,
    told=_told,
    asked=_asked,
    hints=_hints,
)
