"""What ``check`` asks of a database besides its chains: about texts, links and the schema.

Each fault is a code with its values. Nothing here has SQL on a table: their owners do.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from commitments.commitment import Commitment
from commitments.events import CommitmentMakerErased
from commitments.fold import FOLD as COMMITMENTS
from dialogues.aggregates import DIALOGUE, kind_of
from dialogues.events import LinksDestroyed, PersonForgotten
from dialogues.followup.events import AuthorsForgotten
from dialogues.items import ItemState
from dialogues.record import TOWN, Record, seal
from meetings.events import SignUpsErased
from meetings.fold import FOLD
from meetings.meeting import MEETING, Meeting
from storage import journal, participants, people, texts
from storage.database import ERRORS, Database
from storage.opening import shapes

#: The first letter of who did what in a line: a participant or a ballot.
_PARTICIPANT, _BALLOT = "p", "b"


#: The events after which nobody stands behind a ballot, a sign-up or a commitment any more.
_DESTROYS = (CommitmentMakerErased, LinksDestroyed, SignUpsErased)

#: Those after which nobody stands behind a participant any more.
_UNKNOWN = (AuthorsForgotten, CommitmentMakerErased, SignUpsErased)


@dataclass(frozen=True, slots=True)
class Unsound:
    """One fault: its code, the dialogue ("" for the whole database), and what or how many."""

    code: str
    dialogue: str
    what: str | int


def unsound(db: Database, record: Record, key: bytes | None) -> Iterator[Unsound]:
    """Every fault where all chains are whole; without the town's ``key`` it is not seen whether
    links were exchanged."""
    yield from _schema(db)
    known = set(journal.names(db))
    for name in sorted((texts.dialogues(db) | participants.dialogues(db)) - known):
        yield Unsound("unknown_dialogue", "", name)
    forgotten = sum(
        isinstance(record.read(line).event, PersonForgotten) for line in journal.lines(db, TOWN)
    )
    accounts = people.with_an_account(db)
    for name in sorted(known - {TOWN}):
        yield from _texts(db, record, name)
        yield from _links(db, record, name, forgotten, accounts)
        if key is not None and (count := participants.changed(db, key, name)):
            yield Unsound("links_changed", name, count)
    if key is not None and (count := people.changed_accounts(db, key)):
        yield Unsound("accounts_changed", "", count)


#: So many accounts, and participants, say whether a key is the one that they were stored with.
_FEW = 20


def is_of_key(db: Database, key: bytes) -> bool:
    """Whether a file belongs to this key of the town, as far as it tells: where no link fits, it is
    the key that is another."""
    try:
        found = people.sealed(db, key, _FEW) + participants.sealed(db, key, _FEW)
    except ERRORS:  # damaged: whoever reads it says so
        return True
    return any(found) or not found


def _schema(db: Database) -> Iterator[Unsound]:
    """What the file has besides the tables and indexes that the migrations make, or lacks of them;
    triggers and views above all, which change what is written and read."""
    ours, found = shapes(db)
    for kind, name in sorted(found.keys() - ours.keys()):
        yield Unsound("not_of_ours", "", f"{kind} {name}")
    for kind, name in sorted(ours.keys()):
        if found.get((kind, name)) != ours[kind, name]:
            yield Unsound("schema_changed", "", f"{kind} {name}")


def _texts(db: Database, record: Record, name: str) -> Iterator[Unsound]:
    """Words that are not what was sealed, or gone though no line says that they were erased."""
    seals: dict[str, str] = {}
    erased = _erased(db, record, name)
    for line in journal.lines(db, name):
        event = record.read(line).event
        for field in record.text_fields[type(event)]:
            text = getattr(event, field)
            seals[text.ref] = text.seal
    kept = {ref: seal(key, kind, words) for ref, kind, key, words in texts.texts_of(db, name)}
    for ref in sorted(kept):
        if seals.get(ref) != kept[ref]:
            yield Unsound("text_changed", name, ref)
    for ref in sorted(seals.keys() - kept.keys() - erased):
        yield Unsound("text_lost", name, ref)


def _erased(db: Database, record: Record, name: str) -> set[str]:
    """The references of erased texts; earlier words of a text are erased with the last."""
    if kind_of(name) == MEETING:
        return set(meeting_in(db, record, name).gone)
    if kind_of(name) != DIALOGUE:
        return set()
    last = deque(record.fold(name, journal.lines(db, name)), maxlen=1)
    return {
        ref
        for state, _ in last
        for item in state.items.by_number.values()
        if item.state is ItemState.ERASED
        for ref in (item.text.ref, *item.earlier)
    }


def meeting_in(db: Database, record: Record, name: str) -> Meeting:
    """A meeting as it is now, from its journal."""
    meeting = Meeting(name)
    for raw in journal.lines(db, name):
        line = record.read(raw)
        FOLD.evolve(meeting, line.event, line.at, line.by)
    return meeting


def commitment_in(db: Database, record: Record, name: str) -> Commitment:
    """A commitment as it is now, from its journal."""
    commitment = Commitment(name)
    for raw in journal.lines(db, name):
        line = record.read(raw)
        COMMITMENTS.evolve(commitment, line.event, line.at, line.by)
    return commitment


def _links(
    db: Database, record: Record, name: str, forgotten: int, accounts: set[str]
) -> Iterator[Unsound]:
    """Ballots and participants of the journal that nobody stands behind any more, though links were
    not destroyed and no more people were forgotten than are missing."""
    doers: set[str] = set()
    destroyed = unknown = False
    for raw in journal.lines(db, name):
        line = record.read(raw)
        doers.add(line.by)
        destroyed = destroyed or isinstance(line.event, _DESTROYS)
        unknown = unknown or isinstance(line.event, _UNKNOWN)
    ballots, whose = participants.links(db, name), participants.people(db, name)
    lost = {doer for doer in doers if doer.startswith(_BALLOT)} - ballots.keys()
    if lost and not destroyed:
        yield Unsound("ballots_lost", name, len(lost))
    named = {ballots.get(doer, doer) for doer in doers if doer.startswith(_PARTICIPANT)}
    named |= set(ballots.values())
    if unknown:
        return
    if len(named - whose.keys()) > forgotten:
        yield Unsound("participants_lost", name, len(named - whose.keys()) - forgotten)
    without = sum(person not in accounts for person in whose.values())
    if without:
        yield Unsound("accounts_lost", name, without)
