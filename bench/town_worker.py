"""One of several processes that share towns: it takes those that nobody has, and handles what is
said in them until it is killed or all is done.

The doubles of the networks are here: what is said in a town is a row of presses, each known by its
number. As after a real absence, the last ones before the stored cursor come a second time.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from math import inf
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import SynchronizedArray

from bench.scene import BEGIN, CHOICES, Scene
from bot.engine.reception import Cursor
from bot.platforms.console import NAME
from bot.platforms.facts import Chose, Origin
from bot.platforms.messages import Meaning
from bot.platforms.places import Place, PlaceKind
from storage.database import NotNow, TakenOver, Unusable, Where
from storage.opening import free, lock

#: So many presses come in one response of a network, and so many before the cursor come again.
BATCH, AGAIN = 25, 40

#: A process looks so often for towns that nobody has, in seconds; one that has its share takes one.
PATIENCE = 1.0

ROOM = "kamer1"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is tried: ``people`` in each of ``towns`` vote on each of ``items``; ``processes`` share
    the towns, and one is killed after each ``every`` seconds."""

    towns: int = 12
    people: int = 60
    items: int = 5
    processes: int = 3
    every: float = 4.0

    @property
    def votes(self) -> int:
        """The votes of one town."""
        return self.people * self.items

    @property
    def share(self) -> int:
        return -(-self.towns // self.processes)

    def choice(self, number: int) -> str:
        return CHOICES[number * 7 % len(CHOICES)]

    def item(self, number: int) -> str:
        return f"S{number // self.people + 1}"


@dataclass(frozen=True, slots=True)
class Took:
    """A process has a town from this moment on (of the monotonic clock)."""

    town: int
    at: float


@dataclass(frozen=True, slots=True)
class Receipted:
    """The receipts that were answered in a town at once, and how many seconds it took."""

    town: int
    codes: tuple[str, ...]
    seconds: float


class Desk:
    """A town that this process has."""

    def __init__(self, where: Where, plan: Plan) -> None:
        self._plan = plan
        self._lock = ExitStack()
        self._lock.enter_context(lock(where))
        try:
            self.scene = Scene(where, seed=secrets.randbits(60))
        except BaseException:
            self._lock.close()
            raise
        self._next = max(0, int(self.scene.store.cursors.position(NAME) or 0) - AGAIN)

    @property
    def done(self) -> bool:
        return self._next >= self._plan.votes

    def step(self) -> tuple[str, ...]:
        """Handle what a network gives next; the receipts that were answered. Raises ``NotNow``."""
        numbers = range(self._next, min(self._next + BATCH, self._plan.votes))
        facts = [press(self._plan, number) for number in numbers]
        moment = facts[-1].origin.at
        self.scene.clock.set(moment)
        cursor = Cursor(NAME, str(numbers.stop), moment)
        replies = self.scene.engine.receive(facts, cursor).whole()
        self._next = numbers.stop
        said = (notice.data.get("receipt") for reply in replies for notice in reply.notices)
        return tuple(str(code) for code in said if code)

    def close(self) -> None:
        self.scene.close()
        self._lock.close()


def press(plan: Plan, number: int) -> Chose:
    """What is pressed in a town, by its number: everybody on the first item, then on the next."""
    who = f"bewoner-{number % plan.people}"
    at = BEGIN + timedelta(milliseconds=20 * (number + 1))
    origin = Origin(f"$druk-{number:032x}", at, Place(NAME, PlaceKind.PERSONAL, who), who)
    return Chose(origin, Meaning(ROOM, plan.item(number), plan.choice(number), 0))


def work(
    towns: list[Where], plan: Plan, done: SynchronizedArray[int], told: Connection, mine: int
) -> None:
    """The life of one process; what became of each step goes to ``told``."""
    worker = _Worker(towns, plan, done, told.send, random.Random(mine))
    while not all(done):
        worker.turn()
    told.send(None)


class _Worker:
    def __init__(
        self,
        towns: list[Where],
        plan: Plan,
        done: SynchronizedArray[int],
        tell: Callable[[Took | Receipted], None],
        draw: random.Random,
    ) -> None:
        self._towns, self._plan, self._done, self._tell, self._draw = towns, plan, done, tell, draw
        self._held: dict[int, Desk] = {}
        self._looked = -inf

    def turn(self) -> None:
        """Take towns where that is due, and let each that it has go on by one step."""
        if time.monotonic() - self._looked > PATIENCE:
            self._take(max(1, self._plan.share - len(self._held)))
            self._looked = time.monotonic()
        for town, desk in list(self._held.items()):
            self._step(town, desk)
        if not self._held:
            time.sleep(0.02)

    def _take(self, wanted: int) -> None:
        """Take at most so many towns that nobody has: its share at once, since nobody else looks
        after them."""
        for town in self._free():
            if not wanted:
                return
            try:
                self._held[town] = Desk(self._towns[town], self._plan)
            except Unusable as error:
                if error.code not in ("in_use", "locked"):
                    raise
                continue
            self._tell(Took(town, time.monotonic()))
            wanted -= 1

    def _free(self) -> list[int]:
        """The towns that it might take, in any order."""
        others = [
            town
            for town in range(self._plan.towns)
            if town not in self._held and not self._done[town]
        ]
        nobodys = set(free([self._towns[town] for town in others]))
        left = [town for town in others if self._towns[town] in nobodys]
        self._draw.shuffle(left)
        return left

    def _step(self, town: int, desk: Desk) -> None:
        if desk.done:
            self._done[town] = 1
            self._held.pop(town).close()
            return
        began = time.monotonic()
        try:
            codes = desk.step()
        except NotNow:
            return  # the same again in the next turn
        except TakenOver:
            self._held.pop(town)
            return
        self._tell(Receipted(town, codes, time.monotonic() - began))
