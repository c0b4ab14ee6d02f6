"""``make playground``: start everything, print the links, and end everything with Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
import tempfile
import threading
from pathlib import Path
from types import FrameType

from playground import webclient
from playground.bot import Bot, runnable, write_config
from playground.neighbourhood import CAST, SERVER, Neighbourhood, settle
from playground.pages import Pages
from playground.welcome import START, new, welcome
from tests.matrix import synapse

FIRST_PORT = 8470  # the first page; the people sit at the ports after it


def main() -> int:
    arguments = _arguments()
    if not synapse.installed():
        print(f"{synapse.MISSING}.", file=sys.stderr)
        return 2
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    with contextlib.ExitStack() as stack:
        dist = None if arguments.no_page else _page(stopped)
        if stopped.is_set():
            return 0
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="playground-")))
        say("starting Synapse ...")
        server = stack.enter_context(synapse.Synapse(folder / "synapse", settings=SERVER))
        hood = settle(server)
        config = write_config(folder / "town", server, hood)
        bot = None if arguments.no_bot else _start_bot(config, stack)
        if dist is None:
            _print_accounts(server, hood)
        else:
            pages = stack.enter_context(Pages(dist, hood, arguments.port + 1))
            page = welcome(pages.urls, hood.bot.user, bot_runs=bot is not None)
            first = pages.serve({"/": ("text/html; charset=utf-8", page)}, port=arguments.port)
            _print_links(first, pages)
        say(f"homeserver {server.url}, config {config}")
        say("Ctrl-C ends everything.")
        _wait(stopped, bot)
        say("ending ...")
    return 0


def say(line: str) -> None:
    print(line, flush=True)


def _page(stopped: threading.Event) -> Path | None:
    try:
        return webclient.build(say=say)
    except webclient.CannotBuildError as error:
        if stopped.is_set():  # Ctrl-C ended npm too
            return None
        say(f"{error}\nSo there is no page in the browser; use any Matrix client instead.")
        return None


def _start_bot(config: Path, stack: contextlib.ExitStack) -> Bot | None:
    if not runnable():
        say(
            "This version of the bot has no `stadsgesprek run` yet: the rooms are there, it is not."
        )
        return None
    bot = Bot(config, say=lambda line: say(f"bot | {line}"))
    stack.callback(bot.stop)
    return bot


def _print_links(first: str, pages: Pages) -> None:
    say(f"\nOpen {first}\n")
    for one in CAST:
        part = "moderator" if one.moderator else "resident"
        say(f"  {one.shown:6} {part:10} {pages.urls[one.name]}")
    say("")


def _print_accounts(server: synapse.Synapse, hood: Neighbourhood) -> None:
    say(f"\nIn a Matrix client on this machine: homeserver {server.url}, then log in as")
    for one in CAST:
        part = "moderator" if one.moderator else "resident"
        say(f"  {hood.people[one.name].user:18} password {synapse.PASSWORD}   {part}")
    say(f"The room is {hood.alias}; Vera also has the room Staf. The bot is {hood.bot.user}.")
    say(f"To begin, Vera types two lines in Staf:\n  {new()}\n  {START}")
    say("Five log-ins are free, then the server wants five and a half minutes for each.\n")


def _wait(stopped: threading.Event, bot: Bot | None) -> None:
    """Wait for a signal; says so once when the bot ends before it."""
    while not stopped.wait(0.5):
        if bot is not None and bot.code is not None:
            say(f"The bot has ended with code {bot.code}. The rooms stay open.")
            bot = None


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m playground", description=__doc__)
    parser.add_argument("--port", type=int, default=FIRST_PORT, help="of the first page")
    parser.add_argument("--no-bot", action="store_true", help="start it yourself")
    parser.add_argument("--no-page", action="store_true", help="use a Matrix client of your own")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
