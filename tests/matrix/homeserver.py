"""Synapse as a program: ``python -m tests.matrix.homeserver -c homeserver.yaml``, or a fork of an
interpreter that has imported it (``tests/programs``).

It ends by itself when whoever holds the other end of its standard input is gone, however that came
about.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from typing import Any

from synapse.app.homeserver import main
from twisted.internet import defer, reactor, threads
from twisted.python.failure import Failure


def end_with_parent() -> None:
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def at_once(
    here: Any, _pool: object, work: Callable[..., Any], *args: Any, **more: Any
) -> defer.Deferred[Any]:
    """Do in this thread what Synapse leaves to others, and give the result in the next turn, as
    Synapse's own tests do. Its SQLite has one connection and its answers are short: waking a thread
    for each of them takes longer than they do."""
    done: defer.Deferred[Any] = defer.Deferred()
    try:
        result: Any = work(*args, **more)
    except Exception:  # noqa: BLE001 - it is given to whoever asked
        result = Failure()
    here.callLater(0, done.callback, result)
    return done


if __name__ == "__main__":
    os.setsid()  # Ctrl-C is for whoever started us
    reactor.__init__()  # type: ignore[misc]  # what it polls and wakes it by is no other fork's
    threads.deferToThreadPool = at_once
    threading.Thread(target=end_with_parent, daemon=True).start()
    main()
