"""Promises 16, 18 and 20: words that come in are data. Their title is no path, their line no second
line, and what looks like a word of staff is none from a resident."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner

from bot.cli.main import main
from bot.ledger.names import free_id, slug
from bot.playback.transcript import Event, chat_bytes, read
from dialogues.record import TOWN
from tests.corpus.reading import Surface, family, texts, tried, whole
from tests.engine.bots import Bot
from tests.generated import FEW
from tests.replay.playing import Evening

#: What may stand in a line on a terminal: nothing that moves it, and no end of a line.
MOVES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")


def test_a_title_makes_a_name_that_is_no_path() -> None:
    for text in texts(Surface.NAME):
        name = slug(text)
        assert ID.fullmatch(name), text
        assert PurePosixPath(name).parts == (name,)


def test_no_title_gives_the_name_of_another_dialogue_or_of_the_towns_chain() -> None:
    taken: set[str] = set()
    for text in (*texts(Surface.NAME), TOWN, TOWN.upper()):
        name = free_id(text, taken)
        assert name not in taken | {TOWN}
        assert ID.fullmatch(name.rpartition("-")[0] or name)
        taken.add(name)


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    made = Bot(tmp_path / "town.db")
    made.open("gesprek", "stemming=open")
    made.say("zoe", "stelling Er moeten meer bomen komen.")
    yield made
    assert made.alarms == []
    made.close()


#: What a resident can bring about in an open round of statements.
THEIRS = {"ItemChanged", "ItemWithdrawn", "ReasonGiven", "RoomTold", "StatementGiven"} | {
    *("TextErased", "VoteCast", "VoteWithdrawn"),
}


def test_what_looks_like_a_word_of_staff_is_none_from_a_resident(bot: Bot) -> None:
    """Said in the room, in person, behind a word of their own, and as a reason."""
    before = set(bot.events())
    for number, text in enumerate(tried(Surface.WORDS)):
        who = f"bewoner{number}"
        bot.say(who, text)
        bot.say(who, f"stelling {text}")
        bot.say(who, f"!{text}", "zomerstraat")
        bot.say(who, f"waarom S1 {text}")
    happened = {event.partition(" ")[0] for event in set(bot.events()) - before}
    assert happened <= THEIRS
    assert {"ReasonGiven", "StatementGiven"} <= happened
    assert [*bot.session.reader.dialogues()] == ["ons-gesprek"]
    assert set(bot.session.reader.chains()) <= {"ons-gesprek", TOWN}


def test_a_line_of_a_transcript_is_one_line_whatever_stands_in_it() -> None:
    given = texts(Surface.JSON)
    lines = [
        {"id": f"i{n}", "at": "2026-12-01T18:00:00Z", "user": text or "x", "text": text}
        for n, text in enumerate(given)
    ]
    data = chat_bytes(lines)
    found = read(data.split(b"\n"))
    assert [one.text for one in found if isinstance(one, Event)] == [*given]
    assert data.count(b"\n") == len(given)


def test_what_is_no_line_of_a_transcript_is_refused_with_its_number(tmp_path: Path) -> None:
    """Raw, as somebody would write it by hand: one sentence, and nothing is written."""
    good = Evening()
    good.open("stellingenronde")
    for number, text in enumerate(filter(whole, family("json"))):
        raw = '{"id": "x", "at": "2026-12-02T18:00:00Z", "user": "a", "text": "' + text + '"}'
        file = tmp_path / f"{number}.jsonl"
        file.write_bytes(good.data + raw.encode() + b"\n")
        try:
            fits = len(json.loads(raw)) == 4 and isinstance(json.loads(raw), dict)
        except ValueError:
            fits = False
        out = tmp_path / f"out{number}"
        if fits:
            continue
        done = CliRunner().invoke(main, ["replay", str(file), "--out", str(out)])
        assert done.exit_code == 2, (text, done.output)
        assert "Traceback" not in done.output
        assert "line " in done.output, done.output
        assert not out.exists(), text


@pytest.mark.parametrize(
    "command",
    [
        *("archive {} --out o --db none.db", "check --config {}", "check --db {}", "check {}"),
        *("export {} --out o --db none.db", "replay {} --out o", "verify {}", "{}"),
    ],
)
def test_a_line_of_output_is_one_line_whatever_was_named(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files and dialogues are named with what moves a terminal or begins another line of a log."""
    monkeypatch.chdir(tmp_path)
    given = [text for text in texts(Surface.LOG) if "\x00" not in text and whole(text)]
    for text in given[:: 8 if FEW else 1]:
        words = [text if word == "{}" else word for word in command.split(" ")]
        done = CliRunner().invoke(main, words)
        assert not MOVES.search(done.output), (text, done.output)
        assert isinstance(done.exception, SystemExit | None), done.exception
