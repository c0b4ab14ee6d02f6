"""Near-duplicates: whether a text says nearly the same as one that is shown.

Compared are the words that carry meaning, by their stem and in any order. Texts that differ in a
number, in a word like "niet", or in a word and its opposite are never the same. Nothing is kept
between calls, so nothing here outlives a text that was erased.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

#: A text is compared with this many others at most, the newest.
MOST = 500

#: This many letters are compared word by word; of more, only the texts most alike by letters.
LETTERS = 6_000

#: A longer text is not compared at all.
LONGEST = 2_000

#: Under this likeness of letters two texts share too little to be compared word by word.
_SHARED = 50

#: Where more words than this are only in one text, they are other words and not mistyped ones.
TYPING_ERRORS = 8

_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_DOUBLED = re.compile(r"([a-z])\1")
_ENDING = re.compile(r"(?<=[^\W_]{3})(?:tjes|jes|tje|je|eren|ere|en|er|es|s|e|n)\b")

#: Words that say little by themselves: articles, pronouns, helping verbs.
_SMALL_WORDS = """
    de het een t n s er hier dat die dit deze ik wij we u jij je onze ons mijn uw hun zij vind
    vinden moet moeten mag mogen wil willen kan kunnen zou zouden komen komt worden wordt zijn is
    ben zitten hebben heeft maak laat ook graag veel echt heel per om te van en
    the a an there here this that i we you our must should need to be is are and of
"""
_SMALL = frozenset(_SMALL_WORDS.split())

#: Words that turn a sentence round: both texts must hold the same ones.
_TURNING_WORDS = """
    niet geen nooit zonder niets niks niemand nergens noch not no never without nor
"""
_TURNING = frozenset(_TURNING_WORDS.split())
_SAYS_LITTLE = _SMALL | _TURNING

_OPPOSITES: dict[str, str] = {
    one: other
    for pair in (
        "meer minder", "veel weinig", "voor tegen", "terug weg", "open dicht", "breed smal",
        "harder zachter", "sneller langzamer", "hoger lager", "duurder goedkoper", "wel niet",
        "groter kleiner", "links rechts", "binnen buiten", "mooi lelijk", "vaker minder",
        "more less", "more fewer", "for against", "wider narrower", "faster slower",
    )
    for one, other in (pair.split(), reversed(pair.split()))
}  # fmt: skip

_NUMBERS = {
    "twee": "2", "drie": "3", "vier": "4", "vijf": "5", "zes": "6", "zeven": "7", "acht": "8",
    "negen": "9", "tien": "10", "elf": "11", "twaalf": "12", "twintig": "20", "dertig": "30",
    "vijftig": "50", "honderd": "100", "two": "2", "three": "3", "four": "4", "five": "5",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gist:
    """What of a text is compared: its stems in order, and the words that both texts must have."""

    stems: tuple[str, ...]
    numbers: tuple[str, ...]
    turning: tuple[str, ...]
    words: frozenset[str]

    def contradicts(self, other: Gist) -> bool:
        """Whether the two cannot mean the same: they differ in a number, a negation or an
        opposite."""
        if self.numbers != other.numbers or self.turning != other.turning:
            return True
        return any(
            _OPPOSITES.get(word) in other.words - self.words for word in self.words - other.words
        )


def nearest(text: str, candidates: Sequence[tuple[str, str]], threshold: int) -> str | None:
    """The number of the candidate (number, text) that is most like the text, or None.

    Of equally like ones the first.
    """
    if len(text) > LONGEST:
        return None
    gist = gist_of(text)
    best, found = float(threshold), None
    for number, words in _comparable(text, candidates[-MOST:]):
        alike = _alike(gist, gist_of(words))
        if alike > best or (found is None and alike >= best):
            best, found = alike, number
    return found


def score(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 100."""
    return _alike(gist_of(one), gist_of(other))


def _comparable(text: str, candidates: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """The candidates to compare word by word: all, or the likest that fit the bound."""
    texts = [words for _, words in candidates]
    room = LETTERS
    if sum(map(len, texts)) <= room:
        return candidates
    kept: list[int] = []
    for words, _, index in process.extract(
        text, texts, scorer=fuzz.token_sort_ratio, limit=None, score_cutoff=_SHARED
    ):
        if len(words) <= room:
            room -= len(words)
            kept.append(index)
    return [candidates[index] for index in sorted(kept)]


def gist_of(text: str) -> Gist:
    """The gist of a text."""
    folded = text.casefold().replace("n't", " not").replace("n’t", " not")
    if not folded.isascii():
        folded = unicodedata.normalize("NFD", folded)
        folded = "".join([c for c in folded if not unicodedata.combining(c)])
    words = [_NUMBERS.get(word, word) for word in _WORD.findall(folded)]
    kinds = frozenset(words)
    telling = [word for word in words if word not in _SAYS_LITTLE] or words
    return Gist(
        stems=tuple(_DOUBLED.sub(r"\1", _ENDING.sub("", " ".join(telling))).split()),
        numbers=tuple(sorted([word for word in words if word[0].isdigit()])),
        turning=tuple(sorted([word for word in words if word in _TURNING])),
        words=kinds,
    )


def _alike(one: Gist, other: Gist) -> float:
    """Twice the words in common by all words, each counted by its length."""
    if one.contradicts(other):
        return 0.0
    left, right = _matched(one.stems, other.stems), _matched(other.stems, one.stems)
    total = sum(map(_weight, one.stems)) + sum(map(_weight, other.stems))
    return 100.0 * (left + right) / total if total else 0.0


def _matched(stems: Sequence[str], among: Sequence[str]) -> int:
    """The weight of the stems that the others hold too: whole, in two parts, or mistyped."""
    whole = set(among) | {a + b for a, b in pairwise(among)}
    weight = 0
    left_over: list[str] = []
    for place, stem in enumerate(stems):
        before = stems[place - 1] + stem if place else ""
        after = stem + stems[place + 1] if place + 1 < len(stems) else ""
        if stem in whole or before in whole or after in whole:
            weight += _weight(stem)
        else:
            left_over.append(stem)
    if len(left_over) <= TYPING_ERRORS:
        weight += sum(_weight(stem) for stem in left_over if _mistyped(stem, among))
    return weight


def _mistyped(stem: str, among: Sequence[str]) -> bool:
    if len(stem) < 5 or stem[0].isdigit():
        return False
    begun = [other for other in among if other[0] == stem[0]]
    return process.extractOne(stem, begun, scorer=OSA.distance, score_cutoff=1) is not None


def _weight(stem: str) -> int:
    return min(len(stem), 8)
