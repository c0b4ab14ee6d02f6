"""site.json as types: the one model from which every page of a town's site is written.

It holds nothing but what stands in public bundles, and of a dialogue without a document what its
room was told when it opened. No figure of a round is in it.
"""

from __future__ import annotations

import msgspec

from advice.model import Dialogue

#: Raised when a key is added or changes its meaning.
SCHEMA = "site/1"


class Round(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A round. ``state``: waiting, open, closed or skipped. Times UTC ISO; ``closes_at`` is the
    announced closing of one that is open."""

    number: int
    title: str
    kind: str
    state: str
    opened_at: str | None
    closes_at: str | None
    closed_at: str | None


class Response(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer to what residents ask. ``outcome``: adopted, partly or not; ``body``: college,
    council or mayor. ``text`` is None where it was erased. ``source`` names the decision, None for
    a reaction of officials without one. ``at`` UTC ISO, ``due`` the ISO day by which it is done."""

    outcome: str
    text: str | None
    body: str
    source: str | None
    at: str
    due: str | None


class Progress(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far it was. ``state``: underway, done or stopped; ``at`` UTC ISO."""

    state: str
    text: str | None
    source: str | None
    at: str


class Adjusted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a recommendation is put since its draft was objected to: ``after`` are the objections,
    ``text`` is None where it was erased. Nobody voted on it."""

    after: list[str]
    text: str | None


class Ask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What residents ask, a recommendation of the newest version: its number there, its words, None
    where these were erased, and the item that it came from. ``response`` is the answer that holds,
    ``earlier`` those that it corrected, ``answer_by`` the ISO day for which one was promised.
    ``missed``: that day went by, and the room was told so. ``adjusted``: how it is put since."""

    number: str
    text: str | None
    from_: str = msgspec.field(name="from")
    response: Response | None = None
    earlier: list[Response] = []
    progress: list[Progress] = []
    answer_by: str | None = None
    missed: bool = False
    adjusted: Adjusted | None = None

    @property
    def answered(self) -> bool:
        """Whether there is a decision."""
        return self.response is not None and self.response.source is not None


class Version(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A version of the document. ``kind``: advies or verslag. ``at`` is when it was asked for, UTC
    ISO. ``sha256`` is the hash that was posted in the room; ``matches`` whether the files here have
    it: not those of a version that was ``remade`` without words erased since, nor those that a
    newer program writes otherwise. ``folder`` is where the ``files`` and the other ``forms`` of the
    document (PDF, workbook, and their list) stand in the site, ``archive`` all of them in one ZIP
    file."""

    number: int
    kind: str
    at: str
    sha256: str
    matches: bool
    remade: bool
    participants: int | None
    folder: str
    files: list[str]
    archive: str
    forms: list[str] = []

    def form(self, ending: str) -> str:
        """The name of the document in another form (pdf, xlsx); "" where there is none."""
        return next((name for name in self.forms if name.endswith(f".{ending}")), "")


class Received(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That the town's clerk received a version: when (UTC ISO), and under which case."""

    version: int
    case: str
    at: str


class Proposed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something in a draft: its number and its words; ``adjusted``: how it is put since."""

    number: str
    text: str | None
    adjusted: Adjusted | None = None


class Draft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to go to the council, as the room was told: who took part can say what is not right
    ``heard_until`` a moment (UTC ISO), and it is ruled on until ``ruled_until``; then the document
    goes out. ``divided``: what stays divided, the first of it, with how many ``others``."""

    heard_until: str
    ruled_until: str
    asks: list[Proposed]
    divided: list[Proposed]
    others: int


class Conversation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A dialogue. ``state``: open, closed (its document is still to come), documented, or answered
    (all that is asked has a decision). Times UTC ISO; ``versions`` are the newest first, and
    ``asks`` those of the newest. ``draft``: while there is one, and no document yet. ``follow_up``
    are the files of what became of it, in the folder of its page."""

    dialogue: Dialogue
    state: str
    simulated: bool
    opened_at: str
    closed_at: str | None
    rounds: list[Round]
    asks: list[Ask]
    versions: list[Version]
    received: Received | None = None
    follow_up: list[str] = []
    draft: Draft | None = None

    @property
    def waiting(self) -> list[Ask]:
        """What has no decision yet."""
        return [ask for ask in self.asks if not ask.answered]

    @property
    def answer_by(self) -> str | None:
        """The last ISO day for which an answer that is not there was promised."""
        return max((ask.answer_by for ask in self.waiting if ask.answer_by), default=None)

    @property
    def missed(self) -> bool:
        """Whether the day of an answer went by without it."""
        return any(ask.missed for ask in self.waiting)


class Commitment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that was promised (``kind`` promise, by the college) or agreed (agreement).
    ``text`` is None where a question is to be answered, which ``item`` names. ``who`` is an office
    or a group as typed, ``body`` the college, council or mayor where it is that. ``due`` is the ISO
    day by which it is done; ``state``: open, late, done or stopped, since ``at`` (UTC ISO).
    ``item`` is what it comes from, in the ``dialogue`` where that has a page here."""

    number: str
    kind: str
    text: str | None
    who: str
    body: str | None
    due: str
    state: str
    at: str
    item: str
    dialogue: str | None
    progress: list[Progress]


class Bulletin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A newsletter: its ``month`` (2026-11), the version that was released last, when (UTC ISO),
    and where its page and all its ``files`` stand in the site."""

    month: str
    version: int
    at: str
    page: str
    files: list[str]


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole site: the town with its zone and language, its dialogues, the last to have opened
    first, its register of commitments, by number, and its newsletters, the newest first."""

    schema: str
    town: str
    zone: str
    language: str
    dialogues: list[Conversation]
    commitments: list[Commitment]
    newsletters: list[Bulletin] = []


def encode(site: Site) -> bytes:
    """The bytes of site.json: indented, keys in the order above, ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(site), indent=1) + b"\n"
