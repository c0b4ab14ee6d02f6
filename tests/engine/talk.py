"""``Talk``: a neighbourhood's room on a live platform, as the engine sees it, without a server.

Messages of the room lie here, as they would on the server; the engine hears of what is said, and
what it wants to know of a message is looked up here. What it sends stands at once, with an id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.desk.asker import Reply
from bot.desk.gathering.question import Look
from bot.engine.engine import Engine
from bot.platforms.facts import Fact, Looked, Mark, Marked, Origin, Posted, Reacted, Said, Unreacted
from bot.platforms.places import Place, PlaceKind
from bot.runtime import chance
from bot.runtime.clock import VirtualClock
from bot.text.duplicates import nearest
from bot.town.alarms import AlarmWords
from bot.town.town import Rooms, Town
from dialogues.dialogue import Dialogue
from rounds import registry
from storage.messages import decode
from storage.rows import Work
from storage.store import Store
from tests.engine.bots import FORMATS, KEY, START
from tests.engine.chat import LIVE
from tests.replay.playing import CHARTER, sound

ROOM = Place("matrix", PlaceKind.ROOM, "zomerstraat")
STAFF = Place("matrix", PlaceKind.STAFF, "staf")
ME = "@bot:x"
MODERATOR = frozenset({"moderator"})
STAFF_OF_THE_TOWN = {"vera": MODERATOR, "wim": MODERATOR, "otto": frozenset({"official"})}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message as the server has it; one without words was removed."""

    by: str
    text: str
    at: datetime


def reaction(origin: Origin, sign: str, post: str) -> Reacted | Marked:
    """The fact that a platform makes of a reaction."""
    mark = {"📌": Mark.TAKE_ALONG, "✅": Mark.TICK}.get(sign)
    return Marked(origin, mark, post) if mark is not None else Reacted(origin, sign, post)


