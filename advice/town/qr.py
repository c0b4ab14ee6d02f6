"""Draws a link as a QR code: a picture within the page, made of its squares alone."""

from __future__ import annotations

from itertools import groupby

import segno
from markupsafe import Markup

#: So many empty squares stand about a code, or some phones do not find it (ISO/IEC 18004).
_QUIET = 4

_SVG = Markup(
    '<svg class="qr" role="img" aria-label="{0}" viewBox="0 0 {1} {1}" '
    'shape-rendering="crispEdges"><rect width="{1}" height="{1}" fill="#fff"/>'
    '<path fill="#000" d="{2}"/></svg>'
)


def qr(text: str, says: str) -> Markup:
    """A QR code of a text; ``says`` is what it is, in words. Raises ``ValueError`` for a text that
    is too long for one."""
    rows = segno.make_qr(text, error="m").matrix
    drawn = "".join(
        f"M{x} {y}h{width}v1h-{width}z"
        for y, row in enumerate(rows, _QUIET)
        for x, width in _dark(bytes(row))
    )
    return _SVG.format(says, len(rows) + 2 * _QUIET, drawn)


def _dark(row: bytes) -> list[tuple[int, int]]:
    """Where dark squares begin in a row, and how many stand side by side."""
    found, x = [], _QUIET
    for dark, side_by_side in groupby(row):
        width = len(list(side_by_side))
        if dark:
            found.append((x, width))
        x += width
    return found
