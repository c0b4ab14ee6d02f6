"""The bot of the playground: its config.toml, and the command that runs it, with its log shown."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO

from playground.neighbourhood import ROOM, STAFF, Neighbourhood
from tests.matrix.synapse import PASSWORD, Synapse

COMMAND = [sys.executable, "-c", "from bot.cli.main import main; main()", "run"]
TIMEOUT = 15  # seconds the bot has for ending; it promises ten


def write_config(
    folder: Path,
    server: Synapse,
    hood: Neighbourhood,
    more: str = "",
    roles: Mapping[str, str] = MappingProxyType({}),
) -> Path:
    """A town's config as a keeper would write it, with the password in a file beside it; ``more``
    are lines under [matrix], ``roles`` says who has which role besides the moderators."""
    folder.mkdir(parents=True, exist_ok=True)
    password = folder / "matrix-password"
    password.touch(mode=0o600)
    password.write_text(f"{PASSWORD}\n", encoding="ascii")
    moderators = ", ".join(f'"{user}"' for user in hood.moderators)
    held = "".join(f'{role} = ["{hood.people[who].user}"]\n' for role, who in roles.items())
    config = folder / "config.toml"
    config.write_text(
        f"""[town]
name = "Wijk aan de Zomerstraat"

[storage]
file = "stadsgesprek.db"

[matrix]
homeserver = "{server.url}"
user = "{hood.bot.user}"
password_file = "{password.name}"
store = "matrix-store"
trusted = [{moderators}]
{more}
[[rooms]]
name = "{ROOM}"
matrix = "{hood.alias}"
staff = "{STAFF}"

[[staff_rooms]]
name = "{STAFF}"
matrix = "{hood.staff}"

[roles.matrix]
moderator = [{moderators}]
{held}""",
        encoding="utf-8",
    )
    return config


def runnable() -> bool:
    """Whether this environment has a bot with the command ``run``."""
    return subprocess.run([*COMMAND, "--help"], capture_output=True, check=False).returncode == 0


class Bot:
    """``stadsgesprek run`` as a process; each line it writes goes to ``say``."""

    def __init__(self, config: Path, say: Callable[[str], None] = print) -> None:
        self.ready = threading.Event()
        self._say = say
        self._process = subprocess.Popen(
            [*COMMAND, "--config", str(config)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # Ctrl-C is ours: we end it in order
        )
        pipes = (self._process.stdout, self._process.stderr)
        self._readers = [
            threading.Thread(target=self._pass_on, args=(pipe,), daemon=True) for pipe in pipes
        ]
        for reader in self._readers:
            reader.start()

    @property
    def code(self) -> int | None:
        """The exit code once it has ended."""
        return self._process.poll()

    def stop(self) -> int:
        """End it as a service manager does; returns its exit code."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(TIMEOUT)
            except subprocess.TimeoutExpired:
                self._process.kill()
        code = self._process.wait()
        for reader in self._readers:
            reader.join(1)
        return code

    def _pass_on(self, pipe: IO[str]) -> None:
        for line in pipe:
            if line.strip() == "ready":
                self.ready.set()
            self._say(line.rstrip())
