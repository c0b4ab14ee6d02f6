"""``Live``: engine and courier on a double of a live platform (``Chat``).

Nothing runs by itself here: ``deliver`` sends until nothing can be sent, ``restart`` is a program
that was killed and started again on the same file.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import structs

from bot.delivery.answering import Answering
from bot.delivery.courier import LiveCourier
from bot.delivery.outcomes import Outcomes
from bot.delivery.pictures import Pictures
from bot.delivery.queue import Pace, Paces
from bot.delivery.rows import Rows
from bot.delivery.speaking import Handout, Speaker
from bot.desk import cards
from bot.desk.asker import Reply
from bot.desk.new_list import new_list
from bot.documents.enclosing import enclosed
from bot.engine.engine import Engine
from bot.engine.reception import Cursor
from bot.platforms.facts import Fact, Origin, Reacted, Said, Unreacted
from bot.platforms.live import NotYet
from bot.platforms.places import Place
from bot.runtime import chance
from bot.runtime.builtin import catalogues
from bot.runtime.builtin import formats as built_in
from bot.runtime.clock import VirtualClock
from bot.text.duplicates import nearest
from bot.text.templates import Renderer
from bot.town.town import Rooms, Town
from dialogues.core import Notice
from rounds import registry
from storage.store import Store
from tests.documents import words
from tests.engine.chat import ROOM, STAFF, Chat, person
from tests.engine.noted import Noted, Told

START = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
FORMATS = built_in()
CATALOGUES = catalogues()
KEY = bytes(range(32))
CHARTER = (
    'niveau=meedenken beslisser="de raad" antwoord="15 december" vast="de bus" open="bomen" '
    "fase=voorbereiding"
)


class Live:
    """The bot on a file, with the double as its only platform, or with another beside it."""

    def __init__(
        self,
        file: Path,
        chat: Chat | None = None,
        now: datetime = START,
        beside: Sequence[Chat] = (),
        rooms: Rooms | None = None,
    ) -> None:
        self.file, self.chat = file, chat or Chat()
        self.chats = {one.name: one for one in (self.chat, *beside)}
        self.rooms = rooms
        self.clock = VirtualClock(now)
        self.alarms: list[str] = []
        self.count = 0
        self.noted = Noted()
        self._open()

    def _open(self) -> None:
        can = {name: chat.capabilities for name, chat in self.chats.items()}
        room = (ROOM, *(structs.replace(ROOM, platform=name) for name in list(can)[1:]))
        staff = (STAFF, *(structs.replace(STAFF, platform=name) for name in list(can)[1:]))
        rooms = self.rooms or Rooms({"straat": room}, {"staf": staff}, {"straat": "staf"})
        town = Town("Haarlem", ZoneInfo("Europe/Amsterdam"), "nl", KEY, rooms, FORMATS)
        self.store = Store(self.file, chance.seeded(f"live/{self.count}"), registry.record(), KEY)
        self.engine = Engine(
            self.store,
            town,
            chance.seeded(f"live/{self.count}"),
            self.clock,
            nearest,
            registry.vocabulary(),
            registry.talks(),
            can,
            alarm=self.alarms.append,
        )
        names = {"town": "Haarlem", "address": "bot"}
        renderer = Renderer(
            CATALOGUES, "nl", town.zone, names, self.store.texts.words, registry.vocabulary()
        )
        handout = Handout(words("stuk"))
        speaker = Speaker(
            renderer,
            self._heads,
            lambda _dialogue, _at: handout,
            self._card,
            can,
            lists=lambda row: new_list(self.engine.services, row),
        )
        alarm, ledger = self.alarms.append, self.engine.ledger
        outcomes = Outcomes(ledger, self._hear, self.clock, alarm)
        pictures = Pictures(self.engine.services, renderer)
        self.rows = Rows(ledger, speaker, outcomes, self._hear, self.clock, pictures)
        self.rows.land()
        services = self.engine.services
        self.answering = Answering(
            services, speaker, self.clock, alarm, partial(enclosed, services, renderer)
        )
        self.noted.listen(speaker, self.answering)
        paces = Paces(card_breath=0)
        self.couriers = {
            name: LiveCourier(chat, self.rows, self.answering, _in_thread, paces)
            for name, chat in self.chats.items()
        }
        self.courier = self.couriers[self.chat.name]

    def _card(self, dialogue: str, index: int) -> Notice:
        return cards.card_now(self.engine.services, dialogue, index)

    def _heads(self, _place: Place, dialogue: str) -> tuple[str, str]:
        state = self.engine.ledger.states.get(dialogue)
        return (state.title, "nl") if state is not None else ("", "")

    def _hear(self, facts: Sequence[Fact]) -> None:
        self.engine.receive(facts).whole()

    def restart(self) -> None:
        """Kill the program and start it again on the same file."""
        self.store._db.close()
        self.count += 1
        self._open()

    # -- what people do -----------------------------------------------------------------------

    def origin(self, user: str, place: Place, roles: tuple[str, ...] = ()) -> Origin:
        self.count += 1
        self.clock.set(self.clock() + timedelta(seconds=1))
        return Origin(
            f"$e{self.count}", self.clock(), place, user, frozenset(roles), f"{self.count:09}"
        )

    def put(self, *facts: Fact) -> Sequence[Reply]:
        replies = self.engine.receive(facts).whole()
        for reply in replies:
            self.couriers[reply.place.platform].answer([reply])
        return replies

    def say(self, user: str, text: str, place: Place | None = None) -> str:
        """Say something; returns the id of the message."""
        origin = self.origin(user, place or person(user))
        self.put(Said(origin, text))
        return origin.cause

    def command(self, text: str) -> None:
        self.put(Said(self.origin("vera", STAFF, ("moderator",)), text))

    def react(self, user: str, sign: str, target: str) -> str:
        origin = self.origin(user, ROOM)
        self.put(Reacted(origin, sign, target))
        return origin.cause

    def unreact(self, user: str, reaction: str) -> None:
        self.put(Unreacted(self.origin(user, ROOM), reaction))

    def chatter(self, messages: int) -> None:
        for _ in range(messages):
            self.say("zoe", "gewoon wat praat", ROOM)

    def open(self, kind: str = "stellingenronde", more: str = "", poll: str = "") -> None:
        self.command(f"gesprek nieuw {kind} Ons gesprek {CHARTER} {more}")
        if poll:
            self.command(f"peiling {poll}")
        self.command("start")
        self.deliver()

    def read_back(self) -> None:
        """Report that everything said until now has been received."""
        self.courier.answer(self.engine.receive((), Cursor("matrix", "s", self.clock())).whole())

    def later(self, **delta: int) -> None:
        self.clock.set(self.clock() + timedelta(**delta))

    # -- what they read -----------------------------------------------------------------------

    def told(self, place: Place) -> list[Told]:
        """What each message in a place says, the oldest first."""
        return [self.reads(one) for one, m in self.chat.messages.items() if m.place == place]

    def reads(self, message: str) -> Told:
        """What a message says as it stands now."""
        return self.noted.told(self.chat.messages[message].token)

    def card(self) -> Told:
        """What the only card says."""
        (card,) = self.chat.cards()
        return self.reads(card)

    # -- what the courier does ----------------------------------------------------------------

    def deliver(self, most: int = 200) -> None:
        """Send until nothing more can be sent; pauses take no time."""
        asyncio.run(self._deliver(most))

    async def _deliver(self, most: int) -> None:
        for _ in range(most):
            self.rows._looked.clear()
            try:
                if any([await courier._next() for courier in self.couriers.values()]):
                    continue
                if not sum(_doubts_pass(courier._pace) for courier in self.couriers.values()):
                    return
            except NotYet:
                continue
        raise AssertionError("it never ends")


def _doubts_pass(pace: Pace) -> bool:
    """Let the pauses after what got no answer be over, but for those of places that are shut."""
    waited = [
        places for places in (pace.closed, pace.held) for key in places if key not in pace.shut
    ]
    for places in (pace.closed, pace.held):
        for key in set(places) - set(pace.shut):
            del places[key]
    return bool(waited)


async def _in_thread(work: Callable[[], object]) -> object:
    return work()
