"""Promises 14, 16 and 17 on Discord: nobody is pinged, imitated or shown markup through the bot.

The texts of the corpus for a chat go as statements, reasons, questions and options, by commands and
by forms, through the whole bot on the double. Everything that it sends is looked at as Discord
shows it: each request, by ``requests.py``, for what may ping, and each text for marks that no text
of ours has.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.platforms.discord.components import LABEL, OPTION, shown
from bot.platforms.discord.seals import Seals
from bot.platforms.discord.wire import body
from bot.platforms.messages import Choice, Meaning, Message
from bot.platforms.places import Place, PlaceKind
from bot.platforms.writing import plain
from tests.corpus import reading
from tests.corpus.reading import Surface
from tests.discord import requests
from tests.discord.double.house import KEY, House, named_by, offered, played, until
from tests.discord.double.server import Double
from tests.discord.double.town import GUILD
from tests.documents import words
from tests.generated import FEW
from tests.locales.readers import PINGS, read_discord
from tests.locales.test_payloads import rendered
from tests.replay.playing import LIVE_CHARTER as CHARTER

ALL = list(reading.texts(Surface.CHAT))

#: Each alone, and on a line of its own: what goes through the whole bot.
GIVEN = [text for text in ALL if not text.startswith("Ik vind ")]

#: What can turn or end a direction, and what no eye sees.
CONTROLS = re.compile("[\u202a-\u202e\u2066\u2067\x00-\x09\x0b-\x1f\x7f-\x9f]")

#: Long, from right to left and left to right: what is cut to fit a button or a menu.
TURNING = ["\u0645\u0631\u062d\u0628\u0627 bomen " * size for size in (5, 9, 20)]


def texts(sent: Any) -> Iterator[tuple[str, str]]:
    """What people read of a request, and whether Discord looks for marks in it."""
    message = sent.get("data", sent) if isinstance(sent, dict) else {}
    for one in requests._walked((message or {}).get("components")):
        for key in ("content", "label", "description", "placeholder", "value"):
            if isinstance(one.get(key), str):
                yield key, one[key]
        yield from (("label", option["label"]) for option in one.get("options", ()))
    if isinstance(message, dict) and message.get("title"):
        yield "title", message["title"]


def marks(sent: Any) -> set[str]:
    """The marks that Discord finds in a request; what is wrong with its texts fails."""
    found: set[str] = set()
    for key, text in texts(sent):
        assert not CONTROLS.search(text), (key, text)
        assert text.count("\u2068") == text.count("\u2069"), (key, text)
        text.encode()
        if key == "content":
            assert not PINGS.search(text), text
            found |= set(read_discord(text)[1])
    return found


def test_there_are_enough() -> None:
    assert len(set(GIVEN)) >= 300


# -- through the whole bot ------------------------------------------------------------------------


async def forms(house: House, given: list[str]) -> None:
    """Statements in the form that a list opens."""
    people = house.people
    await people.answered(await people.command("zoe", "stelling", tekst="Er is te weinig groen."))
    for at in range(0, len(given), 3):
        who = f"buur{at // 3}"
        message = await offered(people, who)
        opens = named_by(message, "stelling")
        for text in given[at : at + 3]:
            opened = await people.press(who, message, opens)
            await until(lambda opened=opened: opened.modal)
            await people.fill(who, opened, {"text": text})


async def statements(house: House, given: list[str]) -> None:
    """By command; the ballot is open, so each of them is posted in the channel."""
    for number, text in enumerate(given):
        await house.people.command(f"buur{number // 3}", "stelling", tekst=text)


async def reasons(house: House, given: list[str]) -> None:
    people = house.people
    await people.answered(await people.command("zoe", "stelling", tekst="Er is te weinig groen."))
    for number, text in enumerate(given):
        await people.command(f"buur{number}", "stem", item="S1", keuze="eens")
        await people.command(f"buur{number}", "waarom", item="S1", tekst=text)


async def questions(house: House, given: list[str]) -> None:
    for number, text in enumerate(given):
        await house.people.command(f"buur{number // 3}", "vraag", tekst=text)


SURFACES: dict[str, tuple[str, str, Callable[[House, list[str]], Awaitable[None]]]] = {
    "forms": ("stellingenronde", "vertrouwelijk", forms),
    "statements": ("stellingenronde", "open", statements),
    "reasons": ("stellingenronde", "vertrouwelijk", reasons),
    "questions": ("vragenuur", "open", questions),
}


async def evening(house: House, surface: str, given: list[str]) -> None:
    """A dialogue to which these texts are given, with its list of work, its result and page."""
    kind, ballot, gives = SURFACES[surface]
    people = house.people
    await house.until_ready()
    agreed = {"format": kind, "titel": given[0][:60], "afspraken": f"{CHARTER} stemming={ballot}"}
    await people.answered(await people.command("vera", "gesprek nieuw", **agreed))
    for key in ("vast", "open"):
        await people.command("vera", "gesprek afspraken", **{key: given[1][:100]})
    await people.answered(await people.command("vera", "gesprek start"))
    await gives(house, given)
    await people.answered(await people.command("vera", "werk"))
    for who in ("buur1", "buur4"):
        await people.answered(await people.command(who, "mijn"))
    await people.writes("vera", "sluit ja", called=True)
    await until(lambda: house.state.open_frame is None)
    await people.answered(await people.command("vera", "advies maak"))
    await until(lambda: any("heading" in marks(one.body) for one in house.double.requests))


def told(patch: pytest.MonkeyPatch, folder: Path, surface: str, given: list[str]) -> set[str]:
    """The marks in all that the bot sends in such an evening."""
    folder.mkdir()

    async def work(double: Double) -> None:
        async with House(folder, double) as house:
            await evening(house, surface, given)
            # the others say nothing, are too long, or are asked about: they read like another
            assert len(house.state.items.by_number) > len(given) * (0.2 if FEW else 0.4)

    double = played(patch, work, counted=True)
    assert len(double.requests) > len(given)
    return {mark for one in double.requests for mark in marks(one.body)}


@pytest.mark.parametrize("surface", SURFACES)
def test_payloads_through_the_whole_bot(
    surface: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where few are asked for, each of them on one surface."""
    ours = [f"Plan {n} gaat over {n * 7} bomen en {n + 3} bankjes." for n in range(12)]
    expected = told(monkeypatch, tmp_path / "ours", surface, ours)
    given = GIVEN[list(SURFACES).index(surface) :: len(SURFACES)] if FEW else GIVEN
    assert told(monkeypatch, tmp_path / "theirs", surface, given) <= expected


# -- what can be pressed ---------------------------------------------------------------------------


@pytest.mark.parametrize("size", [3, 30])
def test_payloads_on_buttons_and_in_menus(size: int) -> None:
    """As options of a poll, with their number before them, cut where that is needed."""
    seals, place = Seals(KEY, GUILD, tuple), Place("discord", PlaceKind.ROOM, "zomerstraat")
    every = ALL + TURNING
    for at in range(0, len(every), size):
        labels = [words_of(text) for text in every[at : at + size]]
        choices = tuple(
            Choice(f"{n}. {label}", Meaning("d", "P1", str(n), 0)) for n, label in enumerate(labels)
        )
        message = Message(place, "0" * 20, words("Wat kiest u?"), choices=choices)
        sent = body(shown(message, seals, lambda code: code, (), "0" * 20), token="0" * 20)
        assert marks(sent) <= set()
        assert requests.against_our_rules("POST", "/channels/1/messages", sent) == []
        lengths = [len(text) for key, text in texts(sent) if key == "label"]
        assert max(lengths) <= (LABEL if size == 3 else OPTION)


def words_of(text: str) -> str:
    """A text as it stands on a button."""
    return plain(rendered("start", text))
