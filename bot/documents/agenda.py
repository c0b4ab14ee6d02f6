"""The files of a town's agenda: what is planned and was, as a calendar and as data.

Rooms of young people and staff rooms stand in neither; ``shown`` says of a room whether it does.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from advice import agenda
from advice.calendar_file import Entry, calendar_bytes
from advice.moments import encode, moments
from dialogues.dialogue import Dialogue, Status

#: The names of the files.
CALENDAR, MOMENTS = "agenda.ics", "momenten.json"


@dataclass(frozen=True, slots=True)
class Named:
    """A town as its calendar names it."""

    town: str
    zone: str
    language: str


def agenda_files(
    named: Named, dialogues: Iterable[Dialogue], shown: Callable[[str], bool]
) -> dict[str, bytes]:
    """Both files; none where nothing was ever planned."""
    entries = [entry for each in dialogues for entry in entries_of(each, shown)]
    if not entries:
        return {}
    return {CALENDAR: calendar_of(named, entries), MOMENTS: encode(moments(()))}


def calendar_of(named: Named, entries: Iterable[Entry]) -> bytes:
    """The calendar of a town."""
    name = agenda.calendar_name(named.town, named.language)
    return calendar_bytes(name, named.zone, entries)


def entries_of(dialogue: Dialogue, shown: Callable[[str], bool]) -> Iterator[Entry]:
    """The entries of a dialogue; none of one that was thrown away."""
    if shown(dialogue.room) and dialogue.status is not Status.DISCARDED:
        yield from agenda.of_dialogue(dialogue)


def put(path: Path, data: bytes) -> None:
    """Write a file that others read as it is or as it was, never half. Raises ``OSError``."""
    path = Path(os.path.realpath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(fresh, 0o644)
        os.replace(fresh, path)
    except BaseException:
        os.unlink(fresh)
        raise
