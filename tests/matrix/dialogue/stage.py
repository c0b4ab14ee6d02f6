"""``Street``: a neighbourhood on a real Synapse with ``stadsgesprek run``, as a town would have it.

The bot is a process of its own, started from a config.toml. The people are clients that are none
of our code: plain HTTP, or matrix-nio where a room is encrypted. Whatever is said is remembered,
so that a test can look whether any of it reached the bot's log.
"""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

from bot.platforms.matrix import KEY
from tests import programs
from tests.matrix.client import Resident
from tests.matrix.feed import Feed, NotSeenError
from tests.matrix.patience import LEAST, deadline
from tests.matrix.platform.crypts import Encrypting
from tests.matrix.synapse import PASSWORD, Synapse
from tests.programs import COMMAND, MODULE, ROOT, Program

NAMES = ("anna", "bram", "carla", "daan", "eva", "fien")
ENCRYPTION = {"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}


@dataclass(frozen=True, slots=True)
class Heard:
    """One message as a person reads it, decrypted if need be."""

    room: str
    id: str
    sender: str
    text: str
    content: dict[str, Any]


class Voice(Protocol):
    """A person's client: talks and reads."""

    user: str
    heard: list[Heard]

    def say(self, room: str, text: str) -> str: ...

    def pull(self) -> None: ...


class Plain:
    """A client over plain HTTP."""

    def __init__(self, resident: Resident) -> None:
        self.resident, self.user = resident, resident.user
        self.feed: Feed = resident.feed()
        self.heard: list[Heard] = []
        self._place = 0

    def say(self, room: str, text: str) -> str:
        return self.resident.say(room, text)

    def pull(self) -> None:
        self.feed.pull(0.5)
        for one in self.feed.seen[self._place :]:
            if one.kind == "m.room.message":
                self.heard.append(Heard(one.room, one.id, one.sender, one.text, one.content))
        self._place = len(self.feed.seen)


class Closed:
    """A client for encrypted rooms, with matrix-nio."""

    def __init__(self, resident: Resident, store: Path) -> None:
        self.resident, self.user = resident, resident.user
        self.client = Encrypting(resident, store)
        self.heard: list[Heard] = []

    def say(self, room: str, text: str) -> str:
        self.pull()
        return self.client.say(room, text)

    def pull(self) -> None:
        for one in self.client.read():
            content = one.source.get("content", {})
            if content.get("msgtype") and hasattr(one, "body"):
                text = str(content.get("m.new_content", content).get("body", ""))
                room = str(one.source.get("room_id") or getattr(one, "room_id", ""))
                self.heard.append(Heard(room, one.event_id, one.sender, text, content))


class Running:
    """``stadsgesprek run`` as a process, which can be started again after it ended. ``anew``: in an
    interpreter of its own, imports and all. ``module``: see ``Program``."""

    def __init__(self, config: Path) -> None:
        self.config = config
        self.anew = False
        self.module = MODULE
        self._log = config.parent / "stderr.log"
        self._process: subprocess.Popen[str] | Program | None = None

    def start(self, seconds: float = 40) -> None:
        process = self.spawn()
        lines: queue.Queue[str] = queue.Queue()
        assert process.stdout is not None
        reading = process.stdout.readline
        threading.Thread(target=lambda: lines.put(reading()), daemon=True).start()
        try:
            line = lines.get(timeout=seconds)
        except queue.Empty:
            line = ""
        if line != "ready\n":
            self.kill()
            raise AssertionError(f"not ready but {line!r}; {self.log[-2000:]}")

    def spawn(self) -> subprocess.Popen[str] | Program:
        env = {k: v for k, v in os.environ.items() if not k.startswith("STADSGESPREK_")}
        words = ("run", "--config", self.config, "--log", "json")
        with self._log.open("ab") as errors:
            if self.anew:
                command, out = [*COMMAND, *words], subprocess.PIPE
                self._process = subprocess.Popen(
                    command, stdout=out, stderr=errors, text=True, cwd=ROOT, env=env
                )
            else:
                self._process = Program(words, module=self.module, stderr=errors, surroundings=env)
        return self._process

    @property
    def now(self) -> subprocess.Popen[str] | Program:
        assert self._process is not None
        return self._process

    def end(self, seconds: float = LEAST) -> int:
        """End it with SIGTERM; returns the exit code."""
        self.now.send_signal(signal.SIGTERM)
        try:
            return self.now.wait(seconds)
        finally:
            self.kill()

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process = None

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8") if self._log.exists() else ""


class Street:
    """The room, the staff room, a moderator, residents, and the bot (not started yet).

    ``closed``: every room is encrypted, and so is every person's client.
    """

    def __init__(
        self, server: Synapse, folder: Path, tag: str, *, closed: bool = False, people: int = 6
    ) -> None:
        self.server, self.folder, self.closed = server, folder, closed
        self.said: list[str] = []
        bot = server.register(f"bot-{tag}")
        self.bot = bot.user
        self.spare = bot  # a second device of the bot's account, made by the keeper
        self.vera = server.register(f"vera-{tag}")
        everybody = [server.register(f"{name}-{tag}") for name in NAMES[:people]]
        self.people: dict[str, Resident] = dict(zip(NAMES, everybody, strict=False))
        more = {"initial_state": [ENCRYPTION]} if closed else {}
        self.room = self.vera.create_room(
            "Zomerstraat", invite=(self.bot,), preset="public_chat", **more
        )
        self.staff = self.vera.create_room("Staf", invite=(self.bot,), **more)
        for person in everybody:
            person.join(self.room)
        self.voices = {name: self._voice(one, name) for name, one in self.people.items()}
        self.moderator = self._voice(self.vera, "vera")
        self.directs: dict[str, str] = {}
        self._marks: dict[str, int] = {}
        self.running = Running(self._config())

    def _voice(self, resident: Resident, name: str) -> Voice:
        return Closed(resident, self.folder / f"nio-{name}") if self.closed else Plain(resident)

    def roles(self, **named: str) -> None:
        """Give people a role by the config, before the bot starts: ``official="bram"``."""
        lines = [f'{role} = ["{self.people[name].user}"]' for role, name in named.items()]
        with self.running.config.open("a", encoding="utf-8") as config:
            config.write("\n".join([*lines, ""]))

    def _config(self) -> Path:
        path = self.folder / "config.toml"
        (self.folder / "password").write_text(PASSWORD + "\n", encoding="utf-8")
        (self.folder / "password").chmod(0o600)
        path.write_text(
            f"""
[town]
name = "Haarlem"
[matrix]
homeserver = "{self.server.url}"
user = "{self.bot}"
password_file = "password"
trusted = ["{self.vera.user}"]
[[rooms]]
name = "zomerstraat"
matrix = "{self.room}"
staff = "staf"
[[staff_rooms]]
name = "staf"
matrix = "{self.staff}"
[roles.matrix]
moderator = ["{self.vera.user}"]
""",
            encoding="utf-8",
        )
        return path

    def __enter__(self) -> Street:
        self.running.start()
        for room in (self.room, self.staff):  # what is said in a room before it came is not for it
            self._arrives(self.vera, room)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.running.kill()
        for voice in [*self.voices.values(), self.moderator]:
            if isinstance(voice, Closed):
                voice.client.close()

    def _arrives(self, person: Resident, room: str) -> None:
        """Wait until the bot is in a room."""
        until(lambda: self.bot in person.members(room), 60, f"the bot with {person.user}")

    # -- talking ------------------------------------------------------------------------------

    def open_directs(self) -> None:
        """Everybody opens the personal conversation, and the bot comes."""
        for name, person in self.people.items():
            self.directs[name] = person.direct(self.bot, encrypted=self.closed)
        for name, person in self.people.items():
            self._arrives(person, self.directs[name])
        if self.closed:
            for voice in self.voices.values():
                voice.pull()

    def command(self, text: str, part: str, where: str = "") -> str:
        """Say something as the moderator in the staff room; waits for the bot's words there or in
        ``where``."""
        self._say(self.moderator, self.staff, text)
        return self.wait("vera", where or self.staff, part)

    def tell(self, name: str, text: str) -> str:
        """Say something as a resident in the personal conversation; does not wait."""
        if name not in self.directs:
            self.directs[name] = self.people[name].direct(self.bot, encrypted=self.closed)
        self.said.append(text)
        return self._say(self.voices[name], self.directs[name], text)

    def ask(self, name: str, text: str, part: str, seconds: float = 30) -> str:
        self.tell(name, text)
        return self.answer(name, part, seconds)

    def answer(self, name: str, part: str, seconds: float = 30) -> str:
        """The bot's words in the personal conversation since the resident's last message."""
        return self.wait(name, self.directs[name], part, seconds)

    def shout(self, name: str, text: str) -> str:
        """Say something as a resident in the room."""
        self.said.append(text)
        return self._say(self.voices[name], self.room, text)

    def _say(self, voice: Voice, room: str, text: str) -> str:
        self._marks[voice.user] = len(voice.heard)
        return voice.say(room, text)

    def wait(self, name: str, room: str, part: str, seconds: float = 40) -> str:
        return self.find(name, room, part, seconds).text

    def find(self, name: str, room: str, part: str, seconds: float = 40) -> Heard:
        """The first message of the bot with these words since somebody last spoke."""
        voice = self.moderator if name == "vera" else self.voices[name]
        start, end = self._marks.get(voice.user, 0), deadline(seconds)
        while True:
            for one in voice.heard[start:]:
                here = one.room == room or not one.room
                if here and one.sender == self.bot and part in one.text:
                    return one
            if time.monotonic() > end:
                last = [(h.sender, h.text[:160]) for h in voice.heard[-4:]]
                raise NotSeenError(f"{name} did not read {part!r} in {seconds} s, but {last}")
            voice.pull()

    def has_heard(self, name: str, part: str) -> bool:
        """Whether the bot's words have reached somebody since they last spoke."""
        voice = self.voices[name]
        voice.pull()
        heard = voice.heard[self._marks.get(voice.user, 0) :]
        return any(one.sender == self.bot and part in one.text for one in heard)

    def read(self, name: str, room: str, event: str, seconds: float = 60) -> None:
        """Wait until the bot's public receipt is on an event or a later one."""
        voice = self.voices[name]
        assert isinstance(voice, Plain)
        feed = voice.feed
        feed.wait_until(lambda: feed.has_read(room, self.bot, event), seconds=seconds)

    # -- afterwards ---------------------------------------------------------------------------

    def outcome(self, dialogue: str) -> dict[str, Any]:
        """uitslag.json from the stopped bot's database."""
        out = self.folder / "export"
        done = programs.run("export", dialogue, "--out", out, "--config", self.running.config)
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads((out / "uitslag.json").read_bytes())
        return found

    def tokens(self) -> list[str]:
        """The token of each message of the bot's: as the server has them, and where rooms are
        encrypted as they were read."""
        if self.closed:
            voices = [*self.voices.values(), self.moderator]
            read = {one.id: one for v in voices for one in v.heard if one.sender == self.bot}
            return [one.content[KEY]["token"] for one in read.values()]
        seats = [(self.vera, self.room), (self.vera, self.staff)]
        seats += [(self.people[name], room) for name, room in self.directs.items()]
        return [
            one.content.get(KEY, {}).get("token", "")
            for person, room in seats
            for one in person.history(room)
            if one.sender == self.bot and one.kind == "m.room.message" and one.content
        ]

    def assert_answered_once(self) -> None:
        """No two answers in a personal conversation say the same, under whatever token: for
        dialogues in which nobody asks or says the same twice."""
        for name, room in self.directs.items():
            mine = Counter(
                one.text
                for one in self.people[name].history(room)
                if one.sender == self.bot and one.kind == "m.room.message" and not one.edits
            )
            assert [text for text, times in mine.items() if times > 1] == [], name

    def assert_log_is_silent(self) -> None:
        """No word of a resident, no choice, no token, no password."""
        log = self.running.log
        secrets = [self.vera.token, self.spare.token, *(p.token for p in self.people.values())]
        login = self.folder / "matrix-store" / "login.json"
        if login.exists():
            secrets += [v for k, v in json.loads(login.read_bytes()).items() if k in _SECRET and v]
        for secret in secrets:
            assert secret not in log
        words = {w for text in self.said for w in re.findall(r"\w{6,}", text)}
        words |= {PASSWORD, "eens", "oneens", "agree", "disagree"}
        found = [w for w in words if re.search(rf"\b{re.escape(w)}\b", log, re.IGNORECASE)]
        assert found == []
        for line in log.splitlines():
            json.loads(line)


_SECRET = ("token", "pickle")


def until(true: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait until something is so, which takes some ``seconds`` on a quiet machine."""
    end = deadline(seconds)
    while not true():
        if time.monotonic() > end:
            raise NotSeenError(f"{what}: not in {seconds} s")
        time.sleep(0.2)
