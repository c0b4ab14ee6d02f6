"""Reads the folder of an archive, and checks every file against the list over all of them.

The metadata beside a file is a second witness: where that has the size and the sum of the file, and
the list has not, it is the list that was changed. Metadata is read for these two values alone.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from advice import manifest
from advice.archive import packing
from advice.verifying.shelf import LARGEST, Contents, Files, sums
from advice.verifying.verdict import Finding, finding

#: An archive with more files than this is none; one of a town's largest dialogue has some hundred.
MOST_FILES = 20_000

_SIZE = re.compile(rb"<omvang>([0-9]{1,15})</omvang>")
_SUM = re.compile(rb"<checksumWaarde>([0-9a-f]{64})</checksumWaarde>")


def contents(folder: Path) -> Contents:
    """Every file by its path in the folder, and the findings about the list and the metadata."""
    files: dict[str, bytes] = {}
    found: list[Finding] = []
    for path in _paths(folder, found):
        name = path.relative_to(folder).as_posix()
        try:
            about = os.lstat(path)
            if not stat.S_ISREG(about.st_mode):
                found.append(finding("not_a_file", name))
            elif about.st_size > LARGEST:
                found.append(finding("too_large", name))
            else:
                files[name] = path.read_bytes()
        except OSError as error:
            found.append(finding("unreadable", name, why=type(error).__name__))
    if not found:
        found += _listed(files)
    if not found:
        found += _described(files)
    return Contents(files, tuple(found))


def _paths(folder: Path, found: list[Finding]) -> list[Path]:
    """Every path that is no folder; a folder within one of the parts is a finding."""
    paths: list[Path] = []
    for entry in sorted(folder.iterdir()):
        inside = sorted(entry.iterdir()) if entry.is_dir() and not entry.is_symlink() else [entry]
        paths += inside
        if len(paths) > MOST_FILES:
            found.append(finding("archive_many", folder.name, most=MOST_FILES))
            return []
    return paths


def _listed(files: Files) -> Iterator[Finding]:
    """Findings: files that were changed, are missing, or are not in the list."""
    listing = files.get(packing.SUMS, b"")
    given = sums(listing)
    rest = {name: data for name, data in files.items() if name != packing.SUMS}
    known = set(given.values())
    for name in sorted(rest):
        if name not in given and manifest.sha256(rest[name]) in known:
            yield finding("archive_list", packing.SUMS, about=name)  # it is there, named otherwise
            return
    differs = False
    for name in sorted({*given, *rest}):
        if name not in rest or name not in given:
            differs = True
            yield finding("missing" if name not in rest else "added", name)
        elif given[name] != manifest.sha256(rest[name]):
            differs = True
            if _witnessed(name, rest):
                yield finding("archive_list", packing.SUMS, about=name)
            else:
                yield finding("changed", name, listing=packing.SUMS)
    if not differs and manifest.listing(rest) != listing:
        yield finding("list_changed", packing.SUMS, line=listing.count(b"\n"))


def _witnessed(name: str, files: Files) -> bool:
    """Whether the metadata beside a file has its size and sum."""
    about = files.get(f"{name}{packing.ABOUT_FILE}")
    return about is not None and _told(about) == (len(files[name]), manifest.sha256(files[name]))


def _told(about: bytes) -> tuple[int, str]:
    """The size and the sum of a file by its metadata; -1 and "" where it does not say one."""
    sizes, digests = _SIZE.findall(about), _SUM.findall(about)
    if len(sizes) != 1 or len(digests) != 1:
        return -1, ""
    return int(sizes[0]), digests[0].decode()


def _described(files: Files) -> Iterator[Finding]:
    """Findings: files without metadata or with that of another file, metadata of nothing, and parts
    that are not described."""
    parts = {name.partition("/")[0] for name in files if "/" in name}
    needed = {f"{part}/{part}{packing.METADATA}" for part in parts}
    for name in files:
        if name != packing.SUMS and not name.endswith(packing.METADATA):
            needed.add(f"{name}{packing.ABOUT_FILE}")
    there = {name for name in files if "/" in name and name.endswith(packing.METADATA)}
    for name in sorted(needed ^ there):
        yield finding("missing" if name in needed else "added", name)
    for name in sorted(needed & there):
        of = name.removesuffix(packing.ABOUT_FILE)
        if of != name and of in files and not _witnessed(of, files):
            yield finding("archive_metadata", name, of=of)
    if not any("/" not in name and name.endswith(packing.METADATA) for name in files):
        yield finding("archive_undescribed", packing.SUMS)
