"""momenten.json: the meetings that a town planned, and what became of them.

Figures of one to four people are ``None`` here already, and nobody's name is ever handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from advice.published import iso
from dialogues.counting.threshold import THRESHOLD

#: Raised when a key is added or changes its meaning.
SCHEMA = "momenten/1"


@dataclass(frozen=True, slots=True)
class Change:
    """Hours that became others: when that was said, what they were and are, and why."""

    at: datetime
    was: datetime
    now: datetime
    want: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with its true figures. ``places`` is how many people there is room for, in all or
    by group (None: no limit); ``attended`` is None until somebody counted; ``tables`` are the sizes
    of the small groups; ``title`` is None once its author asked to be forgotten. ``planned``:
    it is, or was, more than a proposal."""

    number: int
    title: str | None
    state: str
    planned: bool
    room: str
    language: str
    town: str
    by: str
    groups: Sequence[str]
    begins_at: datetime | None
    ends_at: datetime | None
    wall: str
    zone: str
    where: str
    places: int | dict[str, int] | None
    signed_up: int
    waiting: int
    attended: int | None
    supports: int
    sequence: int
    changed_at: datetime
    dialogue: str
    changes: Sequence[Change] = ()
    tables: Sequence[int] = ()


class MomentChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A change of the hours: when it was made, the beginning before and after it, and the reason.
    Times UTC ISO."""

    at: str
    was: str
    now: str
    want: str


class Moment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One meeting. ``title`` is None where its author asked to be forgotten. ``state``: proposed,
    planned, held, called_off, lapsed. ``by``: who holds it;
    ``for``: for whom it is, empty for everybody. Times UTC ISO, ``wall`` the announced local hour
    in ``zone``; None for a proposal without hours. ``places``: room for so many, in all or by
    group, None without a limit. ``signed_up``, ``waiting``, ``attended``, ``supports`` and the
    sizes of ``tables`` count people; None for 1 to 4, and ``attended`` also before it was counted.
    ``sequence`` counts the changes; ``dialogue`` is the id of the one that opens with it."""

    number: str
    title: str | None
    state: str
    by: str
    for_: list[str] = msgspec.field(name="for")
    begins_at: str | None
    ends_at: str | None
    wall: str | None
    zone: str
    where: str
    places: int | dict[str, int] | None
    signed_up: int | None
    waiting: int | None
    attended: int | None
    supports: int | None
    sequence: int
    dialogue: str | None
    changes: list[MomentChange]
    tables: list[int | None]


class Moments(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All meetings of a town that may be published, by their number."""

    schema: str
    moments: list[Moment]


def moments(meetings: Iterable[Meeting]) -> Moments:
    """The meetings as they are published, figures of few people held back."""
    ordered = sorted(meetings, key=lambda meeting: meeting.number)
    return Moments(SCHEMA, [_moment(meeting) for meeting in ordered])


def encode(found: Moments) -> bytes:
    """The bytes of momenten.json: indented, keys in the order above, ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"


def _moment(meeting: Meeting) -> Moment:
    begins_at, ends_at = meeting.begins_at, meeting.ends_at
    signed_up = _few(meeting.signed_up)
    return Moment(
        number=f"M{meeting.number}",
        title=meeting.title,
        state=meeting.state,
        by=meeting.by,
        for_=list(meeting.groups),
        begins_at=iso(begins_at) if begins_at is not None else None,
        ends_at=iso(ends_at) if ends_at is not None else None,
        wall=meeting.wall or None,
        zone=meeting.zone,
        where=meeting.where,
        places=meeting.places,
        signed_up=signed_up,
        waiting=_few(meeting.waiting),
        attended=_few(meeting.attended),
        supports=_few(meeting.supports),
        sequence=meeting.sequence,
        dialogue=meeting.dialogue or None,
        changes=[
            MomentChange(iso(each.at), iso(each.was), iso(each.now), each.want)
            for each in meeting.changes
        ],
        tables=_tables(meeting.tables, signed_up),
    )


def _few(people: int | None) -> int | None:
    """A figure of people as it is published."""
    return None if people is not None and 0 < people < THRESHOLD else people


def _tables(sizes: Sequence[int], signed_up: int | None) -> list[int | None]:
    """The sizes of tables as they are published: none of them where one has to be held back,
    because the others and ``signed_up`` would tell it, or where that itself is."""
    found = [_few(size) for size in sizes]
    return [None] * len(found) if signed_up is None or None in found else found
