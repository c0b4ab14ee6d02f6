"""What those who took part, and staff, are asked once a dialogue is over.

Answers are counts from the first moment on: no answer is ever kept with who gave it, and those to
one question are not kept with those to another. The journal hears the totals once, at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Who is asked."""

    RESIDENTS = "residents"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Question:
    """A question by its name, and the names of its answers in the order of their numbers."""

    name: str
    answers: tuple[str, ...]


_AGREES = ("yes", "partly", "no")

#: The questions of each side in the order in which they are asked; their names are unique.
QUESTIONS: dict[Side, tuple[Question, ...]] = {
    Side.RESIDENTS: (
        Question("clear", _AGREES),
        Question("heard", _AGREES),
        Question("again", ("yes", "maybe", "no")),
    ),
    Side.STAFF: (
        Question("worth", _AGREES),
        Question("kept", _AGREES),
        Question("change", ("invitation", "subject", "time", "less", "nothing")),
    ),
}

#: The same by name.
BY_NAME = {question.name: question for side in QUESTIONS.values() for question in side}


@dataclass(frozen=True, slots=True)
class Asked:
    """How many gave each answer to a question; () where fewer than five answered it."""

    question: str
    counts: tuple[int, ...]
