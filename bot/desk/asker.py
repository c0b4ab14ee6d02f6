"""The author of a fact: person, place, roles and language; and the reply to them."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, structs

from bot.desk import held
from bot.platforms.capabilities import Capabilities
from bot.platforms.facts import Origin
from bot.platforms.messages import ReplyHandle
from bot.platforms.places import Place
from commands.said import Where
from dialogues.core import Light, Notice, Role
from dialogues.dialogue import Dialogue
from storage.forms import Form
from storage.offers import ON_ITS_WAY
from storage.people import Known


class Tap(Light, frozen=True):
    """A sign that somebody put under a card to take part: the platform's id of it."""

    place: str
    sign: str
    dialogue: str


def language_of(dialogue: Dialogue) -> str:
    """The language in which a dialogue is held."""
    return dialogue.charter.language or dialogue.language


class Reply(Light, frozen=True):
    """The answer to the author of a fact. ``title`` stands before answers in a staff room;
    ``handle`` lets the platform answer privately for as long as the handle lives. ``tap``: the
    answer may open a personal conversation, and that sign is taken away after it. ``after``: the
    newest row of the outbox that it comes after in its place; None: all that wait there. ``over``:
    the question that was pressed is over for everybody, so its buttons go."""

    place: Place
    notices: tuple[Notice, ...]
    cause: str
    title: str = ""
    language: str = ""
    handle: ReplyHandle | None = None
    tap: Tap | None = None
    after: int | None = None
    over: bool = False


class Subject(Light, frozen=True):
    """What a fact turned out to be about: a dialogue with its title and room, or a room alone, and
    the language that is spoken there; "" for what is not known (yet)."""

    dialogue: str = ""
    title: str = ""
    room: str = ""
    language: str = ""


_UNKNOWN = Subject()


class Asker(Struct):
    """The author of one fact at one moment. ``at`` is the clamped time, also as ``milliseconds``;
    ``cause`` the hashed event id; ``where`` in what kind of place it happened.

    ``can`` is what the platform can do; ``settled``: nothing older of this person can still arrive.
    ``held`` are all roles of the author, ``roles`` those that count for what it is about.
    ``reply_to`` is where the answer goes, never a room; ``here`` is the same place as a string,
    under which open questions and offers are stored, and ``conversation`` that of their own
    conversation with the bot. ``tap`` is the sign by which they ask to take
    part, if any. ``subject`` is what it turned out to be about, one record because each field that
    is set here takes ten times what a field of the record does. ``over``: they pressed a question
    that others see too, and it is over now.
    """

    origin: Origin
    at: datetime
    milliseconds: int
    where: Where
    roles: frozenset[Role]
    cause: bytes
    can: Capabilities
    settled: bool
    known: Known
    reply_to: Place
    here: str
    conversation: str
    held: frozenset[Role] = frozenset()
    subject: Subject = _UNKNOWN
    tap: Tap | None = None
    asks: Form | None = None
    over: bool = False

    def roles_in(self, room: str) -> frozenset[Role]:
        """The roles for the dialogues of a room: who is a moderator by the rights in one room is
        none in another."""
        mine = self.origin.moderates
        if mine is None or room in mine:
            return self.held
        return self.held - {Role.MODERATOR}

    def about(self, dialogue: Dialogue) -> Dialogue:
        """Set roles and subject to those of a dialogue; returns the dialogue."""
        if self.origin.moderates is not None:
            self.roles = self.roles_in(dialogue.room)
        language = dialogue.charter.language or dialogue.language
        self.subject = Subject(dialogue.id, dialogue.title, dialogue.room, language)
        return dialogue

    def about_room(self, room: str, language: str) -> None:
        """Set roles and subject to those of a room, in which something other than a dialogue is
        spoken of in this language."""
        if self.origin.moderates is not None:
            self.roles = self.roles_in(room)
        self.subject = structs.replace(self.subject, room=room, language=language)

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
        return Place.parse(self.conversation)

    @property
    def counted(self) -> frozenset[Role]:
        """The roles for which somebody has no ballot and is marked as staff: also those of linked
        accounts, which give no rights here."""
        if not self.known.elsewhere:
            return self.roles
        return self.roles.union(
            *(held.holding(one, self.subject.room) for one in self.known.elsewhere)
        )

    @property
    def staff(self) -> bool:
        if not self.roles and not self.known.elsewhere:  # nearly always
            return False
        return bool(self.counted)

    @property
    def stands_at(self) -> int:
        """When an offer in the answer counts: now, or once the platform has posted it."""
        return self.milliseconds if self.can.keeps_offers else ON_ITS_WAY
