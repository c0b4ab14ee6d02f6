"""The open question to an author: may this message be given as a contribution, without their name?

Nothing of the words is kept before the answer is yes. Until then there is the question alone, with
the message's id; it lapses as every open question does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import msgspec

from bot.desk.services import Services
from bot.platforms.places import Place, PlaceKind
from storage.forms import Form
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
    personal conversation, else with a tick on the message. ``token`` is that of the message that
    asks.
    """

    step: Step
    place: str
    message: str
    round: int
    pinned: bool
    account: str = ""
    in_person: bool = False
    token: str = ""

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
