"""A keeper's folder with recognizable secrets, and a homeserver that fails."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests import programs
from tests.matrix.platform.double import ROOM, USER, Double, refused
from tests.programs import Program

PASSWORD, TOKEN, ENV_PASSWORD, ENV_TOKEN = (
    "kanarie-wachtwoord-7f3a",
    "kanarie-token-91bc",
    "kanarie-omgeving-44d0",
    "kanarie-omgevingstoken-e2e2",
)
PICKLE = "ka" * 32


@dataclass
class House:
    """A keeper's folder, and a homeserver that fails."""

    folder: Path
    server: Double
    env: dict[str, str] = field(default_factory=dict)

    def write(self, **changes: str) -> None:
        made = {
            "homeserver": self.server.url,
            "user": USER,
            "password_file": "wachtwoord",
            **changes,
        }
        lines = [f'{key} = "{value}"' for key, value in made.items() if value]
        text = "\n".join(
            [
                '[town]\nname = "Haarlem"\n[matrix]',
                *lines,
                f'[[rooms]]\nname = "straat"\nmatrix = "{ROOM}"\nstaff = "staf"',
                '[[staff_rooms]]\nname = "staf"\nmatrix = "!staf:dubbel.test"\n',
            ]
        )
        (self.folder / "config.toml").write_text(text, encoding="utf-8")

    def kept(self, token: str = TOKEN) -> None:
        """Write the store of an earlier start."""
        store = self.folder / "matrix-store"
        store.mkdir(exist_ok=True)
        login = {"user": USER, "device": "APPARAAT", "token": token, "pickle": PICKLE}
        (store / "login.json").write_text(json.dumps(login))

    def words(self, *words: str) -> tuple[str, ...]:
        return *words, "--config", f"{self.folder}/config.toml"

    @property
    def surroundings(self) -> dict[str, str]:
        plain = {k: v for k, v in os.environ.items() if not k.startswith("STADSGESPREK_")}
        return plain | self.env

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return programs.run(*self.words(*words), surroundings=self.surroundings)

    def run_until_ready(self) -> subprocess.CompletedProcess[str]:
        """``run`` as a service manager has it: ended by a signal once it is ready."""
        words = self.words("run", "--log", "json")
        with (self.folder / "stderr.log").open("w+b") as log:
            program = Program(words, stderr=log, surroundings=self.surroundings)
            assert program.stdout is not None
            with program.stdout as said:
                first = said.readline()
                program.terminate()
                code = program.wait(30)
                out = said.read()
            log.seek(0)
            errors = log.read().decode()
        assert first == "ready\n", errors
        assert code == 0, errors
        return subprocess.CompletedProcess(words, code, out, errors)

    @property
    def canaries(self) -> tuple[str, ...]:
        key = self.folder / "town.key"
        town = (key.read_bytes().hex(), key.read_text("latin-1").strip()) if key.exists() else ()
        kept = self.folder / "matrix-store" / "login.json"
        found: dict[str, Any] = json.loads(kept.read_bytes()) if _is_json(kept) else {}
        more = (str(found.get("pickle", "")), str(found.get("token", "")), *town)
        always = (PASSWORD, TOKEN, ENV_PASSWORD, ENV_TOKEN, PICKLE)
        return tuple(secret for secret in {*always, *more} if secret)


def wrong_password(house: House) -> None:
    """The homeserver does not take the password."""
    house.server.fault = lambda _m, p: refused(403, "M_FORBIDDEN") if p == "login" else None


def _is_json(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except (OSError, ValueError):
        return False
    return True


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    server = Double()
    for name, secret in (("wachtwoord", PASSWORD), ("token", TOKEN)):
        (tmp_path / name).write_text(secret + "\n")
        (tmp_path / name).chmod(0o600)
    found = House(tmp_path, server)
    found.write()
    yield found
    server.close()
