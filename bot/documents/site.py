"""Makes a town's site from the database: what may be published of each dialogue, and the rest.

A dialogue is made anew only where its journal, its texts or what it is made with changed since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from advice.kinds import AllPages
from advice.site.looks import Looks
from advice.site.model import Commitment
from advice.site.pages import page_of
from advice.site.promises import promised
from advice.site.records import Issued, Told, folder_of, told, version_files, with_follow_up
from advice.site.whole import common_files
from advice.town.moments import Moment, Moments
from advice.town.planned import MOMENTS, Named, Shown, files_of
from advice.writing.forms import Form
from advice.writing.theme import NEUTRAL, Theme
from bot.documents.handover import followed, issued_versions
from bot.documents.site_folder import Kept, SiteFolder
from bot.documents.site_forms import forms_of, with_pdf
from bot.documents.site_news import shown_letters, written
from commitments.commitment import Commitment as Made
from storage.reader import Folded, Reader, Standing


@dataclass(frozen=True, slots=True)
class Making:
    """What a site is made with. ``shown`` says of a room whether what happens there may be
    published; ``program`` changes with every change of the program. ``address``: where the site
    stands, "" where that is not known; ``forms``: those that documents have besides, each with the
    version of what writes it."""

    reader: Reader
    pages: AllPages
    key: bytes
    town: Named
    shown: Callable[[str], bool]
    program: str
    theme: Theme = NEUTRAL
    address: str = ""
    forms: Mapping[Form, str] = field(default_factory=dict)


def publish(making: Making, folder: SiteFolder) -> int:
    """Bring a folder to what the town has to show now; returns how many dialogues have a page.
    Raises ``OSError``, ``quotes.Misquoted`` and what the folder raises."""
    reader = making.reader
    looks = Looks(making.town, making.pages, making.theme, making.address)
    with reader.at_one_moment():
        promises = [each for each in reader.commitments() if making.shown(each.room)]
        found: dict[str, Told] = {}
        for name, standing in _published(making):
            theirs = [one for one in promises if one.source.dialogue == name]
            found[name] = _dialogue(making, name, standing, theirs, looks, folder)
        agenda = _agenda(making, found)
        letters = dict(shown_letters(reader, making.shown))
    there = {name for name, one in found.items() if one.conversation is not None}
    commitments, moments = _commitments(promises, there), _moments(agenda)
    bulletins, files = written(letters, making.pages)
    files |= common_files(found, commitments, moments, agenda, bulletins, looks)
    for path, data in files.items():
        folder.put(path, data)
    folder.finish()
    return len(there)


def _published(making: Making) -> Iterator[tuple[str, Standing]]:
    """The dialogues of rooms that are shown, oldest first. The first line says which room it is."""
    standings = making.reader.standings()
    for name in making.reader.dialogues():
        opened = next(making.reader.journal(name, 1), None)
        if opened is not None and making.shown(opened.event.room):
            yield name, standings[name]


def _dialogue(
    making: Making,
    name: str,
    standing: Standing,
    promises: list[Made],
    looks: Looks,
    folder: SiteFolder,
) -> Told:
    """What is told of a dialogue; its files are put in the folder, unless they stand there."""
    made_with = _made_with(making, standing, promises)
    kept = folder.kept(name, made_with)
    if kept is not None:
        return kept
    now = making.reader.folded(name)
    assert now is not None
    files: dict[str, bytes] = {}
    versions = list(_issued(making, now, folder))
    for each in versions:
        files |= version_files(name, each)
    one = told(now.dialogue, versions, making.reader.words)
    if versions:
        result = versions[0].result
        after = followed(making.reader, making.pages, now, result, promises)
        place = folder_of(name)
        after = with_pdf(after, making.pages, making.forms, making.theme, folder, place)
        files |= {f"{place}/{each}": data for each, data in after.items()}
        one = with_follow_up(one, sorted(after))
    if one.conversation is not None:
        files |= page_of(one.conversation, _commitments(promises, {name}), looks)
    for path, data in files.items():
        folder.put(path, data)
    if one.conversation is not None or one.hours:
        folder.keep(name, Kept(made_with, one, sorted(files)))
    return one


def _commitments(promises: list[Made], known: Collection[str]) -> list[Commitment]:
    return [promised(each, known) for each in promises if each.what is not None]


def _issued(making: Making, now: Folded, folder: SiteFolder) -> Iterator[Issued]:
    """Every version that was issued."""
    for advice, handed in issued_versions(making.reader, making.pages, making.key, now):
        place = folder_of(now.dialogue.id, advice.version)
        forms = forms_of(handed.result, making.pages, making.forms, making.theme, folder, place)
        yield Issued(advice.version, advice.at, advice.manifest, handed.result, handed.files, forms)


def _made_with(making: Making, standing: Standing, promises: list[Made]) -> str:
    """A hash of all that the files of a dialogue follow from."""
    ends = [(one.id, one.position) for one in promises]
    look = (making.program, making.town, making.theme, making.address, sorted(making.forms.items()))
    whole = msgspec.json.encode((*look, standing, ends))
    return hashlib.sha256(whole).hexdigest()


def _agenda(making: Making, found: Mapping[str, Told]) -> dict[str, bytes]:
    rounds = [hour.entry for each in found.values() for hour in each.hours]
    shown = Shown(making.shown, making.reader.words)
    return files_of(making.town, rounds, making.reader.meetings(), shown)


def _moments(agenda: Mapping[str, bytes]) -> list[Moment]:
    if MOMENTS not in agenda:
        return []
    return msgspec.json.decode(agenda[MOMENTS], type=Moments).moments
