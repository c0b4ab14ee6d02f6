"""Promise 12 at every point: the program is killed while it sends, and starts again on a server
that forgot which tokens it had. Each message stands once, each file once, and nothing is left to
send."""

from __future__ import annotations

import asyncio
import copy
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.speaking import Handout
from bot.desk.tapping import unanswered
from bot.platforms.capabilities import Capabilities
from bot.platforms.facts import Computed, Mark, Marked, Tick
from bot.platforms.live import Doubtful, Impossible, NotYet, Unreachable
from bot.platforms.messages import Attachment, Message
from bot.platforms.places import Place
from tests.documents import words
from tests.engine.bots import copied
from tests.engine.chat import LIVE, ROOM, STAFF, Chat, Fault, Lost, person
from tests.engine.live import CHARTER, KEY, START, Live
from tests.faults.dying import Process, lived
from tests.faults.steps import ASKED, watched_platform
from tests.generated import figure, part_of
from tests.replay.playing import sound

TAPS = replace(LIVE, tap="🙋", contact="https://matrix.to/#/@bot:x", unasked=True)
TEXT = "stelling Er moeten meer bomen komen."


@dataclass
class Server(Chat):
    """A chat that also finds files by their tokens, and in which fien has no conversation with the
    bot until it opens one."""

    files: dict[str, str] = field(default_factory=dict)

    async def send(self, message: Message) -> str:
        if message.place == person("fien") and "fien" not in self.opened:
            raise Unreachable(60.0)
        return await super().send(message)

    async def upload(self, place: Place, name: str, data: bytes, mime: str, token: str) -> str:
        self.files[token] = made = await super().upload(place, name, data, mime, token)
        return made

    async def find(self, place: Place, token: str) -> str:
        return await super().find(place, token) or self.files.get(token, "")


class Run(Live):
    """A start of the program: ``number`` says which, so that it draws other tokens; what is said to
    it has the ids of ``count`` and on, from ``now``."""

    def __init__(self, file: Path, chat: Chat, number: int, count: int, now: datetime) -> None:
        self._number, self._from = number, count
        super().__init__(file, chat, now)

    def _open(self) -> None:
        self.count = self._number
        super()._open()
        self.count = self._from
        files = tuple(Attachment(name, b"x", "text/plain") for name in ("advies", "bundel"))
        self.rows._speaker._documents = lambda _name, _at: Handout(words("stuk"), files)


def nothing(_what: str, _place: Place, _id: str) -> BaseException | None:
    return None


def lost(what: str, _place: Place, _id: str) -> BaseException | None:
    """Every message arrives, and its answer never does."""
    return Lost(Doubtful(0.0)) if what == "send" else None


def refused(what: str, place: Place, _id: str) -> BaseException | None:
    return Impossible("M_FORBIDDEN") if what == "send" and place == ROOM else None


def refused_in_person(what: str, place: Place, _id: str) -> BaseException | None:
    return Impossible("M_FORBIDDEN") if what == "send" and place == person("anna") else None


def later(what: str, _place: Place, _id: str) -> BaseException | None:
    return NotYet(0.0) if what == "send" else None


def prepared(live: Live) -> None:
    live.command(f"gesprek nieuw stellingenronde Ons gesprek {CHARTER}")


def opened(live: Live) -> None:
    live.open()
    live.say("zoe", TEXT)


def reviewed(live: Live) -> None:
    live.open(more="toetsing=vooraf")
    live.say("zoe", TEXT)


def asked(live: Live) -> None:
    opened(live)
    live.say("anna", "meedoen")


def voted(live: Live) -> None:
    opened(live)
    for who in ("anna", "bram", "carla", "daan", "eva"):
        live.say(who, "stem S1 eens")


def closed(live: Live) -> None:
    voted(live)
    closes(live)


def far_up(live: Live) -> None:
    opened(live)
    live.deliver()
    live.chatter(31)


def meeting(live: Live) -> None:
    live.command('moment nieuw Ons plein wanneer="vrijdag 20:00" in=straat')
    live.say("anna", "aanmelden M1")


