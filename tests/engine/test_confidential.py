"""Promises 24 and 25: nothing shows how people vote, nor early how many.

The same evening is held twice, with opposite votes. Whatever anybody but the voters can see, hear,
export or read in a log must be the same both times: then it tells nothing about the votes.
"""

from __future__ import annotations

import random
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bot.cli.export import export_dialogue
from bot.cli.health import faults_of
from bot.cli.setup import check_all
from bot.documents.handover import RoundOpen
from bot.platforms.facts import Reacted
from bot.platforms.writing import html
from bot.town import keys
from rounds import registry
from storage.reader import Reader
from tests.engine.bots import KEY, Bot
from tests.replay.playing import Evening, played

_HASH = re.compile(r"[0-9a-f]{16,64}")
#: Which line of the journal a document rests on: it counts every line, votes among them.
_LINE = re.compile(r"(\"position\": |regel `|regel <code>)[0-9]+")
VOTERS = tuple(f"kiezer{number}" for number in range(1, 8))
PROBES = (
    "status", "uitslag", "uitslag 1", "uitslag 2", "uitslag 3", "mijn", "werk", "hulp", "privacy",
    "advies", "gesprek afspraken", "meedoen", "ja",
)  # fmt: skip
OPPOSITE = {"eens": "oneens", "oneens": "eens", "1": "2", "2": "1", "ja": "nee", "nee": "ja"}


def _plain(text: str) -> str:
    return _LINE.sub("line", _HASH.sub("#", text))


def prepared(bot: Bot, kind: str) -> tuple[str, str]:
    """Bring the dialogue to an open round of a kind; the item and its two choices."""
    bot.open("gesprek", "minimum=5")
    bot.say("zoe", "stelling Er moeten meer bomen komen.")
    bot.say("zoe", "stelling De bus moet vaker rijden.")
    if kind == "statements":
        return "S1", "eens"
    bot.staff('peiling soort=een vraag="Waar?" opties="noord; zuid"')
    for who in VOTERS:
        bot.say(who, "stem S2 eens")
    bot.staff("volgende")
    if kind == "poll":
        return "P1", "1"
    bot.staff("volgende")
    bot.staff("volgende")
    return "A1", "ja"


def seen(folder: Path, kind: str, turned: bool, capsys: Any) -> list[str]:
    """Everything that anybody but the voters can see while the round is open."""
    folder.mkdir()
    file = folder / "town.db"
    keys.make(folder / "town.key", KEY)
    bot = Bot(file, seed="the same")
    item, choice = prepared(bot, kind)
    lines: list[str] = []
    for number, who in enumerate(VOTERS):
        word = choice if number % 3 else OPPOSITE[choice]
        word = OPPOSITE[word] if turned else word
        said = bot.put(bot.fact(who, f"stem {item} {word}"))
        lines += [m.plain + html(m.document) for m in said if m.place.name != who]
        lines += _probed(bot)
    lines += _exported(file, capsys)
    lines += [repr(fault) for fault in faults_of(file, None)]
    lines += bot.alarms
    bot.close()
    check_all(file, None, False)
    said = capsys.readouterr()
    lines += [said.out.replace(str(folder), ""), said.err.replace(str(folder), "")]
    return [_plain(line) for line in lines]


def _probed(bot: Bot) -> list[str]:
    found = []
    for word in PROBES:
        facts = [
            bot.fact("vera", word, "staf", roles=("moderator",)),
            bot.fact("griet", word, roles=("clerk",)),
            bot.fact("anna", word),
            bot.fact("anna", f"!{word}", "zomerstraat"),
        ]
        found += [m.place.name + m.plain + html(m.document) for m in bot.put(*facts)]
    return found


def _exported(file: Path, capsys: Any) -> list[str]:
    out = file.parent / "out"
    assert export_dialogue("ons-gesprek", out, False, file, None, False) == 0
    found = [path.read_text(encoding="utf-8-sig") for path in sorted(out.iterdir())]
    assert export_dialogue("ons-gesprek", file.parent / "clerk", True, file, None, False) == 1
    assert not (file.parent / "clerk").exists()
    capsys.readouterr()
    return found


@pytest.mark.parametrize("kind", ["statements", "poll", "closing"])
def test_opposite_votes_look_the_same(kind: str, tmp_path: Path, capsys: Any) -> None:
    one = seen(tmp_path / "one", kind, False, capsys)
    other = seen(tmp_path / "other", kind, True, capsys)
    assert one == other
    assert len(one) > 200


@pytest.mark.parametrize("voters", range(2, 5))
def test_one_to_four_is_fewer_than_five_everywhere(voters: int, tmp_path: Path) -> None:
    """Also the document, when the round has closed."""
    said = []
    for number in {voters, 1}:
        evening = Evening()
        evening.open("stellingenronde")
        evening.say(VOTERS[0], "stelling Er moeten meer bomen komen.")
        for voter in VOTERS[:number]:
            evening.say(voter, "stem S1 eens")
        evening.wait(60 - number)
        for word in ("status", "uitslag", "uitslag 1"):
            evening.say("anna", word)
            evening.staff(word)
        evening.staff("sluit ja")
        evening.staff("uitslag 1")
        evening.staff("advies")
        done = played(evening.data, tmp_path / f"{number}.db", chat=True)
        files = done.bundles["ons-gesprek"].files
        codes = files["ontvangstcodes.csv"].decode("utf-8-sig").splitlines()[1:]
        assert codes == []
        documents = [files[n].decode() for n in sorted(files) if "SHA256" not in n]
        chat = [str(row["text"]) for row in done.chat if row["place"] not in VOTERS]
        said.append([_plain(text) for text in [*chat, *documents]])
    # the card is edited once a vote: how often is not told apart by its words
    first = [list(dict.fromkeys(lines)) for lines in said]
    assert all(lines == first[0] for lines in first)
    assert "Minder dan 5 mensen stemden." in "\n".join(first[0])


