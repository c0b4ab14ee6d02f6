"""``Commitment``: the state of something that was promised or agreed, as its journal makes it.

In the chat it has a number, T1, T2 and so on through the town. What the college promises is called
a "toezegging", what others take upon themselves an "afspraak". It is open until it is done or
stopped, and late once its day is over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dialogues.followup.events import Body
from dialogues.followup.progress import Progress

#: The kind of aggregate, before the slash of its id.
COMMITMENT = "commitment"


class Kind(StrEnum):
    """What it is called: a promise is the college's."""

    PROMISE = "promise"
    AGREEMENT = "agreement"


class State(StrEnum):
    """How it stands."""

    NONE = ""
    OPEN = "open"
    LATE = "late"
    DONE = "done"
    STOPPED = "stopped"


#: Still to be done.
GOING = frozenset({State.OPEN, State.LATE})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a commitment comes from: an ``item`` of a ``dialogue`` (a recommendation, a question),
    or a ``meeting`` (its number) with the number of the ``agreement`` there. With ``own`` it was
    made by the answer or agreement itself, and changes with it."""

    dialogue: str = ""
    item: str = ""
    meeting: int = 0
    agreement: int = 0
    own: bool = False

    @property
    def name(self) -> str:
        """How it is called in the chat: the item or the meeting, "" where it is neither."""
        return self.item or (f"M{self.meeting}" if self.meeting else "")


@dataclass(frozen=True, slots=True)
class What:
    """What is to be done, by whom and by which day (ISO). ``text`` is "" where a question is to be
    answered, because its words are its author's. ``who`` is an office or a group as typed;
    ``body`` one of the town's bodies, where it is known as that."""

    kind: Kind
    text: str
    due: str
    who: str = ""
    body: Body | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What staff said of how far it is; ``source`` is where that can be found."""

    at: datetime
    state: Progress
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Postponement:
    """Its day became another: the days (ISO) before and after, and why."""

    at: datetime
    was: str
    now: str
    want: str


@dataclass(slots=True)
class Commitment:
    """``at`` is since when it stands as it does, ``changed_at`` when its last line was written.
    ``counts_from`` is the day from which its lateness is counted, ``day_at`` when that was set.
    ``told`` is how often its lateness was said, or would have been; ``soon``: staff heard that its
    day is near. ``own_hour``: the first time is said where it was promised, at an hour of its own.
    ``erased``: who made it is not known any more."""

    id: str
    room: str = ""
    position: int = 0
    zone: str = "UTC"
    language: str = ""
    town: str = ""
    what: What | None = None
    source: Source = field(default_factory=Source)
    state: State = State.NONE
    made_by: str = ""
    made_at: datetime | None = None
    at: datetime | None = None
    changed_at: datetime | None = None
    counts_from: str = ""
    day_at: datetime | None = None
    own_hour: bool = False
    told: int = 0
    soon: bool = False
    erased: bool = False
    notes: list[Note] = field(default_factory=list)
    postponed: list[Postponement] = field(default_factory=list)

    @property
    def number(self) -> int:
        return number_of(self.id)

    @property
    def name(self) -> str:
        """How it is called in the chat."""
        return f"T{self.number}"

    @property
    def said(self) -> What:
        """What is to be done; of one that was made."""
        assert self.what is not None
        return self.what

    @property
    def due(self) -> date:
        """The day by which it was to be done."""
        return date.fromisoformat(self.said.due)

    @property
    def going(self) -> bool:
        """Whether it is still to be done."""
        return self.state in GOING

    @property
    def first_day(self) -> date:
        """The day from which its lateness is counted."""
        return date.fromisoformat(self.counts_from)

    @property
    def place(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.zone)


def number_of(id: str) -> int:
    """The number in the id of a commitment."""
    return int(id.partition("/")[2])


def id_of(number: int) -> str:
    return f"{COMMITMENT}/{number}"


def day_after(day: date) -> date:
    return day + timedelta(days=1)
