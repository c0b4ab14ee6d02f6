"""The command ``run``: the bot on the live platforms of a config, until a signal ends it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

from bot.cli.output import FINE, WRONG, complain, say
from bot.cli.unusable import sentence
from bot.delivery.queue import Paces
from bot.platforms.live import Ended, LivePlatform
from bot.platforms.places import Place, PlaceKind
from bot.runtime.app import App, Broken, Hearing
from bot.town import keys
from bot.town.config import Config, ConfigError, load
from bot.town.keys import KeyFault
from bot.town.town import Rooms, Town
from rounds import registry
from storage.sqlite import Unusable, lock

if TYPE_CHECKING:
    from bot.platforms.matrix import Matrix

#: Environment variables that go before the files named in the config.
PASSWORD, TOKEN = "STADSGESPREK_MATRIX_PASSWORD", "STADSGESPREK_MATRIX_TOKEN"


_BROKEN = (
    "The program stopped by an error of its own ({error}). Nothing that was received is lost: "
    "start it again, and report this if it comes back."
)


class NoSecret(Exception):  # noqa: N818 - says what is missing
    """A password or token that cannot be read; the message says what to do."""


def run_bot(path: Path, log: str, paces: Paces = Paces()) -> int:  # noqa: B008 - frozen
    """Run ``stadsgesprek run``. Returns 0 after a signal, 2 with a sentence where the keeper has to
    act, 1 after an error of the program itself."""
    _log_as(log)
    try:
        config = load(path, registry.kinds())
        if config.file.matrix is None:
            raise ConfigError(path, "matrix", "there is no platform; add a [matrix] section")
        key = _key(config)
        platform = _matrix(config)
        if exposed(config):
            _alarm("secret_readable_by_others")
        with lock(config.database):
            asyncio.run(_serve(config, key, platform, paces))
    except (ConfigError, KeyFault, NoSecret, Ended) as error:
        return complain(str(error))
    except Unusable as error:
        return complain(sentence(error))
    except Exception as error:  # noqa: BLE001 - its text and its trace may hold words of people
        return complain(
            _BROKEN.format(error=str(error) if isinstance(error, Broken) else _named(error)), WRONG
        )
    return FINE


def _named(error: BaseException) -> str:
    """An error as its type and where it was raised, without its text, which may hold words of
    people."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    return " ".join(
        [type(error).__name__, *(f"{Path(at.filename).name}:{at.lineno}" for at in last)]
    )


def _key(config: Config) -> bytes:
    """The town's key; a new database gets a new one, an old one must have its own."""
    if config.key_file.exists() or config.database.exists():
        return keys.read(config.key_file)
    return keys.make(config.key_file)


def _secret(variable: str, folder: Path, file: str, key: str) -> Callable[[], str]:
    """A function that reads a secret from the environment, else from its file, when it is
    needed."""

    def read() -> str:
        if os.environ.get(variable):
            return os.environ[variable].strip()
        if not file:
            return ""
        try:
            return (folder / file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise NoSecret(f"matrix.{key}: {folder / file} cannot be read; mend it") from error

    return read


def _matrix(config: Config) -> Matrix:
    from bot.platforms.matrix import Matrix, Settings

    given, folder = config.file.matrix, config.path.parent
    assert given is not None
    password = _secret(PASSWORD, folder, given.password_file, "password_file")
    token = _secret(TOKEN, folder, given.token_file, "token_file")
    if not password() and not token():
        why = f"there is no password; write one into a file and name it, or set {PASSWORD}"
        raise ConfigError(config.path, "matrix.password_file", why)
    roles = config.file.roles.matrix
    return Matrix(
        Settings(
            homeserver=given.homeserver,
            user=given.user,
            store=folder / given.store,
            password=password,
            token=token,
            trusted=frozenset(given.trusted),
            threads=given.threads,
            rooms={room.name: room.matrix for room in config.file.rooms if room.matrix},
            staff_rooms={r.name: r.matrix for r in config.file.staff_rooms if r.matrix},
            roles={
                name: frozenset(getattr(roles, name))
                for name in ("moderator", "official", "councillor", "clerk", "youth_worker")
            },
        ),
        _alarm,
    )


def exposed(config: Config) -> list[Path]:
    """The files with a password or a token that others than their owner can read."""
    given = config.file.matrix
    named = (given.password_file, given.token_file) if given is not None else ()
    files = [config.path.parent / name for name in named if name]
    return [file for file in files if file.is_file() and keys.readable_by_others(file)]


def look_around(config: Config) -> list[str]:
    """Log in to each platform and return what is wrong with rooms and rights; what is right is
    printed."""

    async def look() -> list[str]:
        matrix = _matrix(config)
        try:
            found = await matrix.check()
        finally:
            await matrix.close()
        for finding in found:
            if finding.good:
                say(f"matrix: {finding.text}")
        return [finding.text for finding in found if not finding.good]

    return asyncio.run(look())


def _town(config: Config, key: bytes) -> Town:
    given = config.file
    assert given.matrix is not None
    rooms = {
        room.name: (Place("matrix", PlaceKind.ROOM, room.name),)
        for room in given.rooms
        if room.matrix
    }
    staff = {
        room.name: (Place("matrix", PlaceKind.STAFF, room.name),)
        for room in given.staff_rooms
        if room.matrix
    }
    return Town(
        given.town.name,
        config.zone,
        given.town.language,
        key,
        Rooms(rooms, staff, {room.name: room.staff for room in given.rooms}, config.youth),
        config.formats,
        address=given.town.address or given.matrix.user,
        limits=config.limits,
    )


async def _serve(config: Config, key: bytes, platform: LivePlatform, paces: Paces) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_unexpected)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    hearing = Hearing(_ready, _event)
    app = App(config.database, _town(config, key), (platform,), hearing, paces=paces)

    async def until() -> None:
        await stop.wait()

    await app.run(until())


def _ready() -> None:
    """Every platform has synced: tell the starter of this process, systemd too."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
            to.connect("\0" + address[1:] if address.startswith("@") else address)
            to.sendall(b"READY=1")


def _log_as(kind: str) -> None:
    """Logs go to standard error: a line to read, or one JSON object a line."""
    renderer = (
        structlog.processors.JSONRenderer()
        if kind == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.add_log_level,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _event(code: str, **values: object) -> None:
    structlog.get_logger().info(code, **values)


def _unexpected(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log an error in a task that nobody waits for."""
    error = context.get("exception")
    _alarm(_named(error) if isinstance(error, BaseException) else "loop")


def _alarm(code: str) -> None:
    structlog.get_logger().warning(code)
