"""The page of an advice as a message in the room: its words plain, and as simple HTML."""

from __future__ import annotations

from html import escape

from advice.document import Entries, Entry, Page, Paragraph, Section, plain
from advice.documents import document
from advice.kinds import AllPages
from advice.model import Result


def page_of(result: Result, pages: AllPages) -> Page:
    return document(result, pages).page


def words(page: Page) -> str:
    """The page as plain text, a blank line between its parts."""
    parts = [plain((page.title,)).upper(), plain(page.kicker)]
    parts += [plain(notice) for notice in page.notices]
    for section in page.sections:
        parts += [plain(section.title), *_plain_blocks(section)]
    return "\n\n".join(part for part in parts if part)


def _plain_blocks(section: Section) -> list[str]:
    parts = []
    for block in section.blocks:
        if isinstance(block, Paragraph):
            parts.append(plain(block.line))
        elif isinstance(block, Entries):
            lines = []
            for entry in block.entries:
                label = f"{entry.label}: " if entry.label else ""
                lines.append(f"- {label}{plain(entry.line)}")
                lines += ["  " + plain(note) for note in entry.notes]
            parts.append("\n".join(lines))
    return parts


def markup(page: Page) -> str:
    """The page as the HTML a chat shows: headings, paragraphs and lists."""
    parts = [f"<h3>{escape(plain((page.title,)))}</h3>", _paragraph(plain(page.kicker))]
    parts += [f"<p><strong>{escape(plain(notice))}</strong></p>" for notice in page.notices]
    for section in page.sections:
        parts.append(f"<h4>{escape(plain(section.title))}</h4>")
        for block in section.blocks:
            if isinstance(block, Paragraph):
                parts.append(_paragraph(plain(block.line)))
            elif isinstance(block, Entries):
                items = "".join(f"<li>{_item(entry)}</li>" for entry in block.entries)
                parts.append(f"<ul>{items}</ul>")
    return "".join(parts)


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _item(entry: Entry) -> str:
    label = f"<strong>{escape(entry.label)}</strong> " if entry.label else ""
    return label + "<br>".join(escape(plain(part)) for part in (entry.line, *entry.notes))
