"""The courier step by step, on a clock that the test moves."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from bot.delivery import courier as module
from tests.engine.chat import person
from tests.engine.live import Live
from tests.engine.noted import Told


class Hours:
    """The courier's clock, moved by the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: self.now))


def step(live: Live) -> bool:
    """One turn of the courier."""
    return asyncio.run(live.courier._next())


def steps(live: Live) -> None:
    """Turns of the courier until one fails or nothing waits."""
    while step(live):
        pass


def begun(live: Live, statements: int = 12) -> None:
    """Anna has begun, and there are this many statements."""
    live.open()
    live.say("anna", "meedoen")
    live.say("anna", "ja")
    for number in range(statements):
        live.say(f"r{number}", f"stelling Zin nummer {number} over onze straat.")
    live.deliver()


def newest(live: Live, user: str = "anna") -> Told:
    """What the newest message to somebody says."""
    return live.told(person(user))[-1]


def offered(live: Live) -> list[str]:
    """The statements that Anna's newest message offers, in their places."""
    return [row["item"] for row in newest(live).data("offer_statements")["items"]]


def votes(live: Live, item: str) -> list[object]:
    """The choices that stand on a statement."""
    state = live.engine.ledger.states["ons-gesprek"]
    book = state.machine(0).box(state.states[0]).books[item]
    return [vote.choice for vote in book.votes.values()]
