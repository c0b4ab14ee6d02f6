"""The clerk's form of a town's agenda and register: the public files, and what they were made from.

The journals of all meetings and commitments stand in it, with the words that were not erased.
``agenda.json`` has what none of these has: how the town is named, where each journal ends, and the
hours of rounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from advice import manifest
from advice.town.calendar_file import Entry
from advice.town.planned import Named
from advice.verifying.rebuild import texts_bytes
from dialogues.record import next_hash, start_hash
from meetings.meeting import number_of

JOURNALS = "bijeenkomsten.jsonl"
TEXTS = "bijeenkomsten-teksten.jsonl"
BASIS = "agenda.json"

#: The journals of commitments, where there are any; they hold no texts that can be erased.
COMMITMENTS = "toezeggingen.jsonl"

#: The files that are always there, besides their list.
CLERKS = (BASIS, JOURNALS, TEXTS)

#: Raised when a key is added or changes its meaning.
SCHEMA = "agenda/1"


@dataclass(frozen=True, slots=True)
class Kept:
    """The journal of a meeting: its id, its lines, its texts (ref, kind, key, words), whether the
    public files tell of it, and the link to its conversation, "" where there is none."""

    id: str
    lines: Sequence[bytes]
    texts: Sequence[tuple[str, str, bytes, str]]
    published: bool
    link: str = ""


class Chain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the journal of a meeting ends: how many lines it has, and the hash of the last one."""

    meeting: str
    lines: int
    head: str
    published: bool
    link: str


class Pledge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the journal of a commitment ends, as of a ``Chain``."""

    commitment: str
    lines: int
    head: str
    published: bool


class Basis(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """agenda.json. ``rounds`` are the entries of rounds in the calendar, which follow from the
    journals of dialogues."""

    schema: str
    town: str
    zone: str
    language: str
    meetings: list[Chain]
    rounds: list[Entry]
    commitments: list[Pledge] = []


def clerk(
    public: Mapping[str, bytes],
    named: Named,
    rounds: Iterable[Entry],
    journals: Iterable[Kept],
    promised: Iterable[Kept] = (),
) -> dict[str, bytes]:
    """The public files byte for byte, and the clerk's. ``promised`` are the journals of
    commitments."""
    kept = sorted(journals, key=lambda each: number_of(each.id))
    chains = [_chain(each) for each in kept]
    pledged = sorted(promised, key=lambda each: number_of(each.id))
    pledges = [_pledge(each) for each in pledged]
    basis = Basis(SCHEMA, named.town, named.zone, named.language, chains, list(rounds), pledges)
    files = dict(public)
    if pledges:
        files[COMMITMENTS] = b"".join(line + b"\n" for each in pledged for line in each.lines)
    files[JOURNALS] = b"".join(line + b"\n" for each in kept for line in each.lines)
    files[TEXTS] = b"".join(texts_bytes(list(each.texts)) for each in kept)
    files[BASIS] = encode(basis)
    files[manifest.AGENDA] = manifest.listing(files)
    return files


def encode(basis: Basis) -> bytes:
    """The bytes of agenda.json: indented, ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(basis), indent=1) + b"\n"


def head_of(id: str, lines: Iterable[bytes]) -> str:
    """The hash of the last line of a journal, as hex digits."""
    head = start_hash(id)
    for line in lines:
        head = next_hash(head, line)
    return head.hex()


def _chain(kept: Kept) -> Chain:
    head = head_of(kept.id, kept.lines)
    return Chain(f"M{number_of(kept.id)}", len(kept.lines), head, kept.published, kept.link)


def _pledge(kept: Kept) -> Pledge:
    head = head_of(kept.id, kept.lines)
    return Pledge(f"T{number_of(kept.id)}", len(kept.lines), head, kept.published)
