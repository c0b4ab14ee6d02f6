"""Verifies the commitments in the clerk's form of a town's agenda: their journals, and the register
that is made of these."""

from __future__ import annotations

from collections.abc import Iterator

from advice.town import agenda_bundle as agenda
from advice.town.agenda_bundle import Basis
from advice.town.commitments import files, register
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
    for number, pledge in enumerate(basis.commitments, 1):
        own, at = raw[at : at + pledge.lines], at + pledge.lines
        name = f"T{number}"
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
    commitment = Commitment(id_of(number))
    for seq, each in enumerate(raw, 1):
        line = record.read(each)
        if (line.dialogue, line.seq) != (id_of(number), seq):
            raise Doubtful(f"T{number}, line {seq}: it is the line of another place in a journal")
        check(commitment, line)
        evolve(commitment, line.event, line.at, line.by)
    return commitment


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
