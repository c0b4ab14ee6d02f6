"""Synapse as a program: ``python -m tests.matrix.homeserver -c homeserver.yaml``, or a fork of an
interpreter that has imported it (``tests/programs``).

It ends by itself when whoever holds the other end of its standard input is gone, however that came
about.
"""

from __future__ import annotations

import os
import signal
import threading

from synapse.app.homeserver import main
from twisted.internet import reactor


def end_with_parent() -> None:
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    os.setsid()  # Ctrl-C is for whoever started us
    reactor.__init__()  # type: ignore[misc]  # what it polls and wakes it by is no other fork's
    threading.Thread(target=end_with_parent, daemon=True).start()
    main()
