"""The result in a room of young people is a picture, with its words for who cannot see it."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.platforms.discord import wire
from bot.platforms.discord.components import Shown
from bot.platforms.facts import Tick
from bot.platforms.messages import Attachment
from bot.text.drawing import Bars, png
from bot.text.informal import YOUNG
from bot.town.alarms import alarm_words
from bot.town.town import Rooms
from dialogues.core import Text
from rounds import registry
from tests.discord import requests
from tests.discord.anna import Anna, led
from tests.discord.test_evening import House
from tests.discord.world import text_of
from tests.engine.chat import ROOM, STAFF
from tests.engine.live import Live
from tests.sentences import says as tells

TEXT = "Het plein moet een café krijgen."
GALLERY = 12


@pytest.fixture
def young(house: House) -> House:
    rooms = replace(house.town.rooms, youth={"zomerstraat": alarm_words([])})
    house.town = replace(house.town, rooms=rooms)
    return house


async def closed(house: House, voters: int) -> Any:
    """A round in which so many voted was closed; the message with its result."""
    state = await led(house, "stellingenronde", review="vooraf")
    await house.command("zoe", "stelling", tekst=TEXT)
    await house.command("vera", "ok", nummers="S1")
    for number in range(voters):
        resident = Anna(house, f"buur{number}")
        await resident.begin()
        await resident.press("Agree" if number else "Disagree")
    await house.command("vera", "gesprek sluit")
    await house.until(lambda: state.open_frame is None and len(house.shown()) >= 2)
    return house.shown()[-1]


def gallery(message: Any) -> list[Any]:
    return [one for one in message.components if one["type"] == GALLERY]


def test_a_result_is_a_picture_and_one_line(young: House) -> None:
    async def evening(house: House) -> None:
        result = await closed(house, 6)
        (shown,) = gallery(result)
        (item,) = shown["items"]
        line, said = text_of(result), item["description"]
        assert tells(line, "result_line", YOUNG)
        assert "S1" not in line
        # its words are those of the text, and the head of the journal stays in the message
        assert tells(said, "round_result", YOUNG)
        assert "S1" in said
        assert "5 van 6" in said
        assert said.split()[-1] in line
        (attached,) = result.attachments
        assert attached["filename"] == "uitslag.png"

    young.run(evening)


def test_what_is_held_back_in_the_text_is_in_no_picture(young: House) -> None:
    async def evening(house: House) -> None:
        result = await closed(house, 4)
        assert gallery(result) == []
        assert not result.attachments
        assert tells(text_of(result), "round_result", YOUNG)

    young.run(evening)


def test_elsewhere_the_result_is_text(house: House) -> None:
    async def evening(house: House) -> None:
        assert gallery(await closed(house, 6)) == []

    house.run(evening)


def test_a_town_can_have_one_besides_the_words(house: House) -> None:
    house.town = replace(
        house.town, rooms=replace(house.town.rooms, pictures=frozenset({"zomerstraat"}))
    )

    async def evening(house: House) -> None:
        result = await closed(house, 6)
        (shown,) = gallery(result)
        said = shown["items"][0]["description"]
        assert tells(text_of(result), "round_result", "nl")
        assert "5 van 6" in text_of(result)
        assert "5 van 6" in said

    house.run(evening)


@pytest.mark.parametrize(("voters", "files"), [(6, 1), (4, 0)])
def test_where_a_message_shows_none_it_is_sent_before_the_words(
    tmp_path: Path, voters: int, files: int
) -> None:
    """As on Matrix. Where figures are held back there is none."""
    rooms = Rooms({"straat": (ROOM,)}, {"staf": (STAFF,)}, {"straat": "staf"})
    live = Live(tmp_path / "town.db", rooms=replace(rooms, pictures=frozenset({"straat"})))
    live.open()
    live.say("zoe", f"stelling {TEXT}")
    for number in range(voters):
        live.say(f"buur{number}", "stem S1 eens")
    live.command("sluit ja")
    live.later(seconds=1)
    live.read_back()
    live.put(Tick(live.clock()))
    live.deliver()
    assert [(name, mime) for name, mime, _ in live.chat.uploads] == [
        ("uitslag.png", "image/png")
    ] * files
    codes = [code for told in live.told(ROOM) for code in told.codes]
    assert "round_result" in codes


def test_the_words_go_with_the_file_as_discord_describes_it() -> None:
    picture = Attachment("uitslag.png", b"png", "image/png", "Bomen: 5." * 200)
    shown = Shown([], picture=picture)
    form, _ = wire._multipart(wire.body(shown), wire.files(shown))
    sent = json.loads(form[0]["value"])
    (attached,) = sent["attachments"]
    assert (attached["filename"], len(attached["description"])) == ("uitslag.png", 1024)
    if requests.description() is not None:
        assert requests.against_description("POST", "/channels/1/messages", sent) == []


RESULTS = {
    "poll": {"options": [{"text": "Bank", "score": 5}, {"text": "Boom", "score": 1}]},
    "dilemma": {"option_a": "Veel", "option_b": "Weinig", "a": 4, "b": 2, "neither": 0},
    "closing": {"yes": 5, "no": 1},
}


@pytest.mark.parametrize("kind", RESULTS)
def test_each_kind_gives_its_figures_but_those_that_are_held_back(kind: str) -> None:
    row = {"item": "X1", "text": "Wat?", "few": False, **RESULTS[kind]}
    held = {**row, "item": "X2", "few": True}
    (one,) = registry.talks().by_kind[kind].figures({"items": [row, held], "voters": 6})
    assert one.item == "X1"
    assert one.text in ("Wat?", Text("Wat?"))
    assert sum(number for _, number in one.figures) == 6


# -- the drawing ----------------------------------------------------------------------------------


def drawn(*every: Bars) -> Image.Image:
    data = png("Ronde 1 is klaar.", every)
    assert data is not None
    assert data == png("Ronde 1 is klaar.", every)
    return Image.open(io.BytesIO(data))


def solid(picture: Image.Image) -> list[int]:
    """How long each bar is, from the top, in pixels."""
    found, row = [], 0
    while row < picture.height:
        long = sum(picture.getpixel((x, row)) == (21, 66, 115) for x in range(picture.width))
        if long:
            found.append(long)
            row += 44
        row += 1
    return found


def test_bars_are_to_scale() -> None:
    picture = drawn(Bars("S1: Meer bomen", (("Eens", 20), ("Oneens", 10), ("Weet ik niet", 5))))
    longest, half, quarter = solid(picture)
    assert half == pytest.approx(longest / 2, abs=2)
    assert quarter == pytest.approx(longest / 4, abs=2)


def test_nothing_chosen_has_no_bar() -> None:
    assert len(solid(drawn(Bars("P1", (("Ja", 3), ("Nee", 0)))))) == 1


def test_long_words_and_texts_are_on_more_lines() -> None:
    short = drawn(Bars("Een café", (("Ja", 1),)))
    for text in ("lang " * 60, "x" * 300, "Één coöperatie op het reünieplein, " * 5):
        assert drawn(Bars(text, (("Ja", 1),))).height > short.height + 40
    assert short.width == 1080


def test_signs_that_the_font_lacks_are_left_out_and_letters_are_not() -> None:
    assert png("Klaar", [Bars("Een skatebaan 🛹", (("Ja 👍", 1),))]) == png(
        "Klaar", [Bars("Een skatebaan", (("Ja", 1),))]
    )
    assert png("Klaar", [Bars("ملعب", (("Ja", 1),))]) is None
    assert png("Klaar", []) is None
