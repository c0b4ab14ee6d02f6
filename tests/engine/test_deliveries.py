"""Promises 3 and 4: a fact delivered twice counts once; the last vote by its own time counts."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.engine.engine import Engine
from bot.engine.reception import Cursor
from bot.platforms.capabilities import Capabilities
from bot.platforms.facts import Fact, Origin, Said, Tick
from bot.platforms.places import Place, PlaceKind
from bot.runtime import chance
from bot.runtime.clock import VirtualClock
from bot.text.duplicates import nearest
from bot.town.town import Rooms, Town
from dialogues.dialogue import Dialogue
from dialogues.machine import Stage
from rounds import registry
from storage.store import Store
from tests.engine.bots import FORMATS, KEY, MODERATOR, START, Bot
from tests.engine.chat import LIVE
from tests.generated import drawing, figure
from tests.replay.playing import CHARTER, sound

PEOPLE = ("anna", "bram", "carla", "daan", "eva", "femke")


def evening(bot: Bot) -> list[Fact]:
    """Facts of all types in order, made by the bot that first handles them, so that ids repeat."""
    staff = {"where": "staf", "roles": MODERATOR}
    facts: list[Fact] = [
        bot.fact(
            "vera",
            f"gesprek nieuw gesprek Ons gesprek {CHARTER} stemming=open in=zomerstraat",
            **staff,
        ),
        bot.fact("vera", "gesprek start", **staff),
        bot.fact("zoe", "!stelling Er moeten meer bomen komen.", "zomerstraat", id="s1"),
        bot.fact("zoe", "stelling De bus moet vaker rijden.", id="s2"),
        bot.edit("zoe", "s2", "stelling De bus moet elk kwartier rijden."),
    ]
    for number, who in enumerate(PEOPLE):
        facts += [
            bot.fact(who, "meedoen"),
            bot.fact(who, "ja"),
            bot.fact(who, "stem S1 eens"),
            bot.fact(who, "stem S2 oneens" if number % 2 else "S2 eens"),
            bot.reaction(who, "👎", "S1", id=f"r{number}"),
            bot.fact(who, f"waarom S1 Reden {number} van mij."),
        ]
    facts += [
        bot.unreaction("anna", "r0"),
        bot.reaction("anna", "🤷", "S1", id="r9"),
        bot.fact("bram", "stem S2 niets"),
        bot.fact("carla", "vergeetmij"),
        bot.fact("carla", "ja, vergeet mij"),
        bot.fact("vera", "verberg R2 2", **staff),
        bot.fact("vera", 'peiling soort=een vraag="Waar?" opties="noord; zuid"', **staff),
        bot.fact("vera", "volgende", **staff),
    ]
    facts += [bot.fact(who, f"stem P1 {1 + number % 2}") for number, who in enumerate(PEOPLE)]
    facts += [bot.fact("vera", "volgende", **staff), bot.fact("vera", "sluit ja", **staff)]
    return facts


def told(bot: Bot) -> tuple[list[str], list[dict[object, int]], list[int]]:
    tallies = [bot.tally("S1"), bot.tally("S2"), bot.tally("P1", 1)]
    return bot.events(), tallies, [frame.voters for frame in bot.dialogue.frames]


@pytest.mark.parametrize("seed", range(4))
def test_every_event_one_to_five_times_also_after_a_restart(seed: int, tmp_path: Path) -> None:
    once = Bot(tmp_path / "once" / "town.db", seed="evening")
    facts = evening(once)
    for fact in facts:
        once.put(fact)
    expected = told(once)
    once.close()
    draw = drawing(seed)
    bot = Bot(tmp_path / "often" / "town.db", seed="evening")
    done: list[Fact] = []
    for fact in facts:
        bot.clock.set(fact.origin.at)
        bot.put(*[fact] * draw.randint(1, 5))
        done.append(fact)
        bot.put(*draw.sample(done, min(len(done), draw.randint(0, 4))))
        if draw.random() < 0.1:
            now = bot.clock()
            bot.die()
            bot = Bot(bot.file, now=now)
            bot.put(*draw.sample(done, min(len(done), 3)))
    bot.put(*facts)
    figure("deliveries", 4 * len(facts))
    assert told(bot) == expected
    assert bot.alarms == []
    bot.close()


# -- a platform on which older things still arrive -------------------------------------------------


class Far:
    """An engine with a platform on which older facts can still arrive, as on Matrix, or another
    one."""

    def __init__(self, file: Path, can: Capabilities = LIVE, seed: str = "far") -> None:
        room, staff = (Place("far", k, k.value) for k in (PlaceKind.ROOM, PlaceKind.STAFF))
        rooms = Rooms({"zomerstraat": (room,)}, {"staf": (staff,)}, {"zomerstraat": "staf"})
        zone = ZoneInfo("Europe/Amsterdam")
        town = Town("Haarlem", zone, "nl", KEY, rooms, FORMATS, simulated=True)
        self.clock = VirtualClock(START)
        draw = chance.seeded(seed)
        self.store = Store(file, draw, registry.record(), KEY)
        self.engine = Engine(
            self.store,
            town,
            draw,
            self.clock,
            nearest,
            registry.vocabulary(),
            registry.talks(),
            {"far": can},
        )
        self.file = file

    def said(self, at: int, user: str, text: str, kind: PlaceKind, roles: tuple[str, ...] = ()):
        name = kind.value if kind is not PlaceKind.PERSONAL else user
        moment = START + timedelta(seconds=at)
        place = Place("far", kind, name)
        return Said(Origin(f"{at}/{user}/{text}", moment, place, user, frozenset(roles)), text)

    def staff(self, at: int, text: str) -> Said:
        return self.said(at, "vera", text, PlaceKind.STAFF, MODERATOR)

    def vote(self, at: int, word: str) -> Said:
        return self.said(at, "anna", f"stem S1 {word}", PlaceKind.PERSONAL)

    def receive(self, *facts: Fact) -> None:
        self.engine.receive(facts).whole()

    def read_back(self, at: int) -> None:
        moment = START + timedelta(seconds=at)
        self.clock.set(moment)
        self.engine.receive([Tick(moment)], Cursor("far", str(at), moment)).whole()
        self.engine.receive([Tick(moment)]).whole()

    @property
    def dialogue(self) -> Dialogue:
        return self.engine.ledger.states["ons-gesprek"]

    def standing(self) -> object:
        box = self.dialogue.machine(0).box(self.dialogue.states[0])
        (ballot,) = box.books["S1"].votes
        return box.choice("S1", ballot)

    def close(self) -> None:
        self.store.close()
        sound(self.file, KEY)


def far(file: Path, can: Capabilities = LIVE) -> Far:
    made = Far(file, can)
    made.clock.set(START + timedelta(seconds=5))
    made.receive(
        made.staff(1, f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat"),
        made.staff(2, "gesprek start"),
        made.said(3, "zoe", "stelling Er moeten meer bomen komen.", PlaceKind.PERSONAL),
    )
    made.read_back(5)
    return made


@pytest.mark.parametrize("one_by_one", [True, False])
def test_votes_in_any_order_end_as_the_one_meant_last(one_by_one: bool, tmp_path: Path) -> None:
    for number, order in enumerate(itertools.permutations(range(4))):
        bot = far(tmp_path / f"{number}.db")
        bot.clock.set(START + timedelta(seconds=60))
        votes = [
            bot.vote(10, "eens"),
            bot.vote(20, "oneens"),
            bot.vote(30, "niets"),
            bot.vote(40, "weet ik niet"),
        ]
        if one_by_one:
            for place in order:
                bot.receive(votes[place])
        else:
            bot.receive(*(votes[place] for place in order))
        assert bot.standing() == "pass"
        bot.close()


def test_the_last_taken_back_in_any_order(tmp_path: Path) -> None:
    for number, order in enumerate(itertools.permutations(range(3))):
        bot = far(tmp_path / f"{number}.db")
        bot.clock.set(START + timedelta(seconds=60))
        votes = [bot.vote(10, "eens"), bot.vote(20, "oneens"), bot.vote(30, "niets")]
        for place in order:
            bot.receive(votes[place])
        assert bot.standing() is None
        bot.close()


def closed_among_votes(file: Path, order: tuple[int, ...]) -> Far:
    bot = far(file)
    bot.clock.set(START + timedelta(seconds=60))
    facts = [
        bot.vote(10, "eens"),
        bot.vote(20, "oneens"),
        bot.staff(30, "sluit ja"),
        bot.vote(40, "eens"),
    ]
    for place in order:
        bot.receive(facts[place])
    bot.read_back(61)
    frame = bot.dialogue.frames[0]
    assert frame.stage is Stage.CLOSED
    assert frame.voters == 1
    return bot


def closed_at(bot: Far) -> float:
    moment = bot.dialogue.frames[0].closed_at
    assert moment is not None
    return (moment - START).total_seconds()


ORDERS = list(itertools.permutations(range(4)))


def test_closing_anywhere_among_the_votes(tmp_path: Path) -> None:
    """Votes before the closing count also when they arrive after it, until all is read back."""
    for number, order in enumerate(o for o in ORDERS if o.index(2) < o.index(3)):
        bot = closed_among_votes(tmp_path / f"{number}.db", order)
        assert closed_at(bot) == 30
        assert bot.standing() == "disagree", order
        bot.close()


def test_closing_after_a_later_vote_was_taken(tmp_path: Path) -> None:
    """A vote with a receipt stays: the round closes at its moment, not before."""
    for number, order in enumerate(o for o in ORDERS if o.index(2) > o.index(3)):
        bot = closed_among_votes(tmp_path / f"{number}.db", order)
        assert closed_at(bot) == 40
        assert bot.standing() == "agree", order
        bot.close()


def test_what_comes_after_the_read_back_closing_is_refused(tmp_path: Path) -> None:
    bot = far(tmp_path / "town.db")
    bot.receive(bot.vote(10, "eens"), bot.staff(30, "sluit ja"))
    bot.read_back(31)
    bot.receive(bot.vote(20, "oneens"))
    assert bot.standing() == "agree"
    bot.close()


@pytest.mark.parametrize(("at", "counts"), [(29, "disagree"), (30, "agree"), (31, "agree")])
def test_the_closing_hour_itself_is_too_late(at: int, counts: str, tmp_path: Path) -> None:
    """Also while the round waits for what may still arrive."""
    bot = far(tmp_path / "town.db")
    bot.clock.set(START + timedelta(seconds=60))
    bot.receive(bot.vote(10, "eens"), bot.staff(30, "sluit ja"))
    bot.receive(bot.vote(at, "oneens"))
    assert bot.standing() == counts
    bot.read_back(61)
    assert closed_at(bot) == 30
    bot.close()


# -- an advice asked for while the round is closing ------------------------------------------------


@pytest.mark.parametrize("restarted", [False, True])
def test_an_advice_asked_for_while_closing_comes_when_that_is_done(
    restarted: bool, tmp_path: Path
) -> None:
    bot = far(tmp_path / "t.db")
    bot.clock.set(START + timedelta(seconds=60))
    bot.receive(bot.vote(10, "eens"))
    bot.receive(bot.staff(30, "sluit ja"))
    for second in (40, 41):
        (reply,) = bot.engine.receive([bot.staff(second, "advies")]).whole()
        assert [notice.template for notice in reply.notices] == ["advice_awaited"]
    assert bot.dialogue.advice is None
    assert not bot.engine.jobs
    if restarted:
        bot.store.close()
        bot = Far(bot.file, seed="again")
        bot.clock.set(START + timedelta(seconds=60))
    bot.receive(bot.vote(20, "oneens"))
    bot.read_back(60)
    assert bot.dialogue.advice is not None
    assert (bot.dialogue.advice.version, bot.dialogue.advice.voted) == (1, 1)
    assert [job.position for job in bot.engine.jobs] == [bot.dialogue.advice.position]
    assert bot.standing() == "disagree"  # what was still on its way is in it
    bot.read_back(120)
    assert len(bot.engine.jobs) == 1
    bot.close()


def test_no_advice_waits_where_the_next_round_follows(tmp_path: Path) -> None:
    bot = Far(tmp_path / "t.db")
    bot.clock.set(START + timedelta(seconds=60))
    bot.receive(
        bot.staff(1, f"gesprek nieuw gesprek Ons gesprek {CHARTER} in=zomerstraat"),
        bot.staff(2, "gesprek start"),
        bot.staff(3, "volgende"),
    )
    (reply,) = bot.engine.receive([bot.staff(10, "advies")]).whole()
    assert [notice.template for notice in reply.notices] == ["refused_advice_round_open"]
    bot.read_back(60)
    assert bot.dialogue.advice is None
    bot.close()


def test_what_was_read_back_is_known_after_a_restart(tmp_path: Path) -> None:
    """A time before it cannot be true: the fact came in after it."""
    bot = far(tmp_path / "t.db")
    bot.clock.set(START + timedelta(seconds=60))
    bot.receive(bot.vote(10, "eens"))
    bot.read_back(50)
    bot.store.close()
    bot = Far(bot.file)
    bot.clock.set(START + timedelta(seconds=60))
    bot.receive(bot.vote(7, "oneens"))
    assert bot.standing() == "disagree"
    bot.close()
