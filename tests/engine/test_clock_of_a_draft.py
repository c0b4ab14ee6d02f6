"""When staff hears of objections to a draft, and that a ruling which changes nothing shows none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.engine.bots import Bot
from tests.engine.test_objections import MINUTE, NO_TIME, WHY, heard, until

SECOND = timedelta(seconds=1)


def told(bot: Bot) -> list[tuple[bool, list[str]]]:
    """What staff heard: whether that was before the end, and of which objections."""
    every = bot.told("staf", "objections_wait")
    return [(bool(one["ending"]), [row["item"] for row in one["objections"]]) for one in every]  # type: ignore[attr-defined,index]


def test_of_the_next_one_staff_hears_ten_minutes_after_the_first(bot: Bot) -> None:
    draft = until(bot, "heard")
    draft.say("anna", WHY)
    draft.tick(NO_TIME)
    state = draft.dialogue.draft
    assert state is not None
    assert state.told_at is not None
    first = state.told_at
    draft.say("bram", WHY)
    draft.tick(first + 10 * MINUTE - SECOND - draft.clock())
    assert told(draft) == [(False, ["O1"])]
    draft.tick(SECOND)
    assert told(draft) == [(False, ["O1"]), (False, ["O2"])]


@pytest.mark.parametrize(("days", "before"), [(4, timedelta(days=1)), (1, timedelta(hours=12))])
def test_the_end_is_told_a_day_before_it_or_half_way(
    days: int, before: timedelta, bot: Bot
) -> None:
    bot.session.town.limits = replace(bot.session.town.limits, ruling_days=days)
    draft = until(bot, "heard")
    draft.say("anna", WHY)
    heard(draft)
    draft.tick(timedelta(days=days) - before - SECOND)
    assert told(draft) == [(False, ["O1"])]
    draft.tick(SECOND)
    assert told(draft) == [(False, ["O1"]), (True, ["O1"])]


def test_a_ruling_that_changes_nothing_shows_nothing_new(bot: Bot) -> None:
    draft = until(bot, "heard")
    draft.say("anna", WHY)
    draft.staff("oordeel O1 niet Nee.")
    draft.say("bram", "uitslag 3")
    (row, *_) = draft.told("bram", "results")[-1]["items"]  # type: ignore[misc]
    assert (row["item"], row["now"], row["changed_by"]) == ("A1", None, "")


def test_where_nobody_objects_nothing_is_told(bot: Bot) -> None:
    draft = until(bot, "heard")
    heard(draft)
    draft.tick(timedelta(days=1))
    assert not [name for name in draft.events(draft.dialogue.id) if "ObjectionsTold" in name]