def test_the_clerks_bundle_waits_for_the_closing(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "town.db")
    prepared(bot, "statements")
    bot.say("anna", "stem S1 eens")
    with pytest.raises(RoundOpen):
        bot.session.hand_over("ons-gesprek", clerk=True)
    bot.staff("sluit ja")
    assert "stemmen.csv" in bot.session.hand_over("ons-gesprek", clerk=True).files
    bot.close()


def test_a_vote_in_the_room_is_not_counted_in_any_way(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "town.db")
    prepared(bot, "statements")
    for text in ("!stem S1 eens", "!vote S1 agree", "!S1 eens", "! stem s1 eens", "!stem S1 niets"):
        bot.put(bot.fact("anna", text, "zomerstraat"))
    bot.put(bot.reaction("anna", "👍", "S1"))
    bot.put(Reacted(bot.fact("anna", "", "zomerstraat").origin, "👎", item="S1"))
    assert [e for e in bot.events() if "Cast" in e] == []
    assert bot.room_codes().count("room_votes_do_not_count") == 1
    bot.close()


def test_public_bundle_links_nothing(tmp_path: Path) -> None:
    """No ballot, participant, person or account, no row a person, no moment of a vote."""
    evening = Evening()
    evening.open("gesprek", more="minimum=5")
    evening.say("zoezoezoe", "stelling Er moeten meer bomen komen.")
    moments = []
    draw = random.Random(3)
    for voter in VOTERS:
        evening.say(voter, f"stem S1 {draw.choice(('eens', 'oneens'))}", later=37)
        moments.append(evening.at)
        evening.say(voter, f"waarom S1 Reden van nummer {voter[-1]}.", later=41)
        moments.append(evening.at)
    evening.wait(97)
    evening.staff('peiling soort=punten vraag="Hoe?" opties="a; b"')
    evening.staff("volgende")
    for voter in VOTERS:
        evening.say(voter, "stem P1 1=7 2=3", later=43)
        moments.append(evening.at)
    evening.wait(101)
    evening.staff("volgende")
    evening.staff("sluit ja")
    db = tmp_path / "kept.db"
    files = played(evening.data, db).bundles["ons-gesprek"].files
    everything = b"\n".join(files.values()).decode()
    for table, column in (
        ("ballots", "ballot"), ("participants", "participant"), ("persons", "person"),
        ("accounts", "account"), ("texts", "ref"),
    ):  # fmt: skip
        for name in _column(db, table, column, without="vera"):
            assert name not in everything, (table, name)
    for moment in moments:
        assert moment[11:19] not in everything
        assert moment[11:16].replace(":", ".") not in everything or moment.endswith("0+00:00")
    codes = files["ontvangstcodes.csv"].decode("utf-8-sig").splitlines()[1:]
    assert codes == sorted(codes)
    assert len(set(codes)) == 2 * len(VOTERS)  # another code in another round


def _column(db: Path, table: str, column: str, without: str) -> list[str]:
    """All ids of a kind, but for the moderator, whose pseudonym stands under changes."""
    connection = sqlite3.connect(db)
    own = connection.execute(
        "SELECT participant, person, account FROM participants JOIN accounts USING (person)"
        " WHERE account = ?",
        (without,),
    ).fetchone()
    found = [row[0] for row in connection.execute(f"SELECT {column} FROM {table}")]  # noqa: S608
    connection.close()
    assert found
    return [name for name in found if name not in own]


def test_a_log_of_errors_holds_no_words(tmp_path: Path, capsys: Any) -> None:
    """What the engine tells of a failure is the kind of the error, nothing anybody typed."""
    from bot.desk import understanding
    from commands import said as words

    bot = Bot(tmp_path / "town.db")
    prepared(bot, "statements")
    real = understanding._ABOUT[words.Vote]
    try:
        understanding._ABOUT[words.Vote] = lambda *given: {}[str(given[-1])]
        bot.say("anna", "stem S1 eens")
    finally:
        understanding._ABOUT[words.Vote] = real
    assert set(bot.alarms) == {"KeyError"}
    said = capsys.readouterr()
    assert "eens" not in said.out + said.err
    bot.close()


def test_reader_of_a_closed_town_shows_no_person(tmp_path: Path) -> None:
    """check and export open the file read-only and need no account."""
    bot = Bot(tmp_path / "town.db")
    prepared(bot, "statements")
    bot.close()
    reader = Reader.of(bot.file, registry.record())
    with pytest.raises(sqlite3.OperationalError):
        reader.db.execute("DELETE FROM ballots")
    reader.close()
