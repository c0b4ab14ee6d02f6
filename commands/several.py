"""Answers to what is offered besides statements: recommendations by place, an option of one's own,
numbers from a list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from commands.ballots import bare, offer_answers
from commands.cleaning import plain_word
from commands.said import Wrong, wrong

#: What somebody types who has had enough for now.
_ENOUGH = frozenset({"stop", "stoppen", "pauze", "klaar", "genoeg", "pause", "done", "enough"})

_WORDS: dict[str, Literal["yes", "no", "none"]] = {
    "ja": "yes",
    "j": "yes",
    "yes": "yes",
    "y": "yes",
    "nee": "no",
    "n": "no",
    "no": "no",
    "niets": "none",
    "nothing": "none",
}
_PLACED = re.compile(
    r"(?:a?(?P<place>[0-9]{1,2})\s?[:.)=]?\s*)(?P<word>"
    + "|".join(sorted(_WORDS, key=len, reverse=True))
    + r")(?=[\s,;.!]|\Z)[\s,;.!]*"
)
_OTHER = re.compile(
    r"(?:anders|other)\b[\s,:;-]*(?:namelijk\b|namely\b)?[\s,:;-]*(.*)\Z", re.IGNORECASE | re.DOTALL
)
_LIST = re.compile(r"[0-9]{1,2}(?:[\s,;]+[0-9]{1,2}){0,9}\Z")
_POINTS = re.compile(r"(?:[0-9]{1,2}\s*[=:]\s*[0-9]{1,3}(?:[\s,;]+|\Z)){1,25}\Z")
_LONGEST = 400

#: More places than any list has.
_ANY = 99


@dataclass(frozen=True, slots=True)
class ConsentAnswers:
    """The votes of one message, each with the place (from 1) it answers."""

    choices: tuple[tuple[int, Literal["yes", "no", "none"]], ...]


def consent_answers(text: str, places: int) -> ConsentAnswers | Wrong | None:
    """``1 ja 2 nee``: votes on the recommendations offered; None when it is no such answer."""
    if len(text) > _LONGEST:
        return None
    text = bare(text).casefold().strip(" \t\n,;")
    found: list[tuple[int, Literal["yes", "no", "none"]]] = []
    at = 0
    while at < len(text):
        match = _PLACED.match(text, at)
        if match is None:
            return None
        place = int(match["place"])
        if not 1 <= place <= places:
            return wrong("place_unknown", place=place, places=places)
        if any(place == known for known, _ in found):
            return wrong("place_twice", place=place)
        found.append((place, _WORDS[match["word"]]))
        at = match.end()
    return ConsentAnswers(tuple(found)) if found else None


def other_option(rest: str) -> str | None:
    """The words of ``anders, namelijk …``; None when it is something else."""
    found = _OTHER.match(rest.strip())
    words = found[1].strip() if found is not None else ""
    return words or None


def is_other(text: str) -> bool:
    """``anders`` without the words of one's own."""
    return _OTHER.match(text.strip()) is not None and other_option(text) is None


def numbers(text: str) -> tuple[int, ...] | None:
    """Numbers from a list that was shown, in the order typed; None when there is more in it."""
    text = bare(text).strip()
    if not _LIST.match(text):
        return None
    return tuple(int(number) for number in re.findall(r"[0-9]+", text))


def is_answer(text: str) -> bool:
    """Whether a message is wholly made of places and choices, whatever they are about."""
    if len(text) > _LONGEST:
        return False
    return (
        offer_answers(text, _ANY) is not None
        or consent_answers(text, _ANY) is not None
        or _POINTS.match(bare(text).strip()) is not None
    )


def yes_or_no(text: str) -> Literal["yes", "no", "none"] | None:
    """One word alone that means yes, no or nothing."""
    return _WORDS.get(plain_word(text[:40]).strip(" .!"))


def enough(text: str) -> bool:
    """Whether somebody says that they stop for now."""
    return plain_word(text[:40]).strip(" .!") in _ENOUGH
