"""Promise 2: the program may end at any point; saying it again then doubles nothing.

For each thing said, the points that a run passes are listed first; then one run breaks off at each
of them, the database is opened again, the same event is delivered again, and it is said once more.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.platforms.facts import Fact
from tests.engine.bots import MODERATOR, RECEIPT, Bot, Crash, Fault, copied

Prepare = Callable[[Bot], None]
Fresh = Callable[[Bot, str], Fact]

_HEX = re.compile(r"[0-9a-f]{16,}")
_CODE = re.compile(r"[0-9A-Z]{12}")


def statements(bot: Bot, more: str = "") -> None:
    bot.open("gesprek", more)
    bot.say("zoe", "stelling Er moeten meer bomen komen.")
    bot.say("zoe", "stelling De bus moet vaker rijden.")
    for who in ("bram", "carla", "daan", "eva"):
        bot.say(who, "stem S1 eens")


def voted(bot: Bot) -> None:
    statements(bot)
    bot.say("anna", "stem S1 eens")


def offered(bot: Bot) -> None:
    statements(bot)
    bot.say("anna", "meedoen")
    bot.say("anna", "ja")


def open_ballot(bot: Bot) -> None:
    statements(bot, "stemming=open")


def consent(bot: Bot) -> None:
    voted(bot)
    bot.staff("volgende")
    bot.staff("volgende")


def closed(bot: Bot) -> None:
    voted(bot)
    bot.staff("sluit ja")


def forgetting(bot: Bot) -> None:
    voted(bot)
    bot.say("anna", "stelling Er moet een pomp komen.")
    bot.say("anna", "vergeetmij")


def words(user: str, text: str, where: str | None = None) -> Fresh:
    roles = MODERATOR if user == "vera" else ()
    return lambda bot, name: bot.fact(user, text, where, roles, name)


#: By name: the lines said before, and the line that is tested.
SAID: dict[str, tuple[Prepare, Fresh]] = {
    "vote": (statements, words("anna", "stem S1 oneens")),
    "changed vote": (voted, words("anna", "stem S1 oneens")),
    "several answers": (offered, words("anna", "1 eens 2 oneens")),
    "statement": (statements, words("anna", "stelling Er moet een pomp komen.")),
    "reason": (voted, words("anna", "waarom S1 Bomen geven schaduw.")),
    "typed in an open room": (open_ballot, words("anna", "!stem S1 eens", "zomerstraat")),
    "reaction": (open_ballot, lambda bot, name: bot.reaction("anna", "👍", "S1", name)),
    "vote in a blind room": (statements, words("anna", "!stem S1 eens", "zomerstraat")),
    "next round": (voted, words("vera", "volgende", "staf")),
    "consent": (consent, words("anna", "stem A1 ja")),
    "close": (voted, words("vera", "sluit ja", "staf")),
    "advice": (closed, words("vera", "advies", "staf")),
    "hide": (voted, words("vera", "verberg S1 2", "staf")),
    "forget": (forgetting, words("anna", "ja, vergeet mij")),
}

#: Lines that have an effect each time: a new statement, a new reason, a new advice.
AGAIN = {"advice", "reason", "statement"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The database in which a thing is about to be said, made once."""
    made: dict[str, Path] = {}

    def prepare(name: str) -> Path:
        if name not in made:
            made[name] = tmp_path_factory.mktemp("base") / "town.db"
            bot = Bot(made[name])
            SAID[name][0](bot)
            bot.close()
        return made[name]

    return prepare


def after(bot: Bot) -> Bot:
    """A bot on a copy, whose clock is an hour after the last message."""
    bot.clock.set(bot.clock().replace(hour=20))
    return bot


def seen(bots: list[Bot]) -> set[str]:
    """The messages in room and staff room, without codes and hashes."""
    said = {m.plain for bot in bots for m in bot.heard if m.place.name in ("zomerstraat", "staf")}
    return {_without_codes(text) for text in said}


def _without_codes(text: str) -> str:
    return _CODE.sub("#", _HEX.sub("#", text))


@pytest.mark.parametrize("name", SAID)
def test_breaking_off_at_every_point(
    name: str, prepared: Callable[[str], Path], tmp_path: Path
) -> None:
    fresh = SAID[name][1]
    listed = Fault()
    whole = after(Bot(copied(prepared(name), tmp_path / "whole"), listed))
    whole.put(fresh(whole, "first"))
    points = list(listed.passed)
    assert {"begin", "claimed", "due", "decided", "handled", "told", "before_commit"} <= set(points)
    events = whole.events()
    assert whole.session.store.outbox.counts() == {}
    # The answer to the asker may be lost; what everybody is told may not.
    told = seen([whole]) - {_without_codes(message.plain) for message in whole.answered}
    for number, point in enumerate(points):
        file = copied(prepared(name), tmp_path / f"{number}-{point}")
        broken = after(Bot(file, Fault(number)))
        with pytest.raises(Crash):
            broken.put(fresh(broken, "first"))
        broken.die()
        again = after(Bot(file))
        again.put(fresh(again, "first"))
        assert again.events() == events, point
        assert again.session.store.outbox.counts() == {}, point
        assert told <= seen([broken, again]), point
        if name not in AGAIN:
            _said_once_more(name, again, fresh, events)
        again.close()
    whole.close()


def _said_once_more(name: str, bot: Bot, fresh: Fresh, events: list[str]) -> None:
    """Whoever had no answer says it again: nothing new, and the ballot's own code."""
    said = "\n".join(m.plain for m in bot.put(fresh(bot, "again")) if m.place.name == "anna")
    assert bot.events()[: len(events)] == events
    assert [e for e in bot.events()[len(events) :] if "Cast" in e] == []
    if name in ("vote", "changed vote", "several answers", "consent"):
        codes = set(RECEIPT.findall(said)) or {"none"}
        mine = RECEIPT.findall(bot.say("anna", "mijn"))
        assert codes <= set(mine)


def test_every_named_point_of_engine_and_session_is_passed(
    prepared: Callable[[str], Path], tmp_path: Path
) -> None:
    """The list of points is the list in the program, so that a new one cannot be left out."""
    sources = (path.read_text() for path in (Path(__file__).parents[2] / "bot").rglob("*.py"))
    named = {point for source in sources for point in re.findall(r"fault\(\"(\w+)\"\)", source)}
    listed = Fault()
    bot = after(Bot(copied(prepared("close"), tmp_path / "all"), listed))
    bot.staff("sluit ja")
    bot.close()
    assert named == set(listed.passed)
    assert len(named) >= 11


def test_an_answer_that_was_lost_comes_with_the_same_code(tmp_path: Path) -> None:
    """Between COMMIT and the answer: the vote is in, and saying it again gives its code."""
    bot = Bot(tmp_path / "town.db")
    statements(bot)
    bot.close()
    listed = Fault()
    probe = after(Bot(copied(bot.file, tmp_path / "probe"), listed))
    probe.say("anna", "stem S1 eens")
    broken = after(Bot(bot.file, Fault(listed.passed.index("committed"))))
    with pytest.raises(Crash):
        broken.say("anna", "stem S1 eens", id="v")
    broken.die()
    again = after(Bot(bot.file))
    assert again.tally("S1") == {"agree": 5}
    code = RECEIPT.search(again.say("anna", "stem S1 eens"))
    assert code is not None
    assert again.say("anna", "stem S1 oneens").count(code[1]) == 1
    assert again.tally("S1") == {"agree": 4, "disagree": 1}
    again.close()
