"""Words of people, before they are shown: on one line, and none turns what stands around it."""

from __future__ import annotations

import re

from commands.cleaning import visible

_HALF_A_PAIR = re.compile("[\ud800-\udfff]")
_TWO_WAYS = re.compile(
    "[\u0590-\u08ff\u200e\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def one_line(words: str) -> str:
    """What can be seen of the words, on one line; half a character becomes a question mark."""
    if words.isascii() and words.isprintable():
        return " ".join(words.split())
    return " ".join(visible(_HALF_A_PAIR.sub("\N{REPLACEMENT CHARACTER}", words)).split())


def isolated(words: str) -> str:
    """The words between FSI and PDI where they could turn the direction of what stands around."""
    return f"\u2068{words}\u2069" if _TWO_WAYS.search(words) else words
