"""Writes a paper: its model as JSON, and its page in Markdown and HTML."""

from __future__ import annotations

import msgspec

from advice.document import Document
from advice.writing.html import html
from advice.writing.markdown import markdown


def encode(model: msgspec.Struct) -> bytes:
    """The bytes of a model: indented, keys in its order, ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(model), indent=1) + b"\n"


def files(name: str, model: msgspec.Struct, document: Document) -> dict[str, bytes]:
    """The files of a paper by their names, from its model and its document."""
    return {
        f"{name}.json": encode(model),
        f"{name}.md": markdown(document).encode(),
        f"{name}.html": html(document).encode(),
    }
