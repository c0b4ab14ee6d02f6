"""The words about the draft of a document: to object to it, and to rule on an objection."""

from __future__ import annotations

import re
from dataclasses import dataclass

from commands.cleaning import plain_word
from commands.filling import Typed, item_and_text, missing
from commands.keyvalues import head, pairs, unquoted
from commands.said import Said
from commands.word import (
    BACKSTAGE,
    MODERATOR,
    OUT_FRONT,
    OVER,
    REASON,
    RESIDENT,
    Fits,
    Parameter,
    Shape,
    Word,
)
from commands.wrong import Wrong, wrong
from dialogues.items import OBJECTION
from dialogues.objections.events import Ruling


@dataclass(frozen=True, slots=True)
class NotRight:
    """Somebody objects to a recommendation."""

    item: str
    text: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A ruling on an objection; ``text`` is how the recommendation is put now, else empty."""

    item: str
    outcome: Ruling
    reason: str
    text: str


#: What people type for each outcome.
OUTCOMES: dict[str, Ruling] = {
    "aangepast": Ruling.ADJUSTED,
    "aanpassen": Ruling.ADJUSTED,
    "adjusted": Ruling.ADJUSTED,
    "niet": Ruling.NOT,
    "niet aangepast": Ruling.NOT,
    "not": Ruling.NOT,
    "not adjusted": Ruling.NOT,
}

#: How the recommendation is put now, in either language.
_KEYS = {"wordt": "wordt", "becomes": "wordt"}

_OUTCOME = re.compile(
    r"(niet aangepast|not adjusted|[^\W\d_]+)(?=[\s:,.;]|\Z)[:,.;]?\s*", re.IGNORECASE
)


def _ruling(typed: Typed) -> Said:
    if not typed.rest:
        return missing(typed, "item", "oordeel", "reden")
    found = typed.item_in(typed.rest)
    if isinstance(found, Wrong):
        return found
    item, rest = found
    if not rest:
        return missing(typed, "oordeel", "reden")
    named = _OUTCOME.match(rest)
    outcome = OUTCOMES.get(" ".join(named[1].casefold().split())) if named is not None else None
    if named is None or outcome is None:
        value = rest.split()[0][:40]
        return wrong("value_unknown", key=typed.name, value=value, options=("aangepast", "niet"))
    reason, keyed = head(rest[named.end() :])
    values = pairs(keyed, _KEYS)
    if isinstance(values, Wrong):
        return values
    text = values.get("wordt", "")
    if not unquoted(reason):
        return missing(typed, "reden")
    if outcome is Ruling.ADJUSTED and not text:
        return missing(typed, "wordt")
    if outcome is Ruling.NOT and text:
        return wrong("ruling_unchanged", item=item)
    return Decided(item, outcome, unquoted(reason), text)


OBJECTION_WORDS: tuple[Word, ...] = (
    Word(
        "kloptniet",
        "notright",
        "help_not_right",
        RESIDENT,
        OUT_FRONT,
        item_and_text(NotRight, "reden"),
        parameters=(Parameter("item", Shape.ITEM, fits=Fits.RECOMMENDATION), REASON),
        among=OVER,
        asked=(
            *("klopt niet", "dit klopt niet", "dat klopt niet", "niet waar"),
            *("not right", "this is not right", "that is not right"),
        ),
    ),
    Word(
        "oordeel",
        "ruling",
        "help_ruling",
        MODERATOR,
        BACKSTAGE,
        _ruling,
        parameters=(
            Parameter("item", Shape.ITEM, letters=OBJECTION.letter),
            Parameter("oordeel", Shape.CHOICE, values=(("", (("aangepast", ""), ("niet", ""))),)),
            REASON,
            Parameter(
                "tekst", Shape.PAIRS, required=False, keys=(("wordt", "becomes", "key_wordt"),)
            ),
        ),
        among=OVER,
        example="help_ruling_example",
    ),
)

_ITEM = r"(?P<item>[a-z] ?[1-9][0-9]{0,3})"
_WRONG = (
    r"(?:(?:dat |dit |het |dat )?(?:klopt|klopte|klopten) (?:helemaal |echt |toch |zo )?niet"
    r"|is (?:helemaal |echt )?(?:niet waar|onwaar|niet juist)"
    r"|(?:that |it )?is (?:simply )?not (?:right|true|correct)"
    r"|(?:is|isn ?['’]?t) (?:wrong|right|true|correct))"
)
_ABOUT = re.compile(
    rf"(?:(?:met|wat|in|with) )?{_ITEM}[ ,:]+{_WRONG}(?P<rest>.*)\Z", re.IGNORECASE | re.DOTALL
)
_BARE = re.compile(rf"(?:nee,? |no,? )?{_WRONG}\W*\Z", re.IGNORECASE)
_BECAUSE = re.compile(
    r"\A[\s,.:;!-]*(?:(?:want|omdat|because|as|since)\b)?[\s,:;-]*", re.IGNORECASE
)


def contested(text: str) -> tuple[str, str] | None:
    """The item and the reason of words such as "A2 klopt niet, want …", either of them perhaps
    empty; None for other words."""
    text = text.strip()[:2_000]
    found = _ABOUT.match(text)
    if found is not None:
        return found["item"].replace(" ", "").upper(), _BECAUSE.sub("", found["rest"]).strip()
    short = plain_word(text[:60]).replace("'", "")
    return ("", "") if len(text) <= 60 and _BARE.fullmatch(short) else None
