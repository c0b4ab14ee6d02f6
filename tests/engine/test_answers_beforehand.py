"""An answer is composed in the call that committed it, where its courier rests; never twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.desk.asker import Reply
from bot.platforms.facts import Said
from tests.engine.chat import LIVE, STAFF, Chat, person
from tests.engine.live import Live


class Resting(Live):
    """A bot on a platform with private replies, whose courier rests; counts its errands to the
    engine's thread."""

    def _open(self) -> None:
        super()._open()
        self.errands = 0
        errand = self.courier._in_thread

        async def counted(work: Callable[[], object]) -> object:
            self.errands += 1
            return await errand(work)

        self.courier._in_thread = counted
        self.courier._beforehand.rests()

    def answered(self, user: str, *texts: str) -> Sequence[Reply]:
        """Commit what somebody says, as the engine's thread does it; the answers are not handed
        over yet."""
        facts = [Said(self.origin(user, person(user)), text) for text in texts]
        replies = self.engine.receive(facts).whole()
        self.courier.prepare(replies)
        return replies

    def staff_says(self, text: str) -> None:
        """Commit what a moderator says; the answer to it is left out."""
        self.engine.receive([Said(self.origin("vera", STAFF, ("moderator",)), text)]).whole()


@pytest.fixture
def resting(tmp_path: Path) -> Iterator[Resting]:
    made = Resting(tmp_path / "stad.db", Chat(capabilities=replace(LIVE, private_replies=True)))
    yield made
    made.store.close()


def test_it_is_sent_without_another_errand(resting: Resting) -> None:
    errands: list[int] = []
    resting.chat.fault = lambda _what, _place, _id: errands.append(resting.errands)
    resting.courier.answer(resting.answered("anna", "privacy"))
    resting.deliver()
    (said,) = resting.told(person("anna"))
    assert (said.codes, errands[0]) == (("privacy",), 0)


def test_where_the_courier_works_it_goes_the_ordinary_way(resting: Resting) -> None:
    replies = resting.answered("anna", "privacy")
    resting.courier._beforehand.wakes()
    resting.courier.answer(replies)
    resting.deliver()
    assert [said.codes for said in resting.told(person("anna"))] == [("privacy",)]
    assert resting.errands


def test_answers_of_two_commits_for_one_person_are_each_given_once(resting: Resting) -> None:
    first, second = resting.answered("anna", "privacy"), resting.answered("anna", "taal en")
    resting.courier.answer(first)
    resting.courier.answer(second)
    resting.deliver()
    codes = [code for said in resting.told(person("anna")) for code in said.codes]
    assert codes == ["privacy", "language_set"]


def test_what_was_told_before_it_goes_before_it(resting: Resting) -> None:
    resting.open(more="toetsing=vooraf")
    resting.say("anna", "stelling De bomen bij de school moeten blijven staan.")
    resting.deliver()
    before = len(resting.told(person("anna")))
    resting.staff_says("ok S1")  # anna is told so, which waits in the outbox
    resting.courier._beforehand.rests()
    resting.courier.answer(resting.answered("anna", "privacy"))
    resting.deliver()
    told = [said.codes for said in resting.told(person("anna"))[before:]]
    assert [code for codes in told for code in codes][-1] == "privacy"
    assert len(told) == 2


def test_a_place_that_is_shut_waits(resting: Resting) -> None:
    resting.courier._pace.shut_for(str(person("anna")), 60.0)
    resting.courier._beforehand.rests()
    resting.courier.answer(resting.answered("anna", "privacy"))
    assert not any(one.composed for one in resting.courier._answers.places.values())
    resting.courier._pace.shut.clear()
    resting.deliver()
    assert [said.codes for said in resting.told(person("anna"))] == [("privacy",)]


def test_what_has_to_wait_for_its_place_is_not_composed_yet(resting: Resting) -> None:
    """Words that are erased until then are not in it."""
    anna = str(person("anna"))
    resting.courier._pace.closed[anna] = float("inf")
    resting.courier._beforehand.rests()
    resting.courier.answer(resting.answered("anna", "privacy"))
    assert resting.courier._answers.places[anna].composed is None
