"""Promise 28: a person's data is erased on request, and the totals stay right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.cli.export import export_dialogue
from bot.town import keys
from bot.town.town import milliseconds
from dialogues.destroying_events import Destroyed, RecordsDestroyed
from dialogues.events import PersonForgotten
from dialogues.record import TOWN
from rounds import registry
from storage.forgetting import clean_store
from storage.reader import Reader
from tests.engine.bots import KEY, Bot
from tests.replay.playing import Evening, played, result, sound
from tests.verifying import verified

PEOPLE = [f"mens-{number:03}-qzx" for number in range(100)]
GONE = PEOPLE[::5]
MARK = "wxqz"


def word(who: str) -> str:
    """A word that stands in everything this person wrote, and nowhere else."""
    return f"{MARK}{who[5:8]}appel"


def evening(bot: Bot) -> None:
    """A hundred people write, vote, give reasons, ask something, are half-way a question."""
    bot.open("gesprek", "minimum=5")
    bot.say("zoe", "stelling Er moeten meer bomen komen.")
    for number, who in enumerate(PEOPLE):
        bot.say(who, f"stelling Plan {number} van {word(who)} is goed.")
        bot.say(who, f"stem S1 {'eens' if number % 4 else 'oneens'}")
        bot.say(who, f"waarom S1 Omdat {word(who)} het zegt, {'en nog eens ' * (number % 17)}zo.")
        if number % 10 == 0:
            bot.say(who, f"wijzig S{number + 2} Plan {number} van {word(who)} is beter.")
            bot.say(who, f"!stemm {word(who)}", "zomerstraat")  # a hint
            bot.say(who, "meedoen")
            bot.say(who, "ja")
            bot.say(who, f"stelling Plan {number} van {word(who)} is beter!")  # nearly the same
    bot.say(PEOPLE[5], f"stelling Plan {word(PEOPLE[5])} mag weg.")
    bot.say(PEOPLE[5], "intrekken S102")


def forget(bot: Bot) -> None:
    for who in GONE:
        bot.say(who, "vergeetmij")
        assert "forgotten" in bot.say(who, "ja, vergeet mij").codes


def traces(folder: Path) -> dict[str, list[str]]:
    """The words and names of forgotten people that are found in each file."""
    found: dict[str, list[str]] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        for who in GONE:
            for what in (word(who), who):
                if what.encode() in data:
                    found.setdefault(path.name, []).append(what)
    return found


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    made = Bot(tmp_path / "town" / "town.db")
    keys.make(made.file.with_name("town.key"), KEY)
    evening(made)
    return made


def exported(file: Path, out: Path) -> dict[str, Any]:
    for clerk in (False, True):
        folder = out / str(clerk)
        assert export_dialogue("ons-gesprek", folder, clerk, file, None, False) == 0
        assert verified(folder).differences == ()
    return result({"uitslag.json": (out / "False" / "uitslag.json").read_bytes()})


def test_forgotten_after_closing(bot: Bot, tmp_path: Path) -> None:
    bot.staff("volgende")
    bot.staff("sluit ja")
    bot.staff("advies")
    before = bot.session.hand_over("ons-gesprek")
    assert before.posted
    first = result(before.files)
    forget(bot)
    clean_store(bot.session.store, milliseconds(bot.clock()))
    assert traces(bot.file.parent) == {}  # the file and its log, while it is in use
    sound(bot.file, KEY)
    bot.close()
    found = exported(bot.file, tmp_path / "out")
    assert traces(tmp_path) == {}
    assert found["version"] == first["version"] + 1
    # of each: the plan and the reason; of mens-005 also what was withdrawn
    assert found["erased"] == 2 * len(GONE) + 1
    assert found["participants"] == first["participants"]
    for now, then in zip(found["rounds"], first["rounds"], strict=True):
        assert (now["voters"], now["receipts_sha256"]) == (then["voters"], then["receipts_sha256"])
    items = found["rounds"][0]["items"]
    assert items[0]["counts"] == {"agree": 75, "disagree": 25, "pass": 0}
    assert items[0]["voters"] == 100
    states = [item["state"] for item in items[1:]]
    assert states == ["erased" if n % 5 == 0 else "shown" for n in range(100)] + ["erased"]
    assert (
        items[0]["reasons"] == []
    )  # one of them was erased: whose is left out is not to be read off


def test_forgotten_while_the_round_is_open(bot: Bot, tmp_path: Path) -> None:
    forget(bot)
    for who in GONE[:10]:
        bot.say(who, "stem S1 weet ik niet")
    bot.staff("volgende")
    bot.staff("sluit ja")
    bot.staff("advies")
    clean_store(bot.session.store, milliseconds(bot.clock()))
    left = traces(bot.file.parent)
    assert set(left) <= {"town.db"}
    assert set(left.get("town.db", [])) <= set(GONE[:10])  # their new accounts, no words
    bot.close()
    found = exported(bot.file, tmp_path / "out")
    assert traces(tmp_path / "out") == {}
    assert found["version"] == 1
    counts = found["rounds"][0]["items"][0]["counts"]
    # gone are 0, 5, 10 …: of each four of them one said oneens
    assert counts == {"agree": 75 - 15, "disagree": 25 - 5, "pass": 10}
    assert found["rounds"][0]["voters"] == 90


def test_closing_the_program_cleans_too(bot: Bot) -> None:
    forget(bot)
    bot.close()
    assert traces(bot.file.parent) == {}


def test_what_waits_for_somebody_forgotten_goes(tmp_path: Path) -> None:
    """An open question with words in it, an offer, a message on its way."""
    bot = Bot(tmp_path / "town.db")
    bot.open()
    who = GONE[0]
    bot.say("zoe", "stelling Er moeten meer bomen komen.")
    bot.say(who, f"stelling Er moeten meer bomen komen {word(who)}")
    bot.say(who, f"stelling Er moeten meer bomen komen, {word(who)}!")
    bot.say(who, "vergeetmij")
    bot.say(who, "ja, vergeet mij")
    bot.close()
    assert traces(tmp_path) == {}


def test_forgetting_stands_in_the_towns_own_chain(tmp_path: Path) -> None:
    """Countable and chained like everything else, and no dialogue to anybody."""
    db = tmp_path / "kept.db"
    evening = Evening()
    evening.open("stellingenronde")
    evening.say("anna", "stelling Er moeten meer bomen komen.")
    evening.say("anna", "vergeetmij")
    evening.say("anna", "ja, vergeet mij")
    played(evening.data, db)
    reader = Reader.of(db, registry.record())
    reader.check_chain(TOWN)
    events = [registry.record().read(line).event for line in reader.lines(TOWN)]
    assert events == [PersonForgotten(1), RecordsDestroyed(Destroyed.TEXTS, 1, 0)]
    assert TOWN not in reader.dialogues()
    reader.close()
