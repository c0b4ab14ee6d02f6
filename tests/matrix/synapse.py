"""A real Synapse for tests and playground: on loopback, with SQLite, in a temporary folder.

Its limits are Synapse's own. A test that needs them lifted says why::

    with Synapse() as server:                                   # the normal case
    with Synapse(lifted="measures our CPU, not Synapse") as server:

A test file that wants the session's servers says ``pytest_plugins = ["tests.matrix.synapse"]`` and
takes the fixture ``synapse`` or ``lifted_synapse``.

All accounts share one address, so Synapse's five log-ins an address (then one in 333 s) are
shared as well: ``register`` hands out a token without spending one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import pytest

from tests.matrix.asking import Refused, request
from tests.matrix.client import Resident
from tests.programs import Program

SERVER_NAME = "wijk.test"
PASSWORD = "zomer"  # of every account made here
MISSING = "matrix-synapse is not installed here (pip install matrix-synapse)"

_SECRET = "alleen-hier"
_HIGH = {"per_second": 100_000, "burst_count": 100_000}
_LIFTED: dict[str, Any] = {
    "rc_admin_redaction": _HIGH,
    "rc_invites": {"per_room": _HIGH, "per_user": _HIGH, "per_issuer": _HIGH},
    "rc_joins": {"local": _HIGH, "remote": _HIGH},
    "rc_joins_per_room": _HIGH,
    "rc_login": {"address": _HIGH, "account": _HIGH, "failed_attempts": _HIGH},
    "rc_message": _HIGH,
    "rc_room_creation": _HIGH,
}


class NotStartedError(Exception):
    """Synapse ended, or did not answer in time; holds the end of what it wrote."""


def installed() -> bool:
    return importlib.util.find_spec("synapse") is not None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Synapse:
    """One homeserver. What it stores survives ``stop`` and ``start``; leaving ``with`` ends all.

    ``lifted`` is the reason why this server has no limits; empty: Synapse's own limits.
    ``settings`` are added to homeserver.yaml as they are.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        lifted: str = "",
        settings: dict[str, Any] | None = None,
    ) -> None:
        self._own_folder = folder is None
        self.folder = folder or Path(tempfile.mkdtemp(prefix="synapse-"))
        self.lifted = lifted
        self.port = free_port()
        self.name = SERVER_NAME
        self._settings = settings or {}
        self._process: Program | None = None
        self._held: IO[bytes] | None = None  # it ends when this is closed, or we are gone
        self._admin: Resident | None = None
        self._configure()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self, seconds: float = 60) -> None:
        """Start, and return when it answers."""
        if self._process is not None:
            return
        words = ("-c", self.folder / "homeserver.yaml")
        read, write = os.pipe()
        self._held = os.fdopen(write, "wb")
        with (self.folder / "output.log").open("ab") as output, os.fdopen(read, "rb") as stdin:
            self._process = Program(
                words,
                module="tests.matrix.homeserver",
                known="homeserver",
                stdin=stdin,
                stdout=output,
                stderr=output,
                folder=self.folder,
            )
        end = time.monotonic() + seconds
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise NotStartedError(f"Synapse did not start:\n{self.log()}")
            time.sleep(0.1)

    def stop(self, seconds: float = 15) -> None:
        """End as a service manager does; a Synapse that does not end in time is killed."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._forget()

    def kill(self) -> None:
        """End at once, as in a power cut."""
        if self._process is not None:
            self._process.kill()
            self._forget()

    def restart(self) -> None:
        self.stop()
        self.start()

    def log(self, lines: int = 20) -> str:
        """The end of what Synapse wrote."""
        written = (self.folder / "output.log").read_text("utf-8", errors="replace")
        return "\n".join(written.splitlines()[-lines:])

    def register(self, name: str, shown: str = "", *, admin: bool = False) -> Resident:
        """A new account with ``PASSWORD``, logged in."""
        path = "/_synapse/admin/v1/register"
        nonce = request(self.url, "GET", path)["nonce"]
        words = [nonce, name, PASSWORD, "admin" if admin else "notadmin"]
        code = hmac.new(_SECRET.encode(), "\0".join(words).encode(), hashlib.sha1).hexdigest()
        body = {"nonce": nonce, "username": name, "password": PASSWORD, "admin": admin, "mac": code}
        if shown:
            body["displayname"] = shown
        answer = request(self.url, "POST", path, body)
        return Resident(self.url, answer["user_id"], answer["access_token"], answer["device_id"])

    def log_in(self, name: str) -> Resident:
        """A new device of an account that exists; counts as a log-in."""
        return Resident.log_in(self.url, name, PASSWORD)

    def override_ratelimit(self, user: str, per_second: int = 0, burst: int = 0) -> None:
        """What a server's keeper does for a bot: 0 lifts every limit of this account."""
        path = f"/_synapse/admin/v1/users/{user}/override_ratelimit"
        self.admin.request("POST", path, {"messages_per_second": per_second, "burst_count": burst})

    def restore_ratelimit(self, user: str) -> None:
        """The server's limits hold for this account again."""
        self.admin.request("DELETE", f"/_synapse/admin/v1/users/{user}/override_ratelimit")

    @property
    def admin(self) -> Resident:
        """The server's keeper."""
        if self._admin is None:
            self._admin = self.register("beheer", admin=True)
        return self._admin

    def close(self) -> None:
        self.stop()
        if self._own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Synapse:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def _answers(self) -> bool:
        try:
            request(self.url, "GET", "/_matrix/client/versions", seconds=2)
        except (OSError, Refused):
            return False
        return True

    def _forget(self) -> None:
        if self._process is not None:
            self._process.wait()
        if self._held is not None:
            self._held.close()
        self._process = self._held = None

    def _configure(self) -> None:
        """Write the files Synapse starts from; JSON is YAML too."""
        self.folder.mkdir(parents=True, exist_ok=True)
        key = self.folder / "signing.key"
        if not key.exists():
            seed = base64.b64encode(os.urandom(32)).decode().rstrip("=")
            key.write_text(f"ed25519 a_test {seed}\n", encoding="ascii")
        for name, content in (("homeserver.yaml", self._config()), ("log.yaml", _log())):
            (self.folder / name).write_text(json.dumps(content, indent=1), encoding="utf-8")

    def _config(self) -> dict[str, Any]:
        listener = {
            "port": self.port,
            "bind_addresses": ["127.0.0.1"],
            "type": "http",
            "tls": False,
            "resources": [{"names": ["client"], "compress": False}],  # client: no federation
        }
        database = {"name": "sqlite3", "args": {"database": str(self.folder / "homeserver.db")}}
        config: dict[str, Any] = {
            "server_name": self.name,
            "public_baseurl": f"{self.url}/",
            "listeners": [listener],
            "database": database,
            "media_store_path": str(self.folder / "media"),
            "signing_key_path": str(self.folder / "signing.key"),
            "pid_file": str(self.folder / "homeserver.pid"),
            "log_config": str(self.folder / "log.yaml"),
            "registration_shared_secret": _SECRET,
            "macaroon_secret_key": "test",
            "form_secret": "test",
            "bcrypt_rounds": 4,
            "caches": {"sync_response_cache_duration": 0},  # else old news is told for two minutes
            "federation_domain_whitelist": [],
            "presence": {"enabled": False},
            "push": {"enabled": False},  # counting what nobody has read is an eighth of its work
            "stats": {"enabled": False},
            "user_directory": {"enabled": False},
            "send_federation": False,
            "federation_sender_instances": ["nobody"],  # nobody is elsewhere
            "report_stats": False,
            "suppress_key_server_warning": True,
            "trusted_key_servers": [],
        }
        return config | (_LIFTED if self.lifted else {}) | self._settings


def _log() -> dict[str, Any]:
    return {
        "version": 1,
        "handlers": {"console": {"class": "logging.StreamHandler"}},
        "root": {"level": "ERROR", "handlers": ["console"]},
        "disable_existing_loggers": False,
    }


@pytest.fixture(scope="session")
def synapse() -> Iterator[Synapse]:
    """The session's homeserver with Synapse's own limits. Give your accounts names of their own."""
    yield from _for_session("")


@pytest.fixture(scope="session")
def lifted_synapse() -> Iterator[Synapse]:
    """The session's homeserver without limits; say in the test why it needs that."""
    yield from _for_session("asked for by the test")


def _for_session(lifted: str) -> Iterator[Synapse]:
    if not installed():
        pytest.skip(MISSING)
    with Synapse(lifted=lifted) as server:
        yield server
