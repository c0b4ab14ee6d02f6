"""A round of questions against a plain model, step by step."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from dialogues.core import Text
from dialogues.items import ItemState
from rounds.questions import order
from rounds.questions.state import (
    AnswerQuestion,
    AskQuestion,
    PromiseAnswer,
    Support,
    TakeNow,
    WithdrawSupport,
)
from tests.dialogues.model import PEOPLE, RoundMachine
from tests.dialogues.scene import started
from tests.generated import examples


class Questions(RoundMachine):
    def begin(self) -> None:
        self.scene = started("questions", per_person=0)
        self.behind: set[tuple[str, str]] = set()
        self.answers: list[tuple[str, str]] = []
        self.promised: set[str] = set()
        self.taken = ""

    def draw(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(list(self.states)))

    def is_shown(self, number: str) -> bool:
        return self.states.get(number) is ItemState.SHOWN

    @rule(author=PEOPLE)
    def ask(self, author: str) -> None:
        assert not self.attempt(AskQuestion(Text("Waarom?")), author)
        number = f"V{len(self.authors) + 1}"
        self.authors[number], self.states[number] = author, ItemState.SHOWN

    @precondition(lambda self: self.states)
    @rule(data=st.data(), person=PEOPLE)
    def support(self, data: st.DataObject, person: str) -> None:
        number = self.draw(data)
        code = self.attempt(Support(number), person)
        assert (not code) is (self.is_shown(number) and self.authors[number] != person)
        if not code:
            self.behind.add((number, person))

    @precondition(lambda self: self.states)
    @rule(data=st.data(), person=PEOPLE)
    def withdraw_support(self, data: st.DataObject, person: str) -> None:
        number = self.draw(data)
        assert not self.attempt(WithdrawSupport(number), person)
        self.behind.discard((number, person))

    @precondition(lambda self: self.states)
    @rule(data=st.data())
    def take(self, data: st.DataObject) -> None:
        number = self.draw(data)
        code = self.attempt(TakeNow(number))
        assert (not code) is self.is_shown(number)
        if not code:
            self.taken = number

    @precondition(lambda self: self.states)
    @rule(data=st.data(), words=st.sampled_from(["Ja.", "Nee."]))
    def answer(self, data: st.DataObject, words: str) -> None:
        number = self.draw(data)
        code = self.attempt(AnswerQuestion(number, Text(words)), "wethouder")
        assert (not code) is self.is_shown(number)
        if not code:
            self.answers.append((number, words))
            self.taken = "" if self.taken == number else self.taken

    @precondition(lambda self: self.states)
    @rule(data=st.data(), minutes=st.sampled_from([1, 3]))
    def promise(self, data: st.DataObject, minutes: int) -> None:
        number = self.draw(data)
        until = self.scene.at + timedelta(minutes=minutes)
        before = len(self.scene.lines)
        code = self.attempt(PromiseAnswer(number, until, "straks"), "wethouder")
        assert (not code) is (self.is_shown(number) and number not in dict(self.answers))
        if not code:
            self.promised.add(number)
            if len(self.scene.lines) > before:
                self.taken = "" if self.taken == number else self.taken

    @invariant()
    def told_as_the_model_says(self) -> None:
        given = dict(self.answers)
        for row in self.scene.report(0):
            supporters = {person for number, person in self.behind if number == row.number}
            assert row.counts == {"support": len(supporters)}
            assert row.voters == 0
            promised = "promised" if row.number in self.promised else "open"
            assert row.result == ("answered" if row.number in given else promised)
            if row.answer:
                assert self.scene.text(row.answer.text) == given[row.number]
        taken = self.taken if self.is_shown(self.taken) else ""
        assert order.now(self.scene.state) == taken

    @invariant()
    def nothing_lapses_twice_and_answers_end_promises(self) -> None:
        waiting = self.scene.state.to_keep
        assert set(waiting) <= self.promised - set(dict(self.answers))
        assert all(at > self.scene.at for n, at in waiting.items() if self.is_shown(n))

    @invariant()
    def the_queue_is_fair(self) -> None:
        state = self.scene.state
        queue = order.queue(state)
        rows = {row.number: row for row in self.scene.report(0)}
        assert sorted(queue) == sorted(
            n for n in rows
            if self.is_shown(n) and rows[n].result == "open" and n != self.taken
        )  # fmt: skip
        done = set(dict(self.answers)) | self.promised | ({order.now(state)} - {""})
        ranks = {n: place for place, n in enumerate(order.shown(state))}
        for place, number in enumerate(queue):
            later = queue[place + 1 :]
            if (len(done) + place + 1) % 3:
                assert all(ranks[number] < ranks[other] for other in later)


TestQuestions = Questions.TestCase
TestQuestions.settings = examples(25, 1000)
