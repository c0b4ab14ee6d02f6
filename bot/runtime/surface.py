"""What a platform with menus is handed: the words as a menu, and short texts of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from bot.desk.searching import CHOICES
from bot.desk.talk import Giving
from bot.platforms.menu import Command, OfMessage, Option, Told
from bot.platforms.writing import plain
from bot.runtime.builtin import catalogues
from bot.text.templates import Renderer
from bot.town.town import Town
from commands.meetings.words import ALSO_MEETS
from commands.vocabulary import Vocabulary
from commands.word import AUTHOR, EVERYBODY, Meets, Parameter, Shape, Word

#: What is typed before a word in a menu.
_PREFIX = "/"

#: Parameters that are searched while they are filled in, by shape and by name; keys too.
_ITEMS = frozenset({Shape.ITEM, Shape.ITEMS, Shape.TARGET, Shape.TARGETS})
_NAMED = {
    "gesprek": "dialogues",
    "groep": "rooms",
    "in": "rooms",
    "vorige": f"meetings:{Meets.BEGUN}",
    "werkvorm": "formats",
}

#: How long what is filled in may be, for what is one word or a moment.
_SHORT = 100


class Surface:
    """The short texts and the menu of a town. Nothing in them is a person's."""

    def __init__(self, town: Town, known: Vocabulary) -> None:
        names = {"town": town.name, "address": town.address}
        nobody: Callable[[str], str | None] = lambda _ref: None  # noqa: E731
        self._render = Renderer(catalogues(), town.language, town.zone, names, nobody, known).render
        self._known = known
        self.words = cache(self._words)

    def _words(self, code: str, language: str) -> str:
        """A short text of the platform itself."""
        return plain(self._render(f"surface_{code}", {}, language or None))

    def menu(self) -> tuple[Command, ...]:
        """Every word as a command of a menu."""
        return tuple(map(self._command, self._known.words))

    def of_message(self, giving: Iterable[Giving]) -> tuple[OfMessage, ...]:
        """The menu of people's messages: take it along, and each way to give one's own."""
        mine = (OfMessage(one.word, self._told(f"message_{one.form}")) for one in giving)
        return OfMessage("", self._told("message_take"), staff=True), *mine

    def _command(self, word: Word) -> Command:
        name = Told(*self._known.menu_name(word))
        staff = not word.who & EVERYBODY
        told = _before_colon(self._told(word.help))
        return Command(word.dutch, name, told, tuple(self._options(word)), staff)

    def _options(self, word: Word) -> Iterator[Option]:
        for parameter in word.parameters:
            by_key = parameter.shape is Shape.MOMENT and not parameter.required
            long = parameter.shape in (Shape.TEXT, Shape.PAIRS)
            yield Option(
                self._told(f"option_{parameter.name}"),
                self._told(f"option_{parameter.name}_help"),
                parameter.required and not parameter.keys,
                parameter.name if by_key else "",
                _suggests(word, parameter),
                2_000 if long else _SHORT,
                self._values(parameter),
            )
            for dutch, english, code in parameter.keys:
                suggests, values = _NAMED.get(dutch, ""), self._values(parameter, dutch)
                name, told = Told(dutch, english), self._told(code)
                yield Option(name, told, False, dutch, suggests, values=values)

    def _values(self, parameter: Parameter, key: str = "") -> tuple[tuple[str, Told], ...]:
        """The few values that a parameter or a key of it has, in words."""
        return tuple(
            (value, self._told(code) if code else Told(value, self._known.typed("en", value)))
            for value, code in parameter.known(key)
        )

    def _told(self, code: str) -> Told:
        dutch, english = (
            plain(self._render(code, {}, one, _PREFIX, menu=True)) for one in ("nl", "en")
        )
        return Told(dutch, english)


def _before_colon(help: Told) -> Told:
    """A sentence of help without how to type it."""
    return Told(help.dutch.partition(":")[0], help.english.partition(":")[0])


def _suggests(word: Word, parameter: Parameter) -> str:
    """What may be offered: for an item "items:" and which of them, for a meeting "meetings:"; for
    what may be either both, with "|" between; for the choice on an item what can be chosen."""
    if parameter.meets is not None:
        return f"meetings:{parameter.meets}"
    if parameter.shape is Shape.CHOICE:
        return CHOICES
    if parameter.shape not in _ITEMS:
        return _NAMED.get(parameter.name, "")
    items = f"items:{'mine' if word.who == AUTHOR else parameter.letters or parameter.fits.value}"
    also = ALSO_MEETS.get(word.dutch)
    return items if also is None else f"{items}|meetings:{also}"
