"""The filters and functions of catalogue texts.

Only these bring catalogue text along; whatever else an expression gives is words of a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar

from babel.lists import format_list
from jinja2 import Undefined, pass_context
from jinja2.runtime import Context

from bot.platforms.document import Source
from bot.text.rendering import STATE, Erased, Rendering, Trusted

#: The text that stands for a number under five.
FEWER_THAN_5 = "fewer_than_5"


def _state(context: Context) -> Rendering:
    state = context.get(STATE)
    if not isinstance(state, Rendering):
        raise TypeError
    return state


_T = TypeVar("_T")

#: What ends so much later ends on another day, also for who stays up late.
_HALF_A_DAY = timedelta(hours=12)


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
def _local(context: Context, value: object) -> str:
    return _state(context).local(_is(value, datetime))


@pass_context
def _day(context: Context, value: object) -> str:
    return Trusted(_state(context).day(_is(value, date)))


@pass_context
def _clock(context: Context, value: object) -> str:
    return Trusted(_state(context).clock(_is(value, datetime)))


@pass_context
def _until(context: Context, value: object, since: object) -> str:
    """When something ends that began ``since`` then: the hour; half a day later also the day."""
    begins_at, ends_at = _is(since, datetime), _is(value, datetime)
    long = ends_at - begins_at > _HALF_A_DAY
    return _moment(context, ends_at) if long else _clock(context, ends_at)


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
    """A key, a value, a day or a word, or several of them, as typed in this language: plain words,
    that look the same where both languages have the same word for it."""
    if isinstance(value, list):
        return [_typed(context, inner) for inner in value]
    state = _state(context)
    return state.known.typed(state.language, _is(value, str))


@pass_context
def _cmd(context: Context, words: object) -> str:
    state = _state(context)
    named = state.known.in_menu if state.menu else state.known.word_in
    typed = named(state.language, _is(words, str))
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
    "local": _local,
    "moment": _moment,
    "part": _part,
    "people": _people,
    "quote": _quote,
    "secret": _secret,
    "short": _short,
    "t": _t,
    "typed": _typed,
    "until": _until,
}

#: What a text may call.
FUNCTIONS: Mapping[str, Callable[..., object]] = {"cmd": _cmd, "range": range}
