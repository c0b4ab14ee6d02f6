"""Verifies the clerk's form of a town's agenda and register: makes all of it from the journals.

Each journal is held against its head, each line against the rules, each text against its seal; then
figures, states, tables and the calendar are made again and compared with the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from advice import manifest
from advice.town import agenda_bundle as agenda
from advice.town.agenda_bundle import Basis, Chain
from advice.town.moments import Moment, Moments
from advice.town.planned import MOMENTS, Named, Shown, files_of
from advice.town.table_pages import pages_of
from advice.verifying.allowed import Doubtful
from advice.verifying.allowed_meetings import check
from advice.verifying.differing import expected, first_difference, line_of, why
from advice.verifying.rebuild import checked_texts, whole_lines
from advice.verifying.shelf import Files, of_agenda
from advice.verifying.verdict import Finding, Verdict, finding
from advice.verifying.verify_promises import of_register, pledged, unpublished
from dialogues.record import Line, Record
from meetings.fold import evolve
from meetings.meeting import Meeting, id_of


def is_there(folder: Path) -> bool:
    """Whether a folder has a clerk's form of an agenda, or something under its name."""
    return (folder / manifest.AGENDA).exists()


def verify_agenda(folder: Path, record: Record, expect: str | None = None) -> Verdict:
    """Verify the agenda in a folder; ``expect`` is the hash that it should have, if known."""
    found = of_agenda(folder, agenda.CLERKS)
    listing = found.files.get(manifest.AGENDA)
    own = manifest.sha256(listing) if listing is not None else ""
    differences = list(found.differences)
    if expect is not None:
        differences += expected(expect, manifest.AGENDA, own)
    remarks: list[Finding] = []
    if not differences:
        try:
            differences += _contents(found.files, record, remarks)
        except Doubtful as doubt:
            differences.append(finding("meeting", agenda.JOURNALS, why=doubt))
        except Exception as error:  # noqa: BLE001 - a hostile file may break any step
            differences.append(finding("unreadable_agenda", agenda.JOURNALS, why=why(error)))
    origin = expect is not None and not any(d.code.startswith("expect") for d in differences)
    return Verdict("agenda", tuple(differences), tuple(remarks), origin, own)


def _contents(files: Files, record: Record, remarks: list[Finding]) -> Iterator[Finding]:
    """Findings where the files are not what the journals make them."""
    basis = msgspec.json.decode(files[agenda.BASIS], type=Basis)
    if basis.schema != agenda.SCHEMA:
        yield finding("schema", agenda.BASIS, found=basis.schema, known=agenda.SCHEMA)
        return
    if agenda.encode(basis) != files[agenda.BASIS]:
        yield _not_canonical(agenda.BASIS, agenda.encode(basis), files[agenda.BASIS])
        return
    lines, broken = _journals(basis, whole_lines(agenda.JOURNALS, files[agenda.JOURNALS]), record)
    if broken:
        yield from broken
        return
    promised, broken = pledged(basis, files.get(agenda.COMMITMENTS, b"").splitlines(), record)
    if broken:
        yield from broken
        return
    meetings = [_folded(each) for each in lines]
    words = checked_texts(files[agenda.TEXTS], record, [one for each in lines for one in each])
    yield from _texts(record, lines, meetings, words)
    made = _made(basis, meetings, words) | of_register(basis, promised)
    yield from _moments(made.get(MOMENTS), files.get(MOMENTS))
    yield from _others(made, files)
    remarks += _remarks(basis, meetings)
    remarks += unpublished(basis, promised)


def _journals(
    basis: Basis, raw: list[bytes], record: Record
) -> tuple[list[list[Line]], list[Finding]]:
    """The lines of each meeting's journal, and findings where one is not that of its head."""
    found, at = [], 0
    broken: list[Finding] = []
    for number, chain in enumerate(basis.meetings, 1):
        own, at = raw[at : at + chain.lines], at + chain.lines
        name = f"M{number}"
        if chain.meeting != name:
            broken.append(finding("meeting_missing", name))
        elif chain.lines < 1 or len(own) < chain.lines:
            broken.append(finding("meeting_lines", name, lines=chain.lines, found=len(own)))
        elif agenda.head_of(id_of(number), own) != chain.head:
            broken.append(finding("meeting_head", name))
        else:
            found.append(_read(number, own, record))
    if at < len(raw):
        broken.append(finding("meeting_more", agenda.JOURNALS, line=at + 1))
    return found, broken[:1]


