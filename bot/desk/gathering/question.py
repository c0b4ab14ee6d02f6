"""The open question to an author: may this message be given as a contribution, without their name?

Nothing of the words is kept before the answer is yes. Until then there is the question alone, with
the message's id; it lapses as every open question does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec

from bot.desk.services import Services
from bot.platforms.places import Place, PlaceKind
from bot.town.town import milliseconds
from storage.forms import Form
from storage.rows import Work
from storage.store import Store

#: The kind of the questions' forms; their tokens and slots begin with it.
KIND = "gather"


class Step(StrEnum):
    """How far the question is: the author is looked up, the question is being sent, it was asked,
    or (after a yes) the current words are looked up."""

    WHO = "who"
    ASKING = "asking"
    ASKED = "asked"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class ConsentQuestion:
    """A message in a room (``place``), and the index of the ``round`` it would go into.

    ``pinned``: marked by a moderator, else a reply to the card. ``in_person``: asked in the
    personal conversation; else with a tick on the message, or ``pressed``: by a message in the room
    with buttons. ``token`` is that of the message that asks, ``asks`` the platform's id of the one
    with buttons. ``language`` is that of the author's program when they agreed.
    """

    step: Step
    place: str
    message: str
    round: int
    pinned: bool
    account: str = ""
    in_person: bool = False
    token: str = ""
    pressed: bool = False
    asks: str = ""
    language: str = ""

    @property
    def key(self) -> str:
        """The key under which the question is stored: that of the message, or that of the personal
        conversation, which holds one question at most."""
        if self.in_person:
            return in_person(Place.parse(self.place).platform, self.account)
        return on_message(self.place, self.message)


def in_person(platform: str, account: str) -> str:
    return f"{Place(platform, PlaceKind.PERSONAL, account)}/{KIND}"


def on_message(place: str, message: str) -> str:
    return f"{place}/{message}"


def question_of(form: Form) -> ConsentQuestion:
    return msgspec.convert(form.data, ConsentQuestion)


def keep(services: Services, dialogue: str, question: ConsentQuestion, at: int) -> None:
    data: dict[str, object] = msgspec.to_builtins(question)
    services.store.forms.ask(question.key, Form(KIND, dialogue, data, at))
    services.curious = True


def take_away(services: Services, dialogue: str, question: ConsentQuestion, at: datetime) -> None:
    """Have the message with buttons taken away that asked, once it need not be answered any
    more."""
    if question.asks:
        services.store.outbox.do(
            services.ledger.token(),
            question.place,
            dialogue,
            question.token,
            Work.REMOVE,
            question.asks,
            at.isoformat(),
        )


def lapse(services: Services, at: datetime) -> None:
    """Delete the questions that nobody answered in time, with the messages that asked."""
    for form in services.store.forms.lapsed(KIND, milliseconds(at)):
        question = question_of(form)
        take_away(services, form.dialogue, question, at)
        services.store.forms.answered(question.key, KIND)


def forget(services: Services, accounts: Iterable[tuple[str, str]], at: datetime) -> None:
    """Take away what asks somebody who is forgotten: ``accounts`` are platforms and names."""
    theirs = set(accounts)
    for question, form in open_questions(services.store, milliseconds(at)):
        if (Place.parse(question.place).platform, question.account) in theirs:
            take_away(services, form.dialogue, question, at)


def open_questions(store: Store, at: int) -> Iterator[tuple[ConsentQuestion, Form]]:
    return ((question_of(form), form) for form in store.forms.of_kind(KIND, at))


class Look(NamedTuple):
    """A message that a platform is asked for."""

    place: Place
    message: str


def looks(store: Store, at: int) -> list[Look]:
    """The messages to ask platforms for, from the open questions; asked again after a restart."""
    return [
        Look(Place.parse(question.place), question.message)
        for question, _ in open_questions(store, at)
        if question.step in (Step.WHO, Step.WORDS)
    ]
