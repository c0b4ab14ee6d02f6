"""The words of a dilemma: ``dilemma`` for the moderator; a, b and geen for residents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from commands.choices import BACK, LONGEST, bare
from commands.cleaning import same_text, skeleton
from commands.filling import Typed, missing
from commands.keyvalues import absent, pairs
from commands.options import double, held, reserved
from commands.said import Said
from commands.terms import paired
from commands.vocabulary import KindWords
from commands.word import BACKSTAGE, MODERATOR, UNFINISHED, Parameter, Shape, Word
from commands.wrong import Wrong, wrong
from rounds.dilemma.rules import LETTER, QUESTION_LENGTH, TEXT_LENGTH
from rounds.dilemma.state import Option

#: What may be typed, and the canonical key.
KEYS = {
    "vraag": "vraag",
    "question": "vraag",
    "a": "a",
    "b": "b",
    "a-geeft": "a-geeft",
    "a-gives": "a-geeft",
    "a-kost": "a-kost",
    "a-costs": "a-kost",
    "b-geeft": "b-geeft",
    "b-gives": "b-geeft",
    "b-kost": "b-kost",
    "b-costs": "b-kost",
    "bron": "bron",
    "source": "bron",
}

CHOICES: Mapping[str, str] = {
    "a": "a",
    "1": "a",
    "b": "b",
    "2": "b",
    "geen": "neither",
    "geen van beide": "neither",
    "neither": "neither",
    "none": "neither",
    "3": "neither",
    **BACK,
}

#: How the choices look, in whatever letters they are written.
_LOOKS = frozenset(map(skeleton, CHOICES))

#: No message is longer than this, in characters.
_LONGEST = 8_000

#: A word before a choice that says nothing ("keuze A").
_BEFORE = re.compile(r"(?:keuze|optie|option|choice|liever)\s+")
_ENDS = " \t\r\n.,;:!"
_WITH_REASON = re.compile(
    r"((?:keuze|optie|option|choice)\s+[ab]|geen van beide|[ab123]|geen|neither|none)"
    r"[.,;:]?\s+(?:want|omdat|because)\s+(.+)\Z",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class NewDilemma:
    question: str
    a: Option
    b: Option
    source: str


def choice(typed: str, options: tuple[str, ...] = ()) -> str | None:
    """The choice that these words mean, or None. ``options`` are the texts of a and b: typed may be
    all of one, or some words that only one of them has."""
    if len(typed) > LONGEST:
        return None
    text = same_text(bare(typed)).strip(_ENDS)
    known = CHOICES.get(text) or CHOICES.get(_BEFORE.sub("", text, count=1))
    if known is not None or not text:
        return known
    named = [same_text(bare(option)) for option in options]
    if text in named:
        return "ab"[named.index(text)]
    place = held(text, options)
    return "ab"[place - 1] if place else None


def with_reason(typed: str) -> tuple[str, str]:
    """A choice and the reason after it ("a want het is er warm"); without a reason the whole text
    and ""."""
    found = _WITH_REASON.match(bare(typed[:_LONGEST]).strip())
    return (found[1], found[2].strip()) if found is not None else (typed, "")


def new_dilemma(typed: Typed) -> Said:
    """The dilemma that was typed, or the first thing that is wrong with it."""
    found = pairs(typed.rest, KEYS)
    if isinstance(found, Wrong):
        return found
    lacking = absent(found, ("vraag", "a", "b"))
    if lacking:
        return missing(typed, *lacking)
    for key, value in found.items():
        limit = QUESTION_LENGTH if key == "vraag" else TEXT_LENGTH
        if len(" ".join(value.split())) > limit:
            return wrong("value_too_long", key=key, limit=limit)
    a, b = (
        Option(found[name], found.get(f"{name}-geeft", ""), found.get(f"{name}-kost", ""))
        for name in ("a", "b")
    )
    for option in (a, b):
        turns = choice(option.text) is not None or skeleton(option.text) in _LOOKS
        if turns or reserved(option.text):
            return wrong("dilemma_reserved", option=option.text)
    if double(b.text, (a.text,)):
        return wrong("dilemma_same_choices")
    return NewDilemma(found["vraag"], a, b, found.get("bron", ""))


#: The keys of a dilemma for a menu.
_KEYS = tuple(
    (dutch, paired(KEYS).get(dutch, dutch), f"key_dilemma_{dutch}".replace("-", "_"))
    for dutch in dict.fromkeys(KEYS.values())
)

WORDS = KindWords(
    letters=(LETTER,),
    words=(
        Word(
            "dilemma",
            "dilemma",
            "help_dilemma",
            MODERATOR,
            BACKSTAGE,
            new_dilemma,
            parameters=(Parameter("dilemma", Shape.PAIRS, keys=_KEYS),),
            among=UNFINISHED,
        ),
    ),
    is_vote=lambda rest: choice(with_reason(rest)[0]) is not None,
    is_choice=lambda rest: choice(rest) is not None,
    is_answer=lambda text: choice(text) is not None,
    short=frozenset({"a", "b"}),
    terms=paired(KEYS),
    codes=(("dilemma_reserved", ("option",)), ("dilemma_same_choices", ())),
)
