"""Catalogue text and the values of a notice become a :mod:`bot.platforms.document`.

Laws:

1. A value is data. It is cleaned on the way in, the template puts a token in its place, and its
   words join the document after everything was parsed: never a template, markup, a link, a line.
2. Whatever is missing is an error that names the code, never the words of a person.

What a text may use::

    {{ name }}                      words or a number
    {{ text|quote }}                «words»
    {{ cmd("stem S7 eens") }}       !stem S7 eens in a room, stem S7 eens elsewhere; a word in
                                    front becomes that of the language, or of the platform's menu
    {{ key|typed }}                 niveau, in English level: a key, value or day to type
    {{ at|moment }}                 dinsdag 15 december 2026 om 20.30 uur
    {{ at|local }}                  the same, which a platform may show in the reader's time too
    {{ at|day }}  {{ at|clock }}    dinsdag 15 december 2026   20.30 uur
    {{ n|count("mens", "mensen") }} 1 mens, 3 mensen, for None "minder dan 5 mensen"
    {{ n|people }}                  3, for None "minder dan 5"
    {{ names|listing }}             a, b en c
    {{ decider|capital }}           De raad (the first letter)
    {{ receipt|secret }}            a choice, a reason or a code: not on a lock screen (speaking.py)
    {{ i.item|aside }}              " (S7)", in plain text alone
    {{ fixed|short }}               the first words, and … where there are more
    {{ ("choice_" ~ c)|t }}         another text of the same language, without values
    {{ (kind ~ "_card")|part }}     another text with the values of this one
    {{ "vote_said"|part(row) }}     another text with the values of a row
    {{ town }} {{ address }} …      the names that the renderer was given

Lines are those of the document (``bot/text/markup.py``); a line that holds tags alone
(``{% if x %}``) leaves no line behind, and one that holds a part alone the lines of that part, none
where it says nothing. ``{{ words }}.`` has one full stop, also when the words end in one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from jinja2 import TemplateError

from bot.platforms.document import Document
from bot.platforms.writing import plain
from bot.text.cleaning import one_line
from bot.text.environment import compiled
from bot.text.filters import FEWER_THAN_5
from bot.text.markup import parse
from bot.text.rendering import Compiled, Erased, Name, Rendering
from bot.text.shared import Blank, Shared
from commands.vocabulary import Vocabulary
from dialogues.core import Text, Value
from locales import Catalogue

#: The text that stands where a person's words were erased.
ERASED = "erased_text"

#: Values that hold no words.
_AS_THEY_ARE = frozenset({type(None), bool, int, float, date, datetime, Blank})


class RenderError(Exception):
    """A text that cannot be made: its code and why, never anything a person wrote."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"text {code}: {why}")
        self.code = code


class Renderer:
    """Makes documents of the catalogues' texts.

    ``language`` is used where none is named, ``names`` are the town's own (town, address),
    ``words`` gives the words of a Text by its reference, None when they were erased; ``known`` are
    the words that people can type.
    """

    def __init__(
        self,
        catalogues: Mapping[str, Catalogue],
        language: str,
        zone: ZoneInfo,
        names: Mapping[str, str],
        words: Callable[[str], str | None],
        known: Vocabulary,
    ) -> None:
        self._catalogues = catalogues
        self._language = language
        self._zone = zone
        self._names = {key: Name(one_line(value)) for key, value in names.items()}
        self._words = words
        self._known = known
        self._fixed: dict[tuple[str, str], str] = {}
        self._shared = Shared(words)

    def word(self, code: str, language: str = "") -> str:
        """A text without values, such as a button's, as plain words; made once."""
        made = self._fixed.get((code, language))
        if made is None:
            made = self._fixed[code, language] = plain(self.render(code, {}, language or None))
        return made

    def render(
        self,
        template: str,
        data: Mapping[str, Value],
        language: str | None = None,
        prefix: str = "!",
        contact: str = "",
        tap: str = "",
        press: bool = False,
        *,
        menu: bool = False,
        shared: bool = False,
    ) -> Document:
        """The text ``template`` with these values.

        ``prefix`` stands before words to type; ``contact`` is the address of a link that opens a
        conversation with the bot, ``tap`` the sign under a card that people tap to take part; each
        is "" where the platform has none. ``press``: choices are pressed there, so that no text has
        to say how to type them. ``menu``: words are called as a menu calls them.
        ``shared``: others read the same words, so what was made for somebody is kept for them.
        """
        language = language or self._language
        if shared:
            same = language, template, prefix, contact, tap, press, menu
            make = partial(
                self.render, template, language=language, prefix=prefix, contact=contact, tap=tap,
                press=press, menu=menu,
            )  # fmt: skip
            return self._shared.document(same, data, make)
        names: dict[str, Name | bool] = {
            **self._names,
            "contact": Name(contact),
            "tap": Name(tap),
            "press": press,
        }
        find, known = self._compiled, self._known
        state = Rendering(language, self._zone, names, prefix, find, known, menu)
        try:
            values = {key: self._value(value, state) for key, value in data.items()}
            return parse(state.text(template, values), state.kept)
        except RenderError as error:
            why = self._why(language, template, error)
        except TemplateError as error:
            why = self._unfilled(language, template, error)
        except RecursionError:
            why = "it goes in circles"
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            why = "a value is of another kind than it expects"
        raise RenderError(template, why) from None

    def _compiled(self, language: str, code: str) -> Compiled:
        catalogue = self._catalogues.get(language)
        if catalogue is None or code not in catalogue.texts:
            raise RenderError(code, "missing")
        return compiled(catalogue.texts[code])

    def _value(self, value: object, state: Rendering) -> object:
        """The value with every word of a person looked up and cleaned."""
        if type(value) in _AS_THEY_ARE:  # nearly all that a card holds
            return value
        match value:
            case Text():
                words = self._words(value.ref) if value.ref else value.words
                return Erased(state.text(ERASED, {})) if words is None else one_line(words)
            case str():
                return one_line(value)
            case None | bool() | int() | float() | date():
                return value
            case dict() | Mapping():
                return {_key(key): self._value(inner, state) for key, inner in value.items()}
            case list() | Sequence():
                return [self._value(inner, state) for inner in value]
            case _:
                raise TypeError

    def _why(self, language: str, template: str, error: RenderError) -> str:
        """A code that was put together of values may hold words of a person: it is not named."""
        if error.code == template:
            return f"it does not exist in {language}"
        known = {ERASED, FEWER_THAN_5}.union(*(c.texts for c in self._catalogues.values()))
        return f"it uses {error.code if error.code in known else 'a text'} that does not exist"

    def _unfilled(self, language: str, code: str, error: TemplateError) -> str:
        """Which placeholder failed, as far as the text itself has that word."""
        source = self._catalogues[language].texts.get(code, "")
        words = set(re.findall(r"'(\w+)'", error.message or ""))
        known = sorted(word for word in words if re.search(rf"\b{word}\b", source))
        return f"it cannot be filled in ({', '.join(known) or 'no value'})"


def _key(key: object) -> object:
    if isinstance(key, str) and not (key.isascii() and key.isidentifier()):
        return one_line(key)
    return key
