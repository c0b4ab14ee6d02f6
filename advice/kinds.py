"""``AllPages``: the pages of all kinds of rounds, by which a result is read and printed.

The one who puts the program together makes it (``rounds/registry.py``) and hands it on; nothing
here looks a kind up anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any

import msgspec

from advice.kind import Pages
from advice.model import Result, ResultOf
from advice.words import Words, catalogue, known
from dialogues.items import OBJECTION, REASON, Letter


class AllPages:
    """``by_kind`` gives the pages of a kind by its name, ``letters`` the traits of each letter;
    ``model`` is the type that uitslag.json is decoded as, with a union of all kinds' rounds.
    Iteration is in the order in which kinds are printed on the page. ``texts`` are the folders with
    the phrases of each kind."""

    def __init__(self, pages: Iterable[Pages], texts: Iterable[Path]) -> None:
        self.by_kind: dict[str, Pages] = {each.kind: each for each in pages}
        every = self.by_kind.values()
        self.letters: dict[str, Letter] = {
            letter.letter: letter for each in every for letter in each.machine.letters
        } | {own.letter: own for own in (OBJECTION, REASON)}
        rounds: Any = reduce(or_, (each.round for each in every))
        self.model: Any = ResultOf[rounds]
        self._decoder = msgspec.json.Decoder(self.model)
        self._texts = tuple(texts)
        self._words: dict[str, Words] = {}

    def __iter__(self) -> Iterator[Pages]:
        return iter(sorted(self.by_kind.values(), key=lambda each: each.order))

    def decode(self, data: bytes) -> Result:
        """Decode uitslag.json strictly; raises ``msgspec.ValidationError`` naming the wrong key."""
        result: Result = self._decoder.decode(data)
        return result

    def words(self, language: str) -> Words:
        """The phrases of a language, with those of every kind; of the default language where there
        are none."""
        language = known(language)
        if language not in self._words:
            self._words[language] = catalogue(language, self._texts)
        return self._words[language]
