"""``gesprek rooster``: rounds that open and close by themselves at their hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dialogues.dialogue import Status
from dialogues.machine import Stage
from tests.engine.bots import Bot
from tests.engine.test_outage import away, later
from tests.generated import drawing
from tests.replay.playing import CHARTER

#: Friday 4 December 2026, 20:00 in Haarlem; the bot's clock begins on Tuesday at 19:00.
FIRST = datetime(2026, 12, 4, 19, 0, tzinfo=UTC)
SECOND, THIRD, END = (FIRST + timedelta(minutes=m) for m in (40, 60, 90))
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
SCHEDULE = 'gesprek rooster 1="vrijdag 20:00" 2="20:40" 3="21:00" eind="21:30"'


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    """A dialogue of three rounds that has not begun."""
    made = Bot(tmp_path / "town.db")
    made.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} in=zomerstraat")
    made.staff('peiling soort=een vraag="Wat eerst?" opties="Bomen; Bankjes"')
    return made


def until(bot: Bot, at: datetime) -> None:
    bot.tick(at - bot.clock())


def opened(bot: Bot) -> list[datetime | None]:
    return [frame.opened_at for frame in bot.dialogue.frames]


def hours(bot: Bot) -> list[datetime]:
    return [one.at for one in bot.dialogue.schedule.hours()]


def test_an_evening_runs_by_itself(bot: Bot) -> None:
    assert bot.staff(SCHEDULE).tells("schedule_now")
    until(bot, FIRST - timedelta(seconds=1))
    assert bot.dialogue.status is Status.PREPARING
    until(bot, FIRST + 5 * MINUTE)
    bot.say("zoe", "!stelling Er moeten meer bomen komen.", "zomerstraat")
    for name in "abcdef":
        bot.say(name, "stem S1 eens")
    until(bot, END)
    assert opened(bot) == [FIRST, SECOND, THIRD]
    assert [frame.closed_at for frame in bot.dialogue.frames] == [SECOND, THIRD, END]
    assert bot.dialogue.status is Status.CLOSED
    assert bot.dialogue.frames[0].voters == 6
    assert later(bot) == 0
    assert "round_closed_next" not in [notice.template for _, notice in bot.spoken]
    bot.close()


def test_the_card_says_what_comes_after_it(bot: Bot) -> None:
    bot.staff(SCHEDULE)
    until(bot, FIRST)
    cards = bot.told("zomerstraat", "card")
    assert cards[-1]["next_title"] == bot.dialogue.frames[1].plan.title
    assert cards[-1]["closes_at"] == SECOND
    assert cards[-1]["next_at"] is None  # it is when this one closes
    bot.close()


def test_the_room_is_told_a_day_and_an_hour_before(bot: Bot) -> None:
    bot.staff(SCHEDULE)
    until(bot, FIRST - DAY - timedelta(seconds=1))
    assert bot.told("zomerstraat", "start_coming") == []
    until(bot, FIRST - DAY)
    assert len(bot.told("zomerstraat", "start_coming")) == 1
    until(bot, FIRST - HOUR)
    told = bot.told("zomerstraat", "start_coming")
    assert len(told) == 2
    assert {one["opens_at"] for one in told} == {FIRST}
    until(bot, END)
    assert len(bot.told("zomerstraat", "start_coming")) == 2
    bot.close()


@pytest.mark.parametrize(
    ("typed", "times"),
    [
        ('start om="over 25 uur"', 2),
        ('start om="over 3 uur"', 1),
        ('start om="over 50 minuten"', 0),
    ],
)
def test_what_is_planned_shortly_before_is_told_less(bot: Bot, typed: str, times: int) -> None:
    bot.staff(typed)
    for _ in range(60):
        bot.tick(30 * MINUTE)
    assert len(bot.told("zomerstraat", "start_coming")) == times
    assert bot.events().count("StartTold") == times
    bot.close()


@pytest.mark.parametrize(
    ("back", "times"),
    [
        (-DAY + 30 * MINUTE, 1),  # the day before was missed, and it is still news
        (-HOUR + MINUTE, 0),  # now the hour before says it
        (-4 * MINUTE, 0),  # it begins at once
    ],
)
def test_what_comes_too_late_is_not_told(bot: Bot, back: timedelta, times: int) -> None:
    bot.staff(SCHEDULE)
    until(bot, FIRST - DAY - HOUR)
    bot = away(bot, FIRST + back - bot.clock())
    told = [data["opens_at"] for data in bot.told("zomerstraat", "start_coming")]
    if back == -HOUR + MINUTE:
        assert len(told) == 1  # that of the hour
    else:
        assert len(told) == times
    bot.close()


def test_a_change_is_told_with_its_reason(bot: Bot) -> None:
    bot.staff(SCHEDULE)
    bot.staff('gesprek rooster 2="20:45"')  # nobody knows of it yet
    assert hours(bot) == [FIRST, SECOND + 5 * MINUTE, THIRD, END]
    until(bot, FIRST)
    position = bot.dialogue.position
    assert bot.staff('gesprek rooster 2="20:50"').codes == ("refused_schedule_needs_reason",)
    assert bot.dialogue.position == position
    bot.staff('gesprek rooster 2="20:50" want="De zaal is langer vrij"')
    (told,) = bot.told("zomerstraat", "schedule_changed")
    assert told["want"] == "De zaal is langer vrij"
    (change,) = told["changes"]  # type: ignore[misc]
    assert (change["was"], change["at"]) == (SECOND + 5 * MINUTE, SECOND + 10 * MINUTE)
    frame = bot.dialogue.open_frame
    assert frame is not None
    assert frame.closes_at == SECOND + 10 * MINUTE  # a round ends where the next begins
    assert [(c.what, c.item) for c in bot.dialogue.changes] == [("opening", "2")]
    bot.close()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ('gesprek rooster 1="vrijdag 20:00" 3="21:00"', "refused_schedule_lacks"),
        ('gesprek rooster eind="vrijdag 21:00"', "refused_schedule_lacks"),
        ('gesprek rooster 1="vrijdag 20:00" 2="19:00" 3="21:00"', "refused_schedule_order"),
        (SCHEDULE.replace("21:30", "20:50"), "refused_schedule_order"),
        ('gesprek rooster 4="vrijdag 20:00"', "refused_no_such_round"),
        ('gesprek rooster 1="vandaag 18:00" 2="20:40" 3="21:00"', "refused_moment_past"),
        ("gesprek rooster vrijdag 20:00", "refused_schedule_form"),
        ('gesprek rooster want="zomaar"', "refused_schedule_form"),
        (SCHEDULE.replace("vrijdag", "15 december"), "refused_answer_before_closing"),
    ],
)  # fmt: skip
def test_what_is_refused(bot: Bot, typed: str, code: str) -> None:
    position = bot.dialogue.position
    assert code in bot.staff(typed).codes
    assert bot.dialogue.position == position
    bot.close()


def test_rounds_that_began_have_no_hour_any_more(bot: Bot) -> None:
    bot.staff(SCHEDULE)
    until(bot, FIRST)
    refused = bot.staff('gesprek rooster 1="21:00" want="later"')
    assert refused.codes == ("refused_round_begun",)
    assert bot.staff('tot "vrijdag 21:00"').codes == ("refused_schedule_first",)
    assert bot.staff(SCHEDULE.replace('1="vrijdag 20:00" ', "") + ' want="x"').codes == (
        "refused_schedule_same",
    )
    assert hours(bot) == [SECOND, THIRD, END]
    bot.close()


def test_a_round_that_closes_sooner_waits_for_the_hour_of_the_next(bot: Bot) -> None:
    bot.staff(SCHEDULE)
    until(bot, FIRST)
    bot.staff('tot "vrijdag 20:30"')
    until(bot, FIRST + 35 * MINUTE)
    assert bot.dialogue.frames[0].stage is Stage.CLOSED
    assert bot.dialogue.open_frame is None
    assert bot.told("staf", "round_closed_next")[-1]["opens_at"] == SECOND
    until(bot, SECOND)
    assert opened(bot)[1] == SECOND
    bot.close()


def test_whoever_goes_on_sooner_keeps_the_hours_that_follow(bot: Bot) -> None:
    bot.staff(SCHEDULE)
    bot.staff("start")
    frame = bot.dialogue.open_frame
    assert frame is not None
    assert frame.closes_at == SECOND
    until(bot, FIRST + 10 * MINUTE)
    bot.staff("volgende ja")
    frame = bot.dialogue.open_frame
    assert frame is not None
    assert (frame.index, frame.closes_at) == (1, THIRD)
    until(bot, END)
    assert opened(bot)[2] == THIRD
    bot.close()


def test_what_opens_late_moves_what_comes_after_it(bot: Bot) -> None:
    bot.staff(SCHEDULE)
    bot = away(bot, FIRST + 20 * MINUTE - bot.clock())
    assert opened(bot)[0] == bot.clock()
    assert later(bot) == 1
    assert hours(bot) == [at + 20 * MINUTE for at in (SECOND, THIRD, END)]
    until(bot, END + 20 * MINUTE)
    assert opened(bot)[1:] == [SECOND + 20 * MINUTE, THIRD + 20 * MINUTE]
    assert bot.dialogue.status is Status.CLOSED
    bot.close()


def test_a_start_that_was_missed_moves_all_once_it_is_made_up_for(bot: Bot) -> None:
    bot.staff(SCHEDULE)
    bot = away(bot, FIRST + 3 * HOUR - bot.clock())
    assert bot.dialogue.status is Status.PREPARING
    assert bot.events().count("StartMissed") == 1
    bot.staff("start")
    moved = opened(bot)[0] - FIRST  # type: ignore[operator]
    minutes = timedelta(minutes=-(-moved // MINUTE))
    assert hours(bot) == [at + minutes for at in (SECOND, THIRD, END)]
    bot.close()


@pytest.mark.parametrize("seed", range(8))
def test_each_round_opens_once_and_never_before_its_hour(tmp_path: Path, seed: int) -> None:
    """Any hours, outages and restarts: what opens late moves all that follows by as much."""
    draw = drawing(seed)
    bot = Bot(tmp_path / "town.db")
    bot.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} in=zomerstraat")
    bot.staff('peiling soort=een vraag="Wat eerst?" opties="Bomen; Bankjes"')
    begin = bot.clock().replace(second=0) + timedelta(minutes=draw.randint(2, 2000))
    lengths = [timedelta(minutes=draw.randint(1, 90)) for _ in range(3)]
    walls = [begin + sum(lengths[:n], timedelta()) for n in range(4)]
    said = [f'{n}="{at.isoformat()[:16]}Z"' for n, at in zip((1, 2, 3, "eind"), walls, strict=True)]
    bot.staff(f"gesprek rooster {' '.join(said)}")
    assert hours(bot) == walls
    while bot.clock() < walls[-1] + 4 * HOUR:
        ahead = timedelta(seconds=draw.randint(1, 2400))
        if draw.random() < 0.3:
            bot = away(bot, ahead)
        else:
            bot.tick(ahead)
    frames, moved = bot.dialogue.frames, timedelta()
    for frame, hour in zip(frames, walls, strict=False):
        assert frame.opened_at is not None
        late = frame.opened_at - (hour + moved)
        assert late >= timedelta()
        moved += timedelta(minutes=-(-late // MINUTE))
    assert bot.events().count("RoundOpened") == 3
    assert [f.closed_at for f in frames[:-1]] <= [f.opened_at for f in frames[1:]]
    assert hours(bot) == [walls[-1] + moved]
    assert bot.events().count("StartMissed") == 0
    bot.close()


def test_a_room_is_taken_until_the_end_of_a_schedule(bot: Bot) -> None:
    bot.staff(SCHEDULE)
    bot.staff(f"gesprek nieuw gesprek Ander gesprek {CHARTER} in=zomerstraat")
    refused = bot.staff('@ander-gesprek start om="vrijdag 21:15"')
    assert refused.codes == ("refused_room_taken_then",)
    earlier = '@ander-gesprek gesprek rooster 1="vrijdag 19:00" 2="19:10" 3="19:20" eind="20:15"'
    assert bot.staff(earlier).codes == ("refused_room_taken_then",)
    assert bot.staff('@ander-gesprek start om="vrijdag 21:30"').codes == ("start_planned",)
    until(bot, END + MINUTE)
    assert bot.events("ander-gesprek").count("RoundOpened") == 1
    bot.close()


def shown(answer: str) -> str:
    """The words that an answer gives as an example."""
    return answer.rpartition("Typ bijvoorbeeld: ")[2].strip().rstrip(".")


@pytest.mark.parametrize("format", ["gesprek", "stellingenronde", "vragenuur"])
def test_the_example_is_one_for_these_rounds(tmp_path: Path, format: str) -> None:
    bot = Bot(tmp_path / "town.db")
    bot.staff(f"gesprek nieuw {format} Ons gesprek {CHARTER} in=zomerstraat")
    example = shown(bot.staff("gesprek rooster"))
    again = bot.staff(example)
    assert again.codes == ("schedule_now",)
    assert len(hours(bot)) == len(bot.dialogue.frames) + 1
    before = hours(bot)
    assert bot.staff(shown(again)).codes == ("schedule_now",)
    assert hours(bot) != before
    bot.close()


def test_the_example_is_of_the_rounds_that_are_left(bot: Bot) -> None:
    bot.staff("start")
    assert bot.staff(shown(bot.staff("gesprek rooster"))).codes == ("schedule_now",)
    assert [one.round for one in bot.dialogue.schedule.openings] == [1, 2]
    bot.staff("volgende ja")
    bot.staff("volgende ja")
    assert bot.dialogue.current == 2
    assert "bijvoorbeeld" not in shown(bot.staff("gesprek rooster"))
    bot.close()


def test_longer_than_the_next_round_allows_is_not_asked_about(bot: Bot) -> None:
    bot.staff(SCHEDULE)
    until(bot, FIRST)
    assert bot.staff("verleng met 10 minuten").codes == ("refused_schedule_first",)
    bot.staff('tot "vrijdag 20:20"')
    assert bot.staff("verleng met 10 minuten").codes == ("longer_asked",)
    bot.close()
