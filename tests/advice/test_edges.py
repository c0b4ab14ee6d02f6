"""Edge cases of what verify computes again: one mistake at a time, each with its own finding."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
import turns
from handmade import PAGES, gone, poll, proposal, question, result, round_, said
from handmade_rounds import questions
from handmade_street import street

from advice.documents import written
from advice.model import Change, Consent, Item, Participants, Recommendation, Result, encode
from advice.published import reasons
from advice.register import Register
from advice.verifying import proposing, recount
from dialogues.core import Text
from dialogues.items import ItemState
from dialogues.report import ItemReport, ReasonReport
from rounds.poll.model import item as poll_item
from rounds.poll.state import OptionReport, PollKind, PollReport
from rounds.questions.pages import Question


def found(made: Result, where: str) -> list[str]:
    """The codes of what is wrong at one place."""
    return [each.code for each in recount.differences(made, PAGES) if each.where == where]


def changed(made: Result, round_: int, item: int, **values: Any) -> Result:
    """The result with some keys of one item set."""
    data = json.loads(encode(made))
    data["rounds"][round_]["items"][item] |= values
    return PAGES.decode(json.dumps(data).encode())


@pytest.mark.parametrize(
    ("item", "values", "codes"),
    [
        (0, {"counts": {"agree": 2, "disagree": 1, "pass": 0}, "voters": 3}, "under_threshold"),
        (8, {"result": "agreed"}, "result"),
        (8, {"voters": 3}, "under_threshold"),
    ],
)
def test_an_item_of_few_voters(item: int, values: dict[str, Any], codes: str) -> None:
    made = changed(street(), 0, item, **values)
    assert codes in found(made, made.rounds[0].items[item].number)


def test_a_recommendation_that_is_not_shown_is_no_hidden_contribution() -> None:
    made = street(hidden={"personal": 2})
    rounds = [
        msgspec.structs.replace(
            each, items=[gone(i.number, "hidden") if i.number in hidden else i for i in each.items]
        )
        for each, hidden in zip(made.rounds, (("S7",), (), ("A2",)), strict=True)
    ]
    assert found(msgspec.structs.replace(made, rounds=rounds), "uitslag.json") == []


def test_nobody_voted_where_there_were_only_questions() -> None:
    made = questions()
    rounds = [msgspec.structs.replace(made.rounds[0], voters=None)]
    people = Participants(16, None, 16, unlinked=16)
    wrong = msgspec.structs.replace(made, rounds=rounds, participants=people)
    assert found(wrong, "voted") == ["participants"]


def test_a_recommendation_has_a_number_of_its_own_letter() -> None:
    made = street()
    first = msgspec.structs.replace(made.recommendations[0], number="S1")
    asked = [first, *made.recommendations[1:]]
    wrong = msgspec.structs.replace(made, recommendations=asked)
    codes = [each.code for each in proposing.differences(wrong, PAGES)]
    assert codes[:1] == ["number"]


@pytest.mark.parametrize(("at", "wrong"), [("2026-12-01T20:00:00Z", True), ("2026-12-03", False)])
def test_what_was_shown_again_before_the_closing_round_was_a_candidate(
    at: str, wrong: bool
) -> None:
    made = street()
    asked = [r for r in made.recommendations if r.from_ != "S7"]
    items = [i for i in made.rounds[2].items if i.number != "A2"]
    rounds = [*made.rounds[:2], msgspec.structs.replace(made.rounds[2], items=items)]
    change = Change("show", "S7", "moderator 1", at, "toch goed")
    again = msgspec.structs.replace(
        made, rounds=rounds, recommendations=asked, changes=[*made.changes, change]
    )
    assert bool(list(proposing.differences(again, PAGES))) == wrong


@pytest.mark.parametrize(("erased", "wrong"), [("V1", True), ("S6", False)])
def test_only_what_can_be_recommended_leaves_a_place_open_when_it_is_erased(
    erased: str, wrong: bool
) -> None:
    """Of five candidates the last is missing; an erased statement may have had its place."""
    items: list[Item] = [said(f"S{n}", f"Plan {n}.", (20 - n, n, 0), 20) for n in range(1, 6)]
    items.append(said("S6", "Plan 6.", (4, 16, 0), 20))
    items = [gone(i.number, "erased") if i.number == erased else i for i in items]
    asked = gone("V1", "erased", Question) if erased == "V1" else question("V1", "Wanneer?", 2)
    closing = [proposal(f"A{n}", f"Plan {n}.", 15, 0) for n in range(1, 5)]
    made = result(
        [
            round_("statements", "S", items, 20),
            round_("questions", "V", [asked], 0, 2),
            round_("closing", "A", closing, 15, 3),
        ],
        recommendations=[
            Recommendation(f"A{n}", f"Plan {n}.", f"S{n}", Consent(15, 0)) for n in range(1, 5)
        ],
    )
    codes = [each.code for each in proposing.differences(made, PAGES)]
    assert ("recommendations" in codes) == wrong


def test_where_nobody_votes_nothing_is_held_back() -> None:
    made = street()
    made = msgspec.structs.replace(made, rounds=[*made.rounds, turns.turns(made)])
    places = Register.of(made, turns.EVERY).told("turns")
    assert [place.item.number for place in places] == ["W1"]


def test_the_option_that_is_asked_for_has_its_own_figure() -> None:
    counts = {"Platanen": 4, "Linden": 11, "Fruitbomen": 5}
    made = street()
    trees = round_(
        "poll", "Bomen", [poll("P1", "Welke bomen wilt u?", "one", counts, 20, ["Linden"])], 20, 2
    )
    asked = [
        msgspec.structs.replace(r, option=2) if r.from_ == "P1" else r for r in made.recommendations
    ]
    rounds = [made.rounds[0], trees, made.rounds[2]]
    told = msgspec.structs.replace(made, rounds=rounds, recommendations=asked)
    text = written(told, PAGES)["advies.md"].decode()
    assert "Gekozen door 11 van de 20 (P1)." in text


@pytest.mark.parametrize(
    ("voters", "counted", "texts"), [(5, True, ["Mooi."]), (4, True, []), (5, False, [])]
)
def test_reasons_are_held_back_with_the_figures_they_would_tell(
    voters: int, counted: bool, texts: list[str]
) -> None:
    given = tuple(
        ReasonReport(number, side, Text("", ref, "seal"))
        for number, side, ref in (("R1", "1", "t1"), ("R2", "2", "t1"), ("R3", "1", "gone"))
    )
    item = ItemReport(
        "P1", "Welke?", ItemState.SHOWN, {}, voters, None, reasons=given, counted=counted
    )
    told = reasons(item, {"t1": "Mooi."}.get, {"1": "Linden"}.get)
    assert [reason.text for reason in told] == texts
    assert all(reason.side == "Linden" for reason in told)


def test_an_option_that_was_hidden_after_closing_keeps_its_number_and_loses_its_words() -> None:
    own = Text("", "t1", "seal")
    for state, name in ((ItemState.SHOWN, "Een beuk"), (ItemState.HIDDEN, "(2)")):
        report = PollReport(
            "P1",
            "Welke?",
            ItemState.SHOWN,
            {"1": 2, "2": 4},
            6,
            ("2",),
            poll=PollKind.ONE,
            options=(OptionReport(1, "Linden", ItemState.SHOWN), OptionReport(2, own, state)),
        )
        made = poll_item(report, {"t1": "Een beuk"}.get)
        assert made.counts == {"Linden": 2, name: 4}
        assert made.result == [name]
