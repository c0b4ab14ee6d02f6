"""The files of a town's agenda and register, for ``replay`` and ``export``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from advice.bundle import is_beside
from advice.town import agenda_bundle
from advice.town.agenda_bundle import Kept
from advice.town.commitments import files as files_of_register
from advice.town.commitments import register
from advice.town.planned import Named, Shown, entries_of, files_of
from advice.town.table_pages import pages_of
from commitments.commitment import Commitment
from dialogues.dialogue import Dialogue
from meetings.meeting import Meeting
from storage.reader import Reader

#: No room has a link, as in a replay.
NO_LINKS: Mapping[str, str] = MappingProxyType({})


def town_files(
    named: Named,
    dialogues: Iterable[Dialogue],
    meetings: Iterable[Meeting],
    shown: Shown,
    clerks: Reader | None = None,
    links: Mapping[str, str] = NO_LINKS,
    commitments: Iterable[Commitment] = (),
) -> dict[str, bytes]:
    """The files of what a town planned and promised; with ``clerks``, which reads the journals,
    also those of the clerk where there is a meeting or a commitment. ``links`` lead to its rooms.
    None where nothing was ever planned or promised."""
    rounds, meetings = [one for each in dialogues for one in entries_of(each, shown)], [*meetings]
    promised = [*commitments]
    files = files_of(named, rounds, meetings, shown)
    files |= files_of_register(register(promised, named, shown.room))
    if clerks is None or not (meetings or promised):
        return files
    kept = [
        Kept(
            each.id,
            clerks.lines(each.id),
            clerks.texts(each.id),
            shown.room(each.room),
            links.get(each.room, ""),
        )
        for each in meetings
    ]
    for each, one in zip(meetings, kept, strict=True):
        files |= pages_of(each, one.link, clerks.words)
    pledged = [
        Kept(each.id, clerks.lines(each.id), (), not each.room or shown.room(each.room))
        for each in promised
    ]
    return agenda_bundle.clerk(files, named, rounds, kept, pledged)


def remove_pages(folder: Path, files: Collection[str]) -> None:
    """Take pages for tables away that are of an earlier time, and are not made any more. Raises
    ``OSError``."""
    for path in folder.glob("tafels-M*.html"):
        if is_beside(path.name) and path.name not in files:
            path.unlink()
