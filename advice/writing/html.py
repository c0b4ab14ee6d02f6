"""Writes the document as one HTML file without scripts, requests, or a style sheet outside it.

The template is ours and never anything else; what people wrote is put in as data, escaped, each
time in an element of its own that isolates its direction.
"""

from __future__ import annotations

from collections.abc import Iterator
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


#: Stands for the rows of a table in what the template makes: what people wrote is escaped there.
_HERE = "<rows>"


def html(document: Document, theme: Theme = NEUTRAL) -> str:
    """The whole document. The bundle has it as ``NEUTRAL``, so that its hash hangs on no config."""
    return "".join(pieces(document, theme))


def pieces(document: Document, theme: Theme = NEUTRAL) -> Iterator[str]:
    """The same in pieces, none of which begins or ends within a quote: each row of a table is one.

    The rows of tables are put in last: within the template they would be copied four times.
    """
    tables: list[Table] = []

    def rows(table: Table) -> Markup:
        tables.append(table)
        return Markup(_HERE)

    first, *rest = _template().render(document=document, theme=theme, rows=rows).split(_HERE)
    yield first
    for table, following in zip(tables, rest, strict=True):
        yield from _rows(table)
        yield following


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


def _rows(table: Table) -> Iterator[str]:
    """The rows of a table. There may be tens of thousands, and a template takes ten times as long
    for a cell."""
    kinds = [escape(column.kind) for column in table.columns]
    titles = [escape(column.title) for column in table.columns]
    first = f'<th role="rowheader" scope="row" class="{kinds[0]}">'
    rest = [
        f'<td role="cell" class="{kind}" data-label="{title}">'
        for kind, title in zip(kinds[1:], titles[1:], strict=True)
    ]
    for row in table.rows:
        anchor = f' id="{escape(row.anchor)}"' if row.anchor else ""
        head, *cells = row.cells
        begun = zip(rest[: len(cells)], cells, strict=True)
        written = "".join([f"{opened}{line(cell)}</td>" for opened, cell in begun])
        yield f'<tr role="row"{anchor}>{first}{line(head)}</th>{written}</tr>\n'


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
