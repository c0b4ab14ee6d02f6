"""What is said and printed, asked for by the code of its text, where a test sees words alone: in
channels, of whole programs, in documents. A sentence that changes in a catalogue breaks no test
that asks so. Where notices can be had, ``tests/engine/noted.py`` gives their codes and data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce

from jinja2 import nodes

from bot.console.terminal.words import _WORDS as CONSOLE
from bot.platforms.writing import plain
from bot.runtime.builtin import catalogues
from bot.text.environment import environment
from rounds.registry import pages
from tests.locales.made import renderer

_ENVIRONMENT = environment()

#: Fewer letters are no words to look for.
_FEW = 5

#: What says how words look, and breaks lines.
_MARKS = re.compile(r"[*`\\\s]+")


def wording(code: str, language: str = "nl", **data: object) -> str:
    """A text filled with values: a whole one, as on a button."""
    return plain(renderer().render(code, data, language, ""))  # type: ignore[arg-type]


def says(text: str, code: str, language: str = "nl", **known: object) -> bool:
    """Whether these words hold the text of this code, whatever it was filled with; ``known`` are
    values that have to stand in their places."""
    return count_of(text, code, language, **known) > 0


def count_of(text: str, code: str, language: str = "nl", **known: object) -> int:
    """How often these words hold the text of this code."""
    tree, told = _parsed(catalogues()[language].texts[code]), _bare(text)
    given = {name: _bare(str(value)) for name, value in known.items()}
    assert not _Search("", given).after(tree.body, _From()), f"{code} has no words it always says"
    found, start = 0, _From()
    while ends := _Search(told, given).after(tree.body, start):
        found, start = found + 1, _From(first=min(ends.ends()))
    return found


def printed(key: str, language: str = "nl", **values: str | int) -> str:
    """A phrase of the documents, filled with these values."""
    return pages().words(language).text(key, **values)


def console_says(text: str, code: str, language: str = "nl", **known: object) -> bool:
    """Whether these words hold a sentence of the console's own."""
    sentence = CONSOLE[code][language == "en"]
    values = {key: re.escape(str(value)) for key, value in known.items()}
    pattern = "".join(
        values.get(part, ".*?") if number % 2 else re.escape(part)
        for number, part in enumerate(re.split(r"\{(\w+)\}", sentence))
    )
    return re.search(pattern, text) is not None


@cache
def _parsed(source: str) -> nodes.Template:
    return _ENVIRONMENT.parse(source.strip("\n"))


def _bare(text: str) -> str:
    """The words without what makes them look so: marks, and how they are broken into lines."""
    return _MARKS.sub("", text)


@dataclass(frozen=True)
class _From:
    """Where in the words a text may go on: at each of ``at``, and anywhere from ``first``."""

    at: frozenset[int] = frozenset()
    first: int | None = 0

    def __bool__(self) -> bool:
        return bool(self.at) or self.first is not None

    def ends(self) -> list[int]:
        return [*self.at, *([] if self.first is None else [self.first])]

    def or_(self, other: _From) -> _From:
        firsts = [one.first for one in (self, other) if one.first is not None]
        return _From(self.at | other.at, min(firsts, default=None))


_NOWHERE = _From(first=None)


class _Search:
    """Follows a text through the words, on all its branches at once."""

    def __init__(self, told: str, known: Mapping[str, str]) -> None:
        self._told = told
        self._known = known

    def after(self, body: Sequence[nodes.Node], here: _From) -> _From:
        """Where the words may go on after this part of the text."""
        for node in body:
            here = self._one(node, here)
        return here

    def _one(self, node: nodes.Node, here: _From) -> _From:
        match node:
            case nodes.Output():
                return self.after(node.nodes, here)
            case nodes.TemplateData():
                return self._words(_bare(node.data), here)
            case nodes.If():
                branches = [node.body, *(other.body for other in node.elif_), node.else_]
                ways = [self.after(branch, here) for branch in branches]
                return reduce(_From.or_, ways, _NOWHERE)
            case nodes.For():
                nothing = self.after(node.else_, here) if node.else_ else here
                return self._again(node.body, here).or_(nothing)
        own = [node.name] if isinstance(node, nodes.Name) else []
        names = [*own, *(one.name for one in node.find_all(nodes.Name))]
        for value in (self._known[name] for name in names if name in self._known):
            here = self._words(value, self._anything(here))
        return self._anything(here)

    def _again(self, body: Sequence[nodes.Node], here: _From) -> _From:
        while (more := here.or_(self.after(body, here))) != here:
            here = more
        return here

    def _anything(self, here: _From) -> _From:
        return _From(first=min(here.ends())) if here else here

    def _words(self, words: str, here: _From) -> _From:
        if here.first is not None:
            words = words.removeprefix(".")  # a value that ended in a full stop has kept its own
        if not words:
            return here
        found = {at + len(words) for at in here.at if self._told.startswith(words, at)}
        if here.first is not None:
            at = self._told.find(words, here.first)
            while at >= 0:
                found.add(at + len(words))
                at = self._told.find(words, at + 1)
        return _From(frozenset(found), None)


def part(code: str, where: str = "", language: str = "nl") -> str:
    """Some words of a text that it says whatever it is filled with, to wait for; with ``where``, of
    what it says where that value is given ("not …": where it is not)."""
    tree = _parsed(catalogues()[language].texts[code])
    bodies: list[Sequence[nodes.Node]] = [tree.body]
    if where:
        given = where.removeprefix("not ")
        found = [one for one in tree.find_all(nodes.If) if given in _names(one.test)]
        bodies = [one.body if given == where else one.else_ for one in found]
    every = [piece for body in bodies for piece in _said(body)]
    assert every, f"{code} has no words that it always says"
    return next((one for one in every if one.count(" ") > 1), max(every, key=len))


def _said(body: Sequence[nodes.Node]) -> list[str]:
    """The fixed words of a text outside its branches, each within a line."""
    outputs = [one for node in body if isinstance(node, nodes.Output) for one in node.nodes]
    lines = [
        re.sub(r"[*`\\]", "", line).strip(" .,:;?!")
        for one in outputs
        if isinstance(one, nodes.TemplateData)
        for line in one.data.split("\n")
    ]
    return [line for line in lines if len(line) > _FEW]


def _names(node: nodes.Node) -> set[str]:
    own = {node.name} if isinstance(node, nodes.Name) else set[str]()
    return own | {one.name for one in node.find_all(nodes.Name)}
