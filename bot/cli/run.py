"""The command ``run``: the bot on the live platforms of a config, until a signal ends it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import traceback
from datetime import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

from bot.cli import networks
from bot.cli.backups import is_old
from bot.cli.networks import NoSecret
from bot.cli.output import FINE, WRONG, complain, say
from bot.cli.unusable import sentence
from bot.delivery.queue import Paces
from bot.platforms.live import Ended, NotYet
from bot.runtime import clock as clocks
from bot.runtime.app import App, Broken
from bot.runtime.hosting import Hearing
from bot.runtime.nightly import nightly
from bot.runtime.pauses import kept_short
from bot.town import keys
from bot.town.config import Config, load
from bot.town.config_file import ConfigError
from bot.town.keys import KeyFault
from rounds import registry
from storage.database import Unusable
from storage.opening import lock, there

if TYPE_CHECKING:
    from bot.platforms.discord import Discord
    from bot.platforms.matrix import Matrix

#: How long ``check`` looks at a platform, in seconds.
PATIENCE = 18.0

_SLOW = "{host} did not answer everything within {seconds:.0f} seconds; try again later"

_BROKEN = (
    "The program stopped by an error of its own ({error}). Nothing that was received is lost: "
    "start it again, and report this if it comes back."
)


def run_bot(path: Path, log: str, paces: Paces = Paces()) -> int:  # noqa: B008 - frozen
    """Run ``stadsgesprek run``. Returns 0 after a signal, 2 with a sentence where the keeper has to
    act, 1 after an error of the program itself."""
    _log_as(log)
    try:
        config = load(path, registry.kinds())
        if config.file.matrix is None and config.file.discord is None:
            why = "there is no platform; add a [matrix] or a [discord] section"
            raise ConfigError(path, "matrix", why)
        key = keys.own(config.key_file, there(config.database))
        built = networks.built(config, key, _alarm)
        if networks.exposed(config):
            _alarm("secret_readable_by_others")
        with lock(config.database):
            asyncio.run(_serve(config, built, paces))
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


def look_around(config: Config) -> list[tuple[str, str]]:
    """Log in to each platform and return where what is wrong with rooms and rights; what is right
    is printed. It takes ``PATIENCE`` at most."""

    matrix = config.file.matrix
    hosts = {"matrix": matrix.homeserver} if matrix is not None else {}

    async def look(platform: Matrix | Discord) -> list[tuple[str, str]]:
        host = hosts.get(platform.name, platform.name)
        try:
            async with asyncio.timeout(PATIENCE):
                found = await platform.check()
        except TimeoutError:
            return [(platform.name, _SLOW.format(host=host, seconds=PATIENCE))]
        except (Ended, NotYet) as error:
            return [(platform.name, str(error))]
        finally:
            await platform.close()
        for finding in found:
            if finding.good:
                say(f"{platform.name}: {finding.text}")
        return [(platform.name, finding.text) for finding in found if not finding.good]

    async def every() -> list[tuple[str, str]]:
        platforms = networks.named(config, lambda _code: None)
        found = await asyncio.gather(*(look(platform) for platform in platforms))
        return [wrong for one in found for wrong in one]

    return asyncio.run(every())


async def _serve(config: Config, built: networks.Built, paces: Paces) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_unexpected)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    hearing = Hearing(_ready, _event)
    app = App(config.database, built.town, built.platforms, hearing, paces=paces)
    kept_short()
    if built.discord is not None:
        built.discord.asks(app.queries)

    async def until() -> None:
        await stop.wait()

    nights = asyncio.create_task(_nights(config, app)) if config.backups is not None else None
    try:
        await app.run(until())
    finally:
        if nights is not None:
            nights.cancel()
            await asyncio.gather(nights, return_exceptions=True)


async def _nights(config: Config, app: App) -> None:
    """Make a backup each night, as the config says."""
    command = ("-m", "bot.cli.main", "backup", "--config", str(config.path))
    hour = time.fromisoformat(config.file.backup.hour)
    old = partial(is_old, config)
    await nightly(command, hour, config.zone, old, app.report, _alarm, clocks.system)


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
