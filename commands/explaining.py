"""What ``uitleg WORD`` is about: a level, a phase, an agreement, a format, a term or a word."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum, auto

from commands.charter import CHOICES, TYPED_KEYS, value_named
from commands.cleaning import plain_word
from commands.nearest import nearest
from commands.vocabulary import Vocabulary
from dialogues.charter import KEYS

#: What the bot calls things, and the end of the code of their explanation.
TERMS: dict[str, str] = {
    "aanbeveling": "recommendation",
    "afspraken": "charter",
    "code": "receipt",
    "controlegetal": "check_number",
    "gesprek": "dialogue",
    "kaart": "card",
    "ronde": "round",
    "verslag": "report",
    "werkvorm": "format",
}
_IN_ENGLISH: dict[str, str] = {
    "agreements": "charter",
    "card": "card",
    "charter": "charter",
    "check number": "check_number",
    "conversation": "dialogue",
    "dialogue": "dialogue",
    "format": "format",
    "receipt": "receipt",
    "recommendation": "recommendation",
    "report": "report",
    "round": "round",
}

#: The fields of the charter whose choices have an explanation of their own.
EXPLAINED = ("level", "phase")


class Sort(Enum):
    """The sort of thing that a word names."""

    CHOICE = auto()
    KEY = auto()
    TERM = auto()
    FORMAT = auto()
    WORD = auto()
    UNKNOWN = auto()


def find(known: Vocabulary, formats: Mapping[str, str], text: str) -> tuple[Sort, str]:
    """What a text asks about, and which: the Dutch word of a choice, a key or a word, the id of a
    format, the end of the code of a term; of something unknown the nearest word. ``formats`` are
    the formats' ids by what may be typed for them."""
    word = plain_word(text[:40]).strip(" .!?")
    for field in EXPLAINED:
        if choice := value_named(field, word):
            return Sort.CHOICE, choice
    if word in TYPED_KEYS:
        return Sort.KEY, TYPED_KEYS[word]
    if term := TERMS.get(word) or _IN_ENGLISH.get(word):
        return Sort.TERM, term
    plain = {plain_word(name): found for name, found in formats.items()}  # without hyphens
    if word in plain:
        return Sort.FORMAT, plain[word]
    found = known.by_form.get(tuple(word.split()))
    if found is not None:
        return Sort.WORD, found.dutch
    for field in CHOICES:
        if value_named(field, word):
            return Sort.KEY, KEYS[field]
    return Sort.UNKNOWN, nearest(word, sorted(_all(known, formats)))


def _all(known: Vocabulary, formats: Collection[str]) -> set[str]:
    forms = {" ".join(form) for form in known.by_form}
    choices = {word for field in EXPLAINED for word in CHOICES[field]}
    return {*forms, *choices, *TYPED_KEYS, *formats, *TERMS, *_IN_ENGLISH}
