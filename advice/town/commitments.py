"""Commitments as files tell of them: rows for what became of one dialogue, and the town's register.

Both follow from the commitments' journals alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from advice.document import Document, Entries, Entry, Line, Section
from advice.followup.model import Commitment as Row
from advice.papers import paper
from advice.published import iso
from advice.town.planned import Named
from advice.words import Words, catalogue, known, utc
from advice.writing.html import html
from advice.writing.lettering import typed
from advice.writing.markdown import markdown
from commitments.commitment import Commitment, State

#: Raised when a key is added or changes its meaning.
SCHEMA = "register/1"

#: The name of its files, without the form.
NAME = "register"

#: The states in the order in which the page has them.
_ORDER = (State.LATE, State.OPEN, State.DONE, State.STOPPED)


class Delay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Its day became another: when that was said (UTC ISO), the days, and why."""

    at: str
    was: str
    now: str
    want: str


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far it was: underway, done or stopped, what was said of it, where it stands, and when."""

    state: str
    text: str
    source: str
    at: str


class Registered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One commitment. ``kind``: promise (of the college) or agreement; ``due`` an ISO day; ``at``
    since when it is in its state. ``source`` is the item or the meeting that it comes from, "" for
    none; ``dialogue`` the id of the dialogue of that item."""

    number: str
    kind: str
    text: str
    who: str
    due: str
    state: str
    made_at: str
    at: str
    source: str
    dialogue: str | None
    postponed: list[Delay]
    progress: list[Told]


class TownRegister(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """register.json: every commitment of a town that may be published, by number. ``at`` is when
    the last of them changed."""

    schema: str
    town: str
    zone: str
    language: str
    at: str
    commitments: list[Registered]


def rows(commitments: Iterable[Commitment], language: str) -> list[Row]:
    """The commitments of a dialogue as opvolging.json has them, by number, in its language."""
    words = catalogue(known(language))
    return [
        Row(
            one.name,
            _text(one, words),
            _who(one, words),
            one.said.due,
            one.state.value,
            iso(_moment(one.at)),
            one.source.name or None,
        )
        for one in sorted(commitments, key=lambda one: one.number)
    ]


def of_dialogue(commitments: Iterable[Commitment], dialogue: str) -> list[Commitment]:
    """Those that come from an item of a dialogue, or from the dialogue as a whole."""
    return [one for one in commitments if one.source.dialogue == dialogue]


def register(
    commitments: Iterable[Commitment], town: Named, shows: Callable[[str], bool]
) -> TownRegister | None:
    """The register of a town, None where nothing may be published of any. ``shows`` says of a room
    whether what is promised there may stand in public files; what is of no room is the town's."""
    told = [one for one in commitments if not one.room or shows(one.room)]
    if not told:
        return None
    words = catalogue(known(town.language))
    last = max(_moment(one.changed_at) for one in told)
    ordered = sorted(told, key=lambda one: one.number)
    found = [_registered(one, words) for one in ordered]
    return TownRegister(SCHEMA, town.town, town.zone, town.language, iso(last), found)


def files(found: TownRegister | None) -> dict[str, bytes]:
    """register.json and the pages that follow from it; none where there is nothing."""
    if found is None:
        return {}
    page = document(found)
    return {
        f"{NAME}.json": encode(found),
        f"{NAME}.md": markdown(page).encode(),
        f"{NAME}.html": html(page).encode(),
    }


def encode(found: TownRegister) -> bytes:
    """The bytes of register.json: indented, keys in the order above, ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"


def document(found: TownRegister) -> Document:
    """The register as a page: what is late, open, done and stopped."""
    words = catalogue(known(found.language))
    moment = words.moment(found.at, ZoneInfo(found.zone))
    return paper.sheet(
        words,
        NAME,
        words.line("register.kicker", town=typed(found.town)),
        words.text("register.title"),
        _sections(found, words),
        facts=words.line("register.facts", moment=moment),
    )


def _registered(one: Commitment, words: Words) -> Registered:
    return Registered(
        one.name,
        one.said.kind.value,
        _text(one, words),
        _who(one, words),
        one.said.due,
        one.state.value,
        iso(_moment(one.made_at)),
        iso(_moment(one.at)),
        one.source.name,
        one.source.dialogue or None,
        [Delay(iso(each.at), each.was, each.now, each.want) for each in one.postponed],
        [Told(each.state.value, each.text, each.source, iso(each.at)) for each in one.notes],
    )


def _text(one: Commitment, words: Words) -> str:
    """The words of a commitment; an answer that was promised has none of its own."""
    return one.said.text or words.text("register.answer", item=one.source.name)


def _who(one: Commitment, words: Words) -> str:
    """Who does it, as typed or as one of the town's bodies."""
    body = one.said.body
    return one.said.who or (words.text(f"register.by_{body.value}") if body is not None else "")


def _moment(at: datetime | None) -> datetime:
    assert at is not None, "a commitment that was made"
    return at


def _sections(found: TownRegister, words: Words) -> Iterator[Section]:
    for state in _ORDER:
        entries = tuple(
            Entry(one.number, (typed(one.text),), tuple(_notes(one, found.zone, words)))
            for one in found.commitments
            if one.state == state.value
        )
        if entries:
            yield Section(words.line(f"register.state_{state.value}"), (Entries(entries),))


def _notes(one: Registered, zone: str, words: Words) -> Iterator[Line]:
    """Who does it and by when, since when it is over, where it comes from, and what became of it
    last."""
    day = words.day(utc(one.due).date())
    kind = words.text(f"register.kind_{one.kind}")
    yield words.line("register.who", kind=kind, who=typed(one.who), day=day)
    if one.state in (State.DONE.value, State.STOPPED.value):
        since = words.day(utc(one.at).astimezone(ZoneInfo(zone)).date())
        yield words.line(f"register.since_{one.state}", day=since)
    if one.source:
        yield words.line("register.source", source=one.source)
    for each in one.postponed[-1:]:
        was = words.day(utc(each.was).date())
        yield words.line("register.postponed", was=was, want=typed(each.want))
    for told in one.progress[-1:]:
        if told.text:
            yield words.line("register.note", text=typed(told.text))
        if told.source:
            yield words.line("register.found", source=typed(told.source))
