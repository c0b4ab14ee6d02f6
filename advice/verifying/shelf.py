"""Reads the files of a bundle's folder, and checks them against its lists.

Nothing is followed, opened or read that is not a regular file of a believable size.
"""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from advice import bundle, manifest
from advice.followup import files as followup_files
from advice.papers import paper
from advice.verifying.verdict import Finding, finding

Files: TypeAlias = Mapping[str, bytes]

#: The largest file that is read, in bytes; the journal of a town's largest dialogue is some 100 MB.
LARGEST = 2 * 1024**3

#: A folder with more names than this is no bundle, and only its first ones are looked at.
MOST_NAMES = 1_000

#: What papers are held against: results, and the clerk's journals.
_WITH_PAPERS = frozenset(
    {bundle.RESULT, bundle.JOURNAL, followup_files.MODEL, followup_files.JOURNAL}
    | {paper.TOWN_JOURNAL}
)


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a folder by name, and the findings about the folder itself."""

    files: Files
    differences: tuple[Finding, ...]


def contents(folder: Path) -> Contents:
    """Read a folder and check it against its lists. The town's own files that may lie there are
    passed by, and the metadata of an archive: no hash is about them."""

    def is_of_it(name: str) -> bool:
        return not bundle.is_beside(name) and not bundle.is_metadata(name)

    return _contents(folder, manifest.PUBLIC, is_of_it, _listed)


def of_agenda(folder: Path, needed: tuple[str, ...]) -> Contents:
    """The same for the clerk's form of a town's agenda, in which the ``needed`` files stand; what
    else lies in the folder is passed by."""

    def listed(files: Files) -> Iterator[Finding]:
        rest = {name: data for name, data in files.items() if name != manifest.AGENDA}
        return _held(manifest.AGENDA, rest, files[manifest.AGENDA], needed)

    return _contents(folder, manifest.AGENDA, bundle.is_of_agenda, listed)


def of_follow_up(folder: Path, needed: tuple[str, ...]) -> Contents:
    """The files of what became of an advice, checked against their list; what else lies there is
    passed by."""
    listing = manifest.FOLLOW_UP

    def listed(files: Files) -> Iterator[Finding]:
        rest = {name: data for name, data in files.items() if name != listing}
        return _held(listing, rest, files[listing], needed)

    return _contents(folder, listing, bundle.FOLLOW_UP.__contains__, listed)


def of_papers(folder: Path) -> Contents:
    """The papers of a folder and what they are held against, without any list; what else lies there
    is passed by."""

    def is_of_it(name: str) -> bool:
        return name in _WITH_PAPERS or paper.is_paper(name)

    return _contents(folder, "", is_of_it, lambda _: ())


def of_forms(folder: Path) -> tuple[Finding, ...]:
    """The findings about other forms of the document that lie beside a bundle, by their own list;
    none where there is no list."""
    if not os.path.isfile(folder / manifest.FORMS):  # which raises nothing, whatever the name
        return ()

    def listed(files: Files) -> Iterator[Finding]:
        rest = {name: data for name, data in files.items() if name != manifest.FORMS}
        return _held(manifest.FORMS, rest, files[manifest.FORMS], ())

    return _contents(folder, manifest.FORMS, bundle.is_form, listed).differences


def of_zip(folder: Path) -> Iterator[Finding]:
    """Findings about a ZIP file of the folder: a file in it that is not as the one beside it."""
    if not os.path.isfile(folder / bundle.ZIP):
        return
    try:
        with zipfile.ZipFile(folder / bundle.ZIP) as archive:
            for entry in archive.infolist():
                path = folder / os.path.basename(entry.filename)
                if not bundle.is_ours(entry.filename):
                    yield finding("zip_added", bundle.ZIP, about=entry.filename)
                elif os.path.isfile(path) and not _same(archive, entry, path):
                    yield finding("zip_changed", bundle.ZIP, about=entry.filename)
    except Exception as error:  # noqa: BLE001 - a hostile file may break any step
        yield finding("unreadable", bundle.ZIP, why=type(error).__name__)


def _same(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> bool:
    """Whether a file in a ZIP file is the one at this path; nothing longer than that is read."""
    size = os.path.getsize(path)
    if entry.file_size != size or size > LARGEST:
        return False
    with archive.open(entry) as packed:
        return packed.read(size + 1) == path.read_bytes()


def _contents(
    folder: Path,
    listing: str,
    is_of_it: Callable[[str], bool],
    listed: Callable[[Files], Iterable[Finding]],
) -> Contents:
    found: list[Finding] = []
    files: dict[str, bytes] = {}
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry, _ in zip(entries, range(MOST_NAMES), strict=False))
    except (OSError, ValueError):
        return Contents({}, (finding("no_folder", folder),))
    names, others = [name for name in names if is_of_it(name)], names
    found += [refused for name in names if (refused := _refused(folder / name)) is not None]
    for name in () if found else names:
        data = _read(folder / name)
        if isinstance(data, Finding):
            found.append(data)
        else:
            files[name] = data
    if listing and listing not in names:
        planned = not names and any(map(bundle.is_beside, others))
        found.insert(0, finding("no_clerks" if planned else "empty", folder, listing=listing))
    elif not found:
        found += listed(files)
    return Contents(files, tuple(found))


def _refused(path: Path) -> Finding | None:
    """The finding why nothing of the folder is read: a name or a size that no bundle has."""
    try:
        about = os.lstat(path)
        if not stat.S_ISREG(about.st_mode):
            return finding("not_a_file", path.name)
        if about.st_size > LARGEST:
            return finding("too_large", path.name)
    except (OSError, ValueError) as error:
        return finding("unreadable", path.name, why=type(error).__name__)
    ours = path.name in bundle.NAMES or bundle.is_beside(path.name)
    return None if ours else finding("added", path.name)


def _read(path: Path) -> bytes | Finding:
    """The bytes of a file, or the finding why it is not read."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with open(handle, "rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError, MemoryError) as error:
        return finding("unreadable", path.name, why=type(error).__name__)


