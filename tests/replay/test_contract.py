"""What ``stadsgesprek replay`` promises: double deliveries, moments, and the clock."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.replay.playing import Evening, jsonl, played, result
from tests.replay.replaying import AT, evening_of_votes, figures, line, replay


@pytest.mark.parametrize("place", ["at once", "later", "at the end", "everything twice"])
def test_a_repeated_line_is_a_double_delivery(place: str, tmp_path: Path) -> None:
    rows = evening_of_votes().rows
    again = {
        "at once": [*rows[:5], rows[4], rows[4], *rows[5:]],
        "later": [*rows[:7], rows[2], rows[3], *rows[7:]],
        "at the end": [*rows, *rows],
        "everything twice": [row for row in rows for _ in (1, 2)],
    }[place]
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    once = played(jsonl(rows), tmp_path / "1" / "r.db").bundles
    twice = played(jsonl(again), tmp_path / "2" / "r.db").bundles
    assert {name: handed.files for name, handed in once.items()} == {
        name: handed.files for name, handed in twice.items()
    }


def test_a_repeated_line_moves_no_clock_and_sets_no_roles(tmp_path: Path) -> None:
    evening = Evening()
    evening.open("stellingenronde")
    evening.say("zoe", "stelling Er moeten meer bomen komen.")
    evening.add("wim", roles=["official"], text="status")
    first = evening.rows[-1]
    evening.add("wim", roles=[], text="status")
    evening.rows.append(first)
    evening.say("wim", "stem S1 eens")
    evening.expect("wim", "…S1 eens…Uw code: …")
    assert replay(tmp_path, evening.data)[0] == 0


def test_lines_at_the_same_moment_count_in_the_order_of_the_file(tmp_path: Path) -> None:
    evening = Evening()
    evening.open("stellingenronde")
    evening.say("zoe", "stelling Er moeten meer bomen komen.")
    for who in ("anna", "bram", "carla", "daan", "eva", "femke", "gijs", "hanna", "iris", "jan"):
        evening.say(who, "stem S1 eens", later=0)
        evening.say(who, "stem S1 oneens", later=0)
    evening.say("anna", "stem S1 eens", later=0)
    item = figures(evening.data + b"", tmp_path)
    assert item["interim"]
    evening.staff("sluit ja")
    (tmp_path / "closed").mkdir()
    item = figures(evening.data, tmp_path / "closed")["rounds"][0]["items"][0]
    assert item["counts"] == {"agree": 1, "disagree": 9, "pass": 0}


def test_a_vote_and_then_the_closing_at_one_moment(tmp_path: Path) -> None:
    rows = [row | {"at": AT} for row in evening_of_votes().rows]
    rows.append(line(id="late", user="gijs", text="stem S1 oneens"))
    found = figures(jsonl(rows), tmp_path)["rounds"][0]
    assert found["voters"] == 5
    assert found["items"][0]["counts"] == {"agree": 5, "disagree": 0, "pass": 0}


@pytest.mark.parametrize("gone", ["forgotten", "staff"])
def test_votes_given_at_that_very_moment_are_taken_back_too(gone: str, tmp_path: Path) -> None:
    evening = evening_of_votes()
    closing = evening.rows.pop()
    evening.say("gijs", "stem S1 oneens")
    if gone == "forgotten":
        evening.say("gijs", "vergeetmij", later=0)
        evening.say("gijs", "ja, vergeet mij", later=0)
        evening.say("gijs", "stem S1 oneens", later=0)
    else:
        evening.add("gijs", later=0, roles=["official"], text="status")
    evening.wait(1)
    evening.rows.append(closing | {"at": evening.at})
    counts = figures(evening.data, tmp_path)["rounds"][0]["items"][0]["counts"]
    assert counts == {"agree": 5, "disagree": int(gone == "forgotten"), "pass": 0}


def test_a_lone_surrogate_is_a_valid_line_and_refused_in_the_chat(tmp_path: Path) -> None:
    evening = evening_of_votes()
    closing = evening.rows.pop()
    evening.say("gijs", "stelling \ud83d half")
    evening.expect("gijs", "In dit bericht staat een teken dat niet klopt.…")
    evening.rows.append(closing | {"at": evening.at})
    chat = tmp_path / "chat.jsonl"
    code, out = replay(tmp_path, evening.data, chat=chat)
    assert code == 0
    assert (
        len(result({"uitslag.json": (out / "uitslag.json").read_bytes()})["rounds"][0]["items"])
        == 1
    )
    said = [json.loads(row) for row in chat.read_bytes().splitlines()]
    assert "stelling \ud83d half" in [row["text"] for row in said]


def test_the_clock_stands_still_after_the_last_line(tmp_path: Path) -> None:
    evening = Evening()
    evening.open("stellingenronde", start=' tot="vandaag 21:00"')
    evening.say("zoe", "stelling Er moeten meer bomen komen.")
    found = figures(evening.data, tmp_path)
    assert found["interim"]
    assert found["rounds"][0]["state"] == "open"
    assert found["rounds"][0]["items"] == []
    evening.tick("2026-12-01T20:00:00Z")
    (tmp_path / "later").mkdir()
    found = figures(evening.data, tmp_path / "later")
    assert not found["interim"]
    assert found["rounds"][0]["closed_at"] == "2026-12-01T20:00:00Z"
    assert found["journal"]["at"] == "2026-12-01T20:00:00Z"
