"""Verifies the commitments in the clerk's form of a town's agenda: their journals, the register
that is made of these, and what opvolging.json beside it says of those of its dialogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec

from advice.followup import files as followup_files
from advice.followup.model import FollowUp
from advice.published import iso
from advice.town import agenda_bundle as agenda
from advice.town.agenda_bundle import Basis
from advice.town.commitments import files, of_dialogue, register, rows
from advice.town.planned import Named
from advice.verifying.allowed import Doubtful
from advice.verifying.allowed_commitments import check
from advice.verifying.verdict import Finding, finding
from commitments.commitment import Commitment, id_of
from commitments.fold import evolve
from dialogues.record import Record


def pledged(
    basis: Basis, raw: list[bytes], record: Record
) -> tuple[list[Commitment], list[Finding]]:
    """The commitments of the journals; or the first finding: one that is not that of its head, or a
    line that the rules do not give."""
    found, at = [], 0
    for pledge, (number, own) in zip(basis.commitments, _journals(basis, raw), strict=True):
        name, at = f"T{number}", at + pledge.lines
        if pledge.commitment != name:
            return [], [finding("commitment_missing", name)]
        if pledge.lines < 1 or len(own) < pledge.lines:
            return [], [finding("commitment_lines", name, lines=pledge.lines, found=len(own))]
        if agenda.head_of(id_of(number), own) != pledge.head:
            return [], [finding("commitment_head", name)]
        try:
            found.append(_folded(number, own, record))
        except Doubtful as doubt:
            return [], [finding("meeting", agenda.COMMITMENTS, why=doubt)]
    if at < len(raw):
        return [], [finding("commitment_more", agenda.COMMITMENTS, line=at + 1)]
    return found, []


def _folded(number: int, raw: list[bytes], record: Record) -> Commitment:
    """A commitment after the last of its lines."""
    *_, last = _course(number, raw, record)
    return last


def _course(number: int, raw: list[bytes], record: Record) -> Iterator[Commitment]:
    """A commitment after each of its lines: the same one, as it is then."""
    commitment = Commitment(id_of(number))
    for seq, each in enumerate(raw, 1):
        line = record.read(each)
        if (line.dialogue, line.seq) != (id_of(number), seq):
            raise Doubtful(f"T{number}, line {seq}: it is the line of another place in a journal")
        check(commitment, line)
        evolve(commitment, line.event, line.at, line.by)
        yield commitment


def of_register(basis: Basis, commitments: list[Commitment]) -> dict[str, bytes]:
    """The files that follow from the journals: those of the register."""
    told = {one.commitment for one in basis.commitments if one.published}
    named = Named(basis.town, basis.zone, basis.language)
    public = [one for one in commitments if one.name in told]
    return files(register(public, named, lambda _room: True))


def unpublished(basis: Basis, commitments: list[Commitment]) -> Iterator[Finding]:
    """Remarks: the commitments that stand in no public file."""
    told = {one.commitment for one in basis.commitments if one.published}
    for one in commitments:
        if one.name not in told:
            yield finding("unpublished", one.name)


def of_follow_up(found: FollowUp, files: Mapping[str, bytes], record: Record) -> Iterator[Finding]:
    """Findings where opvolging.json says of a commitment what its journal never made it, or tells
    of others than there were. It may be older than the last lines of the journals. ``files`` are
    those of the clerk's agenda: its basis and the journals."""
    basis = msgspec.json.decode(files[agenda.BASIS], type=Basis)
    raw = files[agenda.COMMITMENTS].splitlines()
    promised, broken = pledged(basis, raw, record)
    if broken:
        yield from broken
        return
    mine = of_dialogue(promised, found.dialogue.id)
    told = {one.number: one for one in found.commitments}
    public = {one.commitment for one in basis.commitments if one.published}
    due = {one.name for one in mine if iso(_made_at(one)) < found.journal.at} & public
    ordered = [one.name for one in mine if one.name in told]
    if [one.number for one in found.commitments] != ordered or not due <= told.keys():
        yield finding("followup_other", followup_files.MODEL, what="commitments")
        return
    for number, own in _journals(basis, raw):
        language = found.dialogue.language
        could = [row for one in _course(number, own, record) for row in rows([one], language)]
        given = told.get(f"T{number}")
        if given is not None and given not in could:
            yield finding("followup_commitment", followup_files.MODEL, about=given.number)


def _made_at(one: Commitment) -> datetime:
    assert one.made_at is not None, "a commitment that was made"
    return one.made_at


def _journals(basis: Basis, raw: list[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """The number and the lines of each commitment, of the lines of all; fewer where some are
    missing."""
    at = 0
    for number, pledge in enumerate(basis.commitments, 1):
        yield number, raw[at : at + pledge.lines]
        at += pledge.lines
