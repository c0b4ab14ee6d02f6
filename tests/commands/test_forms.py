"""The form for the charter, one question at a time."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from commands.forms import (
    Done,
    FormQuestion,
    FormState,
    Outcome,
    Puzzled,
    Stopped,
    answer,
    ask,
    begin,
    state_from,
)
from commands.wrong import Wrong, wrong
from dialogues.charter import KEYS, REQUIRED

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)
LEVELS = ("meeweten", "meedenken", "meedoen", "meebeslissen")
FILLED = {
    "niveau": "meedenken", "beslisser": "de raad", "antwoord": "2026-12-15", "vast": "de bus",
    "open": "bomen", "fase": "voorbereiding",
}  # fmt: skip


def start(**values: str) -> FormState:
    state = begin(values, NOW, ZONE)
    assert isinstance(state, FormState)
    return state


def reply(state: FormState, *texts: str) -> Outcome:
    outcome: Outcome = state
    for text in texts:
        assert isinstance(outcome, FormState), (text, outcome)
        outcome = answer(outcome, text, NOW, ZONE)
    return outcome


def test_the_whole_conversation() -> None:
    state = start()
    assert ask(state) == FormQuestion("form_level", "niveau", LEVELS, 1, 8, {})
    outcome = reply(
        state, "2", "de raad", "15 december", "de bus", '"bomen"', "Uitvoering", "klaar"
    )
    values = FILLED | {"fase": "uitvoering"}
    assert outcome == FormState("preview", values)
    assert isinstance(outcome, FormState)
    assert ask(outcome) == FormQuestion("form_preview", "", ("ja", "nee"), 8, 8, values)
    assert reply(outcome, "Ja!") == Done(values)


def test_the_decision_is_asked_where_the_say_was_handed_over() -> None:
    outcome = reply(start(), "4", "de buurt", "15-12-2026", "de bus", "bomen", "1")
    assert isinstance(outcome, FormState)
    assert outcome.step == "besluit"
    assert ask(outcome).total == 9
    assert reply(outcome, "2026/12", "klaar", "ja") == Done(
        FILLED | {"niveau": "meebeslissen", "beslisser": "de buurt", "besluit": "2026/12"}
    )


def test_only_what_is_missing_is_asked() -> None:
    state = start(level="think", vast="de bus", antwoord="15 december")
    steps = []
    outcome: Outcome = state
    for text in ("de raad", "bomen", "1", "klaar"):
        assert isinstance(outcome, FormState)
        steps.append(outcome.step)
        outcome = reply(outcome, text)
    assert steps == ["beslisser", "open", "fase", "more"]
    assert outcome == FormState("preview", FILLED)
    assert begin({"niveau": "x"}, NOW, ZONE) == wrong(
        "value_unknown", key="niveau", value="x", options=LEVELS
    )


def test_one_step_back() -> None:
    assert reply(start(), "terug") == wrong("form_first")
    outcome = reply(start(), "2", "de raad", "terug")
    assert outcome == FormState("beslisser", {"niveau": "meedenken", "beslisser": "de raad"})
    assert reply(outcome, "het college") == FormState(
        "antwoord", {"niveau": "meedenken", "beslisser": "het college"}
    )
    assert reply(FormState("preview", FILLED), "back") == FormState("more", FILLED)
    assert reply(FormState("more", FILLED), "terug") == FormState("fase", FILLED)
    # Back to the level: the decision becomes necessary, the other answers stay.
    assert reply(FormState("niveau", FILLED), "meebeslissen") == FormState(
        "besluit", FILLED | {"niveau": "meebeslissen"}
    )


def test_stop_at_every_step() -> None:
    for step in (*(KEYS[name] for name in REQUIRED), "more", "preview", "change"):
        assert reply(FormState(step, FILLED), "Stop.") == Stopped(FILLED)


def test_keys_answer_their_questions_at_every_step() -> None:
    """They end the form where they answer the last question that has to be answered."""
    typed = {key: f'{key}="{value}"' for key, value in FILLED.items()}
    for step in FILLED:
        others = {key: value for key, value in FILLED.items() if key != step}
        assert reply(FormState(step, others), typed[step]) == Done(FILLED)
        assert reply(FormState(step, others), f"{typed[step]} language=en") == Done(
            FILLED | {"taal": "en"}
        )
    assert reply(start(), "language=en") == FormState("niveau", {"taal": "en"})
    assert reply(start(), " ".join(typed.values())) == Done(FILLED)
    assert reply(FormState("vast", {}), "open=x") == FormState("niveau", {"open": "x"})
    assert reply(start(), 'niveau=meebeslissen vast="de bus"') == FormState(
        "beslisser", {"niveau": "meebeslissen", "vast": "de bus"}
    )
    assert reply(FormState("vast", {}), "x = y") == FormState("open", {"vast": "x = y"})
    for wrong_key in ("niveau=hoog", "antwoord=gauw", 'open="'):
        assert isinstance(reply(start(), wrong_key), Wrong)


def test_an_earlier_answer_is_kept_with_a_word() -> None:
    state = reply(start(), "2", "de raad", "terug")
    assert reply(FormState("beslisser", {}), "klaar") != state
    assert isinstance(state, FormState)
    assert reply(state, "klaar") == FormState("antwoord", state.answers)
    assert reply(FormState("niveau", FILLED), "done") == FormState("more", FILLED)


def test_what_is_meant_can_be_asked_at_every_step() -> None:
    for step in (*(KEYS[name] for name in REQUIRED), "more", "preview", "change"):
        assert reply(FormState(step, FILLED), "?") == Puzzled()


def test_anything_more() -> None:
    state = FormState("more", FILLED)
    question = ask(state)
    assert question.code == "form_more"
    assert question.options[:2] == ("stemming", "uitslag")
    assert not set(question.options) & set(FILLED)
    added = reply(state, 'minimum=5 citaten=no voor="de straat"')
    assert added == FormState(
        "more", FILLED | {"minimum": "5", "citaten": "nee", "voor": "de straat"}
    )
    assert isinstance(added, FormState)
    assert "minimum" not in ask(added).options
    assert reply(state, "vast=“de bus en de halte”", "nee") == FormState(
        "preview", FILLED | {"vast": "de bus en de halte"}
    )
    assert reply(state, "niveau=meebeslissen", "klaar") == FormState(
        "besluit", FILLED | {"niveau": "meebeslissen"}
    )
    assert reply(state, "begin maar") == wrong("form_more", value="begin maar")
    assert reply(state, "adressen 310") == FormState("more", FILLED | {"adressen": "310"})
    assert reply(state, "geen idee") == Puzzled()
    assert reply(state, "minimum=veel") == wrong(
        "value_out_of_range", key="minimum", value="veel", low=1, high=100_000
    )
    assert reply(state, "minimun=5") == wrong(
        "key_unknown", key="minimun", nearest="minimum", known=tuple(KEYS.values())
    )


def test_a_wrong_answer_is_asked_again() -> None:
    assert reply(start(), "5") == wrong("form_choose", key="niveau", value="5", options=LEVELS)
    assert reply(start(), "0") == wrong("form_choose", key="niveau", value="0", options=LEVELS)
    assert reply(start(), "nee") == wrong("form_choose", key="niveau", value="nee", options=LEVELS)
    assert reply(FormState("antwoord", {}), "gauw") == wrong("day_unreadable", value="gauw")
    assert reply(FormState("vast", {}), " ") == wrong("value_empty", key="vast")
    assert reply(FormState("preview", FILLED), "misschien") == wrong(
        "form_preview", value="misschien"
    )
    assert reply(FormState("preview", FILLED), "nee") == FormState("change", FILLED)


def test_what_is_not_right_can_be_given_anew() -> None:
    wrongly = {**FILLED, "beslisser": "voorbereiding"}
    state = reply(FormState("preview", wrongly), "nee")
    assert isinstance(state, FormState)
    assert ask(state) == FormQuestion("form_change", "", tuple(wrongly), 8, 8, wrongly)
    for typed in (
        "beslisser=de raad",
        "decider=de raad",
        'beslisser="de raad"',
        "beslisser de raad",
    ):
        assert reply(state, typed) == FormState("preview", FILLED)
    assert reply(state, "Beslisser", "de raad", "klaar") == FormState("preview", FILLED)
    assert reply(state, "klaar") == FormState("preview", wrongly)
    assert reply(state, "terug") == FormState("more", wrongly)
    assert reply(state, "niveau=4") == reply(FormState("more", wrongly), "niveau=4")
    handed = wrongly | {"niveau": "meebeslissen"}
    assert reply(state, "niveau=meebeslissen") == FormState("besluit", handed)
    assert reply(state, "de tweede") == wrong("form_change", value="de tweede")


def test_a_value_of_several_words_needs_no_quotes_where_it_is_all_there_is() -> None:
    assert reply(start(), "vast=de bus en de halte") == start(vast="de bus en de halte")
    assert reply(start(), "vast=de bus open=bomen") == wrong(
        "quotes_needed", key="vast", rest="bus open=bomen"
    )
    assert reply(start(), 'vast="de bus') == wrong("quote_open", key="vast")


REPLIES = st.sampled_from(
    ["1", "2", "4", "terug", "klaar", "ja", "nee", "15 december", "de raad", "vast=x",
     "niveau=meedoen", "", "stop", "minimum=3 taal=nl"]
)  # fmt: skip


@given(st.lists(REPLIES | st.text(max_size=20), max_size=25))
def test_no_conversation_gets_stuck(texts: list[str]) -> None:
    state = start()
    for text in texts:
        assert state_from(json.loads(json.dumps(state.as_data()))) == state
        question = ask(state)
        assert 1 <= question.place <= question.total
        outcome = answer(state, text, NOW, ZONE)
        if isinstance(outcome, Done):
            assert all(KEYS[name] in outcome.values for name in REQUIRED)
            assert isinstance(begin(outcome.values, NOW, ZONE), FormState)
        if not isinstance(outcome, FormState):
            assert isinstance(outcome, Wrong | Done | Puzzled | Stopped)
            continue
        state = outcome