class Talk:
    """``talking`` are the people who have a personal conversation with the bot."""

    def __init__(self, file: Path, talking: Sequence[str] = (), *, youth: bool = False) -> None:
        self.file = file
        self.talking = set(talking)
        self.clock = VirtualClock(START)
        self.messages: dict[str, Spoken] = {}
        self.heard: list[tuple[Place, str]] = []  # where the bot said which text
        self.ticked: list[str] = []  # messages that the bot put ✅ on
        self.posting = True
        self._count = 0
        self.last = ""  # the id of what was done last
        self._posted: dict[str, str] = {}
        rooms = Rooms({"zomerstraat": (ROOM,)}, {"staf": (STAFF,)}, {"zomerstraat": "staf"})
        if youth:
            rooms = replace(rooms, youth={"zomerstraat": AlarmWords()})
        self._town = Town("Haarlem", ZoneInfo("Europe/Amsterdam"), "nl", KEY, rooms, FORMATS)
        self.open()

    def open(self) -> None:
        draw = chance.seeded(f"talk/{self._count}")
        self.store = Store(self.file, draw, registry.record(), KEY)
        self.alarms: list[str] = []
        self.engine = Engine(
            self.store,
            self._town,
            draw,
            self.clock,
            nearest,
            registry.vocabulary(),
            registry.talks(),
            {"matrix": LIVE},
            alarm=self.alarms.append,
        )

    def restart(self) -> None:
        """End as in a crash, and begin again on the same file."""
        self.store._db.close()
        self.open()

    # -- what happens on the server -----------------------------------------------------------

    def origin(self, who: str, place: Place = ROOM) -> Origin:
        self.clock.set(self.clock() + timedelta(seconds=1))
        self._count += 1
        name = f"${self._count}"
        roles = STAFF_OF_THE_TOWN.get(who, frozenset())
        self.last = name
        return Origin(name, self.clock(), place, who, roles, name)

    def put(self, *facts: Fact, settle: bool = True) -> list[str]:
        """Hand in facts, and do what follows; returns the names of the texts that were answered."""
        replies = [*self.engine.receive(facts).whole()]
        if settle:
            replies += self.settle()
        said = [(reply.place, n.template) for reply in replies for n in reply.notices]
        self.heard += said
        return [template for _, template in said]

    def settle(self) -> list[Reply]:
        """Answer the engine's look-ups, and post what it sends."""
        replies: list[Reply] = []
        while True:
            looks, rows = self.engine.handling.looks(), self._send() if self.posting else []
            if not looks and not rows:
                return replies
            replies += self.engine.receive([*map(self.look, looks), *rows]).whole()

    def look(self, look: Look) -> Looked:
        found = self.messages.get(look.message)
        if found is None or not found.text:
            return Looked(self.clock(), look.place, look.message)
        return Looked(
            self.clock(),
            look.place,
            look.message,
            found.by,
            found.text,
            found.at,
            STAFF_OF_THE_TOWN.get(found.by, frozenset()),
            found.by in self.talking,
            found.by == ME,
        )

    def _send(self) -> list[Fact]:
        rows = self.store.queue.waiting()
        with self.store.transaction():
            for row in rows:
                self.store.flights.freeze(row.id)
        facts: list[Fact] = []
        for row in rows:
            if row.work is Work.TICK:
                self.ticked.append(row.target)
            elif row.work is Work.SAY:
                self.heard.append((Place.parse(row.place), decode(row.message).template))
            facts.append(Posted(row.token, row.edits or f"$bot-{row.token}"))
            if row.slot:
                self._posted.setdefault(f"{row.place} {row.slot}", f"$bot-{row.token}")
        return facts

    # -- what people do -----------------------------------------------------------------------

    def say(self, who: str, text: str, *, reply: str = "") -> str:
        """Somebody talks in the room; returns the id of the message."""
        origin = self.origin(who)
        self.messages[origin.cause] = Spoken(who, text, origin.at)
        self.put(Said(origin, text, reply))
        return origin.cause

    def tell(self, who: str, text: str) -> list[str]:
        """Somebody writes to the bot in person; returns the names of the texts of the answer."""
        self.talking.add(who)
        return self.put(Said(self.origin(who, Place("matrix", PlaceKind.PERSONAL, who)), text))

    def react(self, who: str, sign: str, message: str, *, settle: bool = True) -> list[str]:
        fact = reaction(self.origin(who), sign, message)
        return self.put(fact, settle=settle)

    def unreact(self, who: str, target: str) -> list[str]:
        return self.put(Unreacted(self.origin(who), target))

    def edit(self, message: str, text: str) -> None:
        """Edit a message on the server; the engine is not told."""
        self.messages[message] = replace(self.messages[message], text=text)

    def remove(self, message: str) -> None:
        self.edit(message, "")

    def staff(self, text: str) -> None:
        self.put(Said(self.origin("vera", STAFF), text))

    def begin(
        self, format: str = "stellingenronde", more: str = "", title: str = "Ons gesprek"
    ) -> None:
        self.staff(f"gesprek nieuw {format} {title} {CHARTER} {more}")
        self.staff("gesprek start")
        self.heard.clear()

    # -- looking ------------------------------------------------------------------------------

    @property
    def dialogue(self) -> Dialogue:
        return self.engine.ledger.states["ons-gesprek"]

    @property
    def card(self) -> str:
        """The id of the open round's card."""
        return self.shown(f"card-{self.dialogue.current}")

    def shown(self, slot: str) -> str:
        """The id of the bot's message of a slot in the room."""
        return self._posted[f"{ROOM} {slot}"]

    def items(self) -> dict[str, str]:
        """The items that were given, by number, with their words."""
        words = self.store.texts.words
        return {n: words(i.text.ref) or "" for n, i in self.dialogue.items.by_number.items()}

    def asked(self, who: str) -> int:
        """How often the bot asked somebody in person."""
        place = Place("matrix", PlaceKind.PERSONAL, who)
        return self.heard.count((place, "gather_ask"))

    def told_staff(self) -> list[str]:
        return [template for place, template in self.heard if place == STAFF]

    def kept(self) -> bytes:
        """Every byte of the database's files."""
        return b"".join(
            path.read_bytes() for path in sorted(self.file.parent.glob(self.file.name + "*"))
        )

    def knows(self, who: str) -> bool:
        return self.store.people.known("matrix", who) is not None

    def close(self) -> None:
        assert self.alarms == []
        self.store.close()
        sound(self.file, KEY)
