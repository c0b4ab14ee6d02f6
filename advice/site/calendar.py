"""The agenda of a town's site: its meetings and planned rounds, by what became of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from advice.document import Code, Line
from advice.published import iso
from advice.site.looks import Looks
from advice.site.records import Hour, folder_of
from advice.town.moments import Moment

_COMING, _PROPOSED = "site.agenda_coming", "site.agenda_proposed"
_PAST, _OFF = "site.agenda_past", "site.agenda_off"

#: The group of each state that a meeting can be in.
_GROUPS = {
    "planned": _COMING,
    "proposed": _PROPOSED,
    "held": _PAST,
    "called_off": _OFF,
    "lapsed": _OFF,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting or a planned round. ``at`` is its beginning, UTC ISO, "" where it has none;
    ``link`` leads to its dialogue, "" where that has no page."""

    group: str
    at: str
    title: str
    when: str
    where: str
    link: str
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading, which ``title`` is the code of."""

    title: str
    rows: tuple[Row, ...]


def agenda_page(
    moments: Iterable[Moment],
    hours: Iterable[tuple[str, Hour]],
    known: Collection[str],
    looks: Looks,
    calendar: bool,
) -> dict[str, bytes]:
    """The page of the agenda. ``hours`` are the planned rounds, each with its dialogue's id;
    ``known`` the dialogues that have a page; ``calendar``: whether there is a file of it."""
    rows = [_meeting(each, known, looks) for each in moments]
    rows += [_round(name, each, known, looks) for name, each in hours]
    groups = _groups(rows)
    here = "agenda.html"
    return {here: looks.page("agenda.html.j2", here, groups=groups, calendar=calendar)}


def _groups(rows: Sequence[Row]) -> tuple[Group, ...]:
    """The groups that have a row in them; what is over stands last first."""
    found = []
    for title in (_COMING, _PROPOSED, _PAST, _OFF):
        there = sorted(
            (row for row in rows if row.group == title),
            key=lambda row: (row.at, row.title),
            reverse=title in (_PAST, _OFF),
        )
        if there:
            found.append(Group(title, tuple(there)))
    return tuple(found)


def _meeting(moment: Moment, known: Collection[str], looks: Looks) -> Row:
    when = ""
    if moment.begins_at is not None and moment.ends_at is not None:
        when = looks.span(moment.begins_at, moment.ends_at)
    return Row(
        group=_GROUPS[moment.state],
        at=moment.begins_at or "",
        title=looks.text("site.untitled") if moment.title is None else moment.title,
        when=when,
        where=moment.where,
        link=_link(moment.dialogue, known),
        notes=_notes(moment, looks),
    )


def _notes(moment: Moment, looks: Looks) -> tuple[Line, ...]:
    """What is told of how many people come, and how one signs up."""
    if moment.state == "proposed":
        if moment.supports is None:
            return (looks.line("site.proposed_few"),)
        return (looks.line("site.proposed", n=moment.supports),)
    if moment.state == "held":
        return (looks.line("site.attended", n=moment.attended),) if moment.attended else ()
    if moment.state != "planned":
        return ()
    command = Code(looks.text("site.sign_up_word", number=moment.number))
    notes = [looks.line("site.sign_up", command=command)]
    if moment.signed_up:
        notes.append(looks.line("site.signed_up", n=moment.signed_up))
    return tuple(notes)


def _round(dialogue: str, hour: Hour, known: Collection[str], looks: Looks) -> Row:
    entry = hour.entry
    return Row(
        group=_OFF if entry.cancelled else _PAST if hour.over else _COMING,
        at=iso(entry.begins_at),
        title=entry.title,
        when=looks.span(iso(entry.begins_at), iso(entry.ends_at)),
        where=entry.where,
        link=_link(dialogue, known),
    )


def _link(dialogue: str | None, known: Collection[str]) -> str:
    return f"{folder_of(dialogue)}/index.html" if dialogue and dialogue in known else ""