def _read(number: int, raw: list[bytes], record: Record) -> list[Line]:
    lines = []
    for seq, each in enumerate(raw, 1):
        line = record.read(each)
        if (line.dialogue, line.seq) != (id_of(number), seq):
            raise Doubtful(f"M{number}, line {seq}: it is the line of another place in a journal")
        lines.append(line)
    return lines


def _folded(lines: list[Line]) -> Meeting:
    meeting, before = Meeting(lines[0].dialogue), None
    for line in lines:
        check(meeting, line, before)
        evolve(meeting, line.event, line.at, line.by)
        before = line
    return meeting


def _texts(
    record: Record, lines: list[list[Line]], meetings: list[Meeting], words: Mapping[str, str]
) -> Iterator[Finding]:
    """Findings: words that were erased and are there, or that are gone and never were erased."""
    for each, meeting in zip(lines, meetings, strict=True):
        named = {
            getattr(line.event, field).ref
            for line in each
            for field in record.text_fields[type(line.event)]
        }
        gone = set(meeting.gone)
        if named & words.keys() & gone:
            yield finding("text_kept", meeting.name)
        if named - words.keys() - gone:
            yield finding("text_lost", meeting.name)


def _made(basis: Basis, meetings: list[Meeting], words: Mapping[str, str]) -> dict[str, bytes]:
    """The files that follow from the journals."""
    chains = {one.meeting: one for one in basis.meetings}
    told = [one for one in meetings if chains[one.name].published]
    named = Named(basis.town, basis.zone, basis.language)
    made = files_of(named, basis.rounds, told, Shown(lambda _room: True, words.get))
    for meeting in meetings:
        made |= pages_of(meeting, chains[meeting.name].link, words.get)
    return made


def _moments(made: bytes | None, given: bytes | None) -> Iterator[Finding]:
    """Findings: what of a meeting in momenten.json is not what its journal makes it."""
    if made is None or given is None or made == given:
        return
    meant = msgspec.json.decode(made, type=Moments)
    found = msgspec.json.decode(given, type=Moments)
    if found.schema != meant.schema:
        yield finding("schema", MOMENTS, found=found.schema, known=meant.schema)
        return
    ours = {one.number: one for one in meant.moments}
    theirs = {one.number: one for one in found.moments}
    for name in ours.keys() - theirs.keys():
        yield finding("moment_missing", name)
    for name in theirs.keys() - ours.keys():
        yield finding("moment_added", name)
    for name in (one for one in ours if one in theirs):
        yield from _moment(ours[name], theirs[name])


def _moment(meant: Moment, found: Moment) -> Iterator[Finding]:
    for field in msgspec.structs.fields(Moment):
        given, right = getattr(found, field.name), getattr(meant, field.name)
        if given != right:
            key = field.encode_name
            yield finding("moment", meant.number, key=key, found=_json(given), meant=_json(right))


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _others(made: Mapping[str, bytes], files: Files) -> Iterator[Finding]:
    """Findings: files that are missing, not ours, or not what is made again."""
    known = {*made, *agenda.CLERKS, manifest.AGENDA}
    known |= {agenda.COMMITMENTS} & files.keys()
    for name in sorted(known | files.keys()):
        if name not in known:
            yield finding("added", name)
        elif name not in files:
            yield finding("missing", name)
        elif name in made and files[name] != made[name]:
            yield finding("agenda_file", name, line=line_of(made[name], files[name]))


def _not_canonical(name: str, written: bytes, given: bytes) -> Finding:
    return finding("not_canonical", name, byte=first_difference(written, given))


def _remarks(basis: Basis, meetings: Iterable[Meeting]) -> Iterator[Finding]:
    """What the journals alone do not show, and what the room was told of each draw."""
    chains: dict[str, Chain] = {one.meeting: one for one in basis.meetings}
    for meeting in meetings:
        if meeting.draw is not None and meeting.draw.seed:
            draw = meeting.draw
            tables, listing = draw.tables, draw.listing_hash
            yield finding("drawn", meeting.name, tables=tables, listing=listing, seed=draw.seed)
        if meeting.reviewed and not chains[meeting.name].published:
            yield finding("unpublished", meeting.name)
    if basis.rounds:
        yield finding("rounds_given", agenda.BASIS, number=len(basis.rounds))