def forgetting(live: Live) -> None:
    voted(live)
    live.say("anna", "vergeetmij")


def says(who: str, text: str) -> Callable[[Live], None]:
    return lambda live: live.command(text) if who == "vera" else live.say(who, text) and None


def closes(live: Live) -> None:
    live.command("sluit ja")
    live.read_back()
    live.put(Tick(live.clock()))


def hands_over(live: Live) -> None:
    live.command("advies")
    for job in live.engine.jobs:
        live.put(Computed(live.clock(), job.dialogue, job.position, "ab" * 32))


def reminds(live: Live) -> None:
    live.clock.set(live.clock().replace(day=3, hour=19, minute=1))
    live.read_back()
    live.put(Tick(live.clock()))


def taps(who: str, live: Live) -> None:
    (card,) = live.chat.cards()
    live.put(Marked(live.origin(who, ROOM), Mark.JOIN, card))


def leaves(live: Live) -> None:
    live.say("anna", "ja, vergeet mij")
    live.deliver()
    asyncio.run(live.courier._sender.conversations._round())


@dataclass(frozen=True)
class Trial:
    """What is done before, what is tried, and what the server does meanwhile."""

    before: Callable[[Live], None]
    does: Callable[[Live], object]
    fault: Fault = nothing
    can: Capabilities = TAPS


TRIALS = {
    "start": Trial(prepared, says("vera", "start")),
    "statement": Trial(opened, says("anna", "stelling De bus rijdt te weinig.")),
    "begin": Trial(opened, says("anna", "meedoen")),
    "list": Trial(asked, says("anna", "ja")),
    "work": Trial(reviewed, says("vera", "werk"), can=replace(TAPS, press=True)),
    "list refused": Trial(asked, says("anna", "ja"), refused_in_person),
    "vote": Trial(voted, says("gijs", "stem S1 oneens")),
    "close": Trial(voted, closes),
    "advice": Trial(closed, hands_over),
    "card moves": Trial(far_up, lambda live: live.later(minutes=30)),
    "reminder": Trial(meeting, reminds),
    "sign": Trial(opened, partial(taps, "fien")),
    "sign of who talks": Trial(voted, partial(taps, "anna")),
    "forget": Trial(forgetting, leaves),
    "no answer comes": Trial(opened, says("anna", "stelling De bus rijdt te weinig."), lost),
    "refused": Trial(prepared, says("vera", "start"), refused),
    "told to wait": Trial(prepared, says("vera", "start"), later),
}


@dataclass
class Base:
    """A town in which a thing is about to be done: its database, and its server."""

    file: Path
    chat: Server
    count: int
    now: datetime

    def run(self, file: Path, chat: Chat, number: int) -> Run:
        return Run(file, chat, number, self.count, self.now)


def base(folder: Path, trial: Trial) -> Base:
    chat = Server(capabilities=trial.can)
    live = Run(folder / "town.db", chat, 1, 0, START)
    trial.before(live)
    live.deliver()
    live.store._db.close()
    return Base(live.file, chat, live.count, live.clock())


def tried(town: Base, trial: Trial, file: Path) -> Callable[[Process], None]:
    """The work of a process; whatever the server did is told."""

    def work(process: Process) -> None:
        process.watch()
        chat = copy.deepcopy(town.chat)
        chat.fault = trial.fault
        live = town.run(file, chat, 1_000_000)
        for name in ASKED:
            if hasattr(chat, name):
                setattr(chat, name, partial(_telling, process, name, getattr(chat, name)))
        watched_platform(chat, process.at)
        process.begins()
        trial.does(live)
        try:
            live.deliver(20)
        except AssertionError:  # the server says "later" for ever
            assert trial.fault in (later, lost)

    return work


async def _telling(
    process: Process, name: str, call: Callable[..., Awaitable[Any]], *given: Any
) -> Any:
    try:
        done = await call(*given)
    except Doubtful:  # the server did it
        process.tell((name, given))
        raise
    process.tell((name, given))
    return done


