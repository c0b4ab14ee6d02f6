"""Who asks, from where, and what the desk may use to answer: the least it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from bot.ledger.ledger import Ledger
from bot.platforms.capabilities import Capabilities
from bot.platforms.facts import Origin
from bot.platforms.messages import ReplyHandle
from bot.platforms.places import Place, PlaceKind
from bot.town.town import Town, milliseconds
from commands.said import Where
from commands.vocabulary import Vocabulary
from dialogues.core import Context, Light, Notice, Role, Text
from dialogues.dialogue import Dialogue
from dialogues.format import Format
from dialogues.machine import Frame
from dialogues.receipts import receipt
from storage.offers import ON_ITS_WAY
from storage.people import Known
from storage.store import Store

if TYPE_CHECKING:
    from bot.desk.talk import Talk, Talks

_WHERE = {
    PlaceKind.ROOM: Where.ROOM,
    PlaceKind.STAFF: Where.STAFF,
    PlaceKind.PERSONAL: Where.PERSONAL,
}


class Reply(Light, frozen=True):
    """The answer to whoever asked. ``title`` heads answers in a staff room; ``handle`` is what it
    can be given with while that lives."""

    place: Place
    notices: tuple[Notice, ...]
    cause: str
    title: str = ""
    language: str = ""
    handle: ReplyHandle | None = None


class Asker(Struct):
    """One fact's author at one moment. ``at`` is the clamped time; ``cause`` the hashed id.

    ``can`` is what the platform can do; ``settled``: nothing older can still arrive from there.
    ``reply_to`` is where answers go (never
    into the room), ``here`` the same as one string: the place whose open questions are meant.
    """

    origin: Origin
    at: datetime
    roles: frozenset[Role]
    cause: bytes
    can: Capabilities
    settled: bool
    known: Known
    reply_to: Place
    here: str
    title: str = ""
    language: str = ""

    def about(self, dialogue: Dialogue) -> Dialogue:
        """From now on the answer is about this dialogue: its title, and its language."""
        self.title = dialogue.title
        self.language = dialogue.charter.language or dialogue.language
        return dialogue

    @property
    def where(self) -> Where:
        return _WHERE[self.origin.place.kind]

    @property
    def place(self) -> Place:
        return self.origin.place

    @property
    def person(self) -> str:
        return self.known.person

    @property
    def personal(self) -> Place:
        """This person's own conversation with the bot on this platform."""
        if self.where is not Where.STAFF:
            return self.reply_to
        return Place(self.reply_to.platform, PlaceKind.PERSONAL, self.origin.account)

    @property
    def staff(self) -> bool:
        return bool(self.roles)

    @property
    def milliseconds(self) -> int:
        return milliseconds(self.at)

    @property
    def stands_at(self) -> int:
        """When what is offered in the answer stands: at once, or when the platform has it."""
        return self.milliseconds if self.can.stands_at_once else ON_ITS_WAY


#: Finds the shown text that says the same: (words, [(item, words)], threshold) -> item or None.
Nearest = Callable[[str, Sequence[tuple[str, str]], int], "str | None"]


@dataclass(slots=True)
class Desk:
    """What answering takes. ``nearest`` compares texts; ``settled`` says whether a round
    may close now; ``cause`` hides a chat event's id; ``known`` are the words there are, ``talks``
    what each kind of round does in the chat, ``capabilities`` what each platform can do, by name.
    ``heard`` is what people said in their turn and did not yet say yes to: by their conversation,
    then by the hidden id of the message, so that a message handled anew is not heard twice.
    ``curious``: a platform may be asked for something (``bot.desk.gathering.question.looks``)."""

    ledger: Ledger
    store: Store
    town: Town
    nearest: Nearest
    settled: Callable[[Dialogue, datetime], bool]
    cause: Callable[[str], bytes]
    known: Vocabulary
    talks: Talks
    capabilities: Mapping[str, Capabilities]
    curious: bool = True
    heard: dict[str, dict[bytes, str]] = field(default_factory=dict)

    @property
    def formats(self) -> Mapping[str, Format]:
        return self.town.formats

    def talk(self, frame: Frame) -> Talk:
        """What the kind of a round does in the chat."""
        return self.talks.of(frame)

    def participant(self, asker: Asker, dialogue: Dialogue) -> str:
        return self.store.participants.participant(dialogue.id, asker.person)

    def ballot(self, asker: Asker, dialogue: Dialogue, index: int) -> str:
        return self.store.participants.ballot_of(dialogue.id, asker.known.person, index)

    def receipt(self, ballot: str) -> str:
        return receipt(self.town.key, ballot)

    def act(self, asker: Asker, dialogue: Dialogue, intent: Any, by: str = "") -> tuple[Any, ...]:
        """Let something happen in the asker's name; ``by`` is their participant or a ballot."""
        context = Context(
            asker.at,
            by or self.participant(asker, dialogue),
            asker.roles,
            asker.origin.order,
            asker.settled,
        )
        return self.ledger.act(dialogue.id, intent, context)

    def words(self, text: Text) -> str:
        """A text's words as they are now, "" when they were erased."""
        return text.words or self.store.texts.words(text.ref) or ""
