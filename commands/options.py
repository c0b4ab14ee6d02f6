"""What the text of an option may be: nothing that already means something else, and no double."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from commands.choices import BACK, bare
from commands.cleaning import plain_word, same_text, skeleton

_NUMBER = re.compile(r"[+-]?[0-9]+(?:[\s.,;/=:-]+[0-9]+)*")
_TIME = re.compile(r"[0-9]{1,2}[:.][0-9]{2}")

#: Signs around an option that are no part of it.
ENDS = " .,;:!?()[]{}\"'«»"

#: Between two options that are named in one message.
_BETWEEN = re.compile(r"\s*[,;>]+\s*(?:(?:en|and|&|\+)\s+)?|\s+(?:en|and|&|\+)\s+")

#: Words that name no option by themselves, though only one of them may hold them.
_SMALL = frozenset(
    {
        *("de", "het", "een", "en", "of", "van", "voor", "met", "aan", "bij", "dat", "die", "dit"),
        *("wel", "geen", "niet", "nooit", "zonder", "the", "and", "for", "with", "that", "this"),
        *("not", "never", "without"),
    }
)


def reserved(option: str) -> bool:
    """Whether an option is a number, or a word that takes a vote back; a time of day is none."""
    text = unicodedata.normalize("NFKC", bare(option)).strip(ENDS)
    figures = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    number = _NUMBER.fullmatch(figures) is not None and _TIME.fullmatch(figures) is None
    return number or plain_word(text) in BACK or skeleton(option) in _WORDS


def double(option: str, others: Iterable[str]) -> int:
    """The place, from 1, of the first of these options that reads like this one; 0: none does."""
    look = skeleton(option)
    return next((place for place, text in enumerate(others, 1) if skeleton(text) == look), 0)


def held(typed: str, options: Iterable[str]) -> int:
    """The place, from 1, of the only option that holds these words, one after the other; 0: none or
    several do, or they are too small to name one."""
    said, there = _words(typed), list(map(_words, options))
    if said and there.count(said) == 1:
        return there.index(said) + 1
    if not any(word.isdecimal() or len(word) > 2 for word in said.split() if word not in _SMALL):
        return 0
    places = [n for n, words in enumerate(there, 1) if f" {said} " in f" {words} "]
    return places[0] if len(places) == 1 else 0


def named(text: str, options: Iterable[str]) -> str | None:
    """The text with the number of an option for words that only one of them holds; None where a
    part of it names none."""
    there, numbers = list(options), []
    for part in _BETWEEN.split(text.strip(ENDS)):
        place = int(part) if part.isdecimal() and part.isascii() else held(part, there)
        if not place:
            return None
        numbers.append(str(place))
    return " ".join(numbers)


def _words(text: str) -> str:
    """The words of a text, without the signs between them."""
    return " ".join(re.findall(r"\w+", same_text(bare(text))))


#: How the words look that take a vote back.
_WORDS = frozenset(map(skeleton, BACK))
