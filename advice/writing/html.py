"""Writes the document as one HTML file without scripts, requests, or a style sheet outside it.

The template is ours and never anything else; what people wrote is put in as data, escaped, each
time in an element of its own that isolates its direction.
"""

from __future__ import annotations

from functools import lru_cache

from jinja2 import PackageLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from advice.document import Code, Document, Inline, Line, Link, Quote, Ref, Typed
from advice.drawing.svg import svg
from advice.town.qr import qr
from advice.writing.lettering import one_line, visible
from advice.writing.theme import NEUTRAL, Theme, css

TEMPLATE = "advies.html.j2"

_QUOTE = Markup('<bdi>«<q dir="auto">{}</q>»</bdi>{}')
_TYPED = Markup("<bdi>{}</bdi>{}")
_REF = Markup('<a href="#{0}">{0}</a>')
_CODE = Markup("<code>{}</code>")


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
    return Markup("").join(_inline(piece) for piece in pieces)


def _inline(piece: Inline) -> Markup:
    match piece:
        case str():
            return escape(piece)
        case Quote(text, cut):
            return _QUOTE.format(visible(text), "…" if cut else "")
        case Typed(text, cut):
            return _TYPED.format(visible(text), "…" if cut else "")
        case Ref(number):
            return _REF.format(number)
        case Code(text):
            return _CODE.format(one_line(text))
