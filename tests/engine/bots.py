"""``Bot``: an engine on a file for one test, which can be talked to, crashed and opened again."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from bot.delivery.speaking import Speaker
from bot.platforms.console import Console
from bot.platforms.facts import Edited, Fact, Reacted, Removed, Said, Tick, Unreacted
from bot.platforms.messages import Message
from bot.platforms.places import Place
from bot.runtime import chance
from bot.runtime.builtin import formats as built_in
from bot.runtime.clock import VirtualClock
from bot.runtime.session import Session
from bot.town.town import Town, console_rooms
from dialogues.core import Notice
from dialogues.dialogue import Dialogue
from rounds import registry
from tests.engine.noted import Told
from tests.replay.playing import CHARTER, sound

KEY = bytes(range(32))
START = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
ROOMS = ("zomerstraat", "plein")
FORMATS = built_in()
RECEIPT = re.compile(r"(?:Uw code|Code): ([0-9A-Z]{12})")
MODERATOR = ("moderator",)


class Answer(str):
    """An answer in words, with the notices it came of. What a sentence says stands in the
    catalogues, so tests ask for its code."""

    __slots__ = ("notices",)
    notices: tuple[Notice, ...]

    @classmethod
    def of(cls, words: str, notices: Iterable[Notice]) -> Answer:
        made = cls(words)
        made.notices = tuple(notices)
        return made

    @property
    def codes(self) -> tuple[str, ...]:
        """The code of each text in the answer, in order."""
        return tuple(notice.template for notice in self.notices)

    def tells(self, code: str, *parts: str, **data: object) -> bool:
        """Whether a text with this code and data is in it, and these parts in the words."""
        found = any(n.template == code and data.items() <= n.data.items() for n in self.notices)
        return found and all(part in self for part in parts)


class Bot:
    """One session on a database. Each message is a second later than the one before.

    What it draws depends on the test's folder and on how often the file was opened, not on the
    tests that the same process ran before.
    """

    opened: ClassVar[Counter[Path]] = Counter()

    def __init__(
        self,
        file: Path,
        now: datetime = START,
        seed: str | None = None,
    ) -> None:
        Bot.opened[file] += 1
        self.file = file
        self.clock = VirtualClock(now)
        self.heard: list[Message] = []
        self.alarms: list[str] = []
        self._count = 0
        town = Town(
            "Haarlem",
            ZoneInfo("Europe/Amsterdam"),
            "nl",
            KEY,
            console_rooms(ROOMS),
            FORMATS,
            simulated=True,
        )
        self.platform = Console(lambda message, _name: self.heard.append(message))
        folder = file.parent.name.rstrip("0123456789")  # pytest counts the folders of a name
        draw = chance.seeded(seed or f"test/{folder}/{Bot.opened[file]}")
        self.session = Session(file, town, draw, self.clock, self.platform, self.alarms.append)
        self.spoken: list[tuple[str, Notice]] = []  # each notice, and the name of its place
        self.answered: list[Message] = []  # of what is heard: the answers to who said something
        self._said: dict[str, Told] = {}
        self._listen(self.session.speaker)

    def _listen(self, speaker: Speaker) -> None:
        """Note all that is said."""
        answers = speaker.answers

        def noted(place: Place, notices: Sequence[Notice], *more: Any, **named: Any) -> Any:
            self.spoken += [(place.name, notice) for notice in notices]
            made = answers(place, notices, *more, **named)
            self.answered += made
            self._said |= {message.token: Told(notices) for message in made}
            return made

        speaker.answers = noted  # type: ignore[method-assign]

    # -- saying -------------------------------------------------------------------------------

    def _origin(
        self, user: str, where: str | None, roles: Sequence[str], id: str | None, wait: int
    ):
        self.clock.set(self.clock() + timedelta(seconds=wait))
        self._count += 1
        return self.platform.origin(
            id or f"{self.clock().isoformat()}/{self._count}",
            self.clock(),
            user,
            where,
            frozenset(roles),
            f"{self._count:09d}",
        )

    def fact(
        self,
        user: str,
        text: str,
        where: str | None = None,
        roles: Sequence[str] = (),
        id: str | None = None,
        wait: int = 1,
    ) -> Said:
        return Said(self._origin(user, where, roles, id, wait), text)

    def reaction(self, user: str, sign: str, item: str, id: str | None = None) -> Reacted:
        return Reacted(self._origin(user, "zomerstraat", (), id, 1), sign, item=item)

    def unreaction(self, user: str, target: str) -> Unreacted:
        return Unreacted(self._origin(user, "zomerstraat", (), None, 1), target)

    def edit(self, user: str, target: str, text: str, where: str | None = None) -> Edited:
        return Edited(self._origin(user, where, (), None, 1), target, text)

    def removal(self, user: str, target: str, where: str | None = None) -> Removed:
        return Removed(self._origin(user, where, (), None, 1), target)

    def put(self, *facts: Fact) -> list[Message]:
        """Hand in facts; returns the bot's messages."""
        before = len(self.heard)
        self.session.put(facts)
        return self.heard[before:]

    def say(self, user: str, text: str, where: str | None = None, **more) -> Answer:
        """Say something; returns the answer."""
        place = "staf" if where == "staf" else user
        before = len(self.spoken)
        said = self.put(self.fact(user, text, where, **more))
        words = "\n".join(message.plain for message in said if message.place.name == place)
        return Answer.of(
            words, (notice for there, notice in self.spoken[before:] if there == place)
        )

    def room_codes(self, room: str = "zomerstraat") -> list[str]:
        """The code of each text that a room was told, in order."""
        return [notice.template for place, notice in self.spoken if place == room]

    def reads(self, message: Message) -> Told:
        """What a message says; nothing for a document."""
        return self._said.get(message.token, Told())

    def told(self, place: str, code: str) -> list[Mapping[str, object]]:
        """What each text with this code in a place was filled with, in order."""
        return [n.data for there, n in self.spoken if (there, n.template) == (place, code)]

    def card(self, room: str = "zomerstraat") -> Mapping[str, object]:
        """What the newest card in a room is filled with."""
        return self.told(room, "card")[-1]

    def staff(self, text: str, where: str | None = "staf") -> Answer:
        return self.say("vera", text, where, roles=MODERATOR)

    def tick(self, ahead: timedelta) -> list[Message]:
        self.clock.set(self.clock() + ahead)
        return self.put(Tick(self.clock()))

    def open(
        self, format: str = "stellingenronde", more: str = "", room: str = ROOMS[0], title: str = ""
    ) -> None:
        self.staff(f"gesprek nieuw {format} {title or 'Ons gesprek'} {CHARTER} {more} in={room}")
        self.staff(f"@{slug(title)} gesprek start" if title else "gesprek start")

    # -- looking ------------------------------------------------------------------------------

    @property
    def dialogue(self) -> Dialogue:
        return self.session.engine.ledger.states["ons-gesprek"]

    def events(self, dialogue: str = "ons-gesprek") -> list[str]:
        """The journal as names of events with what they are about."""
        found = []
        for line in self.session.reader.lines(dialogue):
            event = registry.record().read(line).event
            item = getattr(event, "item", getattr(event, "number", ""))
            found.append(f"{type(event).__name__} {item}".strip())
        return found

    def lines(self) -> int:
        """The number of lines of all journals together."""
        reader = self.session.reader
        return sum(len(reader.lines(name)) for name in reader.chains())

    def tally(self, item: str, index: int = 0) -> dict[object, int]:
        box = self.dialogue.machine(index).box(self.dialogue.states[index])
        assert box is not None
        return {key: count for key, count in box.books[item].tally.items() if count}

    def in_room(self, room: str = ROOMS[0]) -> list[str]:
        return [message.plain for message in self.heard if message.place.name == room]

    def close(self) -> None:
        """Close, and check everything that must hold."""
        assert "RenderError" not in self.alarms
        self.session.close()
        sound(self.file, KEY)

    def die(self) -> None:
        """End as in a crash: no checkpoint, no sidecar, nothing more is written."""
        self.session.store._db.close()


def slug(title: str) -> str:
    return title.lower().replace(" ", "-")


def copied(file: Path, folder: Path) -> Path:
    """A copy of a database, and of the files beside it, in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in file.parent.glob(file.name + "*"):
        shutil.copy(path, folder / path.name)
    return folder / file.name
