"""The words of a poll: ``peiling`` for the moderator; options and ``anders`` for residents."""

from __future__ import annotations

import re

from commands.choices import BACK, bare
from commands.vocabulary import KindWords
from commands.word import BACKSTAGE, MODERATOR, UNFINISHED, Parameter, Shape, Word
from rounds.poll.question_words import TERMS, new_poll
from rounds.poll.rules import LETTER, OPTION

_NUMBERS = re.compile(rf"[0-9][0-9\s,;=:>]{{0,200}}|{'|'.join(BACK)}")
_POINTS = re.compile(r"(?:[0-9]{1,2}\s*[=:]\s*[0-9]{1,3}(?:[\s,;]+|\Z)){1,25}\Z")


#: The keys of a poll for a menu.
_KEYS = tuple(
    (dutch, TERMS[dutch], f"key_{dutch}")
    for dutch in ("soort", "vraag", "opties", "punten", "hoogstens", "plaatsen", "anders")
)

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
            parameters=(Parameter("peiling", Shape.PAIRS, keys=_KEYS),),
            among=UNFINISHED,
            example="example_poll",
        ),
    ),
    is_vote=lambda rest: _NUMBERS.fullmatch(rest) is not None,
    is_answer=lambda text: len(text) <= 400 and _POINTS.match(bare(text).strip()) is not None,
    codes=(
        ("date_no_hour", ("value",)),
        ("dates_alike", ("option",)),
        ("key_not_for_kind", ("key", "kind")),
        ("one_only", ("given",)),
        ("option_reserved", ("option",)),
        ("option_twice", ("option",)),
        ("option_unknown", ("options", "value")),
        ("options_alike", ("option",)),
        ("options_too_few", ("given",)),
        ("options_too_many", ("given", "limit")),
        ("points_form", ("example", "points")),
        ("points_sum", ("given", "left", "points")),
        ("too_many_options", ("at_most", "given")),
        ("too_many_places", ("given", "places")),
    ),
    terms=TERMS,
)
