"""Reads what follows the words about commitments, and what people ask about one."""

from __future__ import annotations

import re

from commands.bounds import in_one_line, too_long
from commands.cleaning import plain_word
from commands.filling import Typed, missing, too_much
from commands.followup.said_commitments import Commit, Register
from commands.keyvalues import head, pairs
from commands.meetings.filling import LIMIT, TEXT_LIMIT
from commands.offices import is_person
from commands.said import Said
from commands.wrong import Wrong, wrong

#: The keys of a commitment, by what may be typed.
KEYS = {
    "wie": "wie",
    "who": "wie",
    "voor": "voor",
    "by": "voor",
    "bij": "bij",
    "about": "bij",
}

#: What may be typed: the Dutch term, and the English one.
TERMS = {"bij": "about"}

_NUMBER = re.compile(r"#?[Tt]\s?([1-9][0-9]{0,5})[.?!]*\Z")
_ABOUT = re.compile(r"#?([A-Za-z])\s?([1-9][0-9]{0,5})\Z")

#: How people ask how one stands, before its number.
_ASKED = re.compile(
    r"(?:hoe (?:staat|zit|gaat|is) het(?: er)?(?: nu)?(?: eigenlijk)? (?:met|voor)"
    r"|(?:en )?wat is er(?: nu)? (?:geworden van|gebeurd met|gedaan met)"
    r"|hoe ver (?:is|zijn jullie met)|is|what (?:became of|happened to|about)"
    r"|how is|how about|what is the (?:state|status) of|where are we with)\s+"
    r"(?:(?:toezegging|afspraak|commitment|promise)\s+)?",
    re.IGNORECASE,
)
#: What may stand behind the number in a question.
_READY = re.compile(r"\s+(?:al |now |already )?(?:klaar|gedaan|af|done|ready|getting on)\Z")


def commitment_in(text: str) -> int:
    """The number of the commitment that a text is and nothing else, 0 where it is none."""
    match = _NUMBER.match(text.strip())
    return int(match[1]) if match is not None else 0


def asked_about(text: str) -> int:
    """The number of the commitment that a message asks about: its number alone, or a question how
    that stands; 0 where it is neither."""
    if len(text) > 80:
        return 0
    said = _READY.sub("", plain_word(text).strip().rstrip("?!. "))
    asked = _ASKED.match(said)
    return commitment_in(said[asked.end() :] if asked is not None else said)


def register(typed: Typed) -> Said:
    if not typed.rest:
        return Register()
    number = commitment_in(typed.rest)
    return Register(number) if number else too_much(typed, typed.rest)


def commit(typed: Typed) -> Said:
    text, values = head(typed.rest)
    found = pairs(values, KEYS)
    if isinstance(found, Wrong):
        return found
    text = in_one_line(text)
    lacking = [*(["tekst"] if not text else []), *(k for k in ("wie", "voor") if k not in found)]
    if lacking:
        return missing(typed, *lacking)
    long = too_long(TEXT_LIMIT, {"tekst": text}) or too_long(LIMIT, found)
    if long is not None:
        return long
    if is_person(found["wie"]):
        return wrong("who_is_person", who=found["wie"])
    about = _ABOUT.match(found.get("bij", ""))
    if "bij" in found and about is None:
        return wrong("commitment_about", value=found["bij"][:40])
    named = f"{about[1].upper()}{about[2]}" if about is not None else ""
    return Commit(text, found["wie"], found["voor"], named)
