"""The filters and functions of catalogue texts, and the tokens that stand for people's words.

Only these bring catalogue text along; whatever else an expression gives is words of a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from babel.numbers import format_decimal
from jinja2 import Undefined, pass_context
from jinja2.runtime import Context

from bot.platforms.document import Run, Source
from bot.text.cleaning import isolated
from bot.text.markup import CLOSE, OPEN, TOKEN
from commands.vocabulary import Vocabulary

#: The text that stands for a number under five.
FEWER_THAN_5 = "fewer_than_5"

STATE = "(state)"  # no name that a template can write
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


class Compiled(Protocol):
    """A compiled catalogue text."""

    def render(self, values: dict[str, object], /) -> str: ...


@dataclass(slots=True)
class Rendering:
    """The state of rendering one text. ``find`` gives the compiled text of a code; ``known`` are
    the words that people can type."""

    language: str
    zone: ZoneInfo
    names: Mapping[str, Name]
    prefix: str
    find: Callable[[str, str], Compiled]
    known: Vocabulary
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
            replace(run, secret=secret or run.secret, aside=aside or run.aside) for run in runs
        ]
        self.kept.append(tuple(marks))
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
        return str(format_datetime(self._local(value), pattern, locale=self.locale))

    def _local(self, value: datetime) -> datetime:
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(self.zone)


_LOCALES = {"en": "en_GB"}
#: How a moment and a clock read; a language that is not here follows its own customs.
_PATTERNS = {
    "nl": ("EEEE d MMMM y 'om' H.mm 'uur'", "H.mm 'uur'"),
    "en": ("EEEE d MMMM y 'at' HH:mm", "HH:mm"),
}


def _locale(language: str) -> Locale:
    """The Babel locale of a catalogue; ``nl_jeugd`` is Dutch."""
    try:
        return Locale.parse(_LOCALES.get(language, language))
    except (UnknownLocaleError, ValueError):
        plain = language.split("_")[0]
        return Locale.parse(_LOCALES.get(plain, plain))


def _patterns(language: str) -> tuple[str, str]:
    return _PATTERNS.get(language.split("_")[0], ("long", "short"))


def _state(context: Context) -> Rendering:
    state = context.get(STATE)
    if not isinstance(state, Rendering):
        raise TypeError
    return state


_T = TypeVar("_T")


def _is(value: object, kind: type[_T]) -> _T:
    """The value, checked to be of this type; one that is missing raises its own error."""
    if isinstance(value, Undefined):
        str(value)  # raises
    if isinstance(value, bool) or not isinstance(value, kind):
        raise TypeError
    return value


@pass_context
def finalize(context: Context, value: object) -> str:
    return _state(context).show(value)


@pass_context
def _quote(context: Context, value: object) -> str:
    shown = _state(context).show(_inner(value))
    return Trusted(shown if isinstance(value, Erased) else f"«{shown}»")


def _inner(value: object) -> object:
    """Guillemets within a quotation become single ones, so that they do not end it."""
    return value.replace("«", "‹").replace("»", "›") if type(value) is str else value


@pass_context
def _moment(context: Context, value: object) -> str:
    return Trusted(_state(context).moment(_is(value, date)))


@pass_context
def _day(context: Context, value: object) -> str:
    return Trusted(_state(context).day(_is(value, date)))


@pass_context
def _clock(context: Context, value: object) -> str:
    return Trusted(_state(context).clock(_is(value, datetime)))


@pass_context
def _people(context: Context, value: object) -> str:
    state = _state(context)
    return state.text(FEWER_THAN_5, {}) if value is None else Trusted(state.show(_is(value, int)))


@pass_context
def _count(context: Context, value: object, one: str, other: str) -> str:
    state = _state(context)
    shown = _people(context, value)
    single = value is not None and state.locale.plural_form(_is(value, int)) == "one"
    return Trusted(f"{shown} {state.show(one if single else other)}")


@pass_context
def _listing(context: Context, values: object) -> str:
    state = _state(context)
    if isinstance(values, Undefined):
        str(values)  # raises
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise TypeError
    shown = [state.show(value) for value in values]
    return Trusted(format_list(shown, locale=state.locale))


@pass_context
def _t(context: Context, code: object) -> str:
    return _one_line(_state(context).text(_is(code, str), {}))


@pass_context
def _part(context: Context, code: object, values: object = None) -> str:
    """Another text with the values of this one, or with those of a row of it."""
    return _one_line(_other(context, code, values))


@pass_context
def _lines(context: Context, code: object, values: object = None) -> str:
    """A part on a line of its own: its lines with their ends, no line where it says nothing."""
    made = _other(context, code, values)
    return Trusted(made if not made or made.endswith("\n") else f"{made}\n")


def _other(context: Context, code: object, values: object) -> Trusted:
    state = _state(context)
    if values is not None and not isinstance(values, Mapping):
        raise TypeError
    return state.text(_is(code, str), context.parent if values is None else values)


def _one_line(text: str) -> Trusted:
    return Trusted(text.removesuffix("\n"))


def _capital(value: object) -> str:
    words = _is(value, str)
    made = words[:1].upper() + words[1:]
    return Trusted(made) if isinstance(value, Trusted) else made


@pass_context
def _typed(context: Context, value: object) -> object:
    """A key, a value, a day or a word, or several of them, as typed in this language."""
    if isinstance(value, list):
        return [_typed(context, inner) for inner in value]
    state, word = _state(context), _is(value, str)
    said = state.known.typed(state.language, word)
    return word if said == word else state.keep(said, Source.COMMAND)


@pass_context
def _cmd(context: Context, words: object) -> str:
    state = _state(context)
    typed = state.known.word_in(state.language, _is(words, str))
    return state.keep(f"{state.prefix}{typed}", Source.COMMAND)


@pass_context
def _secret(context: Context, value: object) -> str:
    """A choice, a reason or a code: never among the first words of a message to a person."""
    state = _state(context)
    return state.marked(state.show(_inner(value)), secret=True)


@pass_context
def _aside(context: Context, value: object) -> str:
    """An item's number in a list, for plain text alone: formatted text has its place before it."""
    state = _state(context)
    return state.marked(f" ({state.show(value)})", aside=True)


def _short(value: object, most: int = 80) -> str:
    """The first words of a text, followed by … where there are more than ``most`` characters."""
    words = _is(value, str)
    if isinstance(words, Trusted) or len(words) <= most:
        return words
    return f"{words[: most - 1].rpartition(' ')[0] or words[: most - 1]}…"


#: What a text may use besides Jinja2's plain filters.
FILTERS: Mapping[str, Callable[..., object]] = {
    "aside": _aside,
    "capital": _capital,
    "clock": _clock,
    "count": _count,
    "day": _day,
    "lines": _lines,
    "listing": _listing,
    "moment": _moment,
    "part": _part,
    "people": _people,
    "quote": _quote,
    "secret": _secret,
    "short": _short,
    "t": _t,
    "typed": _typed,
}

#: What a text may call.
FUNCTIONS: Mapping[str, Callable[..., object]] = {"cmd": _cmd, "range": range}
