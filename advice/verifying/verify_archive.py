"""Verifies what ``archive`` packed, as it lies in its folder: a verdict for each part.

First the list over everything, with each file's metadata as a second witness; then the documents of
every version, the clerk's file from its journal on, what became of the advice, and the list of
decisions, which is made again from that journal.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from advice import bundle, manifest
from advice.archive import decisions, packing
from advice.followup import files as followup_files
from advice.kinds import AllPages
from advice.verifying.archive_shelf import contents
from advice.verifying.differing import expected, line_of, why
from advice.verifying.rebuild import checked_texts, rebuilt, whole_lines
from advice.verifying.shelf import Files
from advice.verifying.verdict import Finding, Verdict, finding
from advice.verifying.verify import verify
from advice.verifying.verify_followup import verify_follow_up
from dialogues.dialogue import Dialogue
from dialogues.record import Line, Record

_VERSION = re.compile(r"versie-[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an archive: the name of its folder ("": the whole), how many files it has without
    their metadata, and what was found."""

    name: str
    files: int
    verdict: Verdict


def is_there(folder: Path) -> bool:
    """Whether a folder is that of an archive, or has something under the name of its list."""
    return (folder / packing.SUMS).exists()


def verify_archive(
    folder: Path, record: Record, pages: AllPages, expect: str | None = None
) -> list[Part]:
    """Verify an archive; ``expect`` is the hash of its list, or that of a version as it was posted.
    Where the list does not hold, nothing else is looked at."""
    found = contents(folder)
    listing = found.files.get(packing.SUMS)
    own = manifest.sha256(listing) if listing is not None else ""
    differences, posted = list(found.differences), False
    parts = _parts(found.files)
    if expect is not None:
        given = expect.strip().lower()
        posted = given in {manifest.sha256(f.get(manifest.PUBLIC, b"")) for f in parts.values()}
        differences += [] if posted else expected(expect, packing.SUMS, own)
    origin = expect is not None and not posted and not differences
    documents = sum(not name.endswith(packing.METADATA) for name in found.files)
    whole = Part("", documents, Verdict("archive", tuple(differences), origin=origin, hash=own))
    if differences:
        return [whole]
    checking = _Checking(parts, record, pages, expect if posted else None)
    return [whole, *checking.each()]


def _parts(files: Files) -> dict[str, dict[str, bytes]]:
    """The files of each part by their names, without metadata."""
    found: dict[str, dict[str, bytes]] = {}
    for path, data in files.items():
        part, slash, name = path.partition("/")
        if slash and not name.endswith(packing.METADATA):
            found.setdefault(part, {})[name] = data
    return found


