"""Who asks, from where, in what language; and the answer that goes back to them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from bot.platforms.capabilities import Capabilities
from bot.platforms.facts import Origin
from bot.platforms.messages import ReplyHandle
from bot.platforms.places import Place, PlaceKind
from bot.town.town import milliseconds
from commands.said import Where
from dialogues.core import Light, Notice, Role
from dialogues.dialogue import Dialogue
from storage.offers import ON_ITS_WAY
from storage.people import Known

if TYPE_CHECKING:
    pass

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
