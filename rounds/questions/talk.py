"""Questions in the chat: asked and supported by residents, answered or promised by officials."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.desk import contributions
from bot.desk.asker import Asker
from bot.desk.leading.moderators import hour
from bot.desk.onward import asked_again, onward
from bot.desk.services import Services
from bot.desk.standing import is_over, reworded, row, standing
from bot.desk.talk import Giving, Offered, Talk, Wanted, press
from bot.desk.votes import may_vote
from commands import choices
from commands.help import Hints
from dialogues.core import Choice, Notice, Refused, Text, Value
from dialogues.dialogue import Dialogue
from dialogues.machine import Frame, Stage
from rounds.questions import words
from rounds.questions.order import offer, queue, shown
from rounds.questions.rules import LETTER
from rounds.questions.state import (
    AnswerQuestion,
    AskQuestion,
    PromiseAnswer,
    Settings,
    State,
    Support,
    TakeNow,
)
from storage.offers import Offer


def _offer(
    services: Services, dialogue: Dialogue, frame: Frame, person: str, wanted: Wanted
) -> Offered:
    state: State = dialogue.states[frame.index]
    participant = services.store.participants.participant(dialogue.id, person)
    fresh = offer(state, participant, len(shown(state)))
    numbers = replace(wanted, single=False).of(fresh, frame.settings.offer)
    data: dict[str, Value] = {
        "round": frame.index + 1,
        "total": len(shown(state)),
        "collecting": frame.collecting,
        "length": frame.plan.length,
        "closes_at": frame.closes_at,
        "items": [row(dialogue, place, n) for place, n in enumerate(numbers, 1)],
    }
    return Offered(Notice("offer_questions", data), tuple(numbers), frame.collecting)


def _answer_offer(
    services: Services, asker: Asker, dialogue: Dialogue, offered: Offer, text: str
) -> list[Notice] | None:
    """Handle numbers under a list of questions: support those questions."""
    chosen = choices.numbers(text)
    if chosen is None or is_over(dialogue, offered):
        return None
    if not all(1 <= place <= len(offered.items) for place in chosen):
        raise Refused("place_unknown", place=max(chosen), places=len(offered.items))
    notices: list[Notice] = []
    changed = []
    for place in dict.fromkeys(chosen):
        if reworded(services, dialogue, offered, place):
            changed.append(place)
        else:
            notices += _support(services, asker, dialogue, offered.items[place - 1])
    return notices + (onward(services, asker, dialogue, offered, changed) if changed else [])


def _presses(
    _services: Services, _dialogue: Dialogue, _person: str, _item: str
) -> tuple[Choice, ...]:
    return (press("steun"),)


def _support(services: Services, asker: Asker, dialogue: Dialogue, item: str) -> list[Notice]:
    may_vote(asker)
    services.act(asker, dialogue, Support(item))
    index = dialogue.round_of(item)
    state: State = dialogue.states[index or 0]
    number = len(state.support.get(item, ()))
    return [Notice("support_noted", {"item": item, "support": number})]


def _supported(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.Support
) -> list[Notice]:
    stands = standing(services, asker, dialogue)
    again = asked_again(services, asker, dialogue, stands, said.item)
    return _support(services, asker, dialogue, said.item) if again is None else again


def _threshold(settings: Settings) -> int:
    return settings.threshold if settings.near_duplicates else 0


GIVING = Giving(
    words.Question,
    "vraag",
    "question",
    LETTER.letter,
    AskQuestion,
    "question_noted",
    "looks_like_question",
    _support,
    _threshold,
    lambda _sentence: True,
)


def _ask(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.Question
) -> list[Notice]:
    return contributions.given(services, asker, dialogue, GIVING, said.text)


def _answer(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.Answer
) -> list[Notice]:
    services.act(asker, dialogue, AnswerQuestion(said.item, Text(said.text)))
    return [Notice("answer_noted", {"item": said.item})]


def _look_up(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.LookUp
) -> list[Notice]:
    until = hour(services, asker, dialogue, said.moment, day=True)
    if until is None:
        raise Refused("missing", word="zoekuit", what=["moment"])
    services.act(asker, dialogue, PromiseAnswer(said.item, until.at, until.wall))
    made = services.ledger.commitments.of_item(dialogue.id, said.item)
    name = next((one.name for one in made if one.source.own), "")
    return [Notice("promise_noted", {"item": said.item, "until": until.at, "commitment": name})]


def _now(services: Services, asker: Asker, dialogue: Dialogue, said: words.Now) -> list[Notice]:
    services.act(asker, dialogue, TakeNow(said.item))
    return [Notice("now_noted", {"item": said.item})]


def _todo(dialogue: Dialogue, frame: Frame) -> list[dict[str, Value]]:
    """The questions that wait for an answer, in the order in which they are to be taken."""
    if frame.stage is Stage.WAITING:
        return []
    state: State = dialogue.states[frame.index]
    return [_row(dialogue, state, number) for number in queue(state)]


def _row(dialogue: Dialogue, state: State, number: str) -> dict[str, Value]:
    promise = state.promises.get(number)
    values: dict[str, Any] = {
        "item": number,
        "text": dialogue.items.by_number[number].text,
        "what": "work_question",
    }
    if promise is not None:
        values |= {"what": "work_promised", "until": promise.until}
    return values


def _hints(services: Services, asker: Asker, dialogue: Dialogue, frame: Frame) -> Hints:
    waits = bool(queue(dialogue.states[frame.index]))
    answering = ("help_answer", "help_look_up")
    is_open = frame is dialogue.open_frame
    resident: tuple[str, ...] = ()
    if is_open and asker.staff:
        resident = answering
    elif is_open:
        names = services.names(asker, dialogue)
        given = any(i.author in names for i in dialogue.items.by_number.values())
        resident = (*(() if given else ("help_join",)), "help_question", "help_support")
    return Hints(
        urgent=answering if waits else (),
        before=("help_now",) if waits and is_open else (),
        resident=resident,
    )


TALK = Talk(
    offer=_offer,
    answer=_answer_offer,
    presses=_presses,
    does={
        words.Answer: _answer,
        words.LookUp: _look_up,
        words.Now: _now,
        words.Question: _ask,
        words.Support: _supported,
    },
    gives=GIVING,
    todo=_todo,
    hints=_hints,
)
