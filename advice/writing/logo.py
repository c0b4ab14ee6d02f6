"""A town's logo: a PNG, or an SVG of drawing alone, with the words for who does not see it.

An SVG is a document that can run scripts and fetch files. Only elements and attributes that draw
are let through, so that nothing of a logo ever runs or is fetched, whoever opens it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree

#: The largest logo, in bytes; it stands in every document.
LARGEST = 200_000

_PNG = b"\x89PNG\r\n\x1a\n"

_DRAWING = re.compile(
    "svg|g|defs|title|desc|metadata|symbol|use|clipPath|text|tspan|linearGradient|radialGradient"
    "|stop|path|rect|circle|ellipse|line|polyline|polygon"
)

#: Whatever could name something outside the file, in an attribute or in a style.
_OUTSIDE = re.compile(
    r"""url\(\s*['"]?\s*(?!['"\s#])|image(-set)?\(|@import|javascript:|data:|\\""", re.IGNORECASE
)

_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, slots=True)
class Logo:
    """The bytes of a logo, its kind, and its words (``text``)."""

    data: bytes
    kind: Literal["png", "svg"]
    text: str

    @property
    def address(self) -> str:
        """The logo as an address with the picture within it."""
        mime = "image/png" if self.kind == "png" else "image/svg+xml"
        return f"data:{mime};base64,{b64encode(self.data).decode()}"


class Unfit(Exception):  # noqa: N818 - says what it is
    """A file that cannot be a logo; its words say why."""


def logo(data: bytes, text: str) -> Logo:
    """The logo in a file; raises ``Unfit``."""
    if not text.strip():
        raise Unfit("a logo needs words for who does not see it; give them in logo_text")
    if len(data) > LARGEST:
        raise Unfit(f"it is larger than {LARGEST:,} bytes")
    if data.startswith(_PNG):
        if data[12:16] != b"IHDR" or not data.endswith(b"IEND\xaeB`\x82"):
            raise Unfit("it begins like a PNG and is none, or not all of it")
        return Logo(data, "png", text)
    if b"<svg" in data[:4_000]:
        _check(data)
        return Logo(data, "svg", text)
    raise Unfit("it is neither a PNG nor an SVG")


def _check(data: bytes) -> None:
    """Raise ``Unfit`` where an SVG holds anything but drawing."""
    if re.search(rb"<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet", data, re.IGNORECASE):
        raise Unfit("it has a document type or a style sheet; save it as plain SVG")
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Unfit("it is no SVG that can be read") from error
    if root.tag != f"{_SVG}svg":
        raise Unfit("it is no SVG")
    for element in root.iter():
        _check_element(element)


def _check_element(element: ElementTree.Element) -> None:
    space, _, name = element.tag.rpartition("}")
    if space and space + "}" != _SVG:
        return  # what an editor noted draws nothing
    if not _DRAWING.fullmatch(name):
        raise Unfit(f"it has a <{name}>; a logo only draws, without scripts and files")
    for attribute, value in element.attrib.items():
        bare = attribute.rpartition("}")[2].lower()
        link = bare in ("href", "src") and not value.startswith("#")
        if bare.startswith("on") or link or _OUTSIDE.search(value):
            raise Unfit(f"<{name}> has {bare}, which can run or fetch something; remove it")
