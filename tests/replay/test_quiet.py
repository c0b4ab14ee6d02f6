"""Promise 35: the room stays readable; promise 36: one absent volunteer blocks nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.engine.noted import spoken
from tests.replay.playing import CHARTER, Evening, played, result
from tests.replay.test_evening import RESIDENTS, evening
from tests.sentences import part, says


@pytest.mark.parametrize("seed", [1, 2])
def test_a_confidential_evening_has_at_most_fifteen_messages(seed: int, tmp_path: Path) -> None:
    chat = played(evening(seed, "vertrouwelijk").data, tmp_path / "r.db", chat=True).chat
    own = [row for row in chat if row["place"] == "zomerstraat" and row["by"] == "bot"]
    new = [row for row in own if row["edits"] is None]
    assert len(new) <= 15
    cards = [place for place, row in enumerate(new) if "Ronde" in str(row["text"])]
    assert len(cards) >= 3
    for start, end in zip(cards, [*cards[1:], len(new)], strict=True):
        assert end - start <= 4
    people = (*RESIDENTS, "vera", "wim")
    assert not [who for who in people for row in own if who in str(row["text"])]


def test_an_unknown_word_in_the_room_is_answered_once_in_ten_minutes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = Evening()
    lines.open("stellingenronde")
    for _ in range(3):
        lines.say("anna", "!stemm S1 eens", "zomerstraat")
    lines.say("bram", "!meedoenn", "zomerstraat")
    lines.wait(601)
    lines.say("anna", "!stelling1 ja", "zomerstraat")
    told = spoken(monkeypatch)
    played(lines.data, tmp_path / "r.db", chat=True)
    first, second = (notice for place, notice in told if place == "anna")
    assert (first.template, second.template) == ("unknown_word", "unknown_word")
    assert first.data == {"word": "!stemm", "nearest": "stem"}
    assert [notice for place, notice in told if place == "bram"]


def test_talk_in_the_room_is_left_alone(tmp_path: Path) -> None:
    lines = Evening()
    lines.open("stellingenronde", more="stemming=open")
    before = len(lines.rows)
    for text in ("Hallo allemaal", "stem S1 eens", "S1 eens!", "1 eens", "ja", "!!!", "?!"):
        lines.say("anna", text, "zomerstraat")
    chat = played(lines.data, tmp_path / "r.db", chat=True).chat
    typed = [place for place, row in enumerate(chat) if row["by"] == "anna"]
    assert len(typed) == len(lines.rows) - before
    assert all(row["by"] != "bot" for row in chat[typed[0] :])


WAITS = {
    # until when nobody does anything, and what the room then hears
    "a round without an hour": ("2026-12-08T18:00:03Z", "Ronde 1 is klaar."),
    "the round after it": ("2026-12-09T18:00:03Z", "Ronde 2 van 3"),
    "a whole dialogue": ("2026-12-25T00:00:00Z", "Ronde 3 is klaar."),
    "the council's answer": ("2026-12-25T00:00:00Z", part("answer_day_gone")),
}


@pytest.mark.parametrize("name", WAITS)
def test_nobody_does_anything(name: str, tmp_path: Path) -> None:
    until, heard = WAITS[name]
    lines = Evening()
    lines.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} in=zomerstraat")
    lines.staff('peiling soort=een vraag="Waar?" opties="noord; zuid"')
    lines.staff("gesprek start")
    lines.say("anna", "stelling Er moeten meer bomen komen.")
    lines.tick(until)
    chat = played(lines.data, tmp_path / "r.db", chat=True).chat
    room = [str(row["text"]) for row in chat if row["place"] == "zomerstraat"]
    assert sum(heard in text for text in room) >= 1


def test_a_reminder_ten_minutes_before_once(tmp_path: Path) -> None:
    lines = Evening()
    lines.open("stellingenronde", start=' tot="vandaag 21:00"')
    lines.tick("2026-12-01T19:49:59Z")
    lines.expect("zomerstraat", "…Gesprek: Ons gesprek.…")
    lines.tick("2026-12-01T19:50:00Z")
    lines.expect("zomerstraat", "…Nog 10 minuten voor ronde 1.…")
    lines.tick("2026-12-01T19:55:00Z")
    lines.expect("zomerstraat", "")
    played(lines.data, tmp_path / "r.db")


def test_a_reminder_is_not_given_late(tmp_path: Path) -> None:
    """After an outage nobody is reminded of what is over."""
    lines = Evening()
    lines.open("stellingenronde", start=' tot="vandaag 21:00"')
    lines.tick("2026-12-02T12:00:00Z")
    chat = played(lines.data, tmp_path / "r.db", chat=True).chat
    assert not [row for row in chat if says(str(row["text"]), "reminder")]


@pytest.mark.parametrize("clock", ["19:50:00", "19:52:10", "19:57:59", "19:58:01", "19:59:30"])
def test_a_late_reminder_says_the_time_that_is_left(clock: str, tmp_path: Path) -> None:
    lines = Evening()
    lines.open("stellingenronde", start=' tot="vandaag 21:00"')
    lines.tick(f"2026-12-01T{clock}Z")
    chat = played(lines.data, tmp_path / "r.db", chat=True).chat
    said = [found[1] for row in chat if (found := re.match(r"Nog (\d+) min", str(row["text"])))]
    left = 20 * 60 - int(clock[:2]) * 60 - int(clock[3:5]) - (clock[6:] != "00")
    assert said == ([str(left)] if left >= 2 else [])


def test_shortened_round_reminds_only_when_there_is_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = Evening()
    lines.open("stellingenronde", start=' tot="over 8 minuten"')
    lines.tick("2026-12-01T19:00:00Z")
    told = spoken(monkeypatch)
    done = played(lines.data, tmp_path / "r.db", chat=True)
    assert "reminder" not in [notice.template for _, notice in told]
    found: dict[str, Any] = result(done.bundles["ons-gesprek"].files)
    assert found["rounds"][0]["state"] == "closed"
