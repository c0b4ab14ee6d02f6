"""The console on a terminal: a prompt with history and completion, the card in the bottom bar.

Messages that appear while somebody types stand above the line, which stays as it is. What is
typed while they are drawn, or while a line is handled, is shown by the prompt alone.
"""

from __future__ import annotations

import asyncio
import html
import os
import sys
import termios
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import HTML
from prompt_toolkit.history import FileHistory
from prompt_toolkit.input.vt100 import Vt100Input
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.shortcuts import CompleteStyle
from prompt_toolkit.styles import Style

from bot.console.terminal.slash import ROLES, SLASHES
from bot.console.terminal.view import View, bar

#: How often the clock in the bar is drawn anew, in seconds.
_REFRESH = 10

_STYLE = Style.from_dict(
    {"bottom-toolbar": "noreverse bg:#1f3a4d #ffffff", "bottom-toolbar.clock": "#a8c4d8"}
)


class History(FileHistory):
    """What was typed, in a file that only its owner can read."""

    def __init__(self, path: Path) -> None:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        super().__init__(str(path))

    def forget(self) -> None:
        """Drop everything: somebody whose words may be in it asked to be forgotten."""
        os.truncate(self.filename, 0)
        self._loaded_strings.clear()


class Keys(Vt100Input):
    """The keyboard, which the terminal leaves to the prompt also while something is written above
    it: the library would let the terminal echo what is typed then."""

    def cooked_mode(self) -> AbstractContextManager[None]:
        return nullcontext()


class Live:
    """The interactive prompt. ``view`` gives the newest ``View``, ``clock`` the time for the bottom
    bar."""

    def __init__(
        self, view: Callable[[], View], now: Callable[[], str], history: History, english: bool
    ) -> None:
        self._view = view
        self._now = now
        self._prompt: PromptSession[str] = PromptSession(
            history=history,
            input=Keys(sys.stdin),
            completer=Known(view, english),
            complete_while_typing=False,
            complete_style=CompleteStyle.MULTI_COLUMN,
            bottom_toolbar=self._bar,
            refresh_interval=_REFRESH,
            style=_STYLE,
        )

    async def talk(self, line: Callable[[str], Future[bool]]) -> None:
        """Ask for lines until one ends it; Ctrl-C clears the line, Ctrl-D ends."""
        while True:
            try:
                text = await self._prompt.prompt_async(self._ask)
            except KeyboardInterrupt:
                continue
            except EOFError:
                return
            if not await asyncio.wrap_future(line(text)):
                return

    def redraw(self) -> None:
        """Draw the bar again because the view changed; may be called from any thread."""
        self._prompt.app.invalidate()

    def _ask(self) -> HTML:
        view = self._view()
        who, where = html.escape(view.who), html.escape(view.where)
        return HTML(f"<ansibrightblack>{view.id}</ansibrightblack> <b>{who}@{where}</b>&gt; ")

    def _bar(self) -> HTML:
        width = self._prompt.output.get_size().columns
        lines = [html.escape(line) for line in bar(self._view().card, width)]
        clock = html.escape(self._now())
        return HTML("\n".join([*lines, f"<bottom-toolbar.clock>{clock}</bottom-toolbar.clock>"]))


class Known(Completer):
    """Completion: the slash words and their arguments, the bot's words, and the numbers of
    items."""

    def __init__(self, view: Callable[[], View], english: bool) -> None:
        self._view = view
        self._english = english

    def get_completions(self, document: Document, _event: CompleteEvent) -> Iterable[Completion]:
        text = document.text_before_cursor.lstrip()
        last = text.rsplit(" ", 1)[-1]
        for candidate, typed in self._candidates(text, last):
            if candidate.casefold().startswith(typed.casefold()) and candidate != typed:
                yield Completion(candidate, start_position=-len(typed))

    def _candidates(self, text: str, last: str) -> Iterable[tuple[str, str]]:
        view = self._view()
        head, _, rest = text.partition(" ")
        if text.startswith("/"):
            for option in self._slash(view, head, rest, first=" " not in text):
                yield option, last
            return
        for word in view.words:
            yield word, text
        if " " in text:
            for item in (*view.items, *(view.formats if "nieuw" in text or "new" in text else ())):
                yield item, last

    def _slash(self, view: View, head: str, rest: str, first: bool) -> Iterable[str]:
        if first:
            return ["/" + (s.english if self._english else s.dutch) for s in SLASHES]
        if head in ("/wie", "/who"):
            return sorted(ROLES) if " " in rest else view.people
        if head in ("/plek", "/place"):
            return view.places
        if head in ("/reageer", "/react"):
            return ("👍", "👎", "🤷") if " " not in rest else view.items
        return ()


async def run(live: Live, line: Callable[[str], Future[bool]]) -> None:
    with _without_echo(sys.stdin.fileno()), patch_stdout(raw=True):
        await live.talk(line)


@contextmanager
def _without_echo(terminal: int) -> Iterator[None]:
    """Between two prompts too the terminal shows nothing by itself of what is typed."""
    before = termios.tcgetattr(terminal)
    quiet = [*before]
    quiet[3] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def clock_words(now: datetime, moved: bool) -> str:
    """The time as shown in the bar, marked when the clock was moved."""
    return f"{now:%H:%M}" + (" ⏩" if moved else "")
