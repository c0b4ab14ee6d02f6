"""``evaluatie``: who is asked, where, once; and that only totals of five and more are ever told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from advice.papers.again import verify_papers
from advice.papers.paper import Paper
from bot.documents.handover import handed_over
from bot.documents.papers import papers
from bot.platforms.facts import Chose, Said
from bot.platforms.messages import Meaning
from dialogues.evaluation_events import EvaluationCounted
from rounds import registry
from tests.engine.bots import KEY, Bot
from tests.engine.chat import LIVE, Chat, person
from tests.engine.live import Live

VOTERS = ("a", "b", "c", "d", "e", "f", "g")

#: What each of them answers to the three questions. By hand: clear 4 yes, 2 a little, 1 no; heard 5
#: yes, 1 no (g gives none); again: only four answer.
GIVEN = {"a": "111", "b": "111", "c": "112", "d": "113", "e": "21", "f": "23", "g": "3"}


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    made = Bot(tmp_path / "town.db")
    made.open()
    made.say("zoe", "stelling Er moeten meer bomen komen.")
    for who in VOTERS:
        made.say(who, "stem S1 eens")
    return made


def evaluated(bot: Bot, given: dict[str, str] = GIVEN) -> None:
    for who, answers in given.items():
        bot.say(who, "evaluatie")
        for number in answers:
            bot.say(who, number)


def counts(bot: Bot) -> dict[str, tuple[int, ...]]:
    """What the journal says of each question; nothing without the event."""
    record = registry.record()
    lines = [record.read(line).event for line in bot.session.reader.lines("ons-gesprek")]
    (found,) = [event for event in lines if isinstance(event, EvaluationCounted)] or [None]
    return {one.question: one.counts for one in found.asked} if found else {}


def paper(bot: Bot, clerk: bool = False) -> dict[str, bytes]:
    reader, pages = bot.session.reader, registry.pages()
    handed = handed_over(reader, pages, KEY, "ons-gesprek", clerk)
    return {**handed.files, **papers(reader, pages, handed, [Paper.EVALUATION])}


def test_the_totals_stand_in_the_journal_once_and_only_from_five_answers_on(bot: Bot) -> None:
    bot.staff("sluit ja")
    evaluated(bot)
    assert counts(bot) == {}
    bot.tick(timedelta(days=15))
    assert counts(bot) == {
        "clear": (4, 2, 1),
        "heard": (5, 0, 1),
        "again": (),
        "worth": (),
        "kept": (),
        "change": (),
    }
    bot.close()


def test_without_five_answers_to_anything_the_journal_says_nothing(bot: Bot) -> None:
    bot.staff("sluit ja")
    evaluated(bot, {"a": "111", "b": "111", "c": "111", "d": "111"})
    bot.tick(timedelta(days=15))
    assert counts(bot) == {}
    assert "LinksDestroyed" in bot.events()


def test_what_is_kept_tells_neither_who_answered_what_nor_in_which_order(bot: Bot) -> None:
    """Of the same answers in another order the tables are the same, but for the names of marks."""
    bot.staff("sluit ja")
    evaluated(bot)
    db = bot.session.store._db
    assert db.execute("SELECT * FROM evaluation_counts").fetchall() == [
        ("ons-gesprek", "again", 0, 2),
        ("ons-gesprek", "again", 1, 1),
        ("ons-gesprek", "again", 2, 1),
        ("ons-gesprek", "clear", 0, 4),
        ("ons-gesprek", "clear", 1, 2),
        ("ons-gesprek", "clear", 2, 1),
        ("ons-gesprek", "heard", 0, 5),
        ("ons-gesprek", "heard", 2, 1),
    ]
    marks = db.execute("SELECT * FROM evaluated").fetchall()
    assert marks == sorted(marks)
    assert Counter(question for _, _, question in marks) == {"clear": 7, "heard": 6, "again": 4}
    bot.tick(timedelta(days=15))
    assert db.execute("SELECT * FROM evaluated").fetchall() == []
    assert db.execute("SELECT * FROM evaluation_counts").fetchall() == []


def test_nobody_answers_a_question_twice(bot: Bot) -> None:
    bot.staff("sluit ja")
    for _ in range(2):
        evaluated(bot, dict.fromkeys(VOTERS, "111"))
    assert bot.say("a", "evaluatie").codes == ("refused_evaluation_done",)
    bot.tick(timedelta(days=15))
    assert counts(bot)["clear"] == (7, 0, 0)


def test_a_half_finished_answer_goes_on_where_it_was(bot: Bot) -> None:
    bot.staff("sluit ja")
    bot.say("a", "evaluatie")
    assert bot.say("a", "1").tells("evaluation_ask", question="heard")
    assert bot.say("a", "evaluatie").tells("evaluation_ask", question="heard", number=2)
    assert bot.say("a", "7").codes == ("refused_evaluation_choose",)
    assert bot.say("a", "2").tells("evaluation_ask", question="again")
    assert bot.say("a", "1").codes == ("evaluation_thanks",)


@pytest.mark.parametrize(("held", "days"), [("", 14), ("Er is een klacht.", 0)])
def test_no_day_is_promised_while_the_dialogue_is_held(held: str, days: int, bot: Bot) -> None:
    bot.staff("sluit ja")
    if held:
        bot.say("gerda", f"bewaar vast ons-gesprek {held}", "staf", roles=("clerk",))
        assert bot.dialogue.held == held
    bot.say("a", "evaluatie")
    bot.say("a", "1")
    bot.say("a", "2")
    assert bot.say("a", "1").tells("evaluation_thanks", days=days)


def test_only_whoever_took_part_is_asked_and_only_once_it_is_over(bot: Bot) -> None:
    assert bot.say("a", "evaluatie").codes == ("refused_evaluation_none",)
    bot.staff("sluit ja")
    assert bot.say("nina", "evaluatie").codes == ("refused_evaluation_none",)
    assert bot.say("zoe", "evaluatie").tells("evaluation_ask", question="clear")
    bot.tick(timedelta(days=15))
    assert bot.say("a", "@ons-gesprek evaluatie").codes == ("refused_evaluation_none",)


def test_staff_has_questions_of_its_own_in_its_own_conversation(bot: Bot) -> None:
    bot.staff("sluit ja")
    assert bot.staff("!evaluatie").codes == ("refused_word_not_here",)
    assert bot.staff("evaluatie", None).tells("evaluation_ask", question="worth")
    said = bot.staff("2", None)
    assert said.tells("evaluation_ask", question="kept")
    assert bot.staff("1", None).tells("evaluation_ask", question="change")
    assert bot.staff("5", None).codes == ("evaluation_thanks",)


def test_the_bot_begins_nothing_and_says_so_below_what_somebody_gave(bot: Bot) -> None:
    bot.staff("sluit ja")
    told = {place for place, notice in bot.spoken if notice.template.startswith("evaluation")}
    assert told == set()
    assert "evaluation_offer" in bot.say("a", "mijn").codes
    evaluated(bot, {"a": "111"})
    assert "evaluation_offer" not in bot.say("a", "mijn").codes
    assert "evaluation_offer" not in bot.say("nina", "mijn").codes


def test_whoever_is_forgotten_leaves_a_count_and_no_mark(bot: Bot) -> None:
    bot.staff("sluit ja")
    evaluated(bot, dict.fromkeys(VOTERS, "1"))
    bot.say("a", "vergeetmij")
    bot.say("a", "ja, vergeet mij")
    marks = bot.session.store._db.execute("SELECT count(*) FROM evaluated").fetchone()
    assert marks == (6,)
    bot.tick(timedelta(days=15))
    assert counts(bot)["clear"] == (7, 0, 0)
    bot.close()


def test_the_paper_has_no_figures_before_the_end_and_then_those_of_the_journal(
    bot: Bot, tmp_path: Path
) -> None:
    bot.staff("sluit ja")
    evaluated(bot)
    before = paper(bot)["evaluatie.md"].decode()
    assert "De antwoorden worden opgeteld op dinsdag 15 december 2026." in before
    assert "|" not in before
    bot.tick(timedelta(days=15))
    files = paper(bot, clerk=True)
    after = files["evaluatie.md"].decode()
    clear = "Was duidelijk waar het gesprek over ging en wie beslist?"
    assert f"| {clear} | ja:\u00a04, een beetje:\u00a02, nee:\u00a01 | 7 |" in after
    assert "| Zou u nog eens meedoen? | minder dan 5 antwoorden, geen cijfers | – |" in after
    assert _verified(files, tmp_path) == []


def test_verify_finds_other_figures_than_those_of_the_journal(bot: Bot, tmp_path: Path) -> None:
    from advice.papers import registry as made

    bot.staff("sluit ja")
    evaluated(bot)
    bot.tick(timedelta(days=15))
    files = paper(bot, clerk=True)
    for was, now, code in (
        (b'"yes": 4', b'"yes": 5', "paper_journal"),
        (b'"yes": 4', b'"yes": 1', "paper_figures"),
        (b'"yes": 4', b'"yes": -1', "paper_figures"),
    ):
        model = made.decoded("evaluatie", files["evaluatie.json"].replace(was, now, 1))
        forged = {**files, **made.written("evaluatie", model, registry.pages())}
        assert code in _verified(forged, tmp_path), now


def _verified(files: dict[str, bytes], folder: Path) -> list[str]:
    room: Any = folder / "bundle"
    room.mkdir(exist_ok=True)
    for name, data in files.items():
        (room / name).write_bytes(data)
    verdict = verify_papers(room, registry.pages(), registry.record())
    return [found.code for found in verdict.differences]


def test_where_there_are_buttons_each_answer_is_one_and_counts_once(tmp_path: Path) -> None:
    live = Live(tmp_path / "town.db", Chat(capabilities=replace(LIVE, press=True)))
    live.open()
    live.say("anna", "stelling Er moeten meer bomen komen.", person("anna"))
    live.command("sluit ja")
    live.read_back()
    (reply,) = live.put(Said(live.origin("anna", person("anna")), "evaluatie"))
    choices = reply.notices[-1].choices
    labels = ["choice_evaluation_yes", "choice_evaluation_partly", "choice_evaluation_no"]
    assert [choice.label for choice in choices] == labels
    means = Meaning("ons-gesprek", choice="2", question=choices[1].question)
    for _ in range(2):  # the second press is on a question that is over
        live.put(Chose(live.origin("anna", person("anna")), means))
    rows = live.engine.store._db.execute("SELECT * FROM evaluation_counts").fetchall()
    assert [row[1:] for row in rows] == [("clear", 1, 1)]


def test_who_asks_for_all_that_is_kept_reads_how_often_they_answered_and_no_answer(
    bot: Bot,
) -> None:
    bot.staff("sluit ja")
    assert "Vragen na het gesprek" not in bot.say("a", "mijn alles")
    evaluated(bot, {"a": "113"})
    said = bot.say("a", "mijn alles")
    assert "Vragen na het gesprek: u gaf 3 antwoorden. Welk antwoord, is niet bewaard." in said
