"""What a screen reader meets in a PDF: the tree of its tags, each with its own words, in order."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

from advice.writing.lettering import visible
from advice.writing.letters import printable


@dataclass
class Tag:
    """An element: its role, the words that are directly in it and in what is below it."""

    role: str
    alt: str = ""
    scope: str = ""
    parts: list[Tag | str] = field(default_factory=list)

    @property
    def children(self) -> list[Tag]:
        return [part for part in self.parts if isinstance(part, Tag)]

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def every(self, *roles: str) -> Iterator[Tag]:
        """It and all below it, in reading order, or those with one of the roles."""
        if not roles or self.role in roles:
            yield self
        for child in self.children:
            yield from child.every(*roles)


@dataclass
class Tagged:
    """A PDF as it is read aloud, and what it says of itself."""

    tree: Tag
    language: str
    title: str
    shows_title: bool
    marked: bool
    outline: list[str]
    pages: int


def tagged(data: bytes) -> Tagged:
    reader = PdfReader(io.BytesIO(data))
    root: Any = reader.trailer["/Root"]
    words = {page.indirect_reference.idnum: dict(_words(page, reader)) for page in reader.pages}
    tree = Tag("Root")
    for child in _kids(root["/StructTreeRoot"]):
        tree.parts.append(_tag(child, None, words))
    return Tagged(
        tree=tree,
        language=str(root.get("/Lang", "")),
        title=str(reader.metadata.title) if reader.metadata else "",
        shows_title=bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
        marked=bool(root["/MarkInfo"]["/Marked"]),
        outline=[*_titles(reader.outline)],
        pages=len(reader.pages),
    )


def _titles(outline: Any) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry)
        else:
            yield str(entry.title)


def _kids(element: Any) -> list[Any]:
    found = element.get("/K", [])
    return list(found) if isinstance(found, list) else [found]


def _tag(element: Any, page: int | None, words: dict[int, dict[int, str]]) -> Tag:
    element = element.get_object()
    if "/Pg" in element:
        page = element.raw_get("/Pg").idnum
    made = Tag(str(element["/S"])[1:], str(element.get("/Alt", "")), _scope(element))
    for kid in _kids(element):
        kid = kid.get_object()
        if isinstance(kid, int):
            assert page is not None
            made.parts.append(words[page].get(kid, ""))
        elif kid.get("/Type") == "/MCR":
            where = kid.raw_get("/Pg").idnum if "/Pg" in kid else page
            made.parts.append(words[where].get(kid["/MCID"], ""))
        elif kid.get("/Type") != "/OBJR":
            made.parts.append(_tag(kid, page, words))
    return made


def _scope(element: Any) -> str:
    given = element.get("/A", [])
    for attributes in given if isinstance(given, list) else [given]:
        found = attributes.get_object()
        if isinstance(found, dict) and "/Scope" in found:
            return str(found["/Scope"])[1:]
    return ""


def _words(page: Any, reader: PdfReader) -> Iterator[tuple[int, str]]:
    """The words of each piece of marked content of a page, by its number."""
    fonts = {name: _letters(font) for name, font in page["/Resources"].get("/Font", {}).items()}
    inside: list[tuple[int | None, str | None]] = []
    letters: dict[int, str] = {}
    found: dict[int, str] = {}
    for operands, operator in ContentStream(page["/Contents"], reader).operations:
        if operator in (b"BDC", b"BMC"):
            more = operands[1] if len(operands) > 1 and isinstance(operands[1], dict) else {}
            actual = more.get("/ActualText")
            inside.append((more.get("/MCID"), None if actual is None else str(actual)))
            number = next((n for n, _ in reversed(inside) if n is not None), None)
            if actual is not None and number is not None:
                found[number] = found.get(number, "") + str(actual)
        elif operator == b"EMC":
            inside.pop()
        elif operator == b"Tf":
            letters = fonts[operands[0]]
        elif operator in (b"Tj", b"TJ") and inside:
            number = next((n for n, _ in reversed(inside) if n is not None), None)
            if number is not None and all(actual is None for _, actual in inside):
                pieces = operands[0] if operator == b"TJ" else operands
                said = "".join(_read(piece, letters) for piece in pieces)
                found[number] = found.get(number, "") + said
    yield from found.items()


def _read(piece: Any, letters: dict[int, str]) -> str:
    data = bytes(piece) if isinstance(piece, bytes) else getattr(piece, "original_bytes", b"")
    codes = (int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2))
    return "".join(letters.get(code, "?") for code in codes)


def bare(text: str) -> str:
    """The letters of a text as a PDF can have them, without spaces and signs of direction."""
    return re.sub("[\\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f]", "", text)


def same(shown: str, meant: str) -> bool:
    """Whether these letters stand there; those that no font has are U+FFFD. Words from right to
    left stand in the order in which they are drawn. A letter with a mark that is no sign of its own
    can stand once for each of its parts."""
    one, other = bare(shown), bare(printable(visible(meant)))
    return set(one) == set(other) if loose(printable(meant)) else one == other


def loose(text: str) -> bool:
    """Whether some of it runs from right to left, or has marks of their own."""
    turned = any(unicodedata.bidirectional(c) in ("R", "AL", "RLE", "RLO") for c in text)
    return turned or any(unicodedata.category(c).startswith("M") for c in text)


_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")


def _letters(font: Any) -> dict[int, str]:
    """Which letters stand for the codes of a font."""
    mapping = font.get_object()["/ToUnicode"].get_data()
    found: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", mapping, re.DOTALL):
        codes = _HEX.findall(block)
        for code, letter in zip(codes[::2], codes[1::2], strict=True):
            found[int(code, 16)] = bytes.fromhex(letter.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", mapping, re.DOTALL):
        codes = _HEX.findall(block)
        for first, last, letter in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            start = int(letter, 16)
            for place, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code] = chr(start + place)
    return found