def _listed(files: Files) -> Iterator[Finding]:
    """Findings: files that were changed, are missing, or are not in the lists."""
    clerk = manifest.CLERK in files
    extra = {manifest.PUBLIC, manifest.CLERK, *bundle.CLERKS} if clerk else {manifest.PUBLIC}
    if clerk:
        rest = {name: data for name, data in files.items() if name != manifest.CLERK}
        yield from _held(
            manifest.CLERK, rest, files[manifest.CLERK], (bundle.RESULT, *bundle.CLERKS)
        )
    public = {name: data for name, data in files.items() if name not in extra}
    yield from _held(manifest.PUBLIC, public, files[manifest.PUBLIC], (bundle.RESULT,))


def _held(listing: str, files: Files, written: bytes, needed: tuple[str, ...]) -> Iterator[Finding]:
    meant = manifest.listing(files)
    if meant == written and all(name in files for name in needed):
        return
    given = sums(written)
    names = sorted({*given, *files, *needed})
    differs = False
    for name in names:
        if name not in files:
            differs = True
            yield finding("missing", name)
        elif name not in given:
            differs = True
            yield finding("added", name)
        elif given[name] != manifest.sha256(files[name]):
            differs = True
            yield finding("changed", name, listing=listing)
    if not differs:
        lines = zip(meant.split(b"\n"), written.split(b"\n"), strict=False)
        line = next((n for n, (one, other) in enumerate(lines, 1) if one != other), 0)
        yield finding("list_changed", listing, line=line or written.count(b"\n"))


def sums(written: bytes) -> dict[str, str]:
    """The names and hashes in a list; lines of any other form are skipped."""
    found = {}
    for line in written.decode("utf-8", "replace").split("\n"):
        digits, space, name = line.partition("  ")
        if space and name:
            found[name] = digits
    return found
