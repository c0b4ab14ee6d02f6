"""How people say something on Matrix: a real homeserver."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.desk.posts import ITEM
from bot.platforms.matrix import Matrix
from bot.platforms.matrix import Settings as MatrixSettings
from storage.posts import GIVEN
from tests.discord.double.people import until
from tests.matrix.client import Resident
from tests.matrix.patience import deadline
from tests.matrix.synapse import PASSWORD, Synapse
from tests.platforms.people import ROOM_NAME, SIGNS, STAFF_NAME
from tests.sentences import count_of

#: What is tapped under a card.
SIGN = "🙋"


class OnMatrix:
    """Words in a personal conversation, in a staff room and in the room. ``shows`` gives the
    message in the room that stands in one of two slots."""

    def __init__(
        self, server: Synapse, tag: str, folder: Path, clock: Callable[[], datetime]
    ) -> None:
        self.server, self.tag = server, tag
        self.bot = server.register(f"bot-{tag}")
        self.vera = self._person("vera")
        self.otto = self._person("otto")
        self.gerda = self._person("gerda")
        self.room = self.vera.create_room("Straat", invite=(self.bot.user,), preset="public_chat")
        self.staff = self.vera.create_room("Staf", invite=(self.bot.user,))
        self.people: dict[str, tuple[Resident, str]] = {}
        self.shows: Callable[..., str] = lambda *_slots: ""
        self.seen: dict[str, list[str]] = {}
        self._spoken: dict[str, str] = {}
        self._agreed: Counter[str] = Counter()
        settings = MatrixSettings(
            homeserver=server.url,
            user=self.bot.user,
            store=folder / "matrix-store",
            password=lambda: PASSWORD,
            trusted=frozenset({self.vera.user}),
            rooms={ROOM_NAME: self.room},
            staff_rooms={STAFF_NAME: self.staff},
            roles={
                "moderator": frozenset({self.vera.user}),
                "official": frozenset({self.otto.user}),
                "clerk": frozenset({self.gerda.user}),
            },
            lifted=True,
            poll=0.5,
            clock=clock,
        )
        self.platform = Matrix(settings, lambda _code: None)

    def _person(self, name: str) -> Resident:
        return self.server.register(f"{name}-{self.tag}")

    async def begin(self) -> None:
        """Wait until the bot is in both rooms: what was said before is not for it."""
        for room in (self.room, self.staff):
            await until(lambda room=room: self.bot.user in self.vera.members(room), 60)

    async def say(self, who: str, text: str) -> str:
        return await asyncio.to_thread(self._say, who, text)

    def _say(self, who: str, text: str) -> str:
        if text[:1] in SIGNS:
            return self._react(who, *text.split())
        if who == "vera":
            return self.vera.say(self.staff, text)
        person, direct = self._resident(who)
        return person.say(direct, text)

    def _resident(self, who: str) -> tuple[Resident, str]:
        """Somebody, and their conversation with the bot."""
        if who not in self.people:
            working = {"otto": self.otto, "gerda": self.gerda}
            person = working[who] if who in working else self._person(who)
            self.people[who] = person, person.direct(self.bot.user)
        return self.people[who]

    def _react(self, who: str, sign: str, item: str) -> str:
        """React on the message in the room that shows an item: the bot's, or its author's own."""
        person, _ = self._resident(who)
        person.join(self.room)
        return person.react(self.room, self.shows(f"{ITEM}{item}", f"{GIVEN}{item}"), sign)

    async def signs_up(self, who: str, card: str) -> str:
        """Tap the sign under a card."""

        def tap() -> str:
            person, _ = self._resident(who)
            person.join(self.room)
            return person.react(self.room, card, SIGN)

        return await asyncio.to_thread(tap)

    # -- what is read -----------------------------------------------------------------------------

    async def look(self) -> None:
        """Read what stands in all rooms now."""
        await asyncio.to_thread(self._look)

    def _look(self) -> None:
        seats = dict(self.people)
        seats |= {"room": (self.vera, self.room), "staff": (self.vera, self.staff)}
        self.seen = {name: self._standing(*seat) for name, seat in seats.items()}

    def _standing(self, person: Resident, room: str) -> list[str]:
        """The bot's messages in a room, each as its last edit says."""
        shown: dict[str, str] = {}
        for one in person.history(room):
            if one.sender == self.bot.user and one.kind == "m.room.message" and one.text:
                shown[one.edits or one.id] = one.text
        return list(shown.values())

    # -- plain talk in the room -------------------------------------------------------------------

    async def talk(self, who: str, text: str, card: str = "") -> str:
        """Say something in the room, perhaps as a reply to the card in this slot. Who does so has
        talked to the bot before, so that it can ask in person."""
        return await asyncio.to_thread(self._talk, who, text, card)

    def _talk(self, who: str, text: str, card: str) -> str:
        person, direct = self._resident(who)
        person.join(self.room)
        person.say(direct, "hulp")
        self._wait(who, bool)
        said = (
            person.reply(self.room, self.shows(card), text) if card else person.say(self.room, text)
        )
        self._spoken[who] = said
        return said

    async def take(self, who: str) -> str:
        """The moderator wants to take along what somebody said last."""
        return await asyncio.to_thread(self.vera.react, self.room, self._spoken[who], "📌")

    async def agree(self, who: str, yes: bool) -> str:
        """The author answers in person, where the bot asks."""
        return await asyncio.to_thread(self._agree, who, yes)

    def _agree(self, who: str, yes: bool) -> str:
        person, direct = self._resident(who)
        answered = self._agreed[who]
        self._wait(who, lambda said: sum(count_of(one, "gather_ask") for one in said) > answered)
        self._agreed[who] += 1
        return person.say(direct, "ja" if yes else "nee")

    def _wait(self, who: str, enough: Callable[[list[str]], bool]) -> None:
        """Wait until the bot said enough in a conversation."""
        person, direct = self._resident(who)
        end = deadline(30)
        while time.monotonic() < end:
            heard = [m.text for m in person.history(direct) if m.sender == self.bot.user and m.text]
            if enough(heard):
                return
            time.sleep(0.05)
        raise AssertionError(f"{who} is not answered")
