"""Promises 14, 17 and 18 on Matrix: nobody is pinged, imitated or shown markup through the bot.

The texts of the corpus for a chat go as statements,
questions, reasons and options through the whole program on a platform in memory, and every message
of the bot's through the module that makes Matrix events of them. A dozen go over a real Synapse.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")


from bot.platforms.matrix.content import content
from bot.platforms.messages import Message
from tests.corpus.reading import Surface, family, texts
from tests.locales.readers import LINKS, read_html, seen
from tests.locales.test_payloads import PLACES, rendered
from tests.matrix import synapse as surroundings
from tests.matrix.asking import Refused
from tests.matrix.dialogue.stage import NAMES, Plain, Street
from tests.matrix.faults.square import ROOM, TOWN, Program, Server, arrive
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

pytest_plugins = ["tests.matrix.synapse"]

ME = "@stadsgesprek:haarlem.example"

#: What only a Matrix client would interpret.
MATRIX = family("matrix")
ALL = texts(Surface.CHAT)


#: What a client makes a link of, an address or the name of a person or room, without any markup.
_LINK = re.compile(
    r"[a-z]{2,}://\w|\bmailto:\w|\w\.[a-z]{2,}(?![\w.])|[@#!+]\w[\w.-]*:\w+\.?\w", re.IGNORECASE
)

TAGS = {"p", "br", "strong", "em", "code", "ul", "ol", "li", "a", "h1", "h2", "h3", "h4"}
_PING = re.compile(r"@room\b", re.IGNORECASE)
_PILL = re.compile(
    r"matrix\.to/#/(?:@|%40)([^\s\u2060]\S*)|matrix:u/([^\s\u2060]\S*)", re.IGNORECASE
)


#: A message has the HTML of what edits to it, which has it twice.
_read = lru_cache(8)(read_html)


def assert_harmless(event: dict[str, Any], me: str) -> None:
    """One event of the bot's, as every client gets it."""
    for body in (event, *([event["m.new_content"]] if "m.new_content" in event else [])):
        assert body["m.mentions"] == {}, body
        texts = [body["body"]]
        if "formatted_body" in body:
            assert body["format"] == "org.matrix.custom.html"
            found, tags, attributes = _read(body["formatted_body"])
            assert set(tags) <= TAGS, (set(tags) - TAGS, body)
            links = [name for names in attributes for name in names]
            assert set(links) <= {"href", "start"}, body
            targets = [names["href"] for names in attributes if "href" in names]
            assert set(targets) <= {f"https://matrix.to/#/{me}"}, targets
            assert said(found, me) == said(body["body"].removeprefix("* "), me), body
            texts.append(found)
        for text in texts:
            assert not _PING.search(text), text
            assert not LINKS.search(own(text, me)), text
            others = [
                a or b
                for a, b in _PILL.findall(text)
                if not re.match(rf"{re.escape(me)}(?![\w.-])", "@" + (a or b))
            ]
            assert others == [], text
            assert not re.search("[\u202a-\u202e\u2066\u2067\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
            text.encode()
        lines = re.sub("<[^>]+>", "\n", body.get("formatted_body", ""))
        for text in (body["body"], unescape(lines)):
            bare = _LINK.search(text.replace(f"https://matrix.to/#/{me}", "").replace(me, ""))
            assert bare is None, (bare, text)


def own(text: str, me: str) -> str:
    """A text without the bot's own link and name, which the catalogue writes in full."""
    return re.sub(rf"https://matrix\.to/#/{re.escape(me)}|{re.escape(me)}(?![\w-]|[.]\w)", "", text)


def said(text: str, me: str) -> str:
    """The letters alone: numbers of lists and the bot's own link are written out in plain text."""
    text = text.replace(f" (https://matrix.to/#/{me})", "")
    return re.sub(r"[\W\d_]", "", seen(text)).casefold()


def test_there_are_enough() -> None:
    assert len(set(ALL)) >= 300


#: People's words never stand in a link.
_WORDS = [place for place in PLACES if place not in ("link", "target")]


@pytest.mark.parametrize("place", _WORDS)
def test_every_payload_in_every_place(place: str) -> None:
    for text in ALL:
        document = rendered(place, text)
        for edits in ("", "$eerder"):
            event = content(Message(ROOM, "t", document, edits=edits), ME, 60_000)
            assert_harmless(event, ME)


def facts_of(server: Server) -> Iterator[tuple[str, str]]:
    """Who says what: each payload once, in every way in which residents give words."""
    forms = ("stelling {}", "vraag {}", "waarom S1 {}", "stem S1 eens {}", "{}")
    for number, text in enumerate(ALL):
        yield f"bewoner{number % 60}-{number // 60}", forms[number % len(forms)].format(text)


def test_through_the_whole_program(tmp_path: Path) -> None:
    """Statements, reasons and talk of hundreds of people, the result, and the document."""
    server = Server()

    async def play() -> list[Message]:
        program = Program(server, tmp_path / "town")
        server.stream += arrive()
        await program.settled(60)
        server.say("vera", f"gesprek nieuw stellingenronde Ons plein {CHARTER}")
        server.say("vera", 'gesprek afspraken beslisser="@room <b>raad</b>" want="@room"')
        server.say("vera", "start")
        server.say("anna", "stelling Er moeten meer bomen komen.")
        await program.settled(60)
        for who, words in facts_of(server):
            server.say(who, words)
        await program.settled(120)
        (state,) = program.app._engine.ledger.states.values()
        items = [*state.items.by_number]
        for voter in range(6):
            for item in items:
                server.say(f"stemmer{voter}", f"stem {item} {('eens', 'oneens')[voter % 2]}")
        await program.settled(200)
        server.say("vera", "werk")
        server.say("vera", "sluit ja")
        await program.settled(60)
        server.say("vera", "advies")
        await program.settled(60)
        await program.end()
        assert len(items) > 60
        return program.square.sent

    sent = asyncio.run(play())
    assert any(message.slot.startswith("document-") for message in sent)
    assert len(sent) > 200
    for message in sent:
        assert_harmless(content(message, TOWN.address, 60_000), TOWN.address)
        again = replace(message, edits="$eerder")
        assert_harmless(content(again, TOWN.address, 60_000), TOWN.address)


@pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)
def test_over_a_real_homeserver(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: what is looked at is what comes out, not how fast a dozen statements may be sent."""
    with Street(lifted_synapse, tmp_path, "payloads") as street:
        street.command(
            f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat",
            part("prepared", "not missing"),
        )
        street.command("gesprek start", "Ronde 1", street.room)
        street.open_directs()
        given = [f"{text} zegt nummer {n}" for n, text in enumerate(MATRIX[:12])]
        for number, text in enumerate(given):
            street.tell(NAMES[number % 6], f"stelling {text}")
        _odd(street)
        last = street.tell("anna", "stelling Er moeten meer bomen komen.")
        anna = street.voices["anna"]
        assert isinstance(anna, Plain)
        room = street.directs["anna"]
        anna.feed.wait_until(lambda: anna.feed.has_read(room, street.bot, last), seconds=60)
        for name in NAMES:
            for number in range(1, 14):
                street.tell(name, f"stem S{number} eens")
        for name in NAMES:
            street.ask(name, "mijn", "Ronde 1", 90)
        street.command("sluit ja", "Ronde 1 is klaar", street.room)
        street.command("advies", "Controlegetal van het document", street.room)
        events = [
            event.content
            for person, where in [(street.vera, street.room), (street.vera, street.staff)]
            + [(street.people[name], direct) for name, direct in street.directs.items()]
            for event in person.history(where)
            if event.sender == street.bot and event.content.get("msgtype") == "m.text"
        ]
        assert any("bewoners" in event["body"] for event in events)
        assert len(events) > 25
        for event in events:
            assert_harmless(event, street.bot)
        assert street.running.end() == 0
        assert "Traceback" not in street.running.log


def _odd(street: Street) -> None:
    """Huge, broken and deep: the server or the bot refuses shortly, and the bot goes on."""
    direct, bram = street.directs["bram"], street.people["bram"]
    bram.say(direct, "stelling " + "boom " * 12_000)
    deep: Any = "eens"
    for _ in range(90):
        deep = {"x": deep}
    for more in ({"x": deep}, {"format": 7, "formatted_body": ["x"]}, {"m.relates_to": "niets"}):
        bram.say(direct, "hulp", more=more)
    for body in (None, 7, ["stelling"], {"a": 1}, "stelling half \ud800 paar"):
        with suppress(Refused):  # Synapse takes no half pair
            bram.send(direct, "m.room.message", {"msgtype": "m.text", "body": body})
