"""Measures starting: ``--help`` against bare Python, and reading a journal at the start."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import islice
from pathlib import Path

from bench.figures import Figure, Goal, pairs, seconds
from bench.scene import KEY, Scene
from dialogues.aggregates import DIALOGUE, Fold
from dialogues.fold import evolve
from rounds import registry
from storage.sqlite import connect
from storage.store import Store

#: Modules that ``--help`` must not import: each takes longer than the help itself.
BANNED = (
    "nio", "discord", "prompt_toolkit", "babel", "rapidfuzz", "apscheduler", "sqlite_utils",
    "jinja2",
)  # fmt: skip

EVENTS = 100_000

_IMPORTED = (
    "import sys\n"
    "from bot.cli.main import main\n"
    "try:\n    main(['--help'])\n"
    "except SystemExit:\n    pass\n"
    f"print(*(name for name in {BANNED!r} if name in sys.modules), file=sys.stderr)"
)


def measure_help(_folder: Path) -> list[Figure]:
    """``stadsgesprek --help`` against ``python -c pass``, and what it imports that it must not."""
    command = Path(sys.executable).with_name("stadsgesprek")
    found = pairs(
        lambda: seconds(_run, str(command), "--help"),
        lambda: seconds(_run, sys.executable, "-c", "pass"),
        count=11,
    )
    banned = imported_by_help()
    which = f": {', '.join(banned)}" if banned else ""
    return [
        Figure("stadsgesprek --help", found.first, "s", goal=Goal(0.3)),
        Figure("  more than python -c pass", found.first - found.second, "s"),
        Figure(f"  banned modules it imports{which}", len(banned), "", goal=Goal(0)),
    ]


def imported_by_help() -> list[str]:
    """The modules of ``BANNED`` that ``stadsgesprek --help`` imports."""
    return _run(sys.executable, "-c", _IMPORTED).split()


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stderr


def measure_journal(folder: Path) -> list[Figure]:
    """Every state from a journal with its chain checked, against reading and decoding its rows."""
    file = folder / "journal.db"
    scene = Scene(file)
    scene.open(50)
    facts = scene.votes(scene.known(scene.rooms[0], EVENTS // 50), 50)
    scene.receive(list(islice(facts, EVENTS)))
    scene.close()
    store = Store(file, lambda size: bytes(size), registry.record(), KEY)
    rows = connect(file, read_only=True)

    def plain() -> None:
        for row in rows.execute("SELECT line FROM journal ORDER BY row"):
            json.loads(row[0])

    found = pairs(
        lambda: seconds(
            lambda: store.journal.read_all({DIALOGUE: Fold(store.record.blank, evolve)})
        ),
        lambda: seconds(plain),
    )
    rows.close()
    store.close()
    return [
        Figure(
            f"start-up from {EVENTS:,} events, chain checked",
            found.first,
            "s",
            found.ratio,
            f"reading and decoding the rows, {found.second:.2f} s",
            spread=found.spread,
        )
    ]
