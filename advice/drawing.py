"""Draws each kind of picture as SVG inside the page; a screen reader reads its title and words."""

from __future__ import annotations

from markupsafe import Markup

from advice import overview_rows, picture
from advice.document import Drawn, Overview, Picture


def svg(drawn: Drawn) -> Markup:
    """A picture as SVG."""
    match drawn:
        case Overview():
            return overview_rows.svg(drawn)
        case Picture():
            return picture.svg(drawn)
        case _:
            raise TypeError(type(drawn).__name__)
