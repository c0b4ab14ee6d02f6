"""Circles in the chat: a number on asking, the turn in the room, words kept with a yes."""

from __future__ import annotations

from bot.desk import contributions
from bot.desk.asker import Asker
from bot.desk.services import Services
from bot.desk.talk import Giving, Offered, Talk, Wanted
from commands.help import Hints
from dialogues.core import Notice
from dialogues.dialogue import Dialogue
from dialogues.machine import Frame
from rounds.circle import words
from rounds.circle.order import queue
from rounds.circle.rules import LETTER, card
from rounds.circle.state import AskTurn, EndTurn, GiveTurnUp, GiveWord, Onward, SetTurnLength, State


def _offer(
    services: Services, dialogue: Dialogue, frame: Frame, person: str, _wanted: Wanted
) -> Offered:
    state: State = dialogue.states[frame.index]
    data = {**card(state), "closes_at": frame.closes_at}
    mine = services.store.participants.participant(dialogue.id, person)
    speaks = state.turn is not None and state.turn.participant == mine
    word = "klaar" if speaks else "pas" if mine in state.waiting else "spreken"
    return Offered(Notice("offer_circle", data), words=(word,))


def _state(dialogue: Dialogue) -> State:
    state: State = dialogue.states[dialogue.current]
    return state


def _speak(
    services: Services, asker: Asker, dialogue: Dialogue, _said: words.Speak
) -> list[Notice]:
    services.act(asker, dialogue, AskTurn())
    services.store.places.belongs(asker.conversation, asker.person)
    state, mine = _state(dialogue), services.participant(asker, dialogue)
    number, turn = state.numbers[mine], state.turn
    if turn is not None and turn.participant == mine:
        return [Notice("turn_yours", {"number": number, "until": turn.until})]
    ahead = queue(state).index(mine)
    data = {"number": number, "ahead": ahead, "drawn": state.begun}
    return [Notice("turn_noted", data)]


def _pass(services: Services, asker: Asker, dialogue: Dialogue, _said: words.Pass) -> list[Notice]:
    services.act(asker, dialogue, GiveTurnUp())
    return [Notice("turn_given_up", {})]


def _done(services: Services, asker: Asker, dialogue: Dialogue, _said: words.Done) -> list[Notice]:
    services.act(asker, dialogue, EndTurn())
    return [Notice("turn_done", {})]


def _onward(
    services: Services, asker: Asker, dialogue: Dialogue, _said: words.Onward
) -> list[Notice]:
    services.act(asker, dialogue, Onward())
    return [Notice("circle_onward", {**card(_state(dialogue))})]


def _length(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.TurnLength
) -> list[Notice]:
    services.act(asker, dialogue, SetTurnLength(said.minutes))
    return [Notice("circle_length", {"minutes": said.minutes})]


def _agree(_services: Services, _asker: Asker, _dialogue: Dialogue, item: str) -> list[Notice]:
    return [Notice("word_stands", {"item": item})]


GIVING = Giving(
    words.Words,
    "woord",
    "word",
    LETTER.letter,
    GiveWord,
    "word_noted",
    "word_stands",
    _agree,
    lambda _settings: 0,
    lambda _sentence: False,
)


def _word(services: Services, asker: Asker, dialogue: Dialogue, said: words.Words) -> list[Notice]:
    return contributions.given(services, asker, dialogue, GIVING, said.text)


def _hears(dialogue: Dialogue, frame: Frame, participant: str) -> bool:
    turn = dialogue.states[frame.index].turn
    return turn is not None and turn.participant == participant and frame.collecting


def _hints(services: Services, asker: Asker, dialogue: Dialogue, frame: Frame) -> Hints:
    if frame is not dialogue.open_frame:
        return Hints()
    if asker.staff:
        return Hints(before=("help_onward", "help_turn_length"))
    state, mine = _state(dialogue), services.participant(asker, dialogue)
    speaks = state.turn is not None and state.turn.participant == mine
    waits = ("help_pass",) if mine in state.waiting else ("help_speak",)
    return Hints(resident=("help_done", "help_word") if speaks else waits)


TALK = Talk(
    offer=_offer,
    does={
        words.Speak: _speak,
        words.Pass: _pass,
        words.Done: _done,
        words.Onward: _onward,
        words.TurnLength: _length,
        words.Words: _word,
    },
    gives=GIVING,
    hints=_hints,
    hears=_hears,
)
