"""uitslag.json as types: the one model from which every document and table is written.

Keys are English, contributions and charter values as typed. Figures that may not be published
are ``None`` here already: whoever writes a document from this model cannot say too much.

``Item`` and ``Round`` are what all kinds of rounds have in common. Each kind has a record of its
own for its round, named by ``kind`` in the file, and one for its items where they have more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

import msgspec

from advice.indented import indented

#: Raised when a key is added or changes its meaning.
SCHEMA = "stadsgesprek/uitslag/1"

#: What the figures of one item look like, by kind (docs/bundles.md).
#: One mapping, because msgspec reads no union of several; a dict of any one kind fits it.
Counts = Mapping[str, int | list[int] | dict[str, int]]


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``side`` is the choice that the reason was given with, as its kind of round names it. It has
    no number, and reasons stand by side and text: nothing ties two of them to one person."""

    side: str
    text: str


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item of a round; a kind whose items have more has a record of its own that adds it.

    ``state``: shown, hidden, withdrawn, erased, unreviewed. ``counts`` and ``voters`` are None when
    not shown or under the threshold (``suppressed``), and where a kind has none. ``result`` is the
    outcome by the kind's own rule, ``too_few``, or None. ``staff``: written by somebody who works
    for the town. ``left_out``: hidden, unreviewed, where a reason was given that is so; on which
    side it was is not told.
    """

    number: str
    text: str | None
    state: str
    counts: Counts | None
    voters: int | None
    suppressed: bool
    result: str | list[str] | None
    reasons: list[Reason] = []
    staff: bool = False
    left_out: list[str] = []


class Round(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """What the rounds of all kinds have; each kind has a class of its own with its name as tag.

    ``state``: closed, open (interim: title and turnout only) or skipped. Times UTC ISO.
    ``reasons_withheld``: one was erased after the round closed, so that no reason of it is given.
    """

    title: str
    state: str
    opened_at: str | None
    closed_at: str | None
    voters: int | None
    receipts_sha256: str | None
    items: Sequence[Item] = []
    reasons_withheld: bool = False

    @property
    def kind(self) -> str:
        """The name of its kind."""
        return str(self.__struct_config__.tag)


class Consent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    yes: int
    no: int


class Minority(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many are against, and a reason of theirs (None: none was given)."""

    opposed: int
    reason: str | None


class Recommendation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``from_`` is the number of the item it came from, ``option`` that of an option of it. The
    number is the one that it was first shown with: of one that was dropped it is left out."""

    number: str
    text: str | None
    from_: str = msgspec.field(name="from")
    consent: Consent | None = None
    divided: bool = False
    minority: Minority | None = None
    option: int | None = None


class Dropped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A recommendation that the moderator dropped; ``text`` is None where it is not shown."""

    number: str
    text: str | None
    from_: str = msgspec.field(name="from")
    option: int | None = None


class Draft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When the recommendations were posted as a draft, until when objections were heard, and until
    when they were ruled on, which is when the document was asked for by itself. UTC ISO."""

    posted_at: str
    heard_until: str
    ruled_until: str


class Ruling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A moderator's ruling. ``outcome``: adjusted or not. ``text`` is how the recommendation is put
    since, on which nobody voted; None where it was not adjusted. ``by`` is a pseudonym."""

    outcome: str
    at: str
    by: str
    reason: str | None
    text: str | None


class Objection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody who took part says is wrong with the recommendation ``item``, in the draft.

    ``state`` as of an item. ``text`` is None where it is not shown, and where the charter forbids
    to quote. ``ruling`` None: nobody ruled on it.
    """

    number: str
    item: str
    state: str
    text: str | None
    ruling: Ruling | None = None


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A moderator's change, with its reason.

    ``what``: advice_drop, advice_add, advice_order, charter, hide, show, title, hour (a closing was
    moved), early (a round was closed before an hour that had been chosen), opening, end, pause (of
    a round, from ``was`` to ``now``). ``item``: the item or the charter key it is about; for
    advice_order the items in their new order, comma-separated; of an hour or a pause the number of
    the round. ``was`` and ``now`` of these are UTC ISO.
    ``number``: the recommendation that was dropped or added; of an order those of all, in it.
    ``by`` is a pseudonym of the moderator within this dialogue. ``at`` UTC ISO.
    """

    what: str
    item: str
    by: str
    at: str
    reason: str
    was: str | None = None
    now: str | None = None
    number: str | None = None


class Participants(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers of people, None for 1 to 4 and where one would tell such a number by subtraction.
    Each account counts as one, or the accounts that were linked: ``linked`` of ``total`` are that.
    ``minimum_met``: as many took part as the charter's minimum."""

    contributed: int | None
    voted: int | None
    total: int | None
    attested: list[str] = []
    minimum_met: bool = False
    linked: int | None = 0
    unlinked: int | None = None


class Dialogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """``charter``: level, decider, answer_by (ISO date), fixed, open, phase, ballot
    ("confidential" or "open"), and every further key as typed (voor, adressen, agenda, …).
    ``zone`` is the town's time zone, ``town`` its name, ``language`` nl or en. ``imported``: it was
    held elsewhere, and what was agreed there is not known; ``source`` says where, and its
    licence."""

    id: str
    title: str
    format: str
    room: str
    town: str
    zone: str
    language: str
    charter: dict[str, Any]
    imported: bool = False
    source: str = ""


class Journal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where in which chain this was computed: ``head`` is the hash of line ``position``."""

    dialogue: str
    position: int
    head: str
    at: str


class Difference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is otherwise than in the version before (``advice/since.py``): ``what`` sort of
    difference, of which ``item`` (an item, a key of the charter, the number of a round), and the
    values ``was`` and ``now`` where it has these and they are no words of people."""

    what: str
    item: str
    was: str | None = None
    now: str | None = None


class Previous(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The version before this one: its number, when it was asked for (UTC ISO), the hash that was
    posted of it, None where none was, and the ``changes`` since."""

    version: int
    at: str
    sha256: str | None
    changes: list[Difference] = []


class Remade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Said of an earlier version that was made again without texts that were erased since it was
    asked for. ``sha256``: the hash that was posted of it, which it no longer has; None where none
    was."""

    sha256: str | None


_R = TypeVar("_R", bound=Round)


class ResultOf(msgspec.Struct, Generic[_R], frozen=True, forbid_unknown_fields=True):
    """The whole of uitslag.json. ``erased``: how many texts were erased since the last advice; of
    a version that was ``remade``: how many of its texts. ``previous``: None of a first version."""

    schema: str
    kind: str
    interim: bool
    version: int
    simulated: bool
    dialogue: Dialogue
    participants: Participants
    rounds: list[_R]
    recommendations: list[Recommendation]
    hidden: dict[str, int]
    changes: list[Change]
    journal: Journal
    rules: list[str] = []
    erased: int = 0
    unreviewed: int = 0
    dropped: list[Dropped] = []
    draft: Draft | None = None
    objections: list[Objection] = []
    previous: Previous | None = None
    remade: Remade | None = None


#: A result with rounds of any kind; ``advice/kinds.py`` reads one with the kinds there are.
Result: TypeAlias = ResultOf[Round]


def encode(result: Result) -> bytes:
    """The bytes of uitslag.json: indented, keys in the order above, ending in a newline."""
    return indented(result, "rounds", "items")