@dataclass(frozen=True, slots=True)
class _Checking:
    """The parts of an archive whose list holds. ``posted``: a hash that was posted, which one of
    the versions has."""

    parts: Mapping[str, Mapping[str, bytes]]
    record: Record
    pages: AllPages
    posted: str | None

    def each(self) -> Iterator[Part]:
        for name, files in sorted(self.parts.items(), key=lambda one: _order(one[0])):
            if _VERSION.fullmatch(name):
                verdict = self.version(files)
            elif name == packing.CLERK:
                verdict = self.clerk(files)
            elif name == packing.DECISIONS:
                verdict = self.decided(files)
            elif name == packing.FOLLOW_UP:
                verdict = self.followed()
            else:
                verdict = Verdict("archive", (finding("archive_part", name),))
            yield Part(name, len(files), verdict)
        for name in (packing.CLERK, packing.DECISIONS):
            if name not in self.parts:
                yield Part(name, 0, Verdict("archive", (finding("missing", name),)))

    @property
    def newest(self) -> Mapping[str, bytes]:
        """The public files of the newest version."""
        names = [name for name in self.parts if _VERSION.fullmatch(name)]
        return self.parts[max(names, key=_order)] if names else {}

    def version(self, files: Mapping[str, bytes]) -> Verdict:
        """The documents of a version, against their own model; and whether they are what was
        posted, by the journal."""
        own = manifest.sha256(files.get(manifest.PUBLIC, b""))
        with _laid(files) as folder:
            found = verify(folder, self.pages, self.posted if self.posted == own else None)
        remarks = found.remarks if found.differences else (*found.remarks, *self.said(files, own))
        return Verdict("public", found.differences, remarks, found.origin, found.hash)

    def said(self, files: Mapping[str, bytes], own: str) -> Iterator[Finding]:
        """What the clerk's journal says of the hash of a version."""
        position = self.pages.decode(files[bundle.RESULT]).journal.position
        try:
            dialogue, _ = self.folded()
        except Exception:  # noqa: BLE001 - found with the clerk's files
            return
        versions = dialogue.advice.versions() if dialogue.advice is not None else ()
        for one in versions:
            if one.position == position and one.manifest:
                same = one.manifest == own
                code = "archive_posted" if same else "archive_rewritten"
                yield finding(code, manifest.PUBLIC, posted=one.manifest)

    def clerk(self, files: Mapping[str, bytes]) -> Verdict:
        """The newest version once more, from the clerk's journal on."""
        with _laid({**self.newest, **self.own(files)}) as folder:
            return verify(folder, self.pages, None, lambda at: rebuilt(at, self.record, self.pages))

    def followed(self) -> Verdict:
        """What became of the advice, from the clerk's journal on."""
        clerks = self.parts.get(packing.CLERK, {})
        names = self.parts[packing.FOLLOW_UP].keys() & followup_files.PUBLIC
        public = {name: self.parts[packing.FOLLOW_UP][name] for name in names}
        more = {name: clerks[name] for name in followup_files.CLERKS if name in clerks}
        every = followup_files.with_list(public | more)
        with _laid({**self.newest, **self.own(clerks), **every}) as folder:
            return verify_follow_up(folder, self.record, self.pages)

    def own(self, clerks: Mapping[str, bytes]) -> dict[str, bytes]:
        """The clerk's files of a bundle."""
        names = (*bundle.CLERKS, manifest.CLERK)
        return {name: clerks[name] for name in names if name in clerks}

    def decided(self, files: Mapping[str, bytes]) -> Verdict:
        """The list of decisions, made again from the clerk's journal: the public one, and with what
        was written the clerk's."""
        clerks = self.parts.get(packing.CLERK, {})
        try:
            dialogue, lines = self.folded()
            written = b"".join(clerks.get(name, b"") for name in _TEXTS)
            words = checked_texts(written, self.record, lines)
            public = decisions.table(decisions.decisions(dialogue, lines))
            whole = decisions.table(decisions.decisions(dialogue, lines, words.get), clerk=True)
        except Exception as error:  # noqa: BLE001 - whatever breaks is a finding
            why_not = finding("archive_journal", packing.CLERK, why=why(error))
            return Verdict("archive", (why_not,))
        differences = [
            finding("archive_decisions", f"{part}/{name}", line=line_of(made, given))
            for part, name, made, given in (
                (packing.DECISIONS, decisions.NAME, public, files.get(decisions.NAME, b"")),
                (
                    *(packing.CLERK, decisions.CLERKS_NAME, whole),
                    clerks.get(decisions.CLERKS_NAME, b""),
                ),
            )
            if made != given
        ]
        return Verdict("archive", tuple(differences))

    def folded(self) -> tuple[Dialogue, list[Line]]:
        """The dialogue after the last line of the clerk's journal, and its lines."""
        clerks = self.parts.get(packing.CLERK, {})
        raw = [each for name in _JOURNALS for each in whole_lines(name, clerks.get(name, b""))]
        lines = [self.record.read(each) for each in raw]
        *_, (dialogue, _head) = self.record.fold(lines[0].dialogue, raw)
        return dialogue, lines


#: The clerk's journal goes on in one of the others, and so do its texts.
_JOURNALS = (bundle.JOURNAL, followup_files.JOURNAL, packing.JOURNAL)
_TEXTS = (bundle.TEXTS, followup_files.TEXTS, packing.TEXTS)


def _order(name: str) -> tuple[bool, int, str]:
    """The versions first, by number."""
    number = name.removeprefix("versie-")
    known = _VERSION.fullmatch(name) is not None
    return not known, int(number) if known else 0, name


class _laid(tempfile.TemporaryDirectory[str]):  # noqa: N801 - read as a word
    """Files in a folder of their own for a while, which only this user can read."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(prefix="stadsgesprek-")
        for name, data in files.items():
            Path(self.name, PurePosixPath(name).name).write_bytes(data)

    def __enter__(self) -> Path:  # type: ignore[override]
        return Path(super().__enter__())
