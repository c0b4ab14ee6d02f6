"""Writes the document as one HTML file without scripts, requests, or a style sheet outside it.

The template is ours and never anything else; what people wrote is put in as data, escaped, each
time in an element of its own that isolates its direction.
"""

from __future__ import annotations

from functools import lru_cache

from jinja2 import PackageLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from advice.document import Code, Document, Inline, Line, Link, Quote, Ref, Table, Typed
from advice.drawing.svg import svg
from advice.town.qr import qr
from advice.writing.lettering import one_line, visible
from advice.writing.theme import NEUTRAL, Theme, css

TEMPLATE = "advies.html.j2"


def html(document: Document, theme: Theme = NEUTRAL) -> str:
    """The whole document. The bundle has it as ``NEUTRAL``, so that its hash hangs on no config."""
    return _template().render(document=document, theme=theme)


def environment(folder: str = "templates") -> SandboxedEnvironment:
    """Makes HTML of our own templates in a folder of ``advice``: what people wrote is put in
    escaped, as data."""
    return SandboxedEnvironment(
        loader=PackageLoader("advice", folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    made = environment()
    made.filters["line"] = line
    made.filters["rows"] = rows
    made.filters["svg"] = svg
    made.filters["tokens"] = lambda theme: Markup(css(theme))
    made.filters["code"] = _drawn
    made.filters["kind"] = lambda value: type(value).__name__
    return made.get_template(TEMPLATE)


def _drawn(link: Link) -> Markup:
    """The QR code of a link; nothing for one that is too long for a code."""
    try:
        return qr(link.address, link.says)
    except ValueError:
        return Markup("")


def line(pieces: Line) -> Markup:
    """Pieces of a line as HTML."""
    return Markup("".join([_inline(piece) for piece in pieces]))


def rows(table: Table) -> Markup:
    """The rows of a table, of which there may be tens of thousands: a template takes ten times as
    long for a cell."""
    kinds = [escape(column.kind) for column in table.columns]
    titles = [escape(column.title) for column in table.columns]
    first = f'<th role="rowheader" scope="row" class="{kinds[0]}">'
    rest = [
        f'<td role="cell" class="{kind}" data-label="{title}">'
        for kind, title in zip(kinds[1:], titles[1:], strict=True)
    ]
    found: list[str] = []
    for row in table.rows:
        anchor = f' id="{escape(row.anchor)}"' if row.anchor else ""
        head, *cells = row.cells
        found.append(f'<tr role="row"{anchor}>{first}{line(head)}</th>')
        found += [
            f"{opened}{line(cell)}</td>"
            for opened, cell in zip(rest[: len(cells)], cells, strict=True)
        ]
        found.append("</tr>\n")
    return Markup("".join(found))


def _inline(piece: Inline) -> str:
    match piece:
        case str():
            return escape(piece)
        case Quote(text, cut):
            more = "…" if cut else ""
            return f'<bdi>«<q dir="auto">{escape(visible(text))}</q>»</bdi>{more}'
        case Typed(text, cut):
            return f"<bdi>{escape(visible(text))}</bdi>{'…' if cut else ''}"
        case Ref(number):
            return f'<a href="#{escape(number)}">{escape(number)}</a>'
        case Code(text):
            return f"<code>{escape(one_line(text))}</code>"
