"""``Meeting``: the state of a planned meeting, as its journal makes it.

In the chat a meeting is a "bijeenkomst" with a number, M1, M2 and so on through the town. It is
proposed by a resident or planned by staff, and ends as held, called off or lapsed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dialogues.core import Text
from meetings.tables import Draw, Person, people

#: The kind of aggregate, before the slash of its id.
MEETING = "meeting"


class Phase(StrEnum):
    """How far a meeting is."""

    NONE = ""
    PROPOSED = "proposed"
    PLANNED = "planned"
    HELD = "held"
    CALLED_OFF = "called_off"
    LAPSED = "lapsed"


class Group(StrEnum):
    """For whom a meeting is, and as whom somebody signs up."""

    RESIDENTS = "residents"
    YOUTH = "youth"
    COUNCIL = "council"
    EXECUTIVE = "executive"
    OFFICIALS = "officials"


@dataclass(frozen=True, slots=True)
class Places:
    """How many people a meeting has room for: ``most`` of all together (0: no limit), or of each
    group in ``by_group``."""

    most: int = 0
    by_group: tuple[tuple[Group, int], ...] = ()

    def limit(self, group: Group) -> int | None:
        """The most people of a group, or of all where places are not by group; None: no limit."""
        if self.by_group:
            return dict(self.by_group).get(group, 0)
        return self.most or None


#: Room for everybody.
NO_LIMIT = Places()


@dataclass(frozen=True, slots=True)
class Hours:
    """When a meeting begins and ends (UTC); ``wall`` is the announced local hour of its
    beginning."""

    begins_at: datetime
    ends_at: datetime
    wall: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What was said of a meeting besides its hours. ``host`` is who holds it, ``audience`` for whom
    it is (empty: everybody), ``dialogue`` the id of the one that opens with it, ``previous`` the
    number of the meeting that it follows. ``series`` is the number of the first meeting of its
    series, if it is one of several; where these are dialogues, that of this time is prepared at
    ``prepares_at``, after the one before it."""

    where: str = ""
    places: Places = NO_LIMIT
    audience: tuple[Group, ...] = ()
    host: str = ""
    dialogue: str = ""
    previous: int = 0
    series: int = 0
    prepares_at: datetime | None = None


#: The plan of which nothing was said yet.
NOTHING_SAID = Plan()


class Stand(StrEnum):
    """What a sign-up has: a place, a turn on the waiting list, a place that is on offer to it, or
    nothing any more."""

    PLACE = "place"
    WAITS = "waits"
    OFFERED = "offered"
    GONE = "gone"


