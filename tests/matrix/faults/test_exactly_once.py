"""The program is killed around each message it sends, before and after the server takes it.

One dialogue in an open and a staff room is held again and again. At each request of the courier the
program is held up, its files are taken as they are then, and a new program goes on from them.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.platforms.live import Doubtful, NotYet
from tests.matrix.faults.square import ROOM, STAFF, Program, Server, arrive
from tests.replay.playing import LIVE_CHARTER as CHARTER

PEOPLE = ("anna", "bram", "carla", "daan", "eva")
#: So many dialogues are held at the same time.
_AT_ONCE = 6

_HEX = re.compile(r"[0-9a-f]{16,}")
_CODE = re.compile(r"\b[0-9A-Z]{12}\b")


async def hold(stage: Stage) -> None:
    """Hold a dialogue from ``gesprek nieuw`` to the document; everything settles between two
    steps."""
    server = stage.server
    server.stream += arrive()
    await stage.settled()
    await stage.say("vera", f"gesprek nieuw stellingenronde Ons plein {CHARTER} toetsing=vooraf")
    await stage.say("vera", "start")
    await stage.say("anna", "stelling Er moeten meer bomen komen.")
    await stage.say("vera", "ok S1")
    stage.voting = True
    for name in PEOPLE:
        await stage.say(name, "stem S1 eens")
    stage.changes()
    await stage.settled()
    stage.voting = False
    assert "6 mensen stemden" in "".join(stage.server.texts(ROOM))
    await stage.say("vera", "sluit ja")
    await stage.say("vera", "advies")


@dataclass
class Stage:
    """The program that runs now. At request number ``at`` it is held up and killed, or the request
    ends in ``error``, while somebody changes what the card says."""

    folder: Path
    server: Server = field(default_factory=Server)
    step: str = ""
    at: int = -1
    error: NotYet | None = None
    voting: bool = False
    changed: bool = False
    seen: list[str] = field(default_factory=list)
    faults: int = 0
    program: Program = field(init=False)

    def __post_init__(self) -> None:
        self.held = asyncio.Event()
        self.server.seam = self._seam
        self.program = Program(self.server, self.folder / "0")

    def _seam(self, step: str, what: str, token: str) -> asyncio.Future[None] | None:
        if step == "before":
            self.seen.append(what)
        if self.faults or step != self.step or len(self.seen) - 1 != self.at:
            return None
        self.faults += 1
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if self.error is None:
            self.held.set()
        else:
            if self.voting:
                self.changes()
            future.set_exception(self.error)
        return future

    def changes(self) -> None:
        """Somebody votes, once."""
        if not self.changed:
            self.changed = True
            self.server.say("fien", "stem S1 oneens")

    async def say(self, who: str, text: str) -> None:
        self.server.say(who, text)
        await self.settled()

    async def settled(self) -> None:
        waiting = [
            asyncio.create_task(self.program.settled()),
            asyncio.create_task(self.held.wait()),
        ]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        if self.held.is_set():
            waiting[0].cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            self.held.clear()
            await self.program.killed(self.folder / "1")
            self.server.seam = self._seam
            self.program = Program(self.server, self.folder / "1")
            await self.program.settled()
            return
        waiting[1].cancel()
        waiting[0].result()

    def outcome(self, answers: bool = False) -> Counter[tuple[str, str, str]]:
        """The posted messages with their last content. ``answers``: include those that a kill can
        lose and that are given again on request."""
        return Counter(
            (str(m.place), m.slot, _HEX.sub("#", m.plain))
            for m in self.server.messages.values()
            if not m.removed and (answers or m.dialogue or m.place == ROOM)
        )

    def lines(self) -> Counter[tuple[str, str]]:
        """Every paragraph, however answers were put together."""
        return Counter(
            (place, _CODE.sub("#", part))
            for (place, _, text), times in self.outcome(answers=True).items()
            for part in text.split("\n\n") * times
        )

    def assert_tokens_are_unique(self, where: str) -> None:
        tokens = Counter(t for m in self.server.messages.values() for t in m.tokens)
        assert max(tokens.values()) == 1, where


async def held(
    folder: Path, step: str = "", at: int = -1, error: NotYet | None = None, echo: bool = True
) -> Stage:
    stage = Stage(folder, step=step, at=at, error=error)
    stage.server.echo = echo
    await hold(stage)
    await stage.program.end()
    return stage


def held_at_each(
    folder: Path, undisturbed: Stage, step: str, error: NotYet | None = None, echo: bool = True
) -> Iterator[tuple[str, Stage]]:
    """The dialogue once for each of its requests, several at a time, since each mostly waits."""
    turns = asyncio.Semaphore(_AT_ONCE)

    async def one(number: int) -> Stage:
        async with turns:
            return await held(folder / str(number), step, number, error, echo)

    async def every() -> list[Stage]:
        return await asyncio.gather(*(one(number) for number in range(len(undisturbed.seen))))

    for number, stage in enumerate(asyncio.run(every())):
        yield f"{step} request {number} ({undisturbed.seen[number]})", stage


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return asyncio.run(held(tmp_path_factory.mktemp("undisturbed")))


def test_the_undisturbed_dialogue_has_what_is_tried(undisturbed: Stage) -> None:
    seen = Counter(undisturbed.seen)
    assert seen["file"] == 4  # the two of the document, in the room and for staff
    assert seen["edit"] >= 1
    assert seen["card-0"] == 1
    assert seen["pin"] >= 1
    places = {place for place, _, _ in undisturbed.outcome()}
    assert places >= {str(ROOM), str(STAFF)}


@pytest.mark.parametrize("step", ["before", "after"])
def test_killed_around_every_request(step: str, undisturbed: Stage, tmp_path: Path) -> None:
    for where, stage in held_at_each(tmp_path, undisturbed, step):
        assert stage.faults == 1, where
        assert stage.outcome() == undisturbed.outcome(), where
        stage.assert_tokens_are_unique(where)


@pytest.mark.parametrize(
    ("step", "error"),
    [("before", NotYet(0.1)), ("after", Doubtful(0.1))],
    ids=["limited", "no answer"],
)
def test_what_the_server_refuses_for_now_comes_once(
    step: str, error: NotYet, undisturbed: Stage, tmp_path: Path
) -> None:
    """No echo comes before the second attempt, and somebody votes between the two."""
    for where, stage in held_at_each(tmp_path, undisturbed, step, error, echo=False):
        assert stage.faults == 1, where
        assert stage.outcome() == undisturbed.outcome(), where
        assert stage.lines() == undisturbed.lines(), where
        stage.assert_tokens_are_unique(where)
