"""``bot.runtime.printing``, which kills itself at a point, the first time that it gets there.

It is called with the name of the point (``tests/faults/steps``) and the file that says that it
died.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from bot.runtime import printing
from tests.faults.steps import PRINTED, watched


def main(dies: str, died: Path) -> int:
    def at(point: str) -> None:
        if point == dies and not died.exists():
            died.touch()
            os.kill(os.getpid(), signal.SIGKILL)

    watched(at, PRINTED)
    return printing.main()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