def seen(town: Base, told: list[tuple[str, tuple[Any, ...]]]) -> Server:
    """The server after what a process did there."""
    chat = copy.deepcopy(town.chat)

    async def again() -> None:
        for name, given in told:
            await getattr(chat, name)(*given)

    asyncio.run(again())
    return chat


def outcome(chat: Server) -> tuple[object, ...]:
    """What stands in the room, in no order, and what was done to it; and who was left."""
    room = Counter(m.plain for m in chat.messages.values() if m.place == ROOM)
    files = Counter(name for name, _mime, _data in chat.uploads)
    pinned = [chat.messages[one].plain for one in chat.pinned if one in chat.messages]
    marked = Counter(chat.messages[one].plain for one in chat.ticks if one in chat.messages)
    return room, files, pinned, marked, len(chat.removed), set(chat.left)


def staff(chat: Server) -> Counter[str]:
    return Counter(m.plain for m in chat.messages.values() if m.place == STAFF)


@pytest.mark.parametrize("name", TRIALS)
def test_killed_at_every_point_each_message_stands_once(name: str, tmp_path: Path) -> None:
    trial = TRIALS[name]
    town = base(tmp_path / "base", trial)
    expected, answered = _undisturbed(town, trial, tmp_path / "once")
    whole = copied(town.file, tmp_path / "whole")
    listed = lived(tried(town, trial, whole), whole.parent)
    for number in part_of(listed.deaths):
        point = f"{number} {listed.points[number]}"
        file = copied(town.file, tmp_path / str(number))
        died = lived(tried(town, trial, file), file.parent, number)
        assert died.killed, point
        again = town.run(file, seen(town, died.told), 2_000_000)
        again.chat.known.clear()
        _done(again, trial)
        stands: Server = again.chat  # type: ignore[assignment]
        assert outcome(stands) == outcome(expected), point
        # The answer to who asked may be lost; what the staff room is told may not.
        assert staff(expected) - answered <= staff(stands) <= staff(expected), point
        _once(again, point)
        sound(file, KEY)
    figure("kills", len(part_of(listed.deaths)))
    figure("points", len(listed.points))


def _undisturbed(town: Base, trial: Trial, folder: Path) -> tuple[Server, Counter[str]]:
    """The server after all of it was done, and the answers to who asked."""
    chat = copy.deepcopy(town.chat)
    live = town.run(copied(town.file, folder), chat, 1_000_000)
    answered: Counter[str] = Counter()
    made = live.answering._made

    def noted(*given: Any) -> Any:
        notices, messages = made(*given)
        answered.update(message.plain for message in messages)
        return notices, messages

    live.answering._made = noted  # type: ignore[method-assign]
    _done(live, trial)
    _once(live, "undisturbed")
    return chat, answered


def _done(live: Run, trial: Trial) -> None:
    """As the program starts: signs that were not answered; then all is told again, and sent."""
    for tap in unanswered(live.store, live.clock()):
        live.put(tap)
    live.deliver()
    trial.does(live)
    live.deliver()
    live.courier.entered([Place.parse(key) for key in live.courier._pace.shut])  # seconds later
    live.deliver()
    asyncio.run(live.courier._sender.conversations._round())


def _once(live: Run, point: str) -> None:
    assert live.store.outbox.counts() == {}, point
    assert max(Counter(m.token for m in live.chat.messages.values()).values()) == 1, point
    assert live.alarms == [], point
    live.store._db.close()


def test_the_trials_come_to_everything_a_courier_asks_of_a_platform(tmp_path: Path) -> None:
    asked = set()
    for number, trial in enumerate(TRIALS.values()):
        town = base(tmp_path / str(number), trial)
        listed = lived(tried(town, trial, town.file), town.file.parent)
        asked |= {name for name, _given in listed.told}
    assert asked == set(ASKED) - {"acknowledge", "close", "look", "read", "start"}
