"""The command ``move``: a town from its file to a PostgreSQL server, or back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.cli.output import FINE, WRONG, complain, config_at, say
from bot.cli.told import told
from storage.database import NotNow, Served
from storage.relocating import to_file, to_server

_NO_SERVER = (
    "the config names no server: write its address as `database` under [storage] "
    "(see docs/postgresql.md)"
)

_BUSY = "nothing was moved: the {what} is busy; try again"
_FULL = "nothing was moved: the disk is full; make room and try again"


@told
def move_town(server: bool, config: Path | None) -> int:
    """Run ``stadsgesprek move``; returns the exit code."""
    try:
        found = config_at(config)
        where = found.database if found is not None else None
        if where is None:
            return complain("name a config.toml with --config")
        if not isinstance(where, Served):
            return complain(_NO_SERVER)
        moved = (to_server if server else to_file)(where, datetime.now(UTC))
    except NotNow as error:
        return complain(_FULL if str(error) == "full" else _BUSY.format(what="database"), WRONG)
    except OSError as error:
        return complain(f"{error.filename or where} cannot be used ({error.strerror})", WRONG)
    rows = sum(count for count, _ in moved.contents.rows.values())
    chains = len(moved.contents.chains)
    say(f"{rows} rows are there; {moved.contents.lines} lines in {chains} journals hold.")
    say(f"What the town left is in {moved.left}; remove it once you have a backup.")
    if not server:
        say("Take `database` off the config now: as long as it is there, the server is asked.")
    return FINE
