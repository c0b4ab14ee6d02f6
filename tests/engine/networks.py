"""``Networks``: the bot on two doubles, one like Matrix and one like Discord, with a room on both.

On the second one only words that are meant for the bot arrive, and always in person, near the room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import structs

from bot.desk.asker import Reply
from bot.engine.reception import Cursor
from bot.platforms.facts import CALL, Said
from bot.platforms.places import Place, PlaceKind
from dialogues.core import Notice
from dialogues.dialogue import Dialogue
from tests.engine.chat import ROOM, STAFF, Chat
from tests.engine.live import Live
from tests.platforms.buttons import CAPABILITIES

#: The capabilities of a platform like Discord.
PRESSED = replace(CAPABILITIES, mark=False, talk=False)
THERE = Place("discord", PlaceKind.ROOM, ROOM.name)
STAFF_THERE = Place("discord", PlaceKind.STAFF, STAFF.name)


class Networks(Live):
    def __init__(self, file: Path) -> None:
        super().__init__(file, beside=[Chat("discord", PRESSED)])
        self.there = self.chats["discord"]

    def at(self, place: Place) -> list[str]:
        """What all see of the bot in a place."""
        return self.chats[place.platform].at(place)

    def heard(self, user: str, text: str, network: str = "matrix", roles: Sequence[str] = ()):
        """Say something in person; the notices of the answer."""
        replies = self.put(self.fact(user, text, network, roles))
        return [notice for reply in replies for notice in reply.notices]

    def fact(self, user: str, text: str, network: str, roles: Sequence[str] = ()) -> Said:
        place = Place(network, PlaceKind.PERSONAL, user)
        origin = self.origin(user, place, tuple(roles))
        if network == "discord":
            return Said(structs.replace(origin, near=THERE), f"{CALL}{text}")
        return Said(origin, text)

    def commanded(self, text: str, network: str = "matrix") -> Sequence[Reply]:
        place, call = (STAFF, "") if network == "matrix" else (STAFF_THERE, CALL)
        return self.put(Said(self.origin("vera", place, ("moderator",)), f"{call}{text}"))

    def read_back(self) -> None:
        for name in self.chats:
            self.engine.receive((), Cursor(name, "s", self.clock())).whole()

    @property
    def dialogue(self) -> Dialogue:
        return self.engine.ledger.states["ons-gesprek"]


def codes(notices: Sequence[Notice]) -> list[str]:
    return [notice.template for notice in notices]
