"""The two bundles: the public one, and the clerk's, which holds it with journal, texts and ballots.

Both are mappings of a file's name to its bytes. The same result gives the
same bytes: no clock is read, names are sorted, and a ZIP file's dates are fixed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from advice import documents, manifest
from advice.kinds import AllPages
from advice.model import Result, encode
from advice.papers import paper
from advice.register import open_ballot
from advice.writing import polis, tables
from advice.writing.polis import OpenVotes
from advice.writing.tables import Cast

JOURNAL = "journal.jsonl"
TEXTS = "texts.jsonl"
BALLOTS = "stemmen.csv"
RESULT = "uitslag.json"
RECEIPTS = "ontvangstcodes.csv"
VOTES = "votes.csv"
COMMENTS = "comments.csv"

CLERKS = (JOURNAL, TEXTS, BALLOTS)

#: A whole folder in one file.
ZIP = "bundel.zip"

#: The other forms of a document, which may lie beside a bundle, and their list; they are no part of
#: it, so that its hash hangs on no library that writes them.
FORMS = frozenset(
    {f"{kind}.{form}" for kind in ("advies", "verslag") for form in ("pdf", "xlsx")}
    | {"opvolging.pdf", manifest.FORMS}
)

#: What became of the advice, which lies beside its bundle, and the list of it.
FOLLOW_UP = frozenset(
    {f"opvolging.{form}" for form in ("json", "md", "html", "jsonl")}
    | {"opvolging-teksten.jsonl", manifest.FOLLOW_UP}
)

#: What the town planned and promised, and the clerk's list of it.
AGENDA = frozenset(
    {"agenda.ics", "momenten.json", "agenda.json", manifest.AGENDA}
    | {"bijeenkomsten.jsonl", "bijeenkomsten-teksten.jsonl", "toezeggingen.jsonl"}
    | {f"register.{form}" for form in ("json", "md", "html")}
)

#: The names of what may lie beside a bundle: the town's files, other forms, what became of it.
BESIDE = FORMS | FOLLOW_UP | AGENDA | {ZIP, paper.TOWN_JOURNAL}

#: And so may papers, and pages for tables, one file for each meeting.
_TABLES = re.compile(r"tafels-M[1-9][0-9]*\.html")

#: The names that our files in a folder can have, besides papers and pages for tables.
NAMES = BESIDE | frozenset(
    {f"{kind}.{form}" for kind in ("advies", "verslag") for form in ("md", "html")}
    | {RESULT, "uitslag.csv", "teksten.csv", RECEIPTS, VOTES, COMMENTS}
    | {manifest.PUBLIC, manifest.CLERK, *CLERKS}
)

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


#: The metadata of a version as a whole.
_PIECE = re.compile(r"versie-[0-9]{1,9}\.mdto\.xml")


def is_beside(name: str) -> bool:
    """Whether a file may lie beside a bundle: one of the town's, a paper, another form."""
    return name in BESIDE or paper.is_paper(name) or is_form(name) or is_of_agenda(name)


def is_of_agenda(name: str) -> bool:
    """Whether a file may be one of what the town planned and promised, or their list."""
    return name in AGENDA or _TABLES.fullmatch(name) is not None


def is_ours(name: str) -> bool:
    """Whether a file may lie in the folder of a bundle."""
    return name in NAMES or is_beside(name)


def is_metadata(name: str) -> bool:
    """Whether a file may be the metadata of a file or of the whole, as in an archive's folder."""
    about = name.removesuffix(".bestand.mdto.xml")
    return _PIECE.fullmatch(name) is not None or (about != name and about in NAMES)


def is_form(name: str) -> bool:
    """Whether a file may be another form of the document or of a paper, or their list."""
    kind, _, form = name.rpartition(".")
    return name in FORMS or (form == "pdf" and paper.is_paper(f"{kind}.html"))


def public(
    result: Result,
    pages: AllPages,
    receipts: Mapping[int, Sequence[str]],
    open_votes: OpenVotes | None = None,
) -> dict[str, bytes]:
    """The public bundle. ``receipts``: by round number from 1 its codes; small rounds are left out.

    Raises ``quotes.Misquoted`` when a quote is not what was shown.
    """
    document = documents.written(result, pages)  # first: it takes most while it is made
    files = {RESULT: encode(result), **document, **_tables(result, pages)}
    files[RECEIPTS] = tables.receipts(
        {index: receipts[index] for index in receipted(result) if index in receipts}
    )
    if open_ballot(result):
        files[VOTES] = polis.votes_file(result, pages, open_votes or OpenVotes(()))
    files[manifest.PUBLIC] = manifest.listing(files)
    return files


def derived(result: Result, pages: AllPages) -> dict[str, bytes]:
    """The files that are written from uitslag.json alone."""
    return documents.written(result, pages) | _tables(result, pages)


def _tables(result: Result, pages: AllPages) -> dict[str, bytes]:
    files = {
        "uitslag.csv": tables.results(result, pages),
        "teksten.csv": tables.texts(result, pages),
    }
    if open_ballot(result):
        files[COMMENTS] = polis.comments_file(result, pages)
    return files


def receipted(result: Result) -> tuple[int, ...]:
    """The rounds whose receipt codes are published: finished, with at least five ballots."""
    return tuple(
        index
        for index, round_ in enumerate(result.rounds, 1)
        if round_.state == "closed" and round_.voters and round_.receipts_sha256
    )


def clerk(
    public_files: Mapping[str, bytes], journal: bytes, texts: bytes, casts: Iterable[Cast]
) -> dict[str, bytes]:
    """The clerk's bundle: the public files byte for byte, the journal, its texts, the ballots."""
    files = dict(public_files)
    files |= {JOURNAL: journal, TEXTS: texts, BALLOTS: tables.ballots(casts)}
    files[manifest.CLERK] = manifest.listing(files)
    return files


def manifest_hash(files: Mapping[str, bytes]) -> str:
    """The hash that is posted in the room: SHA-256 of the public list, 64 hex digits."""
    return manifest.sha256(files[manifest.PUBLIC])


def as_zip(files: Mapping[str, bytes]) -> bytes:
    """The files at the root of a ZIP file: sorted, with fixed dates and rights."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return data.getvalue()
