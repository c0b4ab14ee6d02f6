"""Time that passed without the bot: nothing opens and closes while nobody could take part."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.facts import Tick
from bot.platforms.places import PlaceKind
from dialogues.dialogue import Status
from dialogues.machine import Stage
from storage.messages import decode
from tests.engine.bots import START, Bot
from tests.engine.test_deliveries import Far
from tests.generated import examples
from tests.replay.playing import CHARTER

POLL = 'peiling soort=een vraag="Wat eerst?" opties="Bomen; Bankjes"'
WEEK = timedelta(days=7)
DAYS = timedelta(days=20)
#: Each start of the program draws other random bytes.
TIMES = count()
LATER = "opened_later"


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    """A dialogue of three rounds; six people agree with its only statement."""
    made = Bot(tmp_path / "town.db")
    made.open("gesprek")
    made.staff(POLL)
    made.say("zoe", "!stelling Er moeten meer bomen komen.", "zomerstraat")
    for name in "abcdef":
        made.say(name, "stem S1 eens")
    return made


def away(bot: Bot, ahead: timedelta) -> Bot:
    """The program ends, and starts again so much later."""
    bot.die()
    back = Bot(bot.file, now=bot.clock() + ahead)
    back.tick(timedelta())
    return back


def later(bot: Bot) -> int:
    """How often the room was told that something opened later."""
    return bot.room_codes().count(LATER)


def test_rounds_wait_for_people(bot: Bot) -> None:
    """After twenty days the second round opens, and after twenty more the third."""
    for index in (1, 2):
        bot = away(bot, DAYS)
        frame = bot.dialogue.frames[index]
        assert bot.dialogue.open_frame is frame
        assert frame.opened_at == bot.clock()
        assert frame.closes_at == bot.clock() + WEEK
        assert later(bot) == 1
    assert not bot.dialogue.states[2].fixed  # time to prepare the vote, from now on
    bot.close()


def test_a_vote_that_opens_in_a_round_waits_too(bot: Bot) -> None:
    bot.staff("volgende")
    bot.staff('volgende tot="over 2 uur"')
    closes_at = bot.dialogue.open_frame.closes_at
    bot = away(bot, timedelta(hours=5))
    assert bot.dialogue.states[2].fixed
    due = bot.dialogue.open_frame.opened_at + timedelta(hours=1)
    moved = -((due - bot.clock()) // timedelta(minutes=1)) * timedelta(minutes=1)
    assert bot.dialogue.open_frame.closes_at == closes_at + moved
    assert later(bot) == 1
    for name in "abcdef":
        bot.say(name, "stem A1 ja")
    bot.tick(timedelta(hours=2))
    assert bot.dialogue.status is Status.CLOSED
    assert bot.dialogue.frames[2].voters == 6
    bot.close()


def test_where_the_bot_was_there_everything_happens_at_its_hour(bot: Bot) -> None:
    """However late it is noticed: on a clock that jumps, too."""
    closes_at = bot.dialogue.open_frame.closes_at
    bot.tick(WEEK + timedelta(days=1, hours=3))
    assert bot.dialogue.open_frame.index == 1
    assert bot.dialogue.open_frame.opened_at == closes_at + timedelta(days=1)
    assert later(bot) == 0
    bot.close()


# -- on a platform where older facts can still arrive ---------------------------------------------


def minutes(number: float) -> datetime:
    return START + timedelta(minutes=number)


class There(Far):
    """``there`` is a response of the platform, which is connected then."""

    def begin(self) -> None:
        self.clock.set(START + timedelta(seconds=5))
        self.receive(
            self.staff(1, f"gesprek nieuw gesprek Ons gesprek {CHARTER} in=zomerstraat"),
            self.staff(2, POLL),
            self.staff(3, "gesprek start"),
            self.said(4, "zoe", "stelling Er moeten meer bomen komen.", PlaceKind.PERSONAL),
        )
        self.read_back(5)

    def tick(self, at: float) -> None:
        """Time passes, without any word of the platform."""
        self.clock.set(minutes(at))
        self.receive(Tick(self.clock()))

    def there(self, at: float) -> None:
        self.read_back(int(at * 60))

    def said_to(self) -> list[str]:
        return [decode(row.message).template for row in self.store.queue.waiting()]


@pytest.fixture
def far(tmp_path: Path) -> There:
    made = There(tmp_path / "town.db")
    made.begin()
    return made


def again(bot: There) -> There:
    bot.store._db.close()
    return There(bot.file, seed=f"again/{next(TIMES)}")


def test_a_round_of_ten_minutes_after_twelve_minutes(far: There) -> None:
    far.clock.set(minutes(1))
    far.receive(far.staff(60, 'volgende tot="over 10 minuten"'))
    back = again(far)
    back.tick(13)
    assert back.dialogue.open_frame.index == 0  # it may still have missed something
    back.there(13)
    frame = back.dialogue.open_frame
    assert frame.index == 1
    assert (frame.opened_at, frame.closes_at) == (minutes(13), minutes(23))
    assert "opened_later" in back.said_to()
    back.close()


def test_nothing_opens_while_no_platform_is_connected(far: There) -> None:
    far.clock.set(minutes(1))
    far.receive(far.staff(60, 'volgende tot="over 10 minuten"'))
    for at in range(2, 60):
        far.tick(at)
    assert far.dialogue.frames[0].stage is Stage.CLOSED  # a quarter of an hour after its hour
    assert far.dialogue.open_frame is None
    far.there(60)
    assert far.dialogue.open_frame.opened_at == minutes(60)
    assert far.dialogue.open_frame.closes_at == minutes(69 + 1)
    far.close()


def test_a_short_wait_moves_nothing(far: There) -> None:
    far.clock.set(minutes(1))
    far.receive(far.staff(60, 'volgende tot="over 10 minuten"'))
    far.there(2)
    frame = far.dialogue.open_frame
    assert (frame.opened_at, frame.closes_at) == (minutes(1), minutes(11))
    assert "opened_later" not in far.said_to()
    far.close()


def test_a_closing_that_moves_past_the_next_hour(far: There) -> None:
    """A message is still unread when `volgende` is handled: a later one is in already."""
    far.clock.set(minutes(13))
    far.receive(far.vote(12 * 60, "eens"), far.staff(60, 'volgende tot="over 10 minuten"'))
    far.there(13)
    assert far.dialogue.frames[0].closed_at == minutes(12)
    frame = far.dialogue.open_frame
    assert frame.index == 1
    assert frame.closes_at == minutes(22)
    assert not far.engine.ledger.due._aside
    far.close()


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["volgende", "tot", "stem", "tick", "there", "again", "sluit ja"]),
        st.integers(0, 40),
        st.integers(1, 15),
    ),
    max_size=12,
)


@examples(40)
@given(EVENTS)
def test_no_step_of_the_clock_refuses_and_no_round_is_over_before_it_began(
    events: list[tuple[str, int, int]],
) -> None:
    with TemporaryDirectory() as folder:
        bot = There(Path(folder) / "town.db")
        bot.begin()
        now = 1
        for what, wait, length in events:
            now += wait
            said_at = 60 * max(1, now - length)  # what people say can arrive late
            bot.clock.set(minutes(now))
            if what in ("volgende", "tot"):
                word = f'{what} tot="over {length} minuten"' if what == "volgende" else ""
                bot.receive(bot.staff(said_at, word or f'tot "over {length} minuten"'))
            elif what == "sluit ja":
                bot.receive(bot.staff(said_at, "sluit ja"))
            elif what == "stem":
                bot.receive(bot.vote(said_at, "eens"))
            elif what == "tick":
                bot.tick(now)
            elif what == "there":
                bot.there(now)
            else:
                bot = again(bot)
            assert not bot.engine.ledger.due._aside
            for frame in bot.dialogue.frames[1:]:
                if frame.opened_at is not None and frame.stage is Stage.OPEN:
                    assert frame.closes_at > frame.opened_at
        bot.close()
