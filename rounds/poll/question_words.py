"""The word ``peiling``: a poll's kind, question and options as ``key=value``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from commands.choices import YES_OR_NO
from commands.cleaning import plain_word, whole_number
from commands.filling import Typed, missing
from commands.keyvalues import absent, pairs
from commands.options import double
from commands.said import Said
from commands.terms import paired
from commands.wrong import Wrong, wrong
from rounds.poll.filling import MOST_OPTIONS, MOST_POINTS, OPTION_LENGTH, QUESTION_LENGTH
from rounds.poll.option_words import reserved
from rounds.poll.state import PollKind

KINDS = {
    "een": PollKind.ONE,
    "one": PollKind.ONE,
    "meer": PollKind.SEVERAL,
    "several": PollKind.SEVERAL,
    "rangorde": PollKind.RANKED,
    "ranked": PollKind.RANKED,
    "punten": PollKind.POINTS,
    "points": PollKind.POINTS,
    "datum": PollKind.DATE,
    "date": PollKind.DATE,
}
KIND_WORDS = ("een", "meer", "rangorde", "punten", "datum")
_IN_ENGLISH = ("one", "several", "ranked", "points", "date")

#: What may be typed, and the canonical key.
KEYS = {
    "soort": "soort",
    "kind": "soort",
    "punten": "punten",
    "points": "punten",
    "hoogstens": "hoogstens",
    "most": "hoogstens",
    "plaatsen": "plaatsen",
    "places": "plaatsen",
    "anders": "anders",
    "other": "anders",
    "vraag": "vraag",
    "question": "vraag",
    "opties": "opties",
    "options": "opties",
}
#: The keys and kinds in Dutch, and in English.
TERMS = paired(KEYS) | dict(zip(KIND_WORDS, _IN_ENGLISH, strict=True))

_ONLY_FOR = {
    "punten": PollKind.POINTS,
    "hoogstens": PollKind.SEVERAL,
    "plaatsen": PollKind.RANKED,
}
_BETWEEN = re.compile(r"\s*[;\n]\s*")
#: Between moments a bar will do as well: none stands in a moment.
_BETWEEN_DATES = re.compile(r"\s*[;|\n]\s*")


@dataclass(frozen=True, slots=True)
class NewPoll:
    """``at_most`` 0: any number of options; ``places`` 0: as many as there are options. About a
    date the options are moments as they were typed."""

    kind: PollKind
    points: int
    at_most: int
    places: int
    other: bool
    question: str
    options: tuple[str, ...]


def new_poll(typed: Typed) -> Said:
    """The poll that was typed, or the first thing that is wrong with it."""
    found = pairs(typed.rest, KEYS)
    if isinstance(found, Wrong):
        return found
    lacking = absent(found, ("soort", "vraag", "opties"))
    if lacking:
        return missing(typed, *lacking)
    kind = KINDS.get(plain_word(found["soort"]))
    if kind is None:
        return wrong("value_unknown", key="soort", value=found["soort"][:40], options=KIND_WORDS)
    for key, only in _ONLY_FOR.items():
        if key in found and kind is not only:
            return wrong("key_not_for_kind", key=key, kind=kind.value)
    if "anders" in found and kind is PollKind.DATE:
        return wrong("key_not_for_kind", key="anders", kind=kind.value)
    options = _options(found["opties"], kind)
    if isinstance(options, Wrong):
        return options
    other = YES_OR_NO.get(found.get("anders", "nee").casefold())
    if other not in ("yes", "no"):
        return wrong(
            "value_unknown", key="anders", value=found["anders"][:40], options=("ja", "nee")
        )
    room = len(options) + (other == "yes")
    numbers: dict[str, int] = {}
    for key, high in (("punten", MOST_POINTS), ("hoogstens", room), ("plaatsen", room)):
        number = _number(key, found.get(key), high)
        if isinstance(number, Wrong):
            return number
        numbers[key] = number
    question = " ".join(found["vraag"].split())
    if len(question) > QUESTION_LENGTH:
        return wrong("value_too_long", key="vraag", limit=QUESTION_LENGTH)
    return NewPoll(
        kind=kind,
        points=numbers["punten"] or 10,
        at_most=numbers["hoogstens"],
        places=numbers["plaatsen"],
        other=other == "yes",
        question=question,
        options=options,
    )


def _options(text: str, kind: PollKind) -> tuple[str, ...] | Wrong:
    options: list[str] = []
    for part in (_BETWEEN_DATES if kind is PollKind.DATE else _BETWEEN).split(text):
        option = " ".join(part.split())
        if not option:
            continue
        if len(option) > OPTION_LENGTH:
            return wrong("value_too_long", key="opties", limit=OPTION_LENGTH)
        if kind is not PollKind.DATE:  # a moment may be in figures alone: "4/12 20:00"
            taken = reserved(option)
            if taken is not None:
                return taken
            if double(option, options):
                return wrong("options_alike", option=option)
        options.append(option)
        if len(options) > MOST_OPTIONS:
            return wrong("options_too_many", given=len(options), limit=MOST_OPTIONS)
    if len(options) < 2:
        return wrong("options_too_few", given=len(options))
    return tuple(options)


def _number(key: str, typed: str | None, high: int) -> int | Wrong:
    if typed is None:
        return 0
    number = whole_number(typed)
    if number is None or not 1 <= number <= high:
        return wrong("value_out_of_range", key=key, value=typed[:40], low=1, high=high)
    return number
