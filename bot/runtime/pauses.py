"""What Python itself lets the event loop wait for, kept short in the process of a live bot."""

from __future__ import annotations

import gc
import sys

#: How long a thread keeps the interpreter while another one waits for it, in seconds. Python's own
#: five milliseconds are what the event loop would wait for the engine's thread, again and again.
SWITCH = 0.001


def kept_short() -> None:
    """Called once the whole town is read: what it consists of is not gone through any more in
    search of rings of dead objects, which stops everything for as long as that takes."""
    sys.setswitchinterval(SWITCH)
    gc.collect()
    gc.freeze()
