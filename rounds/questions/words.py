"""The words of a question round: asking, supporting, answering, promising an answer."""

from __future__ import annotations

from dataclasses import dataclass

from commands.filling import Typed, item_alone, item_and_text, missing, text_alone
from commands.said import Said
from commands.vocabulary import KindWords
from commands.word import (
    ANYWHERE,
    BACKSTAGE,
    MODERATOR,
    OFFICIAL,
    OUT_FRONT,
    RESIDENT,
    RUNNING,
    TEXT,
    Parameter,
    Shape,
    Word,
)
from commands.wrong import Wrong
from rounds.questions.rules import LETTER


@dataclass(frozen=True, slots=True)
class Question:
    text: str


@dataclass(frozen=True, slots=True)
class Support:
    item: str


@dataclass(frozen=True, slots=True)
class Answer:
    item: str
    text: str


@dataclass(frozen=True, slots=True)
class LookUp:
    """Promise an answer; ``moment`` is until when, in words."""

    item: str
    moment: str


@dataclass(frozen=True, slots=True)
class Now:
    """Make this the question being answered."""

    item: str


def _look_up(typed: Typed) -> Said:
    said = item_and_text(LookUp, "moment")(typed)
    if isinstance(said, Wrong) and said.code == "text_missing":
        return missing(typed, "moment")
    return said


_ITEM = Parameter("item", Shape.ITEM, letters=LETTER.letter)

WORDS = KindWords(
    letters=(LETTER,),
    words=(
        Word(
            "antwoord",
            "answer",
            "help_answer",
            OFFICIAL,
            ANYWHERE,
            item_and_text(Answer, "tekst"),
            parameters=(_ITEM, TEXT),
        ),
        Word(
            "nu",
            "now",
            "help_now",
            MODERATOR,
            BACKSTAGE,
            item_alone(Now),
            parameters=(_ITEM,),
            among=RUNNING,
        ),
        Word(
            "steun",
            "support",
            "help_support",
            RESIDENT,
            OUT_FRONT,
            item_alone(Support),
            parameters=(_ITEM,),
        ),
        Word(
            "vraag",
            "question",
            "help_question",
            RESIDENT,
            OUT_FRONT,
            text_alone(Question),
            parameters=(TEXT,),
        ),
        Word(
            "zoekuit",
            "lookup",
            "help_look_up",
            OFFICIAL,
            ANYWHERE,
            _look_up,
            also=("zoek uit", "look up"),
            parameters=(_ITEM, Parameter("moment", Shape.MOMENT)),
        ),
    ),
    no_errors=frozenset({"questions", "supports", "vraagt", "vraagje"}),
)
