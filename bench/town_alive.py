"""A town that runs behind doubles, on a file of ``scene.py``, in a process of its own.

The whole program runs as always, with its event loop, its engine's thread and two couriers; only
the networks are doubles, in that loop too.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bench.doubles import Network, like_discord, like_matrix
from bench.marks import ROOT, Figures
from bench.scene import BEGIN, CHOICES, Scene, town_of
from bot.platforms.discord import Discord
from bot.platforms.facts import Chose, Fact, Origin, Reacted, Said
from bot.platforms.matrix.platform import capabilities
from bot.platforms.matrix.settings import Settings
from bot.platforms.messages import Meaning, ReplyHandle
from bot.platforms.places import Place, PlaceKind
from bot.runtime.app import App
from bot.runtime.hosting import Hearing
from bot.runtime.pauses import kept_short
from dialogues.charter import BallotMode

_TYPED = {"agree": "eens", "disagree": "oneens", "pass": "?"}
_TALK = ("Goedenavond buren, wie is er ook bij?", "De tekening hangt in de bieb.")

#: How many statements each round has.
STATEMENTS = 5

#: The networks with what they can do.
NETWORKS = {
    "discord": Discord.capabilities,
    "matrix": capabilities(Settings("https://town", "@bot:town", Path())),
}

#: How long everybody is waited for at the end, in seconds.
_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Alive:
    """A town that runs."""

    app: App
    file: Path
    rooms: tuple[str, ...]
    pressed: Network
    typed: Network
    clock: Callable[[], datetime]

    async def settled(self) -> None:
        """Wait until nothing waits in the outbox: at the start each room gets its card."""
        while await self.app._thread.call(self.app._store.queue.waiting):
            await asyncio.sleep(0.1)

    async def answered(self) -> None:
        """Wait until everybody has their answer."""
        end = time.monotonic() + _PATIENCE
        while not (self.pressed.all_answered() and self.typed.all_answered()):
            if time.monotonic() > end:
                raise TimeoutError("somebody was not answered")
            await asyncio.sleep(0.02)

    # -- what people do -----------------------------------------------------------------------

    def vote(self, number: int, person: int, at: float, room: int, item: int) -> None:
        """A vote that is pressed by every other person, and typed by the others."""
        name, choice = self.rooms[room], CHOICES[(number + item) % len(CHOICES)]
        moment = self.clock() + timedelta(seconds=at - time.monotonic())
        who = f"{name}-{person}"
        network = self.typed if person % 2 else self.pressed
        place = Place(network.name, PlaceKind.PERSONAL, who)
        fact: Fact
        if person % 2:
            said = f"@{name} stem S{item} {_TYPED[choice]}"
            fact = Said(Origin(f"$s{number}", moment, place, who, order=f"{number:020}"), said)
        else:
            handle = ReplyHandle(moment + timedelta(minutes=14), f"h{number}")
            near = Place(network.name, PlaceKind.ROOM, name)
            order = f"{number:020}"
            origin = Origin(
                f"$p{number}", moment, place, who, order=order, handle=handle, near=near
            )
            fact = Chose(origin, Meaning(name, f"S{item}", choice, 0))
        network.comes([(at, fact, who)])

    def in_room(self, number: int, person: int, at: float, room: int, sign: str = "") -> None:
        """Something that is said in a room, to nobody, or a sign under a statement there."""
        name = self.rooms[room]
        moment = self.clock() + timedelta(seconds=at - time.monotonic())
        place = Place("matrix", PlaceKind.ROOM, name)
        origin = Origin(f"$r{number}", moment, place, f"{name}-{person}", order=f"{number:020}")
        item = f"S{1 + number % STATEMENTS}"
        fact = Reacted(origin, sign, "", item) if sign else Said(origin, _TALK[number % len(_TALK)])
        self.typed.comes([(at, fact, "")])


#: What is tried in a town that runs; returns its figures.
Trial = Callable[[Alive], Awaitable[Figures]]


def filled(file: Path, rooms: int, ballot: BallotMode = BallotMode.CONFIDENTIAL) -> None:
    """A town with a round of five statements in every room, each on every network."""
    scene = Scene(file, rooms, networks=NETWORKS)
    scene.open(STATEMENTS, ballot)
    scene.close()


def in_a_process(module: str, *arguments: str) -> Figures:
    """Run a module of the bench that ends in ``told``; returns what it printed."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def told(trial: Trial, file: Path, rooms: int) -> None:
    """Print the figures of a trial, with the most memory of this process in MB."""
    found = asyncio.run(tried(trial, file, rooms))
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    memory = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    print(json.dumps({**found, "memory": int(memory.split()[1]) / 1024}))


def _unheard(_code: str, **_values: object) -> None:
    """Nobody reads the log."""


async def tried(trial: Trial, file: Path, rooms: int) -> Figures:
    """Run the town, do the trial, and end it."""
    began = time.monotonic()

    def clock() -> datetime:
        return BEGIN + timedelta(hours=1, seconds=time.monotonic() - began)

    names = tuple(f"kamer{number}" for number in range(1, rooms + 1))
    networks = like_discord(clock), like_matrix(NETWORKS["matrix"], clock)
    ready = asyncio.Event()
    app = App(
        file,
        town_of(names, tuple(NETWORKS)),
        networks,
        Hearing(ready.set, lambda *_a, **_n: None),
        clock,
    )
    kept_short()
    stop = asyncio.Event()
    running = asyncio.create_task(app.run(stop.wait()))  # type: ignore[arg-type]
    try:
        await ready.wait()
        living = Alive(app, file, names, *networks, clock)
        await living.settled()
        return await trial(living)
    finally:
        stop.set()
        await running
