"""Renders one text of a catalogue: tokens stand for words; numbers and moments are written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal
from jinja2 import Undefined

from bot.platforms.document import Run, Source
from bot.text.cleaning import isolated
from bot.text.markup import CLOSE, OPEN, TOKEN
from commands.vocabulary import Vocabulary

#: The state's name among the values.
STATE = "(state)"  # no name that a template can write

#: At most so many texts stand within each other.
_DEEPEST = 8


class Trusted(str):
    """Catalogue text, in which tokens stand for the values, so that it may be parsed as markup."""

    __slots__ = ()


class Name(str):
    """A name from the town's settings."""

    __slots__ = ()


class Erased(str):
    """The value of a text whose words were erased."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Erased({super().__repr__()})"


class Compiled(Protocol):
    """A compiled catalogue text."""

    def render(self, values: dict[str, object], /) -> str: ...


@dataclass(slots=True)
class Rendering:
    """The state of rendering one text. ``find`` gives the compiled text of a code; ``known`` are
    the words that people can type; ``menu``: they choose them in a menu, under its names."""

    language: str
    zone: ZoneInfo
    names: Mapping[str, Name | bool]
    prefix: str
    find: Callable[[str, str], Compiled]
    known: Vocabulary
    menu: bool = False
    kept: list[tuple[Run, ...]] = field(default_factory=list)
    depth: int = 0

    @property
    def locale(self) -> Locale:
        return _locale(self.language)

    def text(self, code: str, data: Mapping[str, object]) -> Trusted:
        """Render another text of the catalogue, with its tokens."""
        if self.depth == _DEEPEST:
            raise RecursionError
        self.depth += 1
        made = self.find(self.language, code).render({**data, **self.names, STATE: self})
        self.depth -= 1
        return Trusted(made)

    def keep(self, words: str, source: Source) -> Trusted:
        """Store words and return the token for them; tokens inside them are opened first."""
        runs: list[Run] = []
        for index, part in enumerate(TOKEN.split(words)):
            if index % 2:
                runs += self.kept[int(part)]
            elif part:
                runs.append(Run(isolated(part), source))
        self.kept.append(tuple(runs))
        return Trusted(f"{OPEN}{len(self.kept) - 1}{CLOSE}")

    def marked(self, shown: str, *, secret: bool = False, aside: bool = False) -> Trusted:
        """What is shown, marked as secret or as an aside; markup in it is not read."""
        runs: list[Run] = []
        for index, part in enumerate(TOKEN.split(shown)):
            if index % 2:
                runs += self.kept[int(part)]
            elif part:
                runs.append(Run(part))
        marks = [
            Run(run.text, run.source, secret or run.secret, aside or run.aside, run.at)
            for run in runs
        ]
        self.kept.append(tuple(marks))
        return Trusted(f"{OPEN}{len(self.kept) - 1}{CLOSE}")

    def local(self, value: datetime) -> Trusted:
        """A moment written out, which a platform may also show in the reader's own time."""
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        self.kept.append((Run(self.moment(value), at=aware),))
        return Trusted(f"{OPEN}{len(self.kept) - 1}{CLOSE}")

    def show(self, value: object) -> str:
        """The text that a placeholder's value becomes: a token for words, else its own
        characters."""
        match value:
            case Trusted():
                return value
            case Undefined():
                return str(value)  # raises
            case Name():
                return self.keep(value, Source.NAME)
            case Erased():
                return self.keep(value, Source.CATALOGUE)
            case str():
                return self.keep(value, Source.PERSON)
            case bool():
                raise TypeError
            case int() | float():
                return self.number(value)
            case date():
                return self.moment(value)
            case _:
                raise TypeError

    def number(self, value: float) -> str:
        """A number written out; from 10,000 on in groups of three."""
        if isinstance(value, int) and abs(value) < 10_000:
            return str(value)
        return str(format_decimal(value, locale=self.locale))

    def day(self, value: date) -> str:
        local = self._local(value) if isinstance(value, datetime) else value
        return str(format_date(local, "EEEE d MMMM y", locale=self.locale))

    def clock(self, value: datetime) -> str:
        return str(format_time(self._local(value), _patterns(self.language)[1], locale=self.locale))

    def moment(self, value: date) -> str:
        if not isinstance(value, datetime):
            return self.day(value)
        pattern = _patterns(self.language)[0]
        return _written(self._local(value).replace(tzinfo=None), pattern, self.locale)

    def _local(self, value: datetime) -> datetime:
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(self.zone)


@lru_cache(maxsize=1_000)
def _written(local: datetime, pattern: str, locale: str) -> str:
    """A moment of a zone in words; the same ones are asked for with every answer."""
    return str(format_datetime(local, pattern, locale=locale))


_LOCALES = {"en": "en_GB"}

#: How a moment and a clock read; a language that is not here follows its own customs.
_PATTERNS = {
    "nl": ("EEEE d MMMM y 'om' H.mm 'uur'", "H.mm 'uur'"),
    "en": ("EEEE d MMMM y 'at' HH:mm", "HH:mm"),
}


@cache
def _locale(language: str) -> Locale:
    """The Babel locale of a catalogue; ``nl_jeugd`` is Dutch. Babel looks through a thousand names
    for each one that it reads."""
    try:
        return Locale.parse(_LOCALES.get(language, language))
    except (UnknownLocaleError, ValueError):
        plain = language.split("_")[0]
        return Locale.parse(_LOCALES.get(plain, plain))


def _patterns(language: str) -> tuple[str, str]:
    return _PATTERNS.get(language.split("_")[0], ("long", "short"))
