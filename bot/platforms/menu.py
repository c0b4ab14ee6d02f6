"""What a platform may ask of the engine: the words people can use, what fits behind them, and the
form that a choice opens.

A platform says what was filled in behind a word as the words that somebody would type for it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.platforms.messages import Form, Meaning
from bot.platforms.places import Place


@dataclass(frozen=True, slots=True)
class Told:
    """A name or a sentence in both languages."""

    dutch: str
    english: str


@dataclass(frozen=True, slots=True)
class Option:
    """What is filled in behind a word. ``name`` is what people see. ``key``: it is typed as
    ``key=value``, else as the value alone. ``suggests`` says what may be offered for it, "" for
    nothing; with ``values``, each what is typed and how it reads, it is one of these. ``most`` is
    how many characters it may have."""

    name: Told
    help: Told
    required: bool = True
    key: str = ""
    suggests: str = ""
    most: int = 2_000
    values: tuple[tuple[str, Told], ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """A word: ``typed`` is its canonical form, ``name`` what the menu calls it, in one to three
    parts. ``staff``: it need not be shown to others; rights are checked elsewhere."""

    typed: str
    name: Told
    help: Told
    options: tuple[Option, ...] = ()
    staff: bool = False


@dataclass(frozen=True, slots=True)
class OfMessage:
    """An entry of the menu of people's messages. ``typed`` is the word with which the author gives
    the words of a message of their own; "" asks the author of any message whether it may be taken
    along (``facts.Mark.TAKE_ALONG``). ``staff``: as for a command."""

    typed: str
    name: Told
    staff: bool = False


@dataclass(frozen=True, slots=True)
class Searched:
    """Somebody looks for what to fill in: who and near which place, for an option that suggests
    this, beginning with these words. ``filled`` is what was filled in behind the word so far, by
    option in Dutch; ``language`` is that of their program, "" where it is not known."""

    account: str
    roles: frozenset[str]
    place: Place | None
    suggests: str
    text: str
    filled: Mapping[str, str] = field(default_factory=dict)
    language: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be filled in, and how it reads."""

    value: str
    label: str


#: Answers what fits, without changing anything; waits for nothing longer than a moment.
Suggest: TypeAlias = Callable[[Searched], Awaitable[Sequence[Suggestion]]]


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody opens the form of this name, about what the pressed choice stands for."""

    account: str
    roles: frozenset[str]
    place: Place
    form: str
    means: Meaning
    language: str = ""


#: The form as it is to be filled in now, made of what was pressed and what is stored; None where
#: there is none (any more). So a choice shown before a restart opens its form after it.
FormOf = Callable[[Opened], Awaitable[Form | None]]


async def _nothing_fits(_searched: Searched) -> Sequence[Suggestion]:
    return ()


async def _no_form(_opened: Opened) -> Form | None:
    return None


@dataclass(frozen=True, slots=True)
class Queries:
    """What may be asked of the engine without changing anything; ``dialogues`` gives all ids."""

    suggest: Suggest = _nothing_fits
    form: FormOf = _no_form
    dialogues: Callable[[], Iterable[str]] = tuple
