"""A PostgreSQL server for the tests of one process: in a temporary folder, reached by a socket.

It is started when a test first needs it, and stopped with the process. Where the tests are root's,
who may not run it, another user of the machine does.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from storage.database import Served
from tests.generated import QUICK

#: Who runs it where the tests are root's.
_USERS = ("postgres", "nobody")

#: No disk is waited for: what is tried here is a program that dies, never a machine.
_SETTINGS = (
    "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c shared_buffers=32MB"
    " -c max_connections=60 -c autovacuum=off -c unix_socket_permissions=0777"
)

_number = count()


class Cluster:
    """A server in a folder."""

    def __init__(self, programs: Path, user: str, settings: str = _SETTINGS) -> None:
        self._programs, self._user, self._settings = programs, user, settings
        self.folder = Path(tempfile.mkdtemp(prefix="sg-pg-"))
        self.data = self.folder / "data"
        if user:
            shutil.chown(self.folder, user)
        usual = ("initdb", "-A", "trust", "-U", "town", "-E", "UTF8", "--locale=C", "-N")
        self._run(*usual, "--locale-provider=icu", "--icu-locale=nl")  # not the order of bytes
        self.start()
        # It ends with its process, however that ends: by what is read, which then is over.
        ends = 'cat >/dev/null; "$0" -D "$1/data" -m immediate -w stop; rm -rf "$1"'
        self._watch = subprocess.Popen(
            self._by_its_user("sh", "-c", ends, str(programs / "pg_ctl"), str(self.folder)),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )

    @property
    def address(self) -> str:
        return f"host={self.folder} user=town dbname=postgres"

    def start(self) -> None:
        options = f"-k {self.folder} {self._settings}"
        self._run("pg_ctl", "-o", options, "-l", str(self.folder / "log"), "-w", "start")

    def stop(self, how: str = "fast") -> None:
        self._run("pg_ctl", "-m", how, "-w", "stop")

    def remove(self) -> None:
        assert self._watch.stdin is not None
        self._watch.stdin.close()
        self._watch.wait(600)  # hundreds of towns are many files

    def _by_its_user(self, *command: str) -> list[str]:
        return ["runuser", "-u", self._user, "--", *command] if self._user else list(command)

    def _run(self, program: str, *arguments: str) -> None:
        command = self._by_its_user(str(self._programs / program), "-D", str(self.data), *arguments)
        done = subprocess.run(command, cwd="/", capture_output=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]


def missing() -> str:
    """Why there can be no server here; "" where there can."""
    if QUICK:
        return "make test tries it on PostgreSQL too"
    if _programs() is None:
        return "there is no PostgreSQL server on this machine (Debian: postgresql)"
    if os.geteuid() == 0 and not _user():
        return "PostgreSQL does not run as root, and there is no other user for it"
    try:
        import psycopg
    except ModuleNotFoundError:
        return "psycopg is not installed (pip install .[postgres])"
    return "" if psycopg.__version__ >= "3.2" else "psycopg is older than 3.2"


def _programs() -> Path | None:
    """The folder with initdb."""
    known = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    named = shutil.which("initdb")
    found = [*([Path(named).resolve()] if named else []), *known]
    return found[0].parent if found else None


def _user() -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    users = [user for user in _USERS if user in known] if shutil.which("runuser") else []
    return users[0] if users else ""


def large(connections: int) -> Cluster:
    """A server for so many connections, which waits for the disk as a town's does."""
    programs = _programs()
    assert programs is not None
    settings = (
        f"-c listen_addresses='' -c max_connections={connections} -c shared_buffers=512MB"
        " -c unix_socket_permissions=0777"
    )
    made = Cluster(programs, _user() if os.geteuid() == 0 else "", settings)
    atexit.register(made.remove)
    return made


@cache
def cluster() -> Cluster:
    """The server of this process; the test that asks for it is skipped where there can be none."""
    why = missing()
    if why:
        pytest.skip(why)
    programs = _programs()
    assert programs is not None
    made = Cluster(programs, _user() if os.geteuid() == 0 else "")
    atexit.register(made.remove)
    return made


def served(file: Path) -> Served:
    """A schema that is not there yet, on the server; key and sidecar lie beside ``file``."""
    return Served(cluster().address, f"town_{next(_number)}", file)


def by_hand(statement: str, schema: str = "public") -> list[tuple[object, ...]]:
    """What somebody with a connection of their own does or sees."""
    import psycopg

    with psycopg.connect(cluster().address, autocommit=True) as other:
        other.execute(f'SET search_path = "{schema}"')
        found = other.execute(statement)
        return found.fetchall() if found.description else []
