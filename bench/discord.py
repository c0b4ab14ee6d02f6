"""Measures our bot on Discord beside a bare discord.py view: CPU per press, and memory.

Both talk over real sockets with the double of the tests, which stands in this process.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from bench.figures import Figure, Goal
from bench.marks import Figures, Measured
from bot.playback.demo.story import SAYINGS
from bot.town import keys
from tests.discord.double.house import choosing, named_by, offered, opened
from tests.discord.double.people import until
from tests.discord.double.rest import Interaction
from tests.discord.double.running import CONFIG
from tests.discord.double.server import TOKEN, Double
from tests.discord.double.town import Json, custom_ids

T = TypeVar("T")

RATE = 25
WARM, PRESSES = 100, 300
RUNS = 5

#: So many presses a second come each alone, and so many of them are measured in as many runs.
ALONE, FEW, TWICE = 4, 100, 2
PEOPLE = [f"buur-{number}" for number in range(25)]
MEMBERS = 100_000
SPEAKERS = 5_000

#: How long the bot has for the answers to the last presses, in seconds.
_SETTLED = 3.0

_CHOICES = ("agree", "disagree", "pass")
_EVENT = ("reading", "engine", "sending")


def measure(folder: Path) -> list[Figure]:
    """Alternating runs of each bot alone on the same presses; then memory in a large server."""
    home = folder / "discord"
    home.mkdir()
    return [*_cpu(home), *_memory(home)]


class Beside:
    """The double in a thread with a loop of its own."""

    def __init__(self, members: int = 30) -> None:
        self.double = Double(members)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def run(self, work: Coroutine[Any, Any, T], seconds: float = 120.0) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    @contextmanager
    def there(self) -> Iterator[Double]:
        self._thread.start()
        self.run(self.double.__aenter__())
        before = dict(os.environ)
        os.environ.update(self.double.surroundings)
        try:
            yield self.double
        finally:
            os.environ.clear()
            os.environ.update(before)
            self.run(self.double.__aexit__())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()


# -- CPU ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Run:
    """One run: milliseconds of CPU for each press, and requests to Discord for each."""

    spent: Figures
    requests: float
    rate: float


#: Presses a button of somebody, one of many in turns.
Press = Callable[[int], Coroutine[Any, Any, Interaction]]


def _cpu(home: Path) -> list[Figure]:
    ours: list[_Run] = []
    bare: list[_Run] = []
    for number in range(RUNS):
        for each in ((_ours, _bare), (_bare, _ours))[number % 2]:
            (ours if each is _ours else bare).append(each(home))
    parts = {name: median(run.spent[name] for run in ours) for name in (*_EVENT, "library")}
    own = median(sum(run.spent[name] for name in _EVENT) for run in ours)
    whole, beside = (median(run.spent["total"] for run in runs) for runs in (ours, bare))
    ratio = median(a.spent["total"] / b.spent["total"] for a, b in zip(ours, bare, strict=True))
    rate = median(run.rate for run in (*ours, *bare))
    requests = median(run.requests for run in ours)
    apart = [_ours(home, ALONE, FEW) for _ in range(TWICE)]
    alone = median(sum(run.spent[name] for name in _EVENT) for run in apart)
    return [
        Figure("Discord: presses a second that were sent", rate, "/s"),
        Figure("CPU of our own code, from press to answer", own, "ms/press", goal=Goal(1.0)),
        Figure("  of which from the interaction to a fact", parts["reading"], "ms/press"),
        Figure("  of which the engine's thread", parts["engine"], "ms/press"),
        Figure("  of which the answer and the outbox", parts["sending"], "ms/press"),
        Figure("  where each comes alone, four a second", alone, "ms/press"),
        Figure("  beside it: discord.py and aiohttp for us", parts["library"], "ms/press"),
        Figure(
            "CPU of the whole process",
            whole,
            "ms/press",
            ratio,
            f"a bare discord.py view, {beside:.2f} ms",
        ),
        Figure("requests to Discord for a vote", requests, "", goal=Goal(2)),
    ]


def _ours(home: Path, rate: float = RATE, count: int = PRESSES) -> _Run:
    number = len(list(home.iterdir()))
    folder = home / f"run-{number}"
    folder.mkdir()
    config = folder / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")
    (folder / "token").write_text(TOKEN, encoding="utf-8")
    (folder / "token").chmod(0o600)
    beside = Beside()
    with beside.there() as double:
        bot = Measured("bench.measured_discord", [str(config)], folder / "stderr.log")
        try:
            key = keys.read(folder / "town.key")
            messages = beside.run(_offers(double, key))

            async def press(number: int) -> Interaction:
                who = PEOPLE[number % len(PEOPLE)]
                wanted = _CHOICES[number // len(PEOPLE) % 3]
                shown = messages[who]  # it shows the next statement by now, or asks for a reason
                one = await until(lambda: _button(shown, wanted, key))
                return await double.people.press(who, shown, one)

            return _measured(beside, bot, press, rate, count)
        finally:
            bot.end()


def _button(shown: Json, wanted: str, key: bytes) -> str:
    """The button with a choice, or that gives no reason; "" where the answer is still to come."""
    chosen = {choice: named for (_, choice), named in choosing(shown, key).items()}
    with suppress(AssertionError):
        return chosen.get(wanted) or named_by(shown, "no", key)
    return ""


async def _offers(double: Double, key: bytes) -> dict[str, Json]:
    await opened(double.people)
    for who, said in zip(PEOPLE, SAYINGS, strict=False):  # more than anybody answers
        given = await double.people.command(who, "stelling", tekst=said.text)
        await double.people.answered(given)
    return {who: await offered(double.people, who, key) for who in PEOPLE}


def _bare(home: Path) -> _Run:
    beside = Beside()
    with beside.there() as double:
        bot = Measured("bench.bare_discord", [TOKEN], home / "bare.log")
        try:
            (message,) = beside.run(until(double.people.room))
            named = custom_ids(message)

            async def press(number: int) -> Interaction:
                who = PEOPLE[number % len(PEOPLE)]
                return await double.people.press(who, message, named[number // 25 % len(named)])

            return _measured(beside, bot, press)
        finally:
            bot.end()


def _measured(
    beside: Beside, bot: Measured, press: Press, rate: float = RATE, count: int = PRESSES
) -> _Run:
    """Press so often, at most so many times a second, and read the bot's figures around it."""
    beside.run(_pressed(press, WARM, RATE))
    time.sleep(_SETTLED)
    before, asked = bot.mark(), len(beside.double.requests)
    began = time.monotonic()
    pressed = beside.run(_pressed(press, count, rate))
    seconds = time.monotonic() - began
    time.sleep(_SETTLED)
    after = bot.mark()
    lost = sum(not one.kind for one in pressed)
    if lost:
        print(f"of {count} presses {lost} were not answered", file=sys.stderr)
    spent = {name: 1000 * (after[name] - before[name]) / count for name in after}
    made = beside.double.requests[asked:]
    answers = [one for one in made if "/interactions/" in one.path or "/webhooks/" in one.path]
    return _Run(spent, len(answers) / count, count / seconds)


