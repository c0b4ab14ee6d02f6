"""The types of what a person can say about meetings; see ``said.py``.

``meeting`` is the number of one, 0 where none was named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agenda:
    """Show what is planned, or one meeting."""

    meeting: int = 0


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """``values`` are by their Dutch key, as typed."""

    title: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProposeMeeting:
    title: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TakeMeeting:
    meeting: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DeclineMeeting:
    meeting: int
    reason: str


@dataclass(frozen=True, slots=True)
class MoveMeeting:
    """``moment`` in words."""

    meeting: int
    moment: str
    want: str


@dataclass(frozen=True, slots=True)
class CallOffMeeting:
    meeting: int
    reason: str


@dataclass(frozen=True, slots=True)
class NewSeries:
    """A dialogue each time; ``values`` say how often and how long, ``charter`` is as of
    ``said.NewDialogue``."""

    format: str
    title: str
    room: str
    values: Mapping[str, str]
    charter: Mapping[str, str]
    word: str = ""


@dataclass(frozen=True, slots=True)
class StopSeries:
    """End what is still to come of the series that a meeting belongs to."""

    meeting: int
    reason: str


@dataclass(frozen=True, slots=True)
class SignUp:
    """``name`` is for the list at the door; with ``group`` staff signs up so many ``people`` of it
    who have no account. ``named`` are words instead of a number: a title, or a day."""

    meeting: int
    name: str = ""
    group: str = ""
    people: int = 0
    named: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    meeting: int
    named: str = ""


@dataclass(frozen=True, slots=True)
class Remind:
    """Whether to be reminded a day and an hour before."""

    meeting: int
    day: bool
    hour: bool


@dataclass(frozen=True, slots=True)
class Attended:
    meeting: int
    people: int


@dataclass(frozen=True, slots=True)
class Agreed:
    """``who`` is an office or a group, ``by`` a day in words; both may be empty. ``table`` is the
    one that it comes from, 0 for none."""

    meeting: int
    text: str
    who: str
    by: str
    table: int = 0


@dataclass(frozen=True, slots=True)
class Tables:
    """Divide who has a place over so many tables."""

    meeting: int
    tables: int


@dataclass(frozen=True, slots=True)
class SupportMeeting:
    meeting: int


@dataclass(frozen=True, slots=True)
class ShowMeeting:
    """Let the room see a proposal; of what a councillor planned: agree with it."""

    meeting: int


@dataclass(frozen=True, slots=True)
class HideMeeting:
    meeting: int
    reason: str


@dataclass(frozen=True, slots=True)
class WithdrawMeeting:
    meeting: int
