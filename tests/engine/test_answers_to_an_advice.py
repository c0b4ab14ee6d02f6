"""Answers to an advice in the engine: the clock over changes of it and over outages, which dialogue
is meant, what is asked, and what becomes of the links to authors."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogues.core import Context
from dialogues.decide import decide
from dialogues.dialogue import Dialogue
from dialogues.fold import evolve
from dialogues.followup import events as ev
from dialogues.followup.steps import steps
from dialogues.intents import Step
from tests.engine.bots import Answer, Bot
from tests.generated import examples
from tests.replay.playing import CHARTER

ZONE = ZoneInfo("Europe/Amsterdam")
OFFICIAL, CLERK = ("official",), ("clerk",)
DUE = date(2026, 12, 15)
ADOPTED = 'reactie A1 overgenomen Wij planten. van=college bron="besluit" klaar="1 maart"'


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


class Town(Bot):
    """A town in which dialogues ended with advice on A1 and A2."""

    def end(self, title: str = "Bomen", room: str = "zomerstraat", more: str = CHARTER) -> None:
        self.staff(f"gesprek nieuw gesprek {title} {more} minimum=1 in={room}")
        name = title.casefold()
        self.staff(f"@{name} start")
        self.say("zoe", f"@{name} stelling Plant bomen bij de school.")
        self.say("yes", f"@{name} stelling De bus moet vaker rijden.")
        for who in "abcdefg":
            self.say(who, f"@{name} stem S1 eens")
            self.say(who, f"@{name} stem S2 eens")
        for _ in range(3):
            self.staff(f"@{name} volgende ja")
        self.staff(f"@{name} advies")

    def official(self, text: str, where: str | None = "staf") -> Answer:
        return self.say("omar", text, where, roles=OFFICIAL)

    def clerk(self, text: str) -> Answer:
        return self.say("gerda", text, "staf", roles=CLERK)

    def later(self, moment: datetime) -> list[str]:
        """What is told, by its code, when the bot wakes at a moment, having been there all along or
        not."""
        before = len(self.spoken)
        self.tick(moment - self.clock())
        return [notice.template for _, notice in self.spoken[before:]]

    def of(self, name: str) -> Dialogue:
        return self.session.engine.ledger.states[name]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path / "town.db")
    made.end()
    yield made
    made.close()


# -- the clock ------------------------------------------------------------------------------------


def months_after(day: date, months: int) -> date:
    """The same day so many months later; of a month that is shorter its last."""
    first = date(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def test_the_clock_of_any_day_keeps_to_the_towns_hours(town: Town) -> None:
    """21 and 7 days before it and on it at 9:00, at 17:00 on it, four weeks, then months: whatever
    the clocks of the town do between."""
    known, since = town.of("bomen"), at(date(2026, 12, 2), 12)

    @examples(30, 400)
    @given(st.dates(date(2026, 12, 4), date(2028, 12, 31)))
    @example(date(2027, 3, 28))  # the clocks go forward
    @example(date(2027, 10, 31))  # and back
    @example(date(2028, 1, 3))  # four weeks later it is 31 January
    def check(day: date) -> None:
        dialogue = deepcopy(known)
        evolve(dialogue, ev.AnswerPostponed(day.isoformat(), "Zo."), since, "p1")
        found = []
        while len(found) < 12:
            due = min(
                (one for one in steps(dialogue) if one.step in (Step.ANSWER_COMING, Step.MISSING)),
                key=lambda one: one.at,
            )
            for event in decide(dialogue, due, Context(due.at, "clock")):
                evolve(dialogue, event, due.at, "clock")
            found.append(due.at)
        before = [at(day - timedelta(days=n), 9) for n in (21, 7, 0)]
        after = [at(day + timedelta(weeks=n), 17) for n in range(5)]
        after += [at(months_after(day + timedelta(weeks=4), n), 17) for n in range(1, 12)]
        meant = [moment for moment in before if moment > since] + after
        assert found == meant[:12]

    check()


def test_staff_hears_of_the_day_and_the_room_that_it_has_gone(town: Town) -> None:
    assert town.later(at(date(2026, 12, 8), 8, 59)) == []
    assert town.later(at(date(2026, 12, 8), 9)) == ["answer_coming"]
    assert town.later(at(date(2026, 12, 9), 8, 59)) == []
    assert town.later(at(date(2026, 12, 9), 9)) == ["receipt_missing"]
    assert town.later(at(DUE, 9)) == ["answer_coming"]
    assert town.later(at(DUE, 16, 59)) == []
    assert town.later(at(DUE, 17)) == ["answers_missing", "answers_wanted", "card"]
    assert town.told("zomerstraat", "answers_missing")[-1]["items"] == ["A1", "A2"]
    assert town.later(at(date(2026, 12, 22), 17)) == ["answers_missing", "answers_wanted"]


def test_what_an_outage_swallowed_is_said_once(town: Town) -> None:
    """Six weeks away: of all that would have been said one message comes, and the next a month
    after the fourth week."""
    codes = town.later(at(date(2027, 1, 20), 12))
    assert codes == ["receipt_missing", "answers_missing", "answers_wanted", "card"]
    (told,) = town.told("zomerstraat", "answers_missing")
    assert told["again"] == date(2027, 2, 12)  # 15 December and four weeks: 12 January
    assert town.later(at(date(2027, 2, 12), 16, 59)) == []
    assert town.later(at(date(2027, 2, 12), 17)) == ["answers_missing", "answers_wanted"]


def test_a_reaction_without_a_decision_leaves_the_answer_due(town: Town) -> None:
    for text in ("reactie A1 niet Nee. van=college", "reactie A2 niet Nee. van=college bron=x"):
        town.official(text)
        town.official("ja")
    (told,) = town.told("zomerstraat", "answers_given")  # both in one message, at once
    assert [row["item"] for row in told["rows"]] == ["A1", "A2"]
    assert told["waiting"] == ["A1"]
    town.later(at(DUE, 17))
    assert town.told("zomerstraat", "answers_missing")[-1]["items"] == ["A1"]
    town.official("reactie A1 niet Nog steeds nee. van=college")
    town.official("ja")  # that it is missing was said, and is said again in a week
    assert town.later(at(date(2026, 12, 22), 16, 59)) == []
    assert town.later(at(date(2026, 12, 22), 17)) == ["answers_missing", "answers_wanted"]


def test_answers_in_ten_minutes_are_one_message(town: Town) -> None:
    town.official(ADOPTED)
    town.official("ja")
    town.official(ADOPTED.replace("planten", "zaaien"))
    town.official("ja")
    assert town.told("zomerstraat", "answers_given") == []
    assert town.later(town.clock() + timedelta(minutes=10)) == ["answers_given", "card"]
    (told,) = town.told("zomerstraat", "answers_given")
    ((row,), corrected) = told["rows"], True
    assert (row["item"], row["corrects"], row["was"]) == ("A1", corrected, "adopted")
    assert len(town.of("bomen").follow_up.responses["A1"]) == 2


def test_a_day_that_is_not_known_is_asked_for_each_six_weeks(town: Town) -> None:
    town.official('reactie A1 deels Half. van=college bron=x klaar="nog niet bekend"')
    town.official("ja")
    given = town.clock().astimezone(ZONE).date()
    asked = at(given + timedelta(weeks=6), 9)
    town.later(asked - timedelta(minutes=1))
    assert town.told("staf", "day_asked") == []
    assert "day_asked" in town.later(asked)
    town.official('reactie A1 klaar="1 maart 2027"')
    town.official("ja")
    response = town.of("bomen").follow_up.response("A1")
    assert response is not None
    assert (response.due, response.due_unknown, response.source) == ("2027-03-01", False, "x")
    town.later(asked + timedelta(weeks=7))
    assert len(town.told("staf", "day_asked")) == 1


# -- which dialogue -------------------------------------------------------------------------------


def test_a_number_that_fits_two_is_asked_about(town: Town) -> None:
    town.end("Pleinplan", "plein")
    asked = town.official(ADOPTED)
    assert "refused_which_dialogue" in asked.codes
    assert town.official("2").tells("response_sure", item="A1")
    town.official("ja")
    assert town.of("pleinplan").follow_up.answered("A1")
    assert not town.of("bomen").follow_up.answered("A1")
    named = town.official(ADOPTED.replace("reactie", "reactie @zomerstraat"))
    assert named.tells("response_sure", item="A1")
    town.official("ja")
    assert town.of("bomen").follow_up.answered("A1")


def test_one_that_waits_for_it_comes_before_one_that_does_not(town: Town) -> None:
    town.official(ADOPTED)
    town.official("ja")
    town.end("Pleinplan", "plein")
    assert town.official("voortgang A1 bezig Er wordt gegraven.").tells("progress_noted")
    assert town.of("bomen").follow_up.noted("A1") is not None
    assert town.clerk("@pleinplan ontvangen 2026-7").tells("received_noted", case="2026-7")
    assert town.clerk("ontvangen 2026-8").tells("received_noted", case="2026-8")
    assert town.of("bomen").follow_up.received.case == "2026-8"  # type: ignore[union-attr]


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("reactie A9 niet Nee. van=college", "refused_no_such_item"),
        ("reactie A1 niet Nee. van=raad", "refused_council_clerk_alone"),
        ('reactie A1 niet Nee. van=college klaar="1 mei"', "refused_not_adopted_no_day"),
        ("reactie A1 overgenomen Ja. van=college", "refused_day_wanted"),
        ("reactie A1 overgenomen Ja. van=college klaar=2026-01-01", "refused_day_past"),
        ("reactie A1 overgenomen Ja. van=college klaar=gauw", "refused_day_unreadable"),
        ("reactie A1 klaar=2027-01-01", "refused_no_answer_yet"),
        ("voortgang A1 bezig Er wordt gegraven.", "refused_no_answer_yet"),
        ("reactie A1 niet " + "x" * 2001 + " van=college", "refused_text_too_long"),
    ],
)
def test_what_cannot_be_answered_changes_nothing(text: str, code: str, town: Town) -> None:
    before = town.lines()
    assert code in town.official(text).codes
    town.official("ja")
    assert town.lines() == before


@pytest.mark.parametrize(
    "said", ["reactie A1 niet Nee. van=college", "voortgang A1 klaar Ja.", "uitstel A1 15 januari"]
)
def test_where_nothing_is_asked_that_is_said_with_what_to_type(said: str, tmp_path: Path) -> None:
    town = Town(tmp_path / "report.db")
    town.open("stellingenronde", "minimum=1")
    town.staff("sluit ja")
    town.staff("advies")
    before, clerk = town.lines(), town.clerk(said)
    assert clerk.tells("refused_nothing_recommended", item="A1", title="Ons gesprek")
    assert "toezegging" in clerk
    assert town.lines() == before
    town.close()


def test_the_yes_counts_for_who_was_asked_within_ten_minutes(town: Town) -> None:
    town.official(ADOPTED)
    town.say("olga", "ja", "staf", roles=OFFICIAL)
    assert not town.of("bomen").follow_up.responses
    town.tick(timedelta(minutes=11))
    town.official("ja")
    assert not town.of("bomen").follow_up.responses


def test_a_decision_is_corrected_only_with_a_decision(town: Town) -> None:
    town.official(ADOPTED)
    town.official("ja")
    again = town.official("reactie A1 niet Toch niet. van=college")
    assert again.tells("refused_correction_source", source="besluit")


# -- the end of it --------------------------------------------------------------------------------


def test_the_links_to_authors_end_unless_the_clerk_holds_them(town: Town) -> None:
    for item in ("A1", "A2"):
        town.official(f"reactie {item} niet Nee. van=college bron=x")
        town.official("ja")
    over = at(town.clock().astimezone(ZONE).date() + timedelta(weeks=6), 9)
    assert town.say("zoe", "mijn").tells("mine", "A1")
    town.later(at(DUE, 22))  # the ballots are nobody's by now
    town.clerk("bewaar vast bomen Er is een klacht.")
    town.later(over)
    assert town.say("zoe", "mijn").tells("mine", "A1", forgotten=False)
    town.clerk("bewaar los bomen De klacht is klaar.")
    town.later(over + timedelta(minutes=1))
    db = town.session.store._db
    for table in ("participants", "sources"):
        ask = f"SELECT count(*) FROM {table} WHERE dialogue = 'bomen'"  # noqa: S608
        assert db.execute(ask).fetchone() == (0,), table
    assert town.say("zoe", "mijn").tells("mine", forgotten=True)
    assert "AuthorsForgotten" in town.events("bomen")
