"""``stadsgesprek run`` with a meter on our own code in its event loop.

Every task whose coroutine stands in ``bot/`` is measured, step by step: ``reading`` is our way from
the server's answer to facts in the engine's queue, ``sending`` everything else (receipts, answers,
the outbox, joining). What matrix-nio and aiohttp do for them is ``library``. The engine's thread is
taken whole.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Awaitable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import aiohttp
import nio

from bench import marks
from bench.late import Late
from bench.meter import Meter
from bot.cli.run import run_bot
from bot.engine.engine import Engine, Received
from bot.engine.reception import Cursor
from bot.engine.thread import Element, EngineThread
from bot.platforms.facts import Fact, Reacted, Said
from bot.runtime.app import App

_OURS = str(marks.ROOT / "bot")
_READING = {
    str(marks.ROOT / "bot" / name) for name in ("platforms/matrix/news.py", "runtime/listening.py")
}


class Watch:
    """The meter, and the number of facts that came from people."""

    def __init__(self) -> None:
        self.meter = Meter()
        self.events = 0
        self.late = Late()
        self._engine: int | None = None

    def put_on(self) -> None:
        self._measure_tasks()
        self._count_facts()
        self.meter.waiting(nio.AsyncClient, "send", "library")
        self.meter.waiting(nio.AsyncClient, "receive_response", "library")
        self.meter.plain(nio.SyncResponse, "from_dict", "library")
        self.meter.waiting(aiohttp.ClientResponse, "read", "library")

    def _measure_tasks(self) -> None:
        run = App.run

        async def measured(app: App, stop: Awaitable[None]) -> None:
            factory: Any = self._task
            asyncio.get_running_loop().set_task_factory(factory)
            await run(app, stop)

        App.run = measured  # type: ignore[method-assign, assignment]

    def _task(
        self, loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Any], **named: Any
    ) -> asyncio.Task[Any]:
        code: Any = getattr(work, "cr_code", None)
        file = code.co_filename if code is not None else ""
        if file.startswith(_OURS):
            reads = file in _READING or code.co_qualname == "App._listen"
            work = self.meter.steps(work, "reading" if reads else "sending")
        return asyncio.Task(work, loop=loop, **named)

    def _count_facts(self) -> None:
        put = EngineThread.put

        def counted(thread: EngineThread, element: Element) -> bool:
            self.events += sum(isinstance(fact, Said | Reacted) for fact in element.facts)
            return put(thread, element)

        EngineThread.put = counted  # type: ignore[method-assign, assignment]
        receive, late = Engine.receive, self.late

        def noted(engine: Engine, batch: Sequence[Fact], cursor: Cursor | None = None) -> Received:
            found = receive(engine, batch, cursor)
            for fact in batch if not found.reason else ():
                if isinstance(fact, Said | Reacted):
                    late.kept(fact.origin.at.timestamp())
            return found

        Engine.receive = noted  # type: ignore[method-assign, assignment]

    def figures(self) -> marks.Figures:
        """Seconds of CPU since the start."""
        if self._engine is None:
            thread = next((t for t in threading.enumerate() if t.name == "engine"), None)
            assert thread is not None, "the engine's thread is not there"
            assert thread.ident is not None
            self._engine = time.pthread_getcpuclockid(thread.ident)
        spent = dict.fromkeys(("reading", "sending", "library"), 0.0) | self.meter.spent
        engine = time.clock_gettime(self._engine)
        return spent | {"engine": engine, "total": time.process_time(), "events": self.events}


def main() -> int:
    watch = Watch()
    watch.put_on()
    marks.answer(watch.figures)
    ended = run_bot(Path(sys.argv[1]), "json")
    watch.late.write()
    return ended


if __name__ == "__main__":
    sys.exit(main())
