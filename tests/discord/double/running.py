"""``stadsgesprek run`` on the double, in a process of its own that can be killed."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from bot.town import keys
from dialogues.dialogue import Dialogue
from rounds.registry import record
from storage.reader import Reader
from tests.discord.double.server import TOKEN, Double
from tests.discord.double.town import GUILD, ROOM, STAFF
from tests.programs import ROOT, Program
from tests.replay.playing import sound

#: What is started: ``stadsgesprek`` on the double.
MODULE = "tests.discord.double.program"

#: The config of a town that is on Discord alone.
CONFIG = f"""
[town]
name = "Haarlem"
[discord]
token_file = "token"
guild = {GUILD}
[[rooms]]
name = "zomerstraat"
discord = {ROOM}
[[staff_rooms]]
name = "staf"
discord = {STAFF}
[roles.discord]
moderator = ["Moderator"]
"""


class Running:
    """The program and its folder. It is started again by itself after ``kill``; ``ends`` is the
    exit code with which it ends at last; ``log`` is the file of what it complains of."""

    def __init__(
        self, folder: Path, double: Double, ends: int = 0, log: Path | None = None
    ) -> None:
        self.folder, self.double, self._ends = folder, double, ends
        self._told = log or folder / "stderr.log"
        self.kills = 0
        self.ready = asyncio.Event()
        self._program: Program | subprocess.Popen[str] | None = None
        self._again: asyncio.Task[None] | None = None
        (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
        (folder / "token").write_text(TOKEN, encoding="utf-8")
        (folder / "token").chmod(0o600)
        self._log: IO[bytes] = self._told.open("ab")

    async def __aenter__(self) -> Running:
        await self.start()
        return self

    async def __aexit__(self, *_what: object) -> None:
        if self._again is not None:
            await self._again
        await self.end()
        self._log.close()

    async def start(self) -> None:
        words = ("run", "--config", str(self.folder / "config.toml"), "--log", "json")
        surroundings = {k: v for k, v in os.environ.items() if not k.startswith("STADSGESPREK_")}
        surroundings |= self.double.surroundings
        program = self.begun(words, surroundings)
        self._program = program
        assert program.stdout is not None
        first = await asyncio.to_thread(program.stdout.readline)
        assert first == "ready\n", self.log
        self.ready.set()

    def begun(
        self, words: tuple[str, ...], surroundings: dict[str, str]
    ) -> Program | subprocess.Popen[str]:
        """The process, begun now."""
        return Program(words, module=MODULE, stderr=self._log, surroundings=surroundings)

    async def end(self) -> None:
        """As systemd ends it; it must be over in time."""
        program = self._program
        assert program is not None
        if program.poll() is None:
            os.kill(program.pid, signal.SIGTERM)
        code = await asyncio.to_thread(program.wait, 30)
        assert code == self._ends, self.log
        if program.stdout is not None:
            program.stdout.close()

    async def ended(self) -> None:
        """Wait until it ends by itself."""
        assert self._program is not None
        await asyncio.to_thread(self._program.wait, 60)

    def kill(self) -> None:
        """SIGKILL, now; it is started again beside what else happens."""
        program = self._program
        if program is None or not self.ready.is_set():
            return
        self.ready.clear()
        self.kills += 1
        with suppress(ProcessLookupError):
            os.kill(program.pid, signal.SIGKILL)
        self._again = asyncio.create_task(self._restart(program))

    async def dies(self) -> None:
        """Wait until it has killed itself, and is there again."""
        program = self._program
        assert program is not None
        code = await asyncio.to_thread(program.wait, 60)
        assert code == -signal.SIGKILL, self.log
        self.ready.clear()
        self.kills += 1
        await self._restart(program)

    async def _restart(self, program: Program | subprocess.Popen[str]) -> None:
        await asyncio.to_thread(program.wait, 30)
        if program.stdout is not None:
            program.stdout.close()
        await self.start()

    async def there(self) -> None:
        """Wait until the program runs."""
        async with asyncio.timeout(60):
            await self.ready.wait()

    @property
    def log(self) -> str:
        return self._told.read_text(encoding="utf-8")

    # -- what it keeps ------------------------------------------------------------------------

    @property
    def key(self) -> bytes:
        return keys.read(self.folder / "town.key")

    @property
    def file(self) -> Path:
        (found,) = self.folder.glob("*.db")
        return found

    def dialogue(self) -> Dialogue:
        """The only dialogue, as a reader of the file finds it; all that must hold is checked."""
        sound(self.file, self.key)
        reader = Reader.of(self.file, record())
        try:
            (name,) = reader.dialogues()
            folded = reader.folded(name)
            assert folded is not None
            return folded.dialogue
        finally:
            reader.close()

    def cast(self) -> list[str]:
        """The items that were voted on, once for each line of the journal that says so."""
        reader = Reader.of(self.file, record())
        try:
            (name,) = reader.dialogues()
            events = [record().read(line).event for line in reader.lines(name)]
        finally:
            reader.close()
        return [str(e.item) for e in events if type(e).__name__ == "VoteCast"]


class FromNothing(Running):
    """The same, with a new interpreter at each start, which imports all that it needs. ``began`` is
    when the last was started, in seconds of the monotonic clock."""

    began = 0.0

    def begun(self, words: tuple[str, ...], surroundings: dict[str, str]) -> subprocess.Popen[str]:
        self.began = time.monotonic()
        return subprocess.Popen(
            (sys.executable, "-m", MODULE, *words),
            cwd=ROOT,
            env=surroundings,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )

    def waited(self) -> float:
        """How long it waited for a processor so far, in seconds: Linux counts that by thread."""
        assert self._program is not None
        threads = Path(f"/proc/{self._program.pid}/task").glob("*/schedstat")
        return sum(int(each.read_text("ascii").split()[1]) for each in threads) / 1e9
