"""The Atom feed of a town's site (RFC 4287): what is new, the last first.

Ids are made of the town and the dialogue alone, so they stay what they are, also when the site
moves. Links are whole, with the address of the site, because many readers of feeds do nothing with
others. Where that address is not known there is no feed.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote
from xml.etree import ElementTree

from advice.document import plain
from advice.site.looks import FEED, Looks
from advice.site.model import Bulletin, Conversation
from advice.site.records import folder_of
from advice.writing.lettering import isolated, one_line, typed

#: A feed has so many entries at most.
MOST = 50

_TYPE, _PAGE = "application/atom+xml", "text/html"

_ATOM = "http://www.w3.org/2005/Atom"

#: The space of names in which ids are made.
_SPACE = uuid.UUID("6f2f4a3e-6a0e-5d0b-9a59-3b1f7f0c6e21")

#: What may stand in no XML document at all.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

#: When a feed without entries was changed.
_NEVER = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class News:
    """An entry: what makes its id, when it was (UTC ISO), its title, a sentence, and its page."""

    name: str
    at: str
    title: str
    text: str
    link: str


def feed(
    conversations: Iterable[Conversation], newsletters: Iterable[Bulletin], looks: Looks
) -> dict[str, bytes]:
    """The feed, by its place; nothing where the address of the site is not known."""
    if not looks.address:
        return {}
    news = [each for one in conversations for each in _news(one, looks)]
    news += [_released(one, looks) for one in newsletters]
    news.sort(key=lambda each: (each.at, each.name), reverse=True)
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": looks.language})
    title = plain(looks.line("feed.title", town=typed(looks.town.town)))
    _put(root, "title", title)
    _put(root, "id", _id(looks.town.town, ""))
    _put(root, "updated", news[0].at if news else _NEVER)
    _link(root, FEED, looks, "self", _TYPE)
    _link(root, "index.html", looks)
    author = ElementTree.SubElement(root, "author")
    _put(author, "name", looks.town.town)
    for each in news[:MOST]:
        entry = ElementTree.SubElement(root, "entry")
        _put(entry, "title", each.title)
        _put(entry, "id", _id(looks.town.town, each.name))
        _put(entry, "updated", each.at)
        _link(entry, each.link, looks)
        _put(entry, "summary", each.text)
    ElementTree.indent(root, " ")
    data: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return {FEED: data + b"\n"}


def _news(one: Conversation, looks: Looks) -> Iterator[News]:
    """What there is to tell of a dialogue: that it began, each version of its document, and
    each answer."""
    name, link = one.dialogue.id, f"{folder_of(one.dialogue.id)}/index.html"
    title = typed(one.dialogue.title)
    opened = plain(looks.line("feed.opened", title=title))
    yield News(f"{name}/opened", one.opened_at, opened, looks.text("feed.opened_text"), link)
    for version in one.versions:
        told = plain(looks.line(f"feed.{version.kind}", number=version.number, title=title))
        text = looks.text(f"feed.{version.kind}_text")
        yield News(f"{name}/{version.number}", version.at, told, text, link)
    for ask in one.asks:
        given = [*ask.earlier, *([ask.response] if ask.response is not None else [])]
        told = plain(looks.line("feed.answered", number=ask.number, title=title))
        for count, each in enumerate(given, 1):
            text = looks.text(f"answer.{each.outcome}")
            yield News(f"{name}/{ask.number}/{count}", each.at, told, text, f"{link}#{ask.number}")


def _released(one: Bulletin, looks: Looks) -> News:
    """That a newsletter was released; a later version is news again."""
    title = looks.month("newsletter.title", one.month)
    name = f"nieuwsbrief/{one.month}/{one.version}"
    return News(name, one.at, title, looks.text("feed.newsletter_text"), one.page)


def _link(
    parent: ElementTree.Element, to: str, looks: Looks, rel: str = "alternate", kind: str = _PAGE
) -> None:
    """A link to a file of the site."""
    where = looks.address + quote(to, safe="/#")
    ElementTree.SubElement(parent, "link", {"rel": rel, "type": kind, "href": where})


def _id(town: str, name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_SPACE, f'{town}/{name}')}"


def _put(parent: ElementTree.Element, name: str, text: str) -> None:
    clean = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", one_line(text))
    ElementTree.SubElement(parent, name).text = isolated(clean)
