"""Writes the document as Markdown; people's words are escaped, so that none becomes markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from advice.document import (
    Code,
    Document,
    Drawn,
    Entries,
    Inline,
    Line,
    Link,
    Page,
    Paragraph,
    Quote,
    Ref,
    Section,
    Table,
    Typed,
)
from advice.writing.lettering import isolated, one_line

#: Characters that can be markup in some reader, and how they are escaped. Guillemets too:
#: a quote of ours must be the only thing between them.
_WRITTEN = {
    **{letter: "\\" + letter for letter in "\\`*_[]#"},
    "<": "&lt;",
    ">": "&gt;",
    "|": "&#124;",
    "~": "&#126;",
    "$": "&#36;",
    "@": "&#64;",
    "«": "&laquo;",
    "»": "&raquo;",
}
_LETTERS = str.maketrans(_WRITTEN)
_ENTITY = re.compile(r"&(?=#|[A-Za-z])")
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
_READ = re.compile(r"\\(.)|&(?:#\d+|\w+);", re.DOTALL)


def escaped(text: str) -> str:
    """People's words on one line, with everything that could be markup escaped."""
    safe = _ENTITY.sub("&amp;", one_line(text)).translate(_LETTERS)
    return _ADDRESS.sub(lambda found: f"&#{ord(found.group())};", safe)


def read(written: str) -> str:
    """What a Markdown reader shows for ``escaped`` text."""
    return _READ.sub(lambda found: found.group(1) or html.unescape(found.group()), written)


def markdown(document: Document) -> str:
    """The whole document."""
    return "".join(pieces(document))


def pieces(document: Document) -> Iterator[str]:
    """The same in pieces, none of which begins or ends within a quote: each row of a table is
    one."""
    yield page_as_markdown(document.page)
    if document.sections:
        yield f"\n\n## {document.appendix}"
        yield from _sections(document.sections, "###")
    yield "\n"


def page_as_markdown(page: Page) -> str:
    """The page for the councillor, without the appendix."""
    parts = [f"# {_line((page.title,))}", _line(page.kicker)]
    parts += [_line(page.facts)] if page.facts else []
    parts += [f"**{_line(notice)}**" for notice in page.notices]
    return "\n\n".join(parts) + "".join(_sections(page.sections, "##"))


def _sections(sections: tuple[Section, ...], mark: str) -> Iterator[str]:
    """Each block with the blank line before it, a table row by row."""
    for section in sections:
        yield f"\n\n{mark} {_line(section.title)}"
        for block in section.blocks:
            match block:
                case Paragraph(line):
                    yield f"\n\n{_line(line)}"
                case Entries():
                    yield f"\n\n{_entries(block)}"
                case Table():
                    yield from _table(block)
                case Link(address):
                    yield f"\n\n{_code(one_line(address))}"
                case Drawn():
                    continue  # the table after it says the same


def _entries(block: Entries) -> str:
    found = []
    for entry in block.entries:
        label = f"**{entry.label}** " if entry.label else ""
        lines = [label + _line(entry.line), *(_line(note) for note in entry.notes)]
        found.append("- " + "  \n  ".join(lines))  # two spaces: the next note on its own line
    return "\n".join(found)


def _table(table: Table) -> Iterator[str]:
    yield f"\n\n**{_line(table.caption)}**"
    if not table.columns:
        return
    yield f"\n\n{_row(column.title for column in table.columns)}"
    rule = ("--:" if column.kind == "number" else "---" for column in table.columns)
    yield f"\n{_row(rule)}"
    for row in table.rows:
        yield f"\n{_row(_line(cell) for cell in row.cells)}"


def _row(cells: Iterator[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _line(line: Line) -> str:
    return "".join(_inline(piece) for piece in line)


def _inline(piece: Inline) -> str:
    match piece:
        case str():
            return piece
        case Quote(text, cut):
            return isolated(f"«{escaped(text)}»") + ("…" if cut else "")
        case Typed(text, cut):
            return isolated(escaped(text)) + ("…" if cut else "")
        case Ref(number):
            return escaped(number)
        case Code(text):
            return _code(one_line(text))


def _code(text: str) -> str:
    """A code span, with a longer fence than any row of backticks in the text."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"
