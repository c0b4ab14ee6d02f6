"""Answers that wait for one place: the offer stands last, and never beside a reason's question."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.answering import Asked
from bot.delivery.queue import asks_reason, in_messages, is_offer, without_repeats
from bot.desk.asker import Reply
from bot.platforms.facts import Said
from dialogues.core import Notice
from tests.engine.chat import WHOLE, person
from tests.engine.live import Live

TEMPLATES = ("votes_noted", "not_understood", "offer_rest", "offer_statements", "offer_done",
             "ask_why", "ask_why_dilemma", "reason_noted")  # fmt: skip
ANSWERS = st.lists(st.lists(st.sampled_from(TEMPLATES), min_size=1, max_size=3), max_size=5)


@given(ANSWERS)
def test_the_offer_stands_last_and_apart_from_the_question_for_a_reason(
    answers: list[list[str]],
) -> None:
    replies = [
        Reply(person("anna"), tuple(Notice(code, {}) for code in codes), str(number))
        for number, codes in enumerate(answers)
    ]
    kept = without_repeats(replies)
    said = [notice for reply in kept for notice in reply.notices]
    offering = [number for number, reply in enumerate(kept) if any(map(is_offer, reply.notices))]
    assert offering in ([], [len(kept) - 1])
    for group in in_messages(kept):
        together = [notice for reply in group for notice in reply.notices]
        assert not (any(map(asks_reason, together)) and any(map(is_offer, together)))
    codes = {code for answer in answers for code in answer if not code.startswith("offer_")}
    assert {notice.template for notice in said if not is_offer(notice)} == codes
    last = max((n for n, answer in enumerate(answers) if {"offer_done"} & set(answer)), default=-1)
    if last >= 0 and last == len(answers) - 1:
        assert "offer_done" in [notice.template for notice in said]


def composed(live: Live, *texts: str) -> tuple[list[str], list[list[str]]]:
    """The messages in which what anna typed is answered together, and the codes of each answer."""
    replies = [
        reply
        for text in texts
        for reply in live.put(Said(live.origin("anna", person("anna")), text))
    ]
    (made,) = live.answering.composed([Asked(tuple(replies))], WHOLE)
    codes = [[notice.template for notice in reply.notices] for reply in replies]
    return [message.plain for message in made.messages], codes


def begun(tmp_path: Path, many: int) -> Live:
    """A street with so many statements, in which anna has her first list."""
    live = Live(tmp_path / "town.db")
    live.open()
    for number in range(many):
        live.say(f"r{number}", f"stelling Zin nummer {number} gaat over {number * 7} bomen.")
    live.say("anna", "meedoen")
    live.say("anna", "ja")
    live.deliver()
    return live


def test_what_was_not_understood_never_stands_under_a_list_that_came_later(tmp_path: Path) -> None:
    (said,), codes = composed(begun(tmp_path, 3), "1 eens", "hm")
    assert codes == [["votes_noted", "offer_rest"], ["not_understood"]]
    assert 0 < said.index("hulp") < said.index("2 «")


def test_that_all_is_done_is_said_last(tmp_path: Path) -> None:
    (said,), codes = composed(begun(tmp_path, 2), "1 eens 2 eens", "hm")
    assert codes == [["votes_noted", "offer_done"], ["not_understood"]]
    assert said.rstrip().endswith("mijn.")


def test_a_list_and_a_reason_never_share_a_message_when_answers_are_joined(tmp_path: Path) -> None:
    first, second = composed(begun(tmp_path, 5), "1 eens", "1 oneens", "2 eens 3 eens", "4 eens")[0]
    assert "of: nee." in first
    assert "5 «" not in first
    assert "5 «" in second
    assert "of: nee." not in second
