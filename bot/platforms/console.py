"""The console as a platform: rooms, a staff room and personal conversations in one process.

Everything said is known at once, so this platform never has to read back. ``heard`` is given each
message the bot sends; its id is its place in the row of all messages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.platforms.capabilities import Capabilities, ReadBack
from bot.platforms.facts import Origin
from bot.platforms.messages import Message, in_words
from bot.platforms.places import Place, PlaceKind

NAME = "console"

CAPABILITIES = Capabilities(read_back=ReadBack.AT_ONCE, stands_at_once=True, edit=True, react=True)


class Console:
    """The console. ``staff`` is the name of the staff room; every other named place is a room."""

    name = NAME
    capabilities = CAPABILITIES

    def __init__(self, heard: Callable[[Message, str], None], staff: str = "staf") -> None:
        self._heard = heard
        self._staff = staff
        self._count = 0

    def send(self, message: Message) -> str:
        """Show a message; an edit keeps the id of what it edits."""
        self._count += 1
        name = message.edits or f"{self._count}"
        self._heard(replace(message, document=in_words(message)), name)
        return name

    def place(self, where: str | None, user: str) -> Place:
        """The place a line was typed in: a room, the staff room, or without a name the user's own
        conversation with the bot."""
        if where is None:
            return Place(NAME, PlaceKind.PERSONAL, user)
        kind = PlaceKind.STAFF if where == self._staff else PlaceKind.ROOM
        return Place(NAME, kind, where)

    def origin(
        self,
        cause: str,
        at: datetime,
        user: str,
        where: str | None,
        roles: frozenset[str],
        order: str,
    ) -> Origin:
        return Origin(cause, at, self.place(where, user), user, roles, order)
