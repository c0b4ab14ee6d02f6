"""``Vocabulary``: all words that people can type, and what the kinds of rounds read themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field

from commands.said import Where
from commands.terms import TERMS
from commands.word import EVERYBODY, LIST_LIMIT, Fits, Who, Word
from dialogues.core import Role
from dialogues.items import Letter

#: The head of words about a dialogue in a menu, and what a word is called there that has others
#: under its name; in Dutch and in English.
_DIALOGUE, _ALONE = ("gesprek", "dialogue"), ("maak", "make")

#: A key with its value, which may stand in quotation marks.
_FIELD = re.compile(r'(?<= )(\w+)=(?:"([^"]*)"|(\S+))')


def _never(_text: str) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWords:
    """The words of a kind of round, and how its choices are read.

    ``words`` are its own; ``letters`` those of its items. ``is_vote(rest)``: the text after one of
    its items is a vote; ``is_choice(rest)``: it is a choice of the kind and nothing else.
    ``is_answer(text)``: the message consists of places and choices of the kind; ``nearly(text)``:
    it begins so and is misspelt; ``begins(text)``:
    it is such an answer also behind a prefix. ``no_opinion(text)``: it says "no opinion". ``short``
    are its choices of one letter; ``no_errors`` correct words that are one edit away from a word of
    it; ``codes`` every code of a ``Wrong`` of its own, with the names of its values. ``terms`` are
    its keys and values, the Dutch one and the English one.
    """

    letters: tuple[Letter, ...] = ()
    words: tuple[Word, ...] = ()
    is_vote: Callable[[str], bool] = _never
    is_choice: Callable[[str], bool] = _never
    is_answer: Callable[[str], bool] = _never
    nearly: Callable[[str], bool] = _never
    begins: Callable[[str], bool] = _never
    no_opinion: Callable[[str], bool] = _never
    short: frozenset[str] = frozenset()
    no_errors: frozenset[str] = frozenset()
    codes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    terms: Mapping[str, str] = field(default_factory=dict)


class Vocabulary:
    """All words, in alphabetical order, and the readers of the kinds of rounds."""

    def __init__(
        self,
        words: Iterable[Word],
        kinds: Sequence[KindWords],
        letters: Mapping[str, Letter],
    ) -> None:
        own = [word for kind in kinds for word in kind.words]
        self.words: tuple[Word, ...] = tuple(sorted((*words, *own), key=lambda word: word.dutch))
        self.kinds = tuple(kinds)
        self.letters = letters
        self.by_dutch: dict[str, Word] = {word.dutch: word for word in self.words}
        #: Each form, as a tuple of words, with its entry.
        self.by_form: dict[tuple[str, ...], Word] = {
            tuple(form.split()): word for word in self.words for form in word.forms
        }
        self.longest_form = max(len(form) for form in self.by_form)
        self.no_errors = frozenset(error for kind in kinds for error in kind.no_errors)
        short = {letter for kind in kinds for letter in kind.short}
        spaced = "".join(
            sorted(letter for letter in map(str.lower, letters) if letter not in short)
        )
        every, votable = "".join(letters), "".join(self.fitting(Fits.VOTABLE))
        gap = r"(?=[\s:,.;]|\Z)[:,.;]?\s*"
        #: Patterns: an item at the beginning of a text; an item that can be voted on, anywhere.
        self.item = re.compile(rf"([{every}{spaced}]\s|[A-Za-z])([0-9]{{1,6}}){gap}")
        self.votable = re.compile(
            rf"(?<![\w-])([{votable}{votable.lower()}][1-9][0-9]{{0,5}})(?![\w-])"
        )
        #: The Dutch first word of those that have two, and the English one.
        self._heads = {
            w.dutch.split()[0]: w.english.split()[0] for w in self.words if " " in w.dutch
        }
        #: First words that need a second one: "gesprek", "bijeenkomst".
        self.heads = frozenset(form.split()[0] for w in self.words for form in w.parted)
        of_kinds = {term: english for kind in kinds for term, english in kind.terms.items()}
        self._call({**of_kinds, **TERMS})
        self._of_letter = {letter.letter: kind for kind in kinds for letter in kind.letters}

    def fitting(self, fits: Fits) -> tuple[str, ...]:
        """The letters of the items that fit, in alphabetical order."""
        return tuple(sorted(letter for letter, it in self.letters.items() if _FITS[fits](it)))

    def belongs(self, word: Word, letters: Iterable[Letter]) -> bool:
        """Whether a word is one of the kind that has these letters."""
        kinds = (self._of_letter.get(letter.letter) for letter in letters)
        return any(kind is not None and word in kind.words for kind in kinds)

    def is_vote(self, letter: str, rest: str) -> bool:
        """Whether the text after an item of this letter is a vote, also one of another kind."""
        own = self._of_letter.get(letter)
        return own is not None and (own.is_vote(rest) or any(k.is_choice(rest) for k in self.kinds))

    def is_answer(self, text: str) -> bool:
        """Whether a message consists of places and choices, of whatever kind."""
        return any(kind.is_answer(text) for kind in self.kinds)

    def is_misspelt(self, text: str) -> bool:
        """Whether a message begins like places and choices, and is something else."""
        return any(kind.nearly(text) for kind in self.kinds)

    def begins(self, text: str) -> bool:
        """Whether a message behind a prefix is still an answer to an offer."""
        return any(kind.begins(text) for kind in self.kinds)

    def no_opinion(self, text: str) -> bool:
        """Whether a text says "no opinion"."""
        return any(kind.no_opinion(text) for kind in self.kinds)

    def votable_in(self, text: str) -> str:
        """The only votable item that a message names, anywhere in it; else ""."""
        named = {found.upper() for found in self.votable.findall(text[:LIST_LIMIT])}
        return named.pop() if len(named) == 1 else ""

    def words_for(self, roles: Collection[Role], where: Where) -> tuple[Word, ...]:
        """The words that somebody with these roles may use here, in alphabetical order."""
        return tuple(word for word in self.words if where in word.where and may(word, roles))

    def allowed(self, word: str, roles: Collection[Role], where: Where) -> bool:
        """Whether somebody with these roles may use this word (canonical) here.

        A moderator's words work in the staff room and in the moderator's personal conversation; in
        the room only those of an official do.
        """
        entry = self.by_dutch.get(word)
        return entry is not None and where in entry.where and may(entry, roles)

    def named(self, names: Mapping[str, str]) -> Vocabulary:
        """The same words, with more terms, such as the town's formats: the Dutch and the English
        one. What is known of the words is not gone through again."""
        made = copy(self)
        Vocabulary._call(made, {**names, **self._english})
        return made

    def _call(self, terms: Mapping[str, str]) -> None:
        """Take terms of the two languages for each other: the English one by the Dutch one."""
        self._english = terms
        self._dutch = {english: dutch for dutch, english in terms.items()}

    def word_in(self, language: str, words: str) -> str:
        """Text to type that begins with a word, in whatever language, in this one."""
        parts, english = words.split(" "), language == "en"
        for size in range(min(self.longest_form, len(parts)), 0, -1):
            entry = self.by_form.get(tuple(parts[:size]))
            if entry is not None:
                said, rest = entry.english if english else entry.dutch, parts[size:]
                head = size > 1 and " " not in entry.dutch and entry.dialogue
                return " ".join((*([self._head(parts[0], english)] if head else ()), said, *rest))
        return " ".join((self._head(parts[0], english), *parts[1:]))

    def menu_name(self, word: Word) -> tuple[str, str]:
        """What a word is called in a menu, in Dutch and in English: words about a dialogue stand
        together, and one under whose name others stand is called otherwise."""
        if word.dialogue:
            return f"{_DIALOGUE[0]} {word.dutch}", f"{_DIALOGUE[1]} {word.english}"
        if any(other.dutch.startswith(f"{word.dutch} ") for other in self.words):
            return f"{word.dutch} {_ALONE[0]}", f"{word.english} {_ALONE[1]}"
        return word.dutch, word.english

    def in_menu(self, language: str, words: str) -> str:
        """Text that begins with a word, in whatever language, as a menu in this one calls it, and
        with what a menu writes for ``key="value"``."""
        parts = words.split(" ")
        for size in range(min(self.longest_form, len(parts)), 0, -1):
            entry = self.by_form.get(tuple(parts[:size]))
            if entry is not None:
                name = self.menu_name(entry)[language == "en"]
                return _FIELD.sub(r"\1:\2\3", " ".join((name, *parts[size:])))
        return self.word_in(language, words)

    def _head(self, first: str, english: bool) -> str:
        """The first word of two in this language; another word as it is."""
        for dutch, other in self._heads.items():
            if first in (dutch, other):
                return other if english else dutch
        return first

    def typed(self, language: str, words: str) -> str:
        """A key, a value, a day or a word, in whatever language, as it is typed in this one; what
        is none of these as it is."""
        terms = self._english if language == "en" else self._dutch
        first, space, rest = words.partition(" ")
        if words in terms:
            return terms[words]
        if first not in terms or tuple(words.split(" ")[:2]) in self.by_form:
            return self.word_in(language, words)  # "dialogue" alone is a key too
        return f"{terms[first]}{space}{rest}"


_FITS: dict[Fits, Callable[[Letter], bool]] = {
    Fits.ANY: lambda _letter: True,
    Fits.VOTABLE: lambda letter: letter.votable,
    Fits.WITH_REASONS: lambda letter: letter.takes_reasons,
    Fits.RECOMMENDABLE: lambda letter: letter.votable and not letter.recommendation,
    Fits.RECOMMENDATION: lambda letter: letter.recommendation,
}


def may(word: Word, roles: Collection[Role]) -> bool:
    """Whether somebody with these roles may use this word at all."""
    return bool(word.who & EVERYBODY) or any(Who(role.value) in word.who for role in roles)