async def _pressed(press: Press, count: int, rate: float) -> list[Interaction]:
    loop = asyncio.get_running_loop()
    began, found = loop.time(), []
    for number in range(count):
        await asyncio.sleep(max(0.0, began + number / rate - loop.time()))
        found.append(await press(number))
    return found


# -- memory ---------------------------------------------------------------------------------------


def _memory(home: Path) -> list[Figure]:
    """The client alone, in a server with many members, some of whom speak."""
    beside = Beside(MEMBERS)
    beside.double.town.large()
    with beside.there() as double:
        bot = Measured("bench.discord_client", [TOKEN], home / "client.log")
        try:
            begun = bot.mark()["rss"]
            beside.run(_spoken(double))
            time.sleep(2)
            after = bot.mark()["rss"]
        finally:
            bot.end()
    return [
        Figure(f"memory of the client, {MEMBERS:,} members", begun, "MB", goal=Goal(80)),
        Figure(f"  after {SPEAKERS:,} of them spoke", after, "MB", goal=Goal(80)),
    ]


async def _spoken(double: Double) -> None:
    for number in range(SPEAKERS):
        await double.people.writes(f"lid-{number}", "Goedemorgen")
        if number % 100 == 0:
            await double.gateway.heard()
    await double.gateway.heard()
