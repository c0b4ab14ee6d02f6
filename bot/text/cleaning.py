"""Cleans words of people for display: one line, nothing invisible, direction kept inside."""

from __future__ import annotations

import re

from commands.cleaning import visible

_HALF_A_PAIR = re.compile("[\ud800-\udfff]")
_TWO_WAYS = re.compile(
    "[\u0590-\u08ff\u200e\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def one_line(words: str) -> str:
    """The visible characters of the words, on one line; half of a surrogate pair becomes U+FFFD."""
    if words.isascii() and words.isprintable():
        return " ".join(words.split())
    return " ".join(visible(_HALF_A_PAIR.sub("\N{REPLACEMENT CHARACTER}", words)).split())


def isolated(words: str) -> str:
    """The words between FSI and PDI where they could change the direction of the text around
    them."""
    return f"\u2068{words}\u2069" if _TWO_WAYS.search(words) else words
