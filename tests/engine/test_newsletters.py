"""``nieuwsbrief``: a draft of what really happened, released by one person, written by export."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from advice.papers import registry as papers
from advice.papers.again import verify_papers
from advice.verifying.verdict import Verdict
from bot.desk.leading.newsletters import month_of
from bot.documents.papers import newsletters
from bot.documents.placing import put_file
from bot.town.alarms import AlarmWords
from dialogues.core import Refused
from dialogues.newsletter_events import NewsletterReleased
from rounds import registry
from tests.engine.bots import MODERATOR, Bot

CLERK = ("clerk",)


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    """A dialogue of the street that six took part in; one on the square that nobody closed; and a
    meeting that comes."""
    made = Bot(tmp_path / "town.db")
    made.open()
    made.say("a", "stelling Er moeten meer bomen komen.")
    made.say("b", "stelling De bus moet vaker rijden.")
    for who in ("a", "b", "c", "d", "e", "f"):
        made.say(who, "stem S1 eens")
    made.staff("sluit ja")
    made.open(room="plein", title="Het plein")
    made.clock.set(datetime(2027, 1, 4, 9, tzinfo=UTC))
    made.staff('moment nieuw Avond over het plein wanneer="15-1-2027 19:30" in=plein')
    return made


def released(bot: Bot) -> list[NewsletterReleased]:
    lines = bot.session.reader.journal("town")
    return [line.event for line in lines if isinstance(line.event, NewsletterReleased)]


def lines_of(said: object) -> list[str]:
    (notice,) = [n for n in said.notices if n.template == "newsletter_draft"]  # type: ignore[attr-defined]
    return [line for part in notice.data["parts"] for line in part["lines"]]


def test_the_draft_says_what_happened_and_where_that_can_be_looked_up(bot: Bot) -> None:
    assert lines_of(bot.staff("nieuwsbrief")) == [
        "Op 1 december begon het gesprek «Ons gesprek». Bron: ons-gesprek.",
        "Op 1 december begon het gesprek «Het plein». Bron: het-plein.",
        "Op 1 december was het gesprek «Ons gesprek» klaar. Bron: ons-gesprek.",
        "Op 8 december was het gesprek «Het plein» klaar. Bron: het-plein.",  # after seven days
        "vrijdag 15 januari 2027, 19.30 uur: «Avond over het plein». Bron: M1.",
    ]
    assert released(bot) == []


def test_how_many_took_part_stands_there_only_where_nothing_is_held_back(bot: Bot) -> None:
    """Two wrote something: their number may not be told, so the total is not either."""
    bot.clock.set(datetime(2026, 12, 1, 19, tzinfo=UTC))
    bot.staff("@ons-gesprek advies")
    bot.clock.set(datetime(2027, 1, 4, 10, tzinfo=UTC))
    said = lines_of(bot.staff("nieuwsbrief december"))
    assert "Op 1 december was het gesprek «Ons gesprek» klaar. Bron: ons-gesprek." in said
    assert not any("mensen mee" in line for line in said)


def test_one_person_says_ok_and_nothing_is_posted(bot: Bot) -> None:
    bot.staff("nieuwsbrief")
    rooms = (bot.room_codes(), bot.room_codes("plein"))
    assert bot.staff("ja").tells("newsletter_released", month="december", year=2026, version=1)
    assert (bot.room_codes(), bot.room_codes("plein")) == rooms
    (event,) = released(bot)
    assert (event.month, event.version, len(event.items)) == ("2026-12", 1, 5)
    files = newsletters(bot.session.reader, registry.pages())
    assert sorted(files) == [f"nieuwsbrief-2026-12.{form}" for form in ("html", "json", "md")]
    written = files["nieuwsbrief-2026-12.md"].decode()
    assert "Vrijgegeven op maandag 4 januari 2027." in written
    assert "- Op 1 december begon het gesprek «Ons gesprek».  \n  Bron: ons-gesprek." in written
    bot.close()


def test_the_clerk_can_prove_what_was_released(bot: Bot, tmp_path: Path) -> None:
    """An entry that was put in by hand, in all three files, is found with the town's journal.
    Without it the newsletter is held against itself alone, and that is said."""
    bot.staff("nieuwsbrief")
    bot.staff("ja")
    files = newsletters(bot.session.reader, registry.pages(), clerk=True)
    assert min(files) == "gemeente.jsonl"
    whole = _verified(files, tmp_path / "whole")
    assert whole.ok
    assert [each.code for each in whole.remarks] == ["newsletter_released", "town_head"]
    assert whole.remarks[1].values["head"] == bot.session.reader.standings()["town"].head

    model = papers.decoded("nieuwsbrief-2026-12", files["nieuwsbrief-2026-12.json"])
    more = msgspec.structs.replace(model.items[0], title="Een paleis op het plein")
    forged = msgspec.structs.replace(model, items=[*model.items, more])
    changed = papers.written("nieuwsbrief-2026-12", forged, registry.pages())
    (found,) = _verified(files | changed, tmp_path / "changed").differences
    assert (found.code, found.where) == ("newsletter_journal", "nieuwsbrief-2026-12.json")

    del files["gemeente.jsonl"]
    alone = _verified(files | changed, tmp_path / "alone")
    assert (alone.ok, [each.code for each in alone.remarks]) == (True, ["newsletter_alone"])


def _verified(files: dict[str, bytes], folder: Path) -> Verdict:
    for name, data in files.items():
        put_file(folder / name, data)
    return verify_papers(folder, registry.pages(), registry.record())


def test_no_releases_nothing(bot: Bot) -> None:
    bot.staff("nieuwsbrief")
    assert bot.staff("nee").codes == ("newsletter_not",)
    assert released(bot) == []


def test_what_changed_since_it_was_shown_is_shown_again(bot: Bot) -> None:
    bot.staff("nieuwsbrief")
    bot.say(
        "wim", 'moment nieuw Nog een wanneer="22-1-2027 19:30" in=plein', "staf", roles=MODERATOR
    )
    said = bot.staff("ja")
    assert said.tells("newsletter_draft", again=True)
    assert bot.staff("ja").tells("newsletter_released", version=1)


def test_a_later_version_replaces_the_first(bot: Bot) -> None:
    for version in (1, 2):
        bot.staff("nieuwsbrief december 2026")
        assert bot.staff("ja").tells("newsletter_released", version=version)
    files = newsletters(bot.session.reader, registry.pages())
    assert b'"version": 2' in files["nieuwsbrief-2026-12.json"]


def test_nothing_of_a_room_of_young_people_stands_in_it(bot: Bot) -> None:
    town = bot.session.engine.services.town
    town.rooms = replace(town.rooms, youth={"plein": AlarmWords()})
    said = lines_of(bot.staff("nieuwsbrief"))
    assert [line for line in said if "plein" in line.lower()] == []
    assert len(said) == 2


def test_what_was_promised_stands_there_once_its_day_is_over_and_once_it_is_done(bot: Bot) -> None:
    promise = 'toezegging {} wie="college" voor="{}"'
    bot.say("kim", promise.format("Er komt een bank", "5 januari 2027"), "staf", roles=CLERK)
    bot.say("kim", promise.format("Er komt een boom", "20 januari 2027"), "staf", roles=CLERK)
    bot.clock.set(datetime(2027, 2, 1, 9, tzinfo=UTC))
    said = lines_of(bot.staff("nieuwsbrief januari"))
    assert "Nog niet klaar, en de dag is voorbij: «Er komt een bank». Bron: T1." in said
    assert "Nog niet klaar, en de dag is voorbij: «Er komt een boom». Bron: T2." in said
    assert not any("bank" in line for line in lines_of(bot.staff("nieuwsbrief december")))


def test_only_moderator_and_clerk_may_and_only_in_the_staff_room(bot: Bot) -> None:
    assert bot.say("kim", "!nieuwsbrief", "staf", roles=CLERK).tells("newsletter_draft")
    for role in ("official", "councillor", "youth_worker"):
        said = bot.say(role, "!nieuwsbrief", "staf", roles=(role,))
        assert said.codes == ("refused_word_not_yours",)
    assert bot.staff("!nieuwsbrief", None).codes == ("refused_word_not_here",)


def test_a_month_that_is_not_over_or_unknown_is_refused(bot: Bot) -> None:
    for text, code in (
        ("nieuwsbrief januari", "refused_newsletter_early"),
        ("nieuwsbrief 2027-03", "refused_newsletter_early"),
        ("nieuwsbrief brumaire", "refused_newsletter_month"),
        ("nieuwsbrief 2026-13", "refused_newsletter_month"),
    ):
        assert bot.staff(text).codes == (code,), text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", "2026-12"),
        ("november", "2026-11"),
        ("November 2025", "2025-11"),
        ("2026-09", "2026-09"),
        ("january", "2027-01"),
        ("maart", "2026-03"),
    ],
)
def test_months_as_people_type_them(text: str, meant: str) -> None:
    assert month_of(text, datetime(2027, 1, 4, tzinfo=UTC)) == meant


def test_what_is_no_month() -> None:
    for text in ("morgen", "13", "2026", "mei juni", "2026-11-05", "0001-01", "٣"):
        with pytest.raises(Refused):
            month_of(text, datetime(2027, 1, 4, tzinfo=UTC))
