"""What can be typed in a round of priorities: the statements, best first (``S3 S1 S7``)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commands.choices import BACK, LONGEST, bare
from commands.cleaning import plain_word
from commands.vocabulary import KindWords
from rounds.priorities.rules import LETTER

_ONE = re.compile(r"([A-Za-z]?)([0-9]{1,4})(?=[\s,;>.]|\Z)[\s,;>.]*(?:en\s+|and\s+)?")


def priorities(typed: str, statements: Sequence[str]) -> tuple[int, ...] | None:
    """Places in the list of statements, named by number (``S3``) or by place (``3``); empty takes
    the vote back, None is no choice."""
    if len(typed) > LONGEST:
        return None
    text = bare(typed).strip()
    if plain_word(text) in BACK:
        return ()
    places, at = [], 0
    while at < len(text):
        found = _ONE.match(text, at)
        if found is None:
            return None
        at = found.end()
        if not found[1]:
            places.append(int(found[2]))
            continue
        named = f"{found[1].upper()}{int(found[2])}"
        if named not in statements:
            return None
        places.append(statements.index(named) + 1)
    return tuple(places) or None


def _is_row(text: str) -> bool:
    """Whether it is a row of numbers and nothing else, or takes the vote back."""
    text = bare(text[: LONGEST + 1]).strip()
    rest = _ONE.sub("", text)
    return plain_word(text) in BACK or (bool(text) and not rest and len(text) <= LONGEST)


WORDS = KindWords(letters=(LETTER,), is_vote=_is_row)
