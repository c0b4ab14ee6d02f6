"""What an option's text may be: nothing that already means something else, and no double."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from commands.choices import BACK, bare
from commands.cleaning import plain_word, skeleton
from commands.said import Wrong, wrong

_OTHER = re.compile(
    r"(?:anders|other)\b[\s,:;-]*(?:namelijk\b|namely\b)?[\s,:;-]*(.*)\Z", re.IGNORECASE | re.DOTALL
)
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[\s.,;/=:-]+[0-9]+)*")
_TIME = re.compile(r"[0-9]{1,2}[:.][0-9]{2}")
_ENDS = " .,;:!?()[]{}\"'«»"


def other_option(rest: str) -> str | None:
    """The words after ``anders, namelijk``; None when the text is something else."""
    found = _OTHER.match(rest.strip())
    words = found[1].strip() if found is not None else ""
    return words or None


def is_other(text: str) -> bool:
    """Whether the text is ``anders`` without an option of one's own."""
    return _OTHER.match(text.strip()) is not None and other_option(text) is None


def reserved(option: str) -> Wrong | None:
    """What is wrong with an option that is a number, or a word that means something else in a vote;
    a time of day is none."""
    text = unicodedata.normalize("NFKC", bare(option)).strip(_ENDS)
    figures = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    number = _NUMBER.fullmatch(figures) is not None and _TIME.fullmatch(figures) is None
    if number or plain_word(text) in BACK or is_other(text) or skeleton(option) in _WORDS:
        return wrong("option_reserved", option=option)
    return None


def double(option: str, others: Iterable[str]) -> int:
    """The place, from 1, of the first of these options that reads like this one; 0: none does."""
    look = skeleton(option)
    return next((place for place, text in enumerate(others, 1) if skeleton(text) == look), 0)


#: How the words look that mean something else in a vote.
_WORDS = frozenset(skeleton(word) for word in (*BACK, "anders", "other", "anders namelijk"))
