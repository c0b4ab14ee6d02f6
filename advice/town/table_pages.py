"""A page for each table of a meeting, to be printed and put on it.

One HTML file of A4 pages without scripts or requests: whose numbers sit there, room for what is
agreed, and a QR code of the link to the conversation. Once nobody can tell any more who signed up,
there are no pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from jinja2 import Template
from markupsafe import Markup

from advice.published import iso
from advice.town.qr import qr
from advice.words import catalogue, known
from advice.writing.html import environment
from advice.writing.lettering import one_line, visible
from dialogues.core import Text
from meetings.decide import MOST_OF_A_TABLE
from meetings.meeting import Meeting

TEMPLATE = "tafels.html.j2"


@dataclass(frozen=True, slots=True)
class _Table:
    """A page: the number of the table, and how the lists call who sits there."""

    number: int
    people: tuple[str, ...]


def pages_of(
    meeting: Meeting, link: str, words: Callable[[str], str | None], language: str = ""
) -> dict[str, bytes]:
    """The file of a meeting's pages under its name; none where no tables were drawn. ``link`` leads
    to its conversation, "" where none does; ``language`` is the meeting's own unless given."""
    draw, hours = meeting.draw, meeting.hours
    if draw is None or not draw.drawn or hours is None or meeting.erased:
        return {}
    said = catalogue(known(language or meeting.language))
    title = words(meeting.title.ref) if isinstance(meeting.title, Text) else meeting.title
    tables = [
        _Table(number, tuple(person.name for person in there))
        for number, there in enumerate(draw.drawn, 1)
    ]
    written = _template().render(
        said=said,
        meeting=meeting.name,
        title=visible(one_line(title or said.text("calendar.untitled"))),
        when=said.moment(iso(hours.begins_at), ZoneInfo(meeting.zone)),
        where=visible(one_line(meeting.plan.where)),
        room=meeting.room,
        link=link,
        code=_code(link, said.text("tables.code", room=meeting.room)),
        tables=tables,
        agreements=range(1, MOST_OF_A_TABLE + 1),
    )
    return {f"tafels-{meeting.name}.html": written.encode()}


def _code(link: str, says: str) -> Markup:
    """The code of a link; nothing where there is none, or it is too long for a code."""
    try:
        return qr(link, says) if link else Markup("")
    except ValueError:
        return Markup("")


@lru_cache(maxsize=1)
def _template() -> Template:
    return environment().get_template(TEMPLATE)
