"""Promises 1 and 2: the program may be killed at any point; saying it again then doubles nothing.

For each thing said, the points that a run passes are listed first (``tests/faults``); then one
process is killed at each of them, the database is opened again, the same event is delivered again,
and it is said once more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from bot.platforms.facts import Fact, Tick
from bot.platforms.messages import Message
from bot.platforms.places import Place, PlaceKind
from dialogues.core import Notice
from storage.messages import encode
from tests.engine.bots import MODERATOR, RECEIPT, Bot, copied
from tests.faults.dying import Process, lived
from tests.generated import figure, part_of

Prepare = Callable[[Bot], None]
Fresh = Callable[[Bot, str], Fact]

PLANNED = 'moment nieuw Ons plein wanneer="vrijdag 20:00" in=plein'
MOVED = 'moment verzet M1 wanneer="zaterdag 5 december 20:00" want="de zaal is bezet"'
PROMISE = 'toezegging "Er komt een pomp" wie="Groen" voor="1 maart 2027"'

ROOM = Place("console", PlaceKind.ROOM, "zomerstraat")
WORDS = encode(Notice("room_votes_do_not_count", {}))

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


def meeting(bot: Bot) -> None:
    bot.staff('moment nieuw Ons plein wanneer="vrijdag 20:00" in=plein')
    bot.say("bram", "aanmelden M1")


def until_half_past_nine(bot: Bot) -> None:
    statements(bot)
    bot.staff("tot vandaag 21:30")


def words(user: str, text: str, where: str | None = None) -> Fresh:
    roles = {"vera": MODERATOR, "otto": ("official",)}.get(user, ())
    return lambda bot, name: bot.fact(user, text, where, roles, name)


def at(day: int, hour: int, minute: int = 0) -> Fresh:
    """The clock comes to an hour (UTC) in December."""

    def ticks(bot: Bot, _name: str) -> Fact:
        bot.clock.set(bot.clock().replace(day=day, hour=hour, minute=minute))
        return Tick(bot.clock())

    return ticks


def breaking(bot: Bot, name: str) -> Fact:
    """Words that break something each time."""

    def breaks(*_given: object) -> None:
        raise ZeroDivisionError

    bot.session.engine.handling.by_somebody = breaks  # type: ignore[method-assign, assignment]
    return bot.fact("anna", "stelling De bus rijdt te weinig.", None, (), name)


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
    "closes at its hour": (until_half_past_nine, at(1, 20, 30)),
    "plan a meeting": (statements, words("vera", PLANNED, "staf")),
    "sign up": (meeting, words("anna", "aanmelden M1")),
    "move a meeting": (meeting, words("vera", MOVED, "staf")),
    "reminder": (meeting, at(3, 19)),
    "meeting begins": (meeting, at(4, 19)),
    "breaks": (statements, breaking),
    "promise": (closed, words("otto", PROMISE, "staf")),
}

#: Lines that have an effect each time: a new statement, a new reason, a new advice.
AGAIN = {"advice", "plan a meeting", "promise", "reason", "statement"}


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


class Heard(list[Message]):
    """The messages of a bot, each told to the parent as soon as it is there."""

    def __init__(self, process: Process) -> None:
        super().__init__()
        self._process = process

    def append(self, message: Message) -> None:
        super().append(message)
        self._process.tell(shown(message))


def said(file: Path, fresh: Fresh) -> Callable[[Process], None]:
    """The work of a process: the line is said to a bot on a database, which ends like a program
    that is stopped."""

    def work(process: Process) -> None:
        process.watch()
        bot = after(Bot(file))
        bot.heard = Heard(process)
        process.begins()
        bot.put(fresh(bot, "first"))
        bot.session.close()

    return work


def shown(message: Message) -> tuple[str, str]:
    """A message by its place, without codes and hashes."""
    return message.place.name, _CODE.sub("#", _HEX.sub("#", message.plain))


def in_rooms(messages: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    return {one for one in messages if one[0] in ("zomerstraat", "plein", "staf")}


def events(bot: Bot) -> dict[str, list[str]]:
    return {name: bot.events(name) for name in bot.session.reader.chains()}


@pytest.mark.parametrize("name", SAID)
def test_killed_at_every_point(name: str, prepared: Callable[[str], Path], tmp_path: Path) -> None:
    fresh = SAID[name][1]
    file = copied(prepared(name), tmp_path / "whole")
    listed = lived(said(file, fresh), file.parent)
    whole = after(Bot(copied(prepared(name), tmp_path / "once")))
    whole.put(fresh(whole, "first"))
    expected = events(whole)
    assert whole.session.store.outbox.counts() == {}
    # The answer to the asker may be lost; what everybody is told may not.
    told = in_rooms(listed.told) - {shown(message) for message in whole.answered}
    for number in part_of(listed.deaths):
        point = f"{number} {listed.points[number]}"
        file = copied(prepared(name), tmp_path / str(number))
        died = lived(said(file, fresh), file.parent, number)
        assert died.killed, point
        again = after(Bot(file))
        again.put(fresh(again, "first"))
        assert events(again) == expected, point
        assert again.session.store.outbox.counts() == {}, point
        assert told <= in_rooms([*died.told, *map(shown, again.heard)]), point
        if name not in AGAIN:
            _said_once_more(name, again, fresh)
        again.close()
    figure("kills", len(part_of(listed.deaths)))
    figure("points", len(listed.points))
    whole.close()


def _said_once_more(name: str, bot: Bot, fresh: Fresh) -> None:
    """Whoever had no answer says it again: nothing new, and the ballot's own code."""
    before = bot.events()
    said = "\n".join(m.plain for m in bot.put(fresh(bot, "again")) if m.place.name == "anna")
    assert bot.events()[: len(before)] == before
    assert [e for e in bot.events()[len(before) :] if "Cast" in e] == []
    if name in ("vote", "changed vote", "several answers", "consent"):
        codes = set(RECEIPT.findall(said)) or {"none"}
        mine = RECEIPT.findall(bot.say("anna", "mijn"))
        assert codes <= set(mine)


