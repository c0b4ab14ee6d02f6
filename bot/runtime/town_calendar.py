"""The town's calendar as a file, which follows whatever is planned.

The engine's thread only notes what changed. The file is written in a thread of its own, the newest
state alone, however often it changed meanwhile: nobody waits for a slow disk.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from advice.town.calendar_file import Entry
from advice.town.planned import Named, Shown, calendar_of, entries_of
from bot.documents.placing import put_file
from bot.ledger.ledger import Ledger
from bot.town.town import Town

#: How long a file that could not be written is left before it is tried again, in seconds.
_AGAIN = 60.0


class TownCalendar:
    """Made and looked at in the engine's thread. ``alarm`` is called with a code where the file
    cannot be written, once until it can."""

    def __init__(
        self, ledger: Ledger, town: Town, path: Path, alarm: Callable[[str], None]
    ) -> None:
        self._aggregates = ledger.aggregates
        self._shown = Shown(town.rooms.is_published, ledger.store.texts.words)
        self._entries: dict[str, tuple[Entry, ...]] = {}
        self._writer = _Writer(Named(town.name, town.zone.key, town.language), path, alarm)
        self._begun = False

    def look(self) -> None:
        """Have the file written anew where the calendar changed since the last look; the first time
        in any case."""
        changed, aggregates = not self._begun, self._aggregates
        while aggregates.changed:
            name = aggregates.changed.pop()
            state = aggregates.get(name)
            found = tuple(entries_of(state, self._shown)) if state is not None else ()
            if found != self._entries.get(name, ()):
                self._entries[name], changed = found, True
        if changed:
            self._writer.write([entry for each in self._entries.values() for entry in each])
        self._begun = True

    def stop(self) -> None:
        """Write what is still to be written, and end."""
        self._writer.stop()


class _Writer:
    """Writes the newest entries in a thread of its own, which starts with the first ones."""

    def __init__(self, named: Named, path: Path, alarm: Callable[[str], None]) -> None:
        self._named, self._path, self._alarm = named, path, alarm
        self._news = threading.Condition()
        self._kept: dict[Entry, bytes] = {}
        self._waiting: list[Entry] | None = None
        self._stopping = False
        self._thread = threading.Thread(target=self._work, name="calendar", daemon=True)

    def write(self, entries: list[Entry]) -> None:
        with self._news:
            self._waiting = entries
            self._news.notify()
        if not self._thread.is_alive() and not self._stopping:
            self._thread.start()

    def stop(self) -> None:
        with self._news:
            self._stopping = True
            self._news.notify()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        failed = False
        while (entries := self._next(failed)) is not None:
            try:
                self._put(entries)
            except Exception:  # noqa: BLE001 - whatever it is, the town goes on
                if not failed:
                    self._alarm("agenda_not_written")
                failed = True
                self._again(entries)
            else:
                failed = False

    def _next(self, failed: bool) -> list[Entry] | None:
        """The newest entries, once there are any; None at the end. After a failure it takes a
        while."""
        with self._news:
            if failed and not self._stopping:
                self._news.wait(_AGAIN)
            while self._waiting is None and not self._stopping:
                self._news.wait()
            entries, self._waiting = self._waiting, None
            return entries

    def _again(self, entries: list[Entry]) -> None:
        """Have what could not be written tried again, unless there is something newer."""
        with self._news:
            if self._waiting is None and not self._stopping:
                self._waiting = entries

    def _put(self, entries: list[Entry]) -> None:
        """Write the file, unless that is what stands there already."""
        data = calendar_of(self._named, entries, self._kept)
        with suppress(OSError):
            if self._path.read_bytes() == data:
                return
        put_file(self._path, data)
