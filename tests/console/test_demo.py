"""The demo: its counts are those worked out by hand, and the room stays quiet."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from bot.console.terminal.paper import Paper
from bot.playback.demo import evening, story
from bot.playback.demo.evening import lines, scenes, transcript
from bot.playback.demo.people import AGREE, DISAGREE, opinion, option
from bot.playback.replay import Played, Settings, play
from tests import programs
from tests.sentences import count_of, says


@pytest.fixture(scope="module")
def played() -> Played:
    return play(lines(), Settings(clerk=True, chat=True))


@pytest.fixture(scope="module")
def result(played: Played) -> dict:
    (handed,) = played.bundles.values()
    return json.loads(handed.files["uitslag.json"])


def test_every_vote_landed_where_it_was_meant(result: dict) -> None:
    voters = [who for who in story.RESIDENTS if who not in story.ONLY_TALKS]
    items = result["rounds"][0]["items"]
    assert [i["number"] for i in items] == [f"S{n}" for n in range(1, len(story.SAYINGS) + 1)]
    for item, saying in zip(items, story.SAYINGS, strict=True):
        number = item["number"]
        assert item["text"] == (story.REWORDED if number == story.HIDDEN else saying.text)
        meant = Counter(opinion(who, number) for who in voters)
        assert item["counts"]["agree"] <= meant[AGREE]
        assert item["counts"]["disagree"] <= meant[DISAGREE]
        if item["voters"] == len(voters):
            assert item["counts"]["agree"] == meant[AGREE]
            assert item["counts"]["disagree"] == meant[DISAGREE]
        for reason in item["reasons"]:
            givers = [
                w for (w, n), t in story.REASONS.items() if (n, t) == (number, reason["text"])
            ]
            assert [opinion(w, number) for w in givers] == [
                AGREE if reason["side"] == "agree" else DISAGREE
            ]
    assert sum(len(i["reasons"]) for i in items) == len(story.REASONS)


def test_people_differ(result: dict) -> None:
    found = Counter(item["result"] for item in result["rounds"][0]["items"])
    assert found["agreed"] >= 5
    assert found["divided"] >= 3
    assert found["rejected"] >= 1
    assert found["too_few"] == 1


def test_poll_and_recommendations(result: dict) -> None:
    chosen = Counter(option(w) for w in story.RESIDENTS if w not in story.NOT_IN_POLL)
    counts = result["rounds"][1]["items"][0]["counts"]
    assert counts == {text: chosen[n] for n, text in enumerate(story.OPTIONS, 1)}
    voting = [w for w in story.RESIDENTS if w not in story.NOT_IN_CLOSING]
    against = Counter(no for who, (no, _) in story.NO.items() if who in voting)
    assert [(a["number"], a["from"]) for a in result["recommendations"]] == list(
        story.RECOMMENDED.items()
    )
    for a in result["recommendations"]:
        no = against[a["number"]]
        assert a["consent"] == {"yes": len(voting) - no, "no": no}
    assert result["participants"]["total"] == len(story.RESIDENTS) == 25
    assert result["simulated"] is True
    assert [c["reason"] for c in result["changes"] if c["what"].startswith("advice")] == [
        story.DROPPED[1],
        story.ADDED[1],
    ]


def test_the_bot_understood_everything_but_the_typing_error(played: Played) -> None:
    said = [str(line["text"]) for line in played.chat if line["by"] == "bot"]
    assert sum(count_of(text, "unknown_word") for text in said) == 1
    assert not [text for text in said if says(text, "not_understood")]


def test_the_room_stays_readable(played: Played) -> None:
    """At most 15 messages of the bot, at most 4 a round, none naming a person."""
    rounds: list[int] = []
    for line in played.chat:
        if (line["place"], line["by"], line["edits"]) != (story.ROOM, "bot", None):
            continue
        text = str(line["text"])
        words = set(re.findall(r"\w+", text.casefold()))
        assert not words & {*story.RESIDENTS, story.MODERATOR, story.OFFICIAL}
        if "\n\nGesprek: " in text:
            rounds.append(0)
        rounds[-1] += 1
    rounds[-1] -= 1  # the document comes after the last round
    assert len(rounds) == 3
    assert max(rounds) <= 4
    assert sum(rounds) + 1 <= 15


def test_it_lasts_about_a_minute_and_shows_every_part() -> None:
    waited: list[float] = []
    said: list[str] = []
    evening(Paper(said.append), waited.append, lambda *_: None)
    assert 60 <= sum(waited) <= 75
    shown = "".join(said)
    for part in ("[staf] vera:", "[emine] emine:", "[zomerstraat] ✎", "✎ - A6", "Gesimuleerd"):
        assert part in shown


def test_the_transcript_is_the_same_every_time() -> None:
    assert transcript() == transcript()
    assert scenes() <= {line.get("id") for line in transcript()}


def test_the_command_writes_a_bundle_that_verifies(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = programs.run("demo", "--fast", "--out", out)
    assert done.returncode == 0
    assert done.stdout.startswith("SIMULATED")
    assert done.stdout.count("SIMULATED") == 2
    assert "\x1b" not in done.stdout
    for name in ("advies.html", "journal.jsonl", "SHA256SUMS.griffie"):
        assert str(out / name) in done.stdout
    expect = re.search(r"verify \S+ --expect ([0-9a-f]{64})", done.stdout)
    assert expect is not None
    checked = programs.run("verify", out, "--expect", expect[1])
    assert checked.returncode == 0


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text("van mij")
    done = programs.run("demo", "--out", tmp_path, timeout=20)
    assert done.returncode == 2
    assert "brief.txt, which is not ours" in done.stderr
