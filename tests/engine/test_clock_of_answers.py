"""From when the clock of answers counts: the newest answer, and what is still shown."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from dialogues.core import Context, Refused
from dialogues.followup.intents import ReceiveAdvice
from dialogues.followup.rules import receive
from tests.engine.test_answers_to_an_advice import ADOPTED, DUE, ZONE, Town, at

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
UNKNOWN = 'reactie A1 deels Half. van=college bron=x klaar="nog niet bekend"'


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path / "town.db")
    made.end()
    yield made
    made.close()


def given(town: Town, text: str) -> None:
    town.official(text)
    town.official("ja")


def test_no_answer_is_due_on_words_that_were_erased(town: Town) -> None:
    town.say("zoe", "vergeetmij")
    town.say("zoe", "ja, vergeet mij")
    town.later(at(DUE, 17))
    assert town.told("zomerstraat", "answers_missing")[-1]["items"] == ["A2"]


def test_help_names_no_recommendation_whose_words_were_erased(town: Town) -> None:
    town.clerk("ontvangen 2026-1234")
    assert "reactie A1 overgenomen" in town.official("hulp")
    town.say("zoe", "vergeetmij")
    town.say("zoe", "ja, vergeet mij")
    help_ = town.official("hulp")
    assert "reactie A2 overgenomen" in help_
    assert "A1" not in help_


def test_the_room_hears_ten_minutes_after_the_newest_answer(town: Town) -> None:
    first = town.clock()
    given(town, ADOPTED)
    town.later(first + 5 * MINUTE)
    given(town, ADOPTED.replace("planten", "zaaien"))
    newest = town.clock()
    assert town.later(newest + 10 * MINUTE - SECOND) == []
    assert "answers_given" in town.later(newest + 10 * MINUTE)


def test_another_answer_begins_the_six_weeks_anew(town: Town) -> None:
    given(town, UNKNOWN)
    asked = at(town.clock().astimezone(ZONE).date() + timedelta(weeks=6), 9)
    assert "day_asked" in town.later(asked)
    town.later(asked + timedelta(weeks=2))
    given(town, UNKNOWN.replace("Half", "Voor de helft"))
    town.later(asked + timedelta(weeks=8) - MINUTE)
    assert len(town.told("staf", "day_asked")) == 1
    town.later(asked + timedelta(weeks=8))
    assert len(town.told("staf", "day_asked")) == 2


def test_of_two_days_that_went_by_meanwhile_the_later_one_counts(town: Town) -> None:
    town.clerk('uitstel A1 18 december want="De raad praat er later over."')
    town.later(at(date(2026, 12, 20), 12))
    (told,) = town.told("zomerstraat", "answers_missing")
    assert told["items"] == ["A1", "A2"]
    assert told["again"] == date(2026, 12, 25)


def test_another_day_for_all_ends_what_was_said_each_week(town: Town) -> None:
    town.later(at(DUE, 17))
    town.clerk('uitstel 15 januari want="De raad praat er later over."')
    assert "answers_missing" not in town.later(at(date(2027, 1, 15), 16, 59))
    assert "answers_missing" in town.later(at(date(2027, 1, 15), 17))
    assert town.told("zomerstraat", "answers_missing")[-1]["again"] == date(2027, 1, 22)


def test_a_document_that_is_not_made_yet_cannot_be_received(town: Town) -> None:
    dialogue = deepcopy(town.of("bomen"))
    assert dialogue.advice is not None
    dialogue.advice = replace(dialogue.advice, manifest="")
    with pytest.raises(Refused, match="no_document"):
        receive(dialogue, ReceiveAdvice("2026-1"), Context(town.clock(), "gerda"))


def test_a_reaction_without_a_decision_is_followed_by_another(town: Town) -> None:
    given(town, "reactie A1 niet Nee. van=college")
    given(town, "reactie A1 niet Nog steeds nee. van=college")
    assert len(town.of("bomen").follow_up.responses["A1"]) == 2


def test_what_is_done_today_is_no_day_that_has_gone(town: Town) -> None:
    today = town.clock().astimezone(ZONE).date().isoformat()
    given(town, f"reactie A1 overgenomen Gedaan. van=college bron=x klaar={today}")
    response = town.of("bomen").follow_up.response("A1")
    assert response is not None
    assert response.due == today


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ('uitstel A1 18 december want="Later."', "refused_answer_stands"),
        ('uitstel A2 2026-12-01 want="Eerder."', "refused_day_past"),
        ('uitstel A2 15 december want="Zo was het."', "refused_charter_same"),
        ("uitstel A2 18 december", "refused_charter_needs_reason"),
    ],
)
def test_what_cannot_be_postponed_changes_nothing(said: str, code: str, town: Town) -> None:
    given(town, ADOPTED)
    before = town.lines()
    assert code in town.clerk(said).codes
    assert town.lines() == before


def test_nothing_is_postponed_once_everything_is_answered(town: Town) -> None:
    given(town, ADOPTED)
    given(town, "reactie A2 niet Nee. van=college bron=x")
    answer = town.clerk('uitstel 18 december want="Later."')
    assert "refused_answers_complete" in answer.codes


def test_what_was_received_is_not_asked_for(town: Town) -> None:
    town.clerk("ontvangen 2026-1234")
    town.later(at(DUE, 12))
    assert town.told("staf", "receipt_missing") == []


def test_no_day_is_asked_for_of_what_is_done(town: Town) -> None:
    given(town, UNKNOWN)
    town.official("voortgang A1 klaar Het is gedaan.")
    town.later(town.clock() + timedelta(weeks=7))
    assert town.told("staf", "day_asked") == []


def test_of_two_moments_before_a_day_that_an_outage_swallowed_staff_hears_the_last(
    town: Town,
) -> None:
    """Away on 25 December and 8 January, which are 21 and 7 days before it."""
    town.clerk('uitstel 15 januari want="De raad praat er later over."')
    assert town.later(at(date(2027, 1, 10), 12)).count("answer_coming") == 1


def test_a_day_that_was_over_at_the_closing_is_nobodys_delay(tmp_path: Path) -> None:
    """Only what was postponed to another day afterwards can be late."""
    town = Town(tmp_path / "late.db")
    town.open("gesprek", "minimum=1")
    town.say("zoe", "stelling Plant bomen bij de school.")
    town.say("yes", "stelling De bus moet vaker rijden.")
    for who in "abcdefg":
        town.say(who, "stem S1 eens")
        town.say(who, "stem S2 eens")
    town.tick(at(DUE, 18) - town.clock())
    for _ in range(3):
        town.staff("volgende ja")
    town.staff("advies")
    assert "answers_missing" not in town.later(at(DUE + timedelta(weeks=1), 18))
    town.clerk('uitstel A1 15 januari want="De raad praat er later over."')
    assert "answers_missing" in town.later(at(date(2027, 1, 15), 17))
    assert town.told("zomerstraat", "answers_missing")[-1]["items"] == ["A1"]
    town.close()


# -- until when authors are known ------------------------------------------------------------------

REFUSED = "reactie A2 niet Nee. van=college bron=x"


def _forgotten(town: Town, weeks: int) -> bool:
    """Whether nobody can tell the authors any more, so many weeks on."""
    day = town.clock().astimezone(ZONE).date() + timedelta(weeks=weeks)
    town.later(at(day, 9))
    return "AuthorsForgotten" in town.events("bomen")


def test_authors_are_known_while_something_is_worked_on(town: Town) -> None:
    given(town, ADOPTED)
    given(town, REFUSED)
    town.official("voortgang A1 bezig Er wordt gegraven.")
    assert not _forgotten(town, 12)
    town.official("voortgang A1 klaar Het is gedaan.")
    assert _forgotten(town, 6)


def test_authors_are_known_while_there_is_no_decision(town: Town) -> None:
    given(town, "reactie A1 niet Nee. van=college")
    given(town, REFUSED)
    assert not _forgotten(town, 12)


def test_authors_are_known_six_weeks_from_the_newest_decision(town: Town) -> None:
    given(town, ADOPTED)
    given(town, REFUSED)
    town.official("voortgang A1 klaar Het is gedaan.")
    assert not _forgotten(town, 4)
    given(town, ADOPTED.replace("overgenomen", "deels"))
    assert not _forgotten(town, 3)
    assert _forgotten(town, 4)
