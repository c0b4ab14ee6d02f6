"""The forms of a document that are asked for besides its bundle: PDF, workbook, all in one ZIP.

They lie beside the bundle with a list of their own. What the room was told is the hash of the
bundle alone, so it stays the same when a library writes a PDF or a workbook another way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from advice import bundle, documents, manifest, quotes
from advice.document import Code
from advice.kinds import AllPages
from advice.model import Result
from advice.pdf import pdf
from advice.sheets import sheets
from advice.theme import NEUTRAL, Theme
from advice.words import utc
from advice.workbook import workbook


class Form(StrEnum):
    PDF = "pdf"
    XLSX = "xlsx"
    ZIP = "zip"


def with_forms(
    files: Mapping[str, bytes],
    result: Result,
    pages: AllPages,
    wanted: Collection[Form],
    theme: Theme = NEUTRAL,
    beside: Mapping[str, bytes] = MappingProxyType({}),
) -> dict[str, bytes]:
    """A bundle with the forms that are ``wanted`` beside it. The ZIP holds all the others, and what
    else lies ``beside`` the bundle.

    Raises ``quotes.Misquoted`` when a quote is not what was shown, ``pdf.NoTypesetter`` and
    ``workbook.NoWriter`` where a library is missing.
    """
    made = _written(result, pages, wanted, theme)
    if made:
        made[manifest.FORMS] = manifest.listing(made)
    whole = {**files, **made}
    if Form.ZIP in wanted:
        whole[bundle.ZIP] = bundle.as_zip({**whole, **beside})
    return whole


def _written(
    result: Result, pages: AllPages, wanted: Collection[Form], theme: Theme
) -> dict[str, bytes]:
    if not {Form.PDF, Form.XLSX} & set(wanted):
        return {}
    document = documents.document(result, pages)
    quotes.check(document, result, pages)
    name, at = documents.name(result), utc(result.journal.at)
    made = {}
    if Form.PDF in wanted:
        words = pages.words(result.dialogue.language)
        lacking = words.line("paper.lacking", file=Code(f"{name}.html"))
        made[f"{name}.pdf"] = pdf(document, at, lacking, theme)
    if Form.XLSX in wanted:
        title, found = document.page.title.text, sheets(result, pages, document)
        made[f"{name}.xlsx"] = workbook(found, title, at, theme)
    return made
