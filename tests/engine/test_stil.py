"""``stil``: whoever typed it hears only what answers something they did themselves.

The first table has every place of the program that can write to a person, and what makes ``stil``
hold there. A new one fails until it stands in it. The second is of the notices themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.runtime.builtin import catalogues
from dialogues.core import Audience, Notice
from tests.engine.bots import Bot

ROOT = Path(__file__).parents[2]

#: Where a notice to one person is made that nobody asked for.
NOTICES = {
    "bot/desk/kept.py": "goes out through ``Outgoing.tell``",
    "dialogues/announce.py": "goes out through ``Outgoing.tell``",
    "dialogues/objections/notices.py": "goes out through ``Outgoing.tell``",
    "meetings/announce.py": "goes out through ``Outgoing.tell``, and ``may_say`` asks before",
    "bot/ledger/meeting_reach.py": "asks whether it may be said",
    "dialogues/core.py": "declares it",
}

#: Where something is put in the outbox for a place.
PUTS = {
    "bot/desk/gathering/asking.py": "asks in the room instead of in person",
    "bot/desk/polling.py": "the next item of a list that this person asked for or answered",
    "bot/ledger/outgoing.py": "``tell`` asks; lists are made in ``new_list``, which asks; ``say``: "
    "see SAYS",
}

#: Where something is said to one place, whoever is there.
SAYS = {
    "bot/desk/arriving.py": "a room, its staff, or whoever just opened the conversation",
    "bot/desk/gathering/asking.py": "the staff room",
    "bot/desk/gathering/consent.py": "the answer to a yes",
    "bot/desk/linking.py": "asks",
    "bot/desk/leading/staffrooms.py": "the staff room",
    "bot/ledger/outgoing.py": "staff rooms",
}

#: Every notice to a person whose name says so, and the one that does not.
UNASKED = sorted(
    {code for code in catalogues()["nl"].texts if code.startswith("your_")} | {"kept_given"}
)


def having(pattern: str) -> set[str]:
    """The files of the program with this in them."""
    return {
        str(path.relative_to(ROOT))
        for folder in ("bot", "dialogues", "meetings", "commitments", "rounds")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(pattern, path.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize(
    ("pattern", "table"),
    [
        (r"Audience\.PERSON", NOTICES),
        (r"outbox\.put\(", PUTS),
        (r"(?:ledger|self)\.say\(", SAYS),
    ],
    ids=("notices", "puts", "says"),
)
def test_every_place_that_writes_to_people_is_known(pattern: str, table: dict[str, str]) -> None:
    assert having(pattern) - {"bot/desk/leading/worklist.py"} == set(table)


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    made = Bot(tmp_path / "town.db")
    made.open()
    made.say("anna", "stelling Er moeten meer bomen komen.")
    yield made
    made.close()


def told(bot: Bot, template: str) -> int:
    """Tell the author of S1; how many messages wait for anybody."""
    store, item = bot.session.store, bot.dialogue.items.by_number["S1"]
    before = len(store.queue.waiting())
    notice = Notice(template, {"item": "S1"}, Audience.PERSON, person=item.author)
    with store.transaction():
        bot.session.engine.ledger.tell(bot.dialogue, notice, bot.clock())
    found = len(store.queue.waiting()) - before
    store._db.execute("DELETE FROM outbox")
    return found


@pytest.mark.parametrize("template", UNASKED)
def test_no_notice_reaches_who_wants_none(template: str, bot: Bot) -> None:
    assert told(bot, template) == 1
    bot.say("anna", "stil")
    assert told(bot, template) == 0
    bot.say("anna", "stil nee")
    assert told(bot, template) == 1


def test_an_answer_in_a_pause_comes_to_who_is_quiet_too(bot: Bot) -> None:
    """It answers what they did themselves."""
    bot.say("anna", "stil")
    bot.staff("pauze")
    assert bot.say("anna", "stelling De bus moet later rijden.").codes == ("refused_paused",)
