"""``stadsgesprek run`` on the double of Discord, with a meter on our own code in its event loop.

``reading`` is our way from an interaction to a fact, ``sending`` everything else in the loop. What
discord.py does in our tasks is ``library``: its requests, and the reading of its connection, which
one of our tasks keeps.
"""

from __future__ import annotations

import sys
from pathlib import Path

from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient

from bench import marks
from bench.measured_bot import Watch
from bot.cli.run import run_bot
from bot.engine.thread import Element, EngineThread
from bot.platforms.discord.client import Client
from bot.platforms.facts import Chose
from tests.discord.double.program import point


class OnDiscord(Watch):
    """The meter, and the number of presses."""

    def put_on(self) -> None:
        self._measure_tasks()
        self._count_facts()
        self.meter.waiting(Client, "on_interaction", "reading")
        self.meter.waiting(HTTPClient, "request", "library")
        self.meter.waiting(DiscordWebSocket, "poll_event", "library")

    def _count_facts(self) -> None:
        put = EngineThread.put

        def counted(thread: EngineThread, element: Element) -> bool:
            self.events += sum(isinstance(fact, Chose) for fact in element.facts)
            return put(thread, element)

        EngineThread.put = counted  # type: ignore[method-assign, assignment]


def main() -> int:
    point()
    watch = OnDiscord()
    watch.put_on()
    marks.answer(watch.figures)
    return run_bot(Path(sys.argv[1]), "json")


if __name__ == "__main__":
    sys.exit(main())
