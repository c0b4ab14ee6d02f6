"""The setting ``[matrix] threads``: messages about a round are in the thread of its card."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.matrix import KEY
from bot.platforms.matrix.content import content
from bot.platforms.messages import Message
from bot.platforms.places import Place, PlaceKind
from tests.documents import words

ME = "@bot:wijk.test"
CARD = "$kaart"
ROOM = Place("matrix", PlaceKind.ROOM, "straat")
RESULT = Message(ROOM, "token", words("Ronde 1 is klaar."), thread=CARD)


def made(message: Message, *, threads: bool, most: int = 60_000) -> Any:
    return content(message, ME, most, threads=threads)


def test_a_message_stands_under_its_card_and_reads_well_without_threads() -> None:
    found = made(RESULT, threads=True)
    assert found["m.relates_to"] == {
        "rel_type": "m.thread",
        "event_id": CARD,
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": CARD},
    }
    assert found["body"] == "Ronde 1 is klaar."
    assert found[KEY]["token"] == "token"
    small = made(RESULT, threads=True, most=10)  # without formatting it is in the thread too
    assert small["m.relates_to"]["event_id"] == CARD
    assert "formatted_body" not in small


def test_not_where_the_setting_is_off_or_there_is_no_card() -> None:
    assert "m.relates_to" not in made(RESULT, threads=False)
    assert "m.relates_to" not in made(replace(RESULT, thread=""), threads=True)


def test_an_edit_stays_an_edit() -> None:
    found = made(replace(RESULT, edits="$eerder"), threads=True)
    assert found["m.relates_to"] == {"rel_type": "m.replace", "event_id": "$eerder"}