def starts(file: Path) -> Callable[[Process], None]:
    """The work of a process: the program starts, and sends what was left."""

    def work(process: Process) -> None:
        process.watch()
        process.begins()
        started = Bot(file)
        started.heard = Heard(process)
        started.session.settle()
        started.session.close()

    return work


def test_killed_while_it_starts(tmp_path: Path) -> None:
    """It was killed while it sent; it is killed again at each point of its next start."""
    base = tmp_path / "base" / "town.db"
    bot = Bot(base)
    bot.open()
    with bot.session.store.transaction():
        bot.session.store.outbox.put("t", str(ROOM), "", "", WORDS, bot.clock().isoformat())
        bot.session.store.flights.freeze(bot.session.store.outbox.newest())
    bot.die()

    whole = copied(base, tmp_path / "whole")
    listed = lived(starts(whole), whole.parent)
    assert "before bot.delivery.rows:Rows.land" in listed.points
    for number in part_of(listed.deaths):
        file = copied(base, tmp_path / str(number))
        assert lived(starts(file), file.parent, number).killed
        again = Bot(file)
        again.session.settle()
        assert again.session.store.outbox.counts() == {}
        again.close()


def test_an_answer_that_was_lost_comes_with_the_same_code(tmp_path: Path) -> None:
    """Between COMMIT and the answer: the vote is in, and saying it again gives its code."""
    bot = Bot(tmp_path / "town.db")
    statements(bot)
    bot.close()
    vote = words("anna", "stem S1 eens")
    probe = copied(bot.file, tmp_path / "probe")
    listed = lived(said(probe, vote), probe.parent)
    committed = listed.points.index("after storage.commits:EachOne.end")
    died = lived(said(bot.file, vote), bot.file.parent, committed)
    assert died.killed
    assert died.told == []
    again = after(Bot(bot.file))
    assert again.tally("S1") == {"agree": 5}
    code = RECEIPT.search(again.say("anna", "stem S1 eens"))
    assert code is not None
    assert again.say("anna", "stem S1 oneens").count(code[1]) == 1
    assert again.tally("S1") == {"agree": 4, "disagree": 1}
    again.close()
