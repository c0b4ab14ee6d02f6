"""A circle by hand: turns asked for, drawn, ended in every way; words; how evenly people spoke."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues import intents as it
from dialogues.charter import Review
from dialogues.core import Text
from dialogues.events import RoundOpened
from dialogues.lots import lot
from rounds.circle.order import gini, queue
from rounds.circle.rules import MACHINE
from rounds.circle.state import (
    AskTurn,
    EndTurn,
    GiveTurnUp,
    GiveWord,
    Onward,
    SetTurnLength,
    TurnBegan,
)
from tests.dialogues.scene import Scene, plan, started


def asked(*people: str, **values: Any) -> Scene:
    scene = started("circle", **values)
    for person in people:
        scene.do(AskTurn(), person)
    return scene


def speaker(scene: Scene) -> str:
    turn = scene.state.turn
    return turn.participant if turn else ""


def test_the_order_is_drawn_with_the_seed_of_the_round() -> None:
    people = ["anna", "bas", "cor", "dora", "eva"]
    scene = asked(*people)
    scene.state.seed = "zaad"
    lots = {p: hashlib.sha256(f"zaad|{p}".encode()).hexdigest() for p in people}
    order = sorted(people, key=lots.__getitem__)
    assert queue(scene.state) == order
    scene.do(Onward())
    assert speaker(scene) == order[0]
    scene.do(AskTurn(), "late")
    assert queue(scene.state) == [*order[1:], "late"]
    assert lot("zaad", "anna") == lots["anna"]


def test_who_asks_later_comes_in_the_order_of_asking_and_keeps_a_number() -> None:
    scene = asked("anna")
    scene.do(Onward())
    late = ["bas", "cor", "dora", "eva", "fred", "gijs"]
    assert sorted(late, key=lambda p: lot(scene.state.seed, p)) != late
    for person in (*late, "anna"):
        scene.do(AskTurn(), person)
    assert queue(scene.state) == late
    scene.do(EndTurn(), "anna")
    scene.do(AskTurn(), "anna")
    assert list(scene.state.numbers.items())[:2] == [("anna", 1), ("bas", 2)]


def test_the_seed_of_a_round_is_kept() -> None:
    scene = started("circle")
    opening = RoundOpened(0, scene.at, "", None, "zaad")
    MACHINE.evolve(scene.state, opening, scene.at, "mod")
    assert scene.state.seed == "zaad"


def test_the_seed_comes_with_the_opening() -> None:
    scene = started("circle")
    opened = [scene.record.read(line).event for line in scene.lines]
    (event,) = (e for e in opened if isinstance(e, RoundOpened))
    assert scene.state.seed == event.seed


def test_nobody_speaks_twice_before_all_who_asked_had_a_turn() -> None:
    scene = asked("anna")
    scene.do(Onward())
    scene.do(AskTurn(), "bas")
    scene.do(EndTurn(), "anna")
    assert speaker(scene) == "bas"
    scene.do(AskTurn(), "anna")
    scene.do(AskTurn(), "cor")
    assert queue(scene.state) == ["cor", "anna"]
    scene.do(Onward())
    scene.do(AskTurn(), "dora")
    assert queue(scene.state) == ["dora", "anna"]


def test_a_turn_ends_by_itself_and_the_next_begins() -> None:
    scene = asked("anna", "bas", minutes=2)
    scene.do(Onward())
    first = speaker(scene)
    began = scene.at
    assert [d.at for d in MACHINE.deadlines(scene.state)] == [began + timedelta(minutes=2)]
    assert not scene.wait(1.9)
    scene.wait(0.2)
    assert speaker(scene) == ({"anna", "bas"} - {first}).pop()
    assert scene.state.turn.began == began + timedelta(minutes=2)
    scene.wait(5)
    assert speaker(scene) == ""
    assert scene.state.seconds == {"anna": 120, "bas": 120}
    assert MACHINE.deadlines(scene.state) == ()
    scene.check_replay()


def test_who_asks_while_nobody_speaks_begins_once_it_goes_on() -> None:
    scene = asked("anna")
    assert speaker(scene) == ""
    scene.do(Onward())
    scene.do(EndTurn(), "anna")
    began = scene.do(AskTurn(), "bas")
    assert [type(event) for event in began][1:] == [TurnBegan]
    assert speaker(scene) == "bas"


def test_asking_again_changes_nothing() -> None:
    scene = asked("anna")
    assert scene.do(AskTurn(), "anna") == []
    scene.do(Onward())
    assert scene.do(AskTurn(), "anna") == []


def test_a_turn_is_given_up_while_one_waits_or_speaks() -> None:
    scene = asked("anna", "bas")
    scene.do(GiveTurnUp(), "anna")
    assert queue(scene.state) == ["bas"]
    assert scene.refused(GiveTurnUp(), "anna")[0] == "no_turn_asked"
    scene.do(Onward())
    scene.do(GiveTurnUp(), "bas")
    assert speaker(scene) == ""
    assert scene.state.turns == {"bas": 1}


def test_what_cannot_be() -> None:
    scene = asked()
    assert scene.refused(Onward())[0] == "nobody_waits"
    assert scene.refused(EndTurn(), "anna")[0] == "not_your_turn"
    assert scene.refused(AskTurn(), "mod", staff=True)[0] == "staff_no_turn"
    assert scene.refused(GiveWord(Text("Bomen.")), "anna")[0] == "no_turn_yet"
    for minutes in (0, 31):
        assert scene.refused(SetTurnLength(minutes)) == ("bad_minutes", {"least": 1, "most": 30})
    assert scene.do(SetTurnLength(30))
    assert scene.do(SetTurnLength(30)) == []
    scene.do(AskTurn(), "anna")
    scene.do(Onward())
    assert scene.refused(EndTurn(), "bas")[0] == "not_your_turn"
    assert scene.do(SetTurnLength(1))
    assert scene.state.turn.until - scene.state.turn.began == timedelta(minutes=30)


def test_words_are_of_who_had_a_turn() -> None:
    scene = asked("anna")
    scene.do(Onward())
    (word,) = scene.do(GiveWord(Text("Meer bomen.")), "anna")
    assert (word.number, word.author, word.pending) == ("W1", "anna", False)
    assert scene.refused(GiveWord(Text("x" * 281)), "anna")[0] == "text_too_long"
    (row,) = scene.report(0)
    assert (row.number, scene.text(row.text), row.counts, row.voters) == (
        "W1",
        "Meer bomen.",
        {},
        0,
    )
    card = MACHINE.card(scene.state)
    assert (card["words"], card["speaking"], card["waiting"], card["minutes"]) == (1, 1, 0, 3)
    assert MACHINE.took_part(scene.state) == {"anna"}
    scene.do(it.EndCollecting())
    assert scene.refused(GiveWord(Text("Nog een.")), "anna")[0] == "collecting_ended"


def test_words_wait_for_a_moderator_where_they_are_read_first() -> None:
    scene = Scene(plan("circle"), review=Review.BEFORE)
    scene.do(it.StartDialogue())
    scene.do(AskTurn(), "anna")
    scene.do(Onward())
    (word,) = scene.do(GiveWord(Text("Meer bomen.")), "anna")
    assert word.pending
    assert MACHINE.card(scene.state)["words"] == 0


def test_the_room_reads_whose_turn_it_is() -> None:
    scene = asked("anna", "bas")
    (began,) = scene.do(Onward())
    (notice,) = MACHINE.announce(scene.state, began)
    number = scene.state.numbers[speaker(scene)]
    assert notice.template == "circle_turn"
    assert notice.data == {"number": number, "until": began.until, "waiting": 1}
    (ended, _next) = scene.do(EndTurn(), speaker(scene))
    assert MACHINE.announce(scene.state, ended) == ()


def test_who_is_forgotten_waits_and_speaks_no_more() -> None:
    scene = asked("anna", "bas")
    assert MACHINE.withdraw(scene.state, "cor") == ()
    assert MACHINE.withdraw(scene.state, "anna") == (GiveTurnUp(),)
    scene.do(Onward())
    first, second = speaker(scene), queue(scene.state)[0]
    for person in (second, first):
        for intent in MACHINE.withdraw(scene.state, person):
            scene.do(intent, person)
    assert (speaker(scene), queue(scene.state)) == ("", [])


def test_closing_ends_the_turn() -> None:
    scene = asked("anna")
    scene.do(Onward())
    scene.do(it.CloseDialogue(), minutes=1)
    assert scene.live.states[0].turn is None
    assert scene.live.states[0].seconds == {"anna": 60}
    scene.check_replay()


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        ([], None),
        ([60] * 4, None),
        ([60] * 5, 0.0),
        ([0] * 5, 0.0),
        ([0, 0, 0, 0, 100], 0.8),
        ([30, 60, 60, 60, 150], 0.267),
        ([10, 20, 30, 40, 50], 0.267),
    ],
)
def test_how_evenly(seconds: list[int], expected: float | None) -> None:
    assert gini(seconds) == expected


@given(st.lists(st.integers(0, 7200), min_size=5, max_size=40))
def test_gini_is_the_mean_difference(seconds: list[int]) -> None:
    """Half the mean difference of two speakers, over the mean."""
    total, number = sum(seconds), len(seconds)
    differences = sum(abs(one - other) for one in seconds for other in seconds)
    expected = differences / (2 * number * total) if total else 0.0
    found = gini(reversed(seconds))
    assert found is not None
    assert abs(found - expected) <= 0.0005 + 1e-9
    assert 0 <= found < 1
