"""What still holds what people had erased, by file, and until when: for whoever keeps the bot.

The program erases what it has itself. Copies that were made before stay as they were: backups, what
a restore put aside, and what was handed over. An open reader keeps old bytes in the database's log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.town.config import Config
from dialogues.dialogue import Dialogue
from dialogues.events import TextErased
from dialogues.record import BrokenJournal, Line
from rounds import registry
from storage.backup import backups, made_at, put_aside
from storage.database import Unusable, Where, beside
from storage.forgetting import CLEANED_AFTER
from storage.reader import Reader

#: What has to be done about what a restore brought back.
_FORGET = "Who had asked for that has to type vergeetmij once more."

#: Cleaning begins at most so long after it is due.
_SLACK = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Leftover:
    """Where erased words still are, what holds them, and until when."""

    where: str
    what: str
    until: str


def leftovers(file: Where, config: Config | None, now: datetime) -> list[Leftover]:
    """Every copy that is known of; none where the database cannot be read, which ``faults_of``
    says."""
    try:
        reader = Reader.of(file, registry.record())
    except Unusable:
        return []
    try:
        erased = sorted(reader.erasings(), key=lambda line: line.at)
        found = [*_database(reader, file, now)]
        if erased:
            found += _backups(file, config, erased)
            found += _handed_over(reader, erased)
    except (BrokenJournal, Unusable, ValueError, KeyError):
        return []
    finally:
        reader.close()
    return found


def back_again(before: Path | None, at: datetime) -> str:
    """The sentence about what was erased after a backup of this moment and is back with it;
    ``before`` is the database that was replaced, None where there was none."""
    erased = _erased_after(before, at) if before is not None else []
    if erased is None or before is None:
        return f"Whoever was forgotten since is in it again. {_FORGET}"
    if not erased:
        return "Nothing had been erased since."
    chains = ", ".join(sorted({line.dialogue for line in erased}))
    return f"What was erased since is in it again (journals: {chains}). {_FORGET}"


def _erased_after(file: Where, at: datetime) -> list[Line] | None:
    """The lines by which something was erased later; None where the database cannot be read."""
    try:
        reader = Reader.of(file, registry.record())
    except Unusable:
        return None
    try:
        return [line for line in reader.erasings() if line.at > at]
    except (BrokenJournal, Unusable, ValueError, KeyError):
        return None
    finally:
        reader.close()


def _database(reader: Reader, file: Where, now: datetime) -> Iterator[Leftover]:
    since = reader.uncleaned_since()
    if not since:
        return
    at = datetime.fromtimestamp(since / 1000, UTC)
    what = f"{file} and its log may hold bytes of what was erased since {_moment(at)}"
    until = "the file is written anew within 12 hours while the bot runs, and when it ends"
    if now - at > CLEANED_AFTER + _SLACK:
        until = "another program keeps the file open, or the bot does not run; end that program"
    yield Leftover("database", what, until)


def _backups(file: Where, config: Config | None, erased: Sequence[Line]) -> Iterator[Leftover]:
    """The backups, and what a restore put aside, that were made before something was erased."""
    into = config.backups if config is not None else None
    known = backups(into) if into is not None else []
    keep = config.file.backup.keep if config is not None else 0
    for place, folder in enumerate(known):
        newer = max(keep - (len(known) - 1 - place), 1)
        until = f"it is removed when {newer} more {'is' if newer == 1 else 'are'} made"
        yield from _copy("backup", folder, made_at(folder), erased, until)
    for folder, at in put_aside(beside(file)):
        yield from _copy("restore", folder, at, erased, "it stays until you remove it")


def _copy(
    where: str, folder: Path, at: datetime, erased: Sequence[Line], until: str
) -> Iterator[Leftover]:
    since = [line for line in erased if line.at > at]
    if since:
        what = f"{folder} holds what was erased after it was made ({_times(len(since))}, "
        yield Leftover(where, f"{what}last {_moment(since[-1].at)})", until)


def _handed_over(reader: Reader, erased: Sequence[Line]) -> Iterator[Leftover]:
    """Per version of a document, how many texts in it were erased since."""
    by_dialogue: dict[str, list[Line]] = {}
    for line in erased:
        if isinstance(line.event, TextErased):
            by_dialogue.setdefault(line.dialogue, []).append(line)
    for name, lines in by_dialogue.items():
        folded = reader.folded(name)
        advice = folded.dialogue.advice if folded is not None else None
        for version in reversed([*advice.versions()]) if advice is not None else ():
            then = reader.folded(name, version.position)
            count = _erased_of(then.dialogue, lines) if then is not None else 0
            if count:
                yield Leftover(
                    f"dialogue {name}",
                    f"copies of version {version.version} of its document that were made before "
                    f"{_moment(lines[-1].at)} hold what was erased since ({_times(count)}): the "
                    "file in the room, bundles, archives, the site",
                    "they stay until they are removed, or made again: publish, export, archive",
                )


def _erased_of(then: Dialogue, lines: Sequence[Line]) -> int:
    """How many of these erased texts a document of this state could have."""
    return sum(
        line.seq > then.position and line.event.item in then.items.by_number for line in lines
    )


def _times(count: int) -> str:
    return f"{count} time" + ("" if count == 1 else "s")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
