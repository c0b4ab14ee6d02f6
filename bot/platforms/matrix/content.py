"""A message as the content of a Matrix event: plain and formatted words that ping nobody."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from urllib.parse import quote

from bot.platforms.document import Break, Code, Document, Emphasis, Inline, Items, Link, Run, Strong
from bot.platforms.matrix.events import Json
from bot.platforms.matrix.settings import KEY
from bot.platforms.messages import Limit, Message, in_words
from bot.platforms.writing import html, plain

#: The most bytes of content that pass; an encrypted event grows by a third.
ROOMY, TIGHT = 60_000, 40_000

#: About how many bytes a block, an entry or a mark adds to its words.
_TAGS = 25


def _bytes(document: Document) -> int:
    """An estimate of the bytes of a document's words, plain and formatted together. Writing them
    out would take longer than anything else; ``ROOMY`` leaves room for the error."""
    total = 0
    for block in document.blocks:
        entries = block.items if isinstance(block, Items) else (block.inside,)
        for entry in entries:
            total += _TAGS + _bytes_of(entry)
    return total


def _bytes_of(inside: Iterable[Inline]) -> int:
    total = 0
    for part in inside:
        match part:
            case Run(text):
                total += 2 * (len(text) if text.isascii() else len(text.encode(errors="replace")))
            case Break():
                total += _TAGS
            case Code(runs):
                total += _TAGS + _bytes_of(runs)
            case Link(label, url):
                total += _TAGS + _bytes_of(label) + 2 * len(url)
            case Strong(label) | Emphasis(label):
                total += _TAGS + _bytes_of(label)
    return total


#: A document within this limit is sure to fit in one event.
LIMIT = Limit(30_000, _bytes)

#: The most characters of a large edit that are shown by clients that show no edits.
_GLANCE = 300
_FIRST_WORDS = re.compile(rf".{{1,{_GLANCE}}}(?!\S)")


def content(message: Message, me: str, most: int, *, threads: bool = False) -> Json:
    """The content of one event; what is too large loses its formatting. With ``threads`` the event
    is in the thread of its card, and a reply to it for clients that show no threads."""
    document = in_words(message)
    text, formatted = plain(document, guarded=True), html(document)
    words = _body(text, formatted, me)
    mark = {"dialogue": message.dialogue, "slot": message.slot, "token": message.token}
    if not message.edits:
        end: Json = {KEY: mark}
        if threads and message.thread:
            end["m.relates_to"] = _thread(message.thread)
        whole: Json = {**words, **end}
        return whole if size(whole) <= most else {**_body(text, "", me), **end}
    first = text.partition("\n")[0]
    for new, old in (
        (words, _body(f"* {text}", f"* {formatted}", me)),
        (words, _body(f"* {first}", "", me)),
        (_body(text, "", me), _body(f"* {_beginning(first)}", "", me)),
    ):
        whole = _edit(message.edits, old, new, mark)
        if size(whole) <= most:
            break
    return whole


def _beginning(line: str) -> str:
    """The first words of a line, followed by … where there are more."""
    if len(line) <= _GLANCE:
        return line
    found = _FIRST_WORDS.match(line)
    return f"{found[0].rstrip() if found else line[:_GLANCE]}…"


def _body(plain: str, html: str, me: str) -> Json:
    body: Json = {"msgtype": "m.text", "body": defused(plain, me), "m.mentions": {}}
    if html:
        body["format"] = "org.matrix.custom.html"
        body["formatted_body"] = defused(html, me)
    return body


def _thread(card: str) -> Json:
    return {
        "rel_type": "m.thread",
        "event_id": card,
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": card},
    }


def _edit(target: str, old: Json, new: Json, mark: Json) -> Json:
    return {
        **old,
        KEY: mark,
        "m.new_content": {**new, KEY: mark},
        "m.relates_to": {"rel_type": "m.replace", "event_id": target},
    }


def size(value: Json) -> int:
    """The bytes of a content as it is sent."""
    return len(json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass"))


_ROOM_PING = re.compile(r"@(?=room\b)", re.IGNORECASE)
_PERSON = re.compile(r"matrix\.to/#/(?=@|%40)|matrix:u/", re.IGNORECASE)
_GOES_ON = re.compile(r"[.:-]*\w")


def defused(text: str, me: str) -> str:
    """The text, with an invisible mark where it looks like a ping or a link to a person; the bot's
    own link stays a link."""

    def apart(found: re.Match[str]) -> str:
        rest = text[found.end() :]
        mine = any(
            rest.startswith(name) and not _GOES_ON.match(rest[len(name) :])
            for name in (me, quote(me), quote(me, safe=":"), me.removeprefix("@"))
        )
        return found[0] if mine else f"{found[0]}\u2060"

    return _PERSON.sub(apart, _ROOM_PING.sub("@\u2060", text))
