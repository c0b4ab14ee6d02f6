"""Draws each kind of picture as SVG inside the page; a screen reader reads its title and words."""

from __future__ import annotations

from markupsafe import Markup

from advice.document import Drawn, Overview, Picture
from advice.drawing import overview_rows, picture, strips
from advice.drawing.states import States
from advice.drawing.turnout import Turnout


def svg(drawn: Drawn) -> Markup:
    """A picture as SVG."""
    match drawn:
        case Overview():
            return overview_rows.svg(drawn)
        case Picture():
            return picture.svg(drawn)
        case Turnout():
            return strips.turnout(drawn)
        case States():
            return strips.states(drawn)
        case _:
            raise TypeError(type(drawn).__name__)
