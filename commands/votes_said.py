"""Votes as people write them besides ``1 eens 2 oneens``: with signs, several places at once, or
the choice before its places.

Only what can be read in one way is a vote; what looks like one and is none gets how to vote
(``nearly``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from commands.choices import (
    ANY,
    LONGEST,
    Answers,
    Grammar,
    answers,
    bare,
    choice_of,
    with_places,
)
from commands.nearest import nearest
from commands.wrong import Wrong

_NO_SIGNS: Mapping[str, str] = MappingProxyType({})

#: Numbers with spaces, commas or "en" between them.
_NUMBERS = r"[0-9]{1,2}(?:(?: ?, ?| ?& ?| [+] | en | and | )[0-9]{1,2})*"
#: A place with a sign right behind it: "3+", "4-", "5?".
_SIGNED = re.compile(r"([0-9]{1,2})([+?-])(?:[ ,;.]+|\Z)")
#: Places with one choice behind them: "1 2 eens", "1 2 eens en 3 oneens".
_SHARED = re.compile(
    rf"(?P<places>{_NUMBERS}) ?(?P<word>[^\W\d_][^\d]*?|[?])"
    r"(?:[ ,;.!]+(?:(?:en|and|maar|but) )?)?(?=[0-9]|\Z)"
)
#: A place alone on its line: left open, so that it shares no choice of another line.
_LEFT_OPEN = re.compile(r"(?m)^[ \t]*[0-9]{1,2}[ \t.,;:)]*$")
#: A choice before its places: "eens met 1 en 2".
_BEFORE = re.compile(
    r"(?:ik ben het |i )?(?P<word>[^\W\d_][^\d:]*?)"
    r"(?: (?:met|op|bij|with|on) (?:nummers? |stelling(?:en)? |statements? )?| ?: ?)"
    rf"(?P<places>{_NUMBERS})(?:[ ,;.!]+(?:(?:en|and|maar|but) )?|\Z)"
)
_PLACED = re.compile(r"[a-z]?[0-9]{1,2}\s?[:.)=]?\s*(?P<word>[^\W\d_]+|[?])")

#: Words between choices and places.
_BETWEEN = frozenset(
    ("en", "and", "met", "op", "bij", "with", "on", "ik", "ben", "het", "i", "maar", "but")
)
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[0-9]+|\S")

#: A misspelt answer is shorter than this; a longer text is a sentence.
_NEARLY = 120


def answers_said(
    how: Grammar,
    text: str,
    places: int,
    asked: Sequence[int] = (),
    signs: Mapping[str, str] = _NO_SIGNS,
) -> Answers | Wrong | None:
    """As ``answers``, and in these ways too; ``signs`` are what may stand right behind a place."""
    if len(text) <= LONGEST:
        said = _one_line(text)
        found = _signed(signs, said) or _shared(how, text, said) or _before(how, said)
        if found:
            return with_places(found, places)
    return answers(how, text, places, asked)


def nearly(how: Grammar, text: str) -> bool:
    """Whether a short message looks like an answer to an offer, though it is none: it begins with a
    place and one of the words or with one that is nearly one (``1 eens en 2 onees``), or it is made
    of nothing but numbers, choices, signs and words between them (``3+4 eens``)."""
    if len(text) > _NEARLY or answers_said(how, text, ANY) is not None:
        return False
    if _only_parts(how, _one_line(text)):
        return True
    text = bare(text).casefold().strip(" \t\n,;")
    placed = _PLACED.match(text)
    if placed is None:
        return False
    if how.answer.match(text) is not None:
        return True
    typed = placed["word"]
    return len(typed) > 3 and bool(nearest(typed, [w for w in how.words if len(w) > 3], most=1))


def _one_line(text: str) -> str:
    """A message in small letters with single spaces, every dash a minus."""
    return " ".join(re.sub("[–−]", "-", bare(text)).casefold().split()).strip(" ,;")


def _signed(signs: Mapping[str, str], said: str) -> list[tuple[int, str]]:
    found, at = [], 0
    while at < len(said):
        one = _SIGNED.match(said, at)
        if one is None or one[2] not in signs:
            return []
        found.append((int(one[1]), signs[one[2]]))
        at = one.end()
    return found


def _shared(how: Grammar, text: str, said: str) -> list[tuple[int, str]]:
    """Numbers before a choice belong to it, in one line."""
    return [] if _LEFT_OPEN.search(text) else _grouped(how, _SHARED, said)


def _before(how: Grammar, said: str) -> list[tuple[int, str]]:
    return _grouped(how, _BEFORE, said)


def _grouped(how: Grammar, group: re.Pattern[str], said: str) -> list[tuple[int, str]]:
    """Each place with its choice, of a text that is made of such groups alone; else nothing."""
    placed: list[tuple[int, str]] = []
    at = 0
    while at < len(said):
        found = group.match(said, at)
        choice = _choice(how, found["word"]) if found is not None else None
        if found is None or choice is None:
            return []
        placed += [(place, choice) for place in _places(found["places"])]
        at = found.end()
    return placed


def _choice(how: Grammar, word: str) -> str | None:
    """The choice that a word is, in a grammar that takes choices without places too."""
    word = word.strip(" .!").replace("’", "'")
    return choice_of(how.words, word) if how.in_order and word in how.words else None


def _places(numbers: str) -> list[int]:
    return [int(number) for number in re.findall(r"[0-9]+", numbers)]


def _only_parts(how: Grammar, said: str) -> bool:
    tokens = _TOKEN.findall(said)
    words = {part for word in how.words for part in word.split()}
    letters = {token for token in tokens if token[0].isalpha()}
    signed = any(token in "+-" for token in tokens)
    numbered = any(token.isdigit() and len(token) < 3 for token in tokens)
    chosen = bool(letters & words - _BETWEEN)
    return (
        how.in_order
        and numbered
        and (chosen or (signed and "+" in tokens))
        and (letters <= words | _BETWEEN)
    )
