"""The settings, intents, events, state and report of a poll."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import zip_longest
from typing import ClassVar

from dialogues.ballots import BallotBox
from dialogues.core import Text
from dialogues.format import setting
from dialogues.intents import Hour
from dialogues.items import ItemState
from dialogues.machine import Scope
from dialogues.report import ItemReport


class PollKind(StrEnum):
    """How a poll is answered: one option, several, in order of preference, with points, or with the
    dates that suit."""

    ONE = "one"
    SEVERAL = "several"
    RANKED = "ranked"
    POINTS = "points"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class FillPoll:
    """Set the question and options of a poll, or replace them while nobody voted.

    ``kind`` is a value of ``PollKind``. ``at_most`` limits a set of options, ``places`` a ranking.
    ``dates`` are the moments that the options of a poll about a date are.
    """

    any_stage: ClassVar[bool] = True

    kind: str
    question: str
    options: tuple[str, ...]
    round: int
    points: int = 10
    at_most: int | None = None
    places: int = 3
    other: bool = False
    dates: tuple[Hour, ...] = ()


@dataclass(frozen=True, slots=True)
class CastPoll:
    """``choice``: option numbers (a ranking: best first), for points the points by option, in the
    order of their numbers; None takes the vote back. ``stands``: it was given before and stands
    again, whether or not the options are shown now."""

    item: str
    choice: tuple[int, ...] | None
    stands: bool = False


@dataclass(frozen=True, slots=True)
class SuggestOption:
    """``anders, namelijk``: suggests an option; no vote. A moderator has to approve it."""

    item: str
    text: Text


@dataclass(frozen=True, slots=True)
class PollFilled:
    """The question and the options are the town's own words, so they stand in the journal."""

    round: int
    number: str
    kind: PollKind
    question: str
    options: tuple[str, ...]
    points: int
    at_most: int | None
    places: int
    other: bool
    dates: tuple[Hour, ...] = ()


@dataclass(frozen=True, slots=True)
class PollVoteCast:
    """The ballot is the ``by`` of its line in the journal, the time its ``at``."""

    round: int
    item: str
    choice: tuple[int, ...] | None
    order: str


@dataclass(frozen=True, slots=True)
class OptionSuggested:
    """An option was suggested; it waits for a moderator, who makes it an option."""

    round: int
    number: str
    item: str
    author: str
    text: Text
    staff: bool
    pending: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """``per_person``: how many own options each resident may suggest (0: no limit)."""

    per_person: int = setting(3, 0, 1000)


@dataclass(slots=True)
class State:
    """``poll`` is the poll as filled; ``added`` the residents' options (X numbers) in the order of
    approval; their numbers follow those of the poll's own options."""

    scope: Scope
    box: BallotBox = field(default_factory=BallotBox)
    poll: PollFilled | None = None
    added: list[str] = field(default_factory=list)
    suggested: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OptionReport:
    """An option of a poll: its number within the poll and its text (a resident's: Text); for ``at``
    see ``Option``."""

    number: int
    text: str | Text
    state: ItemState
    at: datetime | None = None

    @property
    def key(self) -> str:
        """Its name in the counts."""
        return str(self.number)

    @property
    def shown(self) -> str | Text | datetime:
        """As ``Option.shown``."""
        return self.at or self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class PollReport(ItemReport):
    """A poll. Counts are by the number of the option within the poll ("1"): {option: n}; ranked
    {option: [n first, n second, …]}; points {option: {"3": n ballots}}. ``ideas`` are
    the states of what residents suggested that never became an option."""

    poll: PollKind
    options: tuple[OptionReport, ...]
    points: int = 0
    at_most: int | None = None
    ideas: tuple[ItemState, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """An option as it is now; ``item`` is its X number where a resident suggested it. ``at`` is the
    moment that it is in a poll about a date, where the text was written by us."""

    number: int
    text: str | Text
    state: ItemState
    item: str = ""
    at: datetime | None = None

    @property
    def shown(self) -> str | Text | datetime:
        """What people read of it: its words as they were typed, or a moment, which is written in
        the language of each reader."""
        return self.at or self.text


def options(state: State) -> list[Option]:
    """Every option there ever was, by number; only those that are shown can be chosen."""
    if state.poll is None:
        return []
    dates = [hour.at for hour in state.poll.dates]
    own = [
        Option(n, text, ItemState.SHOWN, at=at)
        for n, (text, at) in enumerate(zip_longest(state.poll.options, dates), 1)
    ]
    for number, name in enumerate(state.added, len(own) + 1):
        item = state.scope.items.by_number[name]
        own.append(Option(number, item.text, item.state, name))
    return own


def open_options(state: State) -> list[Option]:
    """The options that can be chosen now."""
    return [option for option in options(state) if option.state is ItemState.SHOWN]
