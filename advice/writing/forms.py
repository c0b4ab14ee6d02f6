"""The forms of a document that are asked for besides its bundle: PDF, workbook, all in one ZIP.

They lie beside the bundle with a list of their own. What the room was told is the hash of the
bundle alone, so it stays the same when a library writes a PDF or a workbook another way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType
from typing import Protocol

from advice import bundle, documents, manifest, quotes
from advice.document import Code, Document, Line
from advice.followup import files as followup_files
from advice.followup import model as followup
from advice.followup import page as followup_page
from advice.kinds import AllPages
from advice.model import Result
from advice.papers import paper, registry
from advice.words import utc
from advice.writing.pdf import key as key_of
from advice.writing.pdf import pdf
from advice.writing.sheets import sheets
from advice.writing.theme import NEUTRAL, Theme
from advice.writing.workbook import workbook


class Form(StrEnum):
    PDF = "pdf"
    XLSX = "xlsx"
    ZIP = "zip"


class Earlier(Protocol):
    """What was made before, and need not be made again where nothing changed."""

    def found(self, name: str, key: str) -> bytes | None:
        """The file of this name, where it was made with all that has this key."""

    def keep(self, name: str, key: str, data: bytes) -> None:
        """Know a file for the next time."""


def installed() -> dict[Form, str]:
    """The forms of a document that can be made here, each with the version of what writes it."""
    found = {}
    for form, library in _LIBRARIES.items():
        with suppress(PackageNotFoundError):
            found[form] = version(library)
    return found


_LIBRARIES = {Form.PDF: "typst", Form.XLSX: "XlsxWriter"}


def alone(
    result: Result,
    pages: AllPages,
    wanted: Collection[Form],
    theme: Theme = NEUTRAL,
    earlier: Earlier | None = None,
) -> dict[str, bytes]:
    """The forms of a document with their list, without the bundle that they go with; nothing where
    none is ``wanted``. Raises as ``with_forms`` does."""
    made = _written(result, pages, wanted, theme, earlier)
    return {**made, manifest.FORMS: manifest.listing(made)} if made else {}


def with_forms(
    files: Mapping[str, bytes],
    result: Result,
    pages: AllPages,
    wanted: Collection[Form],
    theme: Theme = NEUTRAL,
    beside: Mapping[str, bytes] = MappingProxyType({}),
) -> dict[str, bytes]:
    """A bundle with the forms that are ``wanted`` beside it. Papers that lie ``beside`` it become
    PDFs too; the ZIP holds all the others, and what lies beside.

    Raises ``quotes.Misquoted`` when a quote is not what was shown, ``pdf.NoTypesetter`` and
    ``workbook.NoWriter`` where a library is missing.
    """
    made = _written(result, pages, wanted, theme)
    if Form.PDF in wanted:
        made |= _papers(result, pages, theme, beside)
        made |= follow_up(files, pages, theme)
    if made:
        made[manifest.FORMS] = manifest.listing(made)
    whole = {**files, **made}
    if Form.ZIP in wanted:
        whole[bundle.ZIP] = bundle.as_zip({**whole, **beside})
    return whole


def _written(
    result: Result,
    pages: AllPages,
    wanted: Collection[Form],
    theme: Theme,
    earlier: Earlier | None = None,
) -> dict[str, bytes]:
    if not {Form.PDF, Form.XLSX} & set(wanted):
        return {}
    document = documents.document(result, pages)
    quotes.check(document, result, pages)
    name, at = documents.name(result), utc(result.journal.at)
    made: dict[str, bytes] = {}
    if Form.PDF in wanted:
        made |= _pdf(name, document, at, pages, theme, earlier)
    if Form.XLSX in wanted:
        title, found = document.page.title.text, sheets(result, pages, document)
        made[f"{name}.xlsx"] = workbook(found, title, at, theme)
    return made


def _papers(
    result: Result, pages: AllPages, theme: Theme, beside: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The papers as PDFs, of the same moment as the result that they go with."""
    made: dict[str, bytes] = {}
    for file, data in beside.items():
        name, _, form = file.rpartition(".")
        if form == "json" and paper.is_paper(file):
            document, at = registry.document_of(name, data, pages), utc(result.journal.at)
            made |= _pdf(name, document, at, pages, theme)
    return made


def follow_up(
    files: Mapping[str, bytes],
    pages: AllPages,
    theme: Theme = NEUTRAL,
    earlier: Earlier | None = None,
) -> dict[str, bytes]:
    """What became of an advice as a PDF, from its model among the ``files``; nothing where nothing
    became of it yet."""
    if followup_files.MODEL not in files:
        return {}
    found = followup.decode(files[followup_files.MODEL])
    document = followup_page.document(found, pages.words(found.dialogue.language))
    return _pdf(document.kind, document, utc(found.journal.at), pages, theme, earlier)


def _pdf(
    name: str,
    document: Document,
    at: datetime,
    pages: AllPages,
    theme: Theme,
    earlier: Earlier | None = None,
) -> dict[str, bytes]:
    """A PDF by its name, set again only where it was not made before."""
    lacking, file = _lacking(name, document, pages), f"{name}.pdf"
    if earlier is None:
        return {file: pdf(document, at, lacking, theme)}
    key = key_of(document, at, lacking, theme)
    made = earlier.found(file, key)
    if made is None:
        made = pdf(document, at, lacking, theme)
    earlier.keep(file, key, made)
    return {file: made}


def _lacking(name: str, document: Document, pages: AllPages) -> Line:
    """What is said where letters are lacking: that the HTML of the same name has them."""
    return pages.words(document.language).line("paper.lacking", file=Code(f"{name}.html"))
