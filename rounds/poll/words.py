"""The words of a poll: ``peiling`` for the moderator; options and ``anders`` for residents."""

from __future__ import annotations

import re

from commands.choices import BACK, bare
from commands.vocabulary import BACKSTAGE, MODERATOR, KindWords, Parameter, Shape, Word
from rounds.poll.question_words import new_poll
from rounds.poll.rules import LETTER, OPTION

_OTHER = re.compile(
    r"(?:anders|other)\b[\s,:;-]*(?:namelijk\b|namely\b)?[\s,:;-]*(.*)\Z", re.IGNORECASE | re.DOTALL
)
_NUMBERS = re.compile(rf"[0-9][0-9\s,;=:>]{{0,200}}|{'|'.join(BACK)}")
_POINTS = re.compile(r"(?:[0-9]{1,2}\s*[=:]\s*[0-9]{1,3}(?:[\s,;]+|\Z)){1,25}\Z")


def other_option(rest: str) -> str | None:
    """The words after ``anders, namelijk``; None when the text is something else."""
    found = _OTHER.match(rest.strip())
    words = found[1].strip() if found is not None else ""
    return words or None


def is_other(text: str) -> bool:
    """Whether the text is ``anders`` without an option of one's own."""
    return _OTHER.match(text.strip()) is not None and other_option(text) is None


WORDS = KindWords(
    letters=(LETTER, OPTION),
    words=(
        Word(
            "peiling",
            "poll",
            "help_poll",
            MODERATOR,
            BACKSTAGE,
            new_poll,
            parameters=(Parameter("peiling", Shape.PAIRS),),
        ),
    ),
    is_vote=lambda rest: _NUMBERS.fullmatch(rest) is not None,
    is_answer=lambda text: len(text) <= 400 and _POINTS.match(bare(text).strip()) is not None,
    codes=(
        ("key_not_for_kind", ("key", "kind")),
        ("one_only", ("given",)),
        ("option_twice", ("option",)),
        ("option_unknown", ("options", "value")),
        ("options_too_few", ("given",)),
        ("options_too_many", ("given", "limit")),
        ("points_form", ("points",)),
        ("points_sum", ("given", "left", "points")),
        ("too_many_options", ("at_most", "given")),
        ("too_many_places", ("given", "places")),
    ),
)