@dataclass(slots=True)
class SignUp:
    """A sign-up: its number, by whom (a participant id), of which group, for how many ``people``.
    ``until`` is when an offered place goes to the next. ``day`` and ``hour`` are the reminders that
    were asked for; ``name`` is for the list at the door, where it was given. ``staff``: people
    without an account, whom staff signed up."""

    number: int
    by: str
    group: Group
    people: int
    at: datetime
    stand: Stand
    staff: bool = False
    until: datetime | None = None
    day: bool = False
    hour: bool = False
    name: Text | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """Words that wait for the dialogue of this time, and whose they are."""

    number: int
    by: str
    text: Text


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed at a meeting; ``who`` is an office or a group, ``by`` a day, both perhaps
    still unknown. ``table`` is the one that it comes from, 0 for the whole meeting."""

    number: int
    text: str
    who: str
    by: str
    at: datetime
    table: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was told: what the hours were and are, and why."""

    at: datetime
    was: Hours
    now: Hours
    want: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A beginning that the bot was not there for: at which hour it was, and since when staff is
    asked what to do."""

    begins_at: datetime
    since: datetime


@dataclass(slots=True)
class Meeting:
    """``number`` counts through the town; ``hours`` is None for a proposal without. ``taken`` are
    the people with a place, by group. ``supporters`` are the participants who support a proposal;
    ``reviewed`` says whether others see it; ``taken_by`` is who planned what was proposed.
    ``planned``: it is, or was, more than a proposal; ``sequence`` counts the changes since then.
    ``freed_at`` is when the last place came free; ``erased``: who signed up is not known any more.
    ``gone`` are the references of words that were erased."""

    id: str
    room: str = ""
    position: int = 0
    title: Text | str = ""
    why: Text | None = None
    zone: str = ""
    language: str = ""
    town: str = ""
    phase: Phase = Phase.NONE
    plan: Plan = NOTHING_SAID
    hours: Hours | None = None
    made_by: str = ""
    taken_by: str = ""
    made_at: datetime | None = None
    changed_at: datetime | None = None
    threshold: int = 0
    reviewed: bool = False
    planned: bool = False
    supporters: set[str] = field(default_factory=set)
    sign_ups: dict[int, SignUp] = field(default_factory=dict)
    of_whom: dict[str, int] = field(default_factory=dict)
    waiting: dict[Group, dict[int, None]] = field(default_factory=dict)
    offers: dict[int, datetime] = field(default_factory=dict)
    taken: dict[Group, int] = field(default_factory=dict)
    wants_day: int = 0
    wants_hour: int = 0
    reminded_day: bool = False
    reminded_hour: bool = False
    begun: bool = False
    missed: Missed | None = None
    ended_at: datetime | None = None
    attended: int | None = None
    reason: str = ""
    sequence: int = 0
    erased: bool = False
    freed_at: datetime | None = None
    changes: list[Change] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    asked_at: datetime | None = None
    kept: dict[int, Kept] = field(default_factory=dict)
    ever_kept: int = 0
    draw: Draw | None = None
    gone: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        return number_of(self.id)

    @property
    def name(self) -> str:
        """How it is called in the chat."""
        return f"M{self.number}"

    @property
    def signed_up(self) -> int:
        """The people who have a place."""
        return sum(self.taken.values())

    @property
    def waits(self) -> int:
        """The people on the waiting list, those with an offered place included. Each signed up
        alone: several people are signed up by staff, where there is room."""
        return sum(map(len, self.waiting.values())) + len(self.offers)

    def of(self, names: tuple[str, ...]) -> SignUp | None:
        """The sign-up of a person, by every participant id that they have here; None without, or
        when they signed off."""
        found = (self.sign_ups.get(self.of_whom.get(name, 0)) for name in names)
        return next((one for one in found if one is not None and one.stand is not Stand.GONE), None)

    def free(self, group: Group) -> int | None:
        """How many places are left for a group; those on offer count as taken. None: no limit."""
        limit = self.plan.places.limit(group)
        if limit is None:
            return None
        taken = self.taken.get(group, 0) if self.plan.places.by_group else self.signed_up
        held = [self.sign_ups[number] for number in self.offers]
        by_group = bool(self.plan.places.by_group)
        offered = sum(one.people for one in held if not by_group or one.group is group)
        return max(limit - taken - offered, 0)

    @property
    def full(self) -> bool:
        """Whether there is no place left for anybody."""
        groups = tuple(group for group, _ in self.plan.places.by_group) or (Group.RESIDENTS,)
        return all(self.free(group) == 0 for group in groups)

    def lacking(self) -> list[Agreement]:
        """The agreements of which it is not known who does it, or by when."""
        return [one for one in self.agreements if not (one.who and one.by)]

    def people(self) -> tuple[Person, ...]:
        """Everybody who has a place, as a list for tables has them."""
        there = (one for one in self.sign_ups.values() if one.stand is Stand.PLACE)
        return people((one.number, one.group.value, one.people) for one in there)

    def next_waiting(self) -> SignUp | None:
        """The first of the waiting list for whom there is a place."""
        first = (
            next(iter(there))
            for group, there in self.waiting.items()
            if there and self.free(group) != 0
        )
        number = min(first, default=0)
        return self.sign_ups[number] if number else None


def number_of(id: str) -> int:
    """The number in the id of a meeting."""
    return int(id.partition("/")[2])


def id_of(number: int) -> str:
    return f"{MEETING}/{number}"
