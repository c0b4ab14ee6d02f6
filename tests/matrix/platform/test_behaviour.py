"""Matrix passes the shared platform tests, on a real Synapse with clients that are not ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.capabilities import Capabilities
from bot.platforms.facts import Fact, Joined, Mark, Posted, Rights
from bot.platforms.flood import Flood
from bot.platforms.live import Impossible
from bot.platforms.messages import Message
from bot.platforms.places import Place
from tests.matrix import synapse as surroundings
from tests.matrix.client import Resident
from tests.matrix.events import Event
from tests.matrix.platform.bots import Bot, person, room, settings
from tests.matrix.synapse import Synapse
from tests.platforms.stage import Stage
from tests.platforms.suite import Behaves

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

SIGNS = {"✅": Mark.TICK, "📌": Mark.TAKE_ALONG}


class OnMatrix:
    """One bot for all tests of this file; ``fresh`` forgets what was said in those before.

    vera made the room and gave the bot what it needs there.
    """

    def __init__(self, server: Synapse, folder: Path) -> None:
        names = ("vera", "anna", "bram")
        self._people = {name: server.register(f"{name}-suite") for name in names}
        self._vera = self._people["vera"]
        account = server.register("bot-suite")
        made = self._vera.create_room("Straat", preset="public_chat")
        for name in names[1:]:
            self._people[name].join(made)
        chosen = settings(
            server,
            "bot-suite",
            folder / "store",
            trusted=frozenset({self._vera.user}),
            rooms={"straat": made},
        )
        self._bot = Bot(chosen).start()
        self._vera.invite(made, account.user)
        self.room = room("straat")
        self._rooms = {str(self.room): made}
        for name in names[1:]:
            direct = self._people[name].direct(account.user)
            self._rooms[str(self.personal(name))] = direct
        self._bot.read_until(self._joined)
        self._vera.set_power(made, account.user, 50)
        self._before = 0
        self._known: set[str] = set()
        self._tokens = 0

    def _joined(self) -> bool:
        return sum(isinstance(fact, Joined) for fact in self._bot.facts) == len(self._rooms)

    def fresh(self) -> OnMatrix:
        for message in self.pinned():
            self.pin(message, False)
        self._before += len(self.facts())
        self._known = {event.id for room in self._rooms for event in self._history(room)}
        self._bot.matrix._incoming.flood = Flood()
        self._tokens += 1
        return self

    @property
    def capabilities(self) -> Capabilities:
        return self._bot.matrix.capabilities

    def personal(self, who: str) -> Place:
        return person(self.account(who))

    def account(self, who: str) -> str:
        return self._people[who].user

    # -- what people do -----------------------------------------------------------------------

    def write(self, who: str, text: str, place: Place) -> str:
        return self._people[who].say(self._rooms[str(place)], text)

    def edit(self, who: str, message: str, text: str, place: Place) -> None:
        self._people[who].edit(self._rooms[str(place)], message, text)

    def take_away(self, who: str, message: str, place: Place) -> None:
        self._people[who].redact(self._rooms[str(place)], message)

    def react(self, who: str, sign: str, message: str) -> str:
        return self._people[who].react(self._rooms[str(self.room)], message, sign)

    def unreact(self, who: str, reaction: str) -> None:
        self._people[who].redact(self._rooms[str(self.room)], reaction)

    def press(self, who: str, message: str, number: int) -> None:
        raise Impossible("press")

    def fill(self, who: str, message: str, number: int, values: dict[str, str]) -> None:
        raise Impossible("fill")

    # -- what the bot does --------------------------------------------------------------------

    def facts(self) -> list[Fact]:
        """The facts, once vera's last message has been received, and so everything before it."""
        end = self._vera.say(self._rooms[str(self.room)], "tot hier")
        self._bot.read_until(lambda: any(said.origin.cause == end for said in self._bot.said))
        told = (f for f in self._bot.facts if not isinstance(f, Posted | Joined | Rights))
        theirs = [f for f in told if f.origin.account != self._vera.user]
        return theirs[self._before :]

    def restart(self) -> None:
        batches = self._bot.batches
        self._bot.close()
        self._bot = Bot(self._bot.settings).start(batches[-1].cursor)
        self._bot.batches = batches

    def send(self, message: Message) -> str:
        """Tokens are used once on a server."""
        named = replace(message, token=f"{message.token}-{self._tokens}")
        return self._bot.run(self._bot.matrix.send(named))

    def find(self, place: Place, token: str) -> str:
        return self._bot.run(self._bot.matrix.find(place, f"{token}-{self._tokens}"))

    def mark(self, message: str, mark: Mark) -> None:
        token = f"mark-{len(self._bot.batches)}-{self._tokens}"
        self._bot.run(self._bot.matrix.mark(self.room, message, mark, token))

    def pin(self, message: str, pinned: bool) -> None:
        work = self._bot.matrix.pin if pinned else self._bot.matrix.unpin
        self._bot.run(work(self.room, message))

    def remove(self, message: str) -> None:
        self._bot.run(self._bot.matrix.remove(self.room, message))

    def upload(self, place: Place, name: str, data: bytes) -> None:
        token = f"file-{self._tokens}"
        self._bot.run(self._bot.matrix.upload(place, name, data, "text/html", token))

    # -- what people see ----------------------------------------------------------------------

    def _reader(self, place: str) -> Resident:
        who = next((n for n in self._people if str(self.personal(n)) == place), "anna")
        return self._people[who]

    def _history(self, place: str) -> list[Event]:
        return self._reader(place).history(self._rooms[place])

    def _new(self, place: Place) -> list[Event]:
        """The bot's messages since the test began, as they were sent."""
        return [
            event
            for event in self._history(str(place))
            if event.kind == "m.room.message"
            and event.sender == self._bot.settings.user
            and event.id not in self._known
            and event.content
        ]

    def shown(self, place: Place, who: str = "") -> dict[str, str]:
        seen: dict[str, str] = {}
        for event in self._new(place):
            if event.content["msgtype"] == "m.text":
                seen[event.edits or event.id] = event.text
        return seen

    def stands(self, place: Place, message: str) -> bool:
        found = self._reader(str(place)).event(self._rooms[str(place)], message)
        return bool(found.content)

    def pinned(self) -> list[str]:
        state = self._vera.state(self._rooms[str(self.room)], "m.room.pinned_events")
        return list(state.get("pinned", []))

    def marks(self, message: str) -> list[Mark]:
        given = self._vera.related(self._rooms[str(self.room)], message)
        return [SIGNS[event.content["m.relates_to"]["key"]] for event in given]

    def files(self, place: Place) -> dict[str, bytes]:
        sent = [event for event in self._new(place) if event.content["msgtype"] == "m.file"]
        return {e.content["filename"]: self._vera.download(e.content["url"]) for e in sent}

    def close(self) -> None:
        self._bot.close()


@pytest.fixture(scope="module")
def street(lifted_synapse: Synapse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OnMatrix]:
    """Lifted: what is tried here is what comes out, not how fast anybody may write."""
    made = OnMatrix(lifted_synapse, tmp_path_factory.mktemp("suite"))
    yield made
    made.close()


class TestMatrix(Behaves):
    @pytest.fixture
    def stage(self, street: OnMatrix) -> Stage:
        return street.fresh()
