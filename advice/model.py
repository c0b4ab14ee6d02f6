"""uitslag.json as types: the one model from which every document and table is written.

Keys are English, contributions and charter values as typed. Figures that may not be published
are ``None`` here already: whoever writes a document from this model cannot say too much.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

#: Raised when a key is added or changes its meaning.
SCHEMA = "stadsgesprek/uitslag/1"

#: What the figures of one item look like, by kind (docs/bundles.md).
#: One mapping, because msgspec reads no union of several; a dict of any one kind fits it.
Counts = Mapping[str, int | list[int] | dict[str, int]]


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``side``: agree, disagree or pass for a statement, yes or no for a recommendation, the
    option's text for a poll."""

    number: str
    side: str
    text: str


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An official's answer to a question; ``at`` is UTC in ISO form."""

    text: str
    at: str
    by: str = "official"


class Promise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was promised when no answer could be given yet; ``until`` is UTC in ISO form."""

    text: str | None
    until: str


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One statement, poll, question or recommendation of a round.

    ``state``: shown, hidden, withdrawn, erased, unreviewed. ``counts`` and ``voters`` are None when
    not shown or under the threshold (``suppressed``). ``staff``: written by somebody who works for
    the town. ``poll`` (polls only): one, several, ranked or points. ``result``: agreed, rejected,
    divided, too_few; answered, promised, open; a poll's winning options, empty on a tie; None.
    """

    number: str
    text: str | None
    state: str
    counts: Counts | None
    voters: int | None
    suppressed: bool
    result: str | list[str] | None
    reasons: list[Reason] = []
    answer: Answer | None = None
    promise: Promise | None = None
    poll: str | None = None
    staff: bool = False


class Round(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``state``: closed, open (interim: title and turnout only) or skipped. Times UTC ISO."""

    kind: str
    title: str
    state: str
    opened_at: str | None
    closed_at: str | None
    voters: int | None
    receipts_sha256: str | None
    items: list[Item] = []


class Consent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    yes: int
    no: int


class Minority(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many are against, and a reason of theirs (None: none was given)."""

    opposed: int
    reason: str | None


class Recommendation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``from_`` is the item it came from ("S7", "P1")."""

    number: str
    text: str | None
    from_: str = msgspec.field(name="from")
    consent: Consent | None = None
    divided: bool = False
    minority: Minority | None = None


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A moderator's change, with its reason.

    ``what``: advice_drop, advice_add, advice_order, charter, hide, show. ``item``: the item or the
    charter key it is about; for advice_order the items in their new order, comma-separated.
    ``by`` is a pseudonym of the moderator within this dialogue. ``at`` UTC ISO.
    """

    what: str
    item: str
    by: str
    at: str
    reason: str
    was: str | None = None
    now: str | None = None


class Participants(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    contributed: int
    voted: int | None
    total: int | None
    attested: list[str] = []


class Dialogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``charter``: level, decider, answer_by (ISO date), fixed, open, phase, ballot
    ("confidential" or "open"), and every further key as typed (voor, adressen, agenda, …).
    ``zone`` is the town's time zone, ``town`` its name, ``language`` nl or en."""

    id: str
    title: str
    format: str
    room: str
    town: str
    zone: str
    language: str
    charter: dict[str, Any]


class Journal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where in which chain this was computed: ``head`` is the hash of line ``position``."""

    dialogue: str
    position: int
    head: str
    at: str


class Result(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of uitslag.json. ``erased``: how many texts were erased since the last advice."""

    schema: str
    kind: str
    interim: bool
    version: int
    simulated: bool
    dialogue: Dialogue
    participants: Participants
    rounds: list[Round]
    recommendations: list[Recommendation]
    hidden: dict[str, int]
    changes: list[Change]
    journal: Journal
    rules: list[str] = []
    erased: int = 0
    unreviewed: int = 0


def encode(result: Result) -> bytes:
    """The bytes of uitslag.json: indented, keys in the order above, ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n"


def decode(data: bytes) -> Result:
    """Read uitslag.json strictly; raises ``msgspec.ValidationError`` naming the wrong key."""
    return msgspec.json.decode(data, type=Result)
