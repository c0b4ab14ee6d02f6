"""Promises 22, 23: accounts on two networks are linked by a one-time code, and are one ballot."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.platforms.facts import Tick
from dialogues.machine import Stage
from storage.messages import decode
from tests.engine.linked import BUS, box, given, link
from tests.engine.networks import Networks, codes


@pytest.fixture
def both(tmp_path: Path) -> Networks:
    return Networks(tmp_path / "town.db")


def test_two_ballots_are_one_with_the_newest_votes_and_the_receipt_says_so(both: Networks) -> None:
    given(both)
    both.heard("anna", "stem S1 eens", "matrix")
    both.heard("anna77", "stem S1 oneens", "discord")
    both.heard("anna77", "stem S2 eens", "discord")
    both.heard("anna", "stem S2 oneens", "matrix")
    assert (box(both).turnout, box(both).voters) == (2, 2)
    (merged,) = link(both).data["merged"]
    assert merged["title"] == "Ons gesprek"
    assert (box(both).turnout, box(both).voters) == (1, 1)
    assert [box(both).recount(item)[0] for item in ("S1", "S2")] == [
        {"disagree": 1},
        {"disagree": 1},
    ]
    (noted,) = both.heard("anna", "stem S1 pas", "matrix")[:1]
    assert noted.data["receipt"] == merged["receipt"] != ""
    assert box(both).recount("S1")[0] == {"pass": 1}
    both.heard("anna77", "stem S1 eens", "discord")
    assert box(both).recount("S1")[0] == {"agree": 1}
    assert box(both).turnout == 1


@pytest.mark.parametrize("where", ["matrix", "discord"])
def test_a_ballot_of_one_side_is_that_of_both(both: Networks, where: str) -> None:
    given(both)
    both.heard({"matrix": "anna", "discord": "anna77"}[where], "stem S1 eens", where)
    assert link(both).data["merged"] == []
    both.heard("anna", "stem S1 oneens", "matrix")
    both.heard("anna77", "stem S1 pas", "discord")
    assert (box(both).turnout, box(both).recount("S1")[0]) == (1, {"pass": 1})


def test_turnout_goes_down_by_one_whatever_was_chosen_or_taken_back(both: Networks) -> None:
    """Blind ballots: turnout tells who took part, and nothing of what they chose."""
    given(both)
    both.heard("anna", "stem S1 eens", "matrix")
    both.heard("anna", "stem S1 niets", "matrix")
    both.heard("anna77", "stem S2 eens", "discord")
    both.command("verberg S2 1")
    assert box(both).turnout == 2
    link(both)
    assert (box(both).turnout, box(both).voters) == (1, 0)


def test_closed_rounds_stay_as_they_are_and_the_numbers_of_people_are_of_one(
    both: Networks,
) -> None:
    both.open("gesprek", poll='soort=een vraag="Waar?" opties="noord; zuid"')
    both.heard("zoe", f"stelling {BUS}")
    both.heard("anna", "stem S1 eens", "matrix")
    both.heard("anna77", "stem S1 oneens", "discord")
    both.command("volgende ja")
    both.read_back()
    both.put(Tick(both.clock()))
    assert both.dialogue.frames[0].stage is Stage.CLOSED
    tally = both.dialogue.states[0].box.recount("S1")[0]
    both.heard("anna", "stem P1 1", "matrix")
    both.heard("anna77", "stem P1 2", "discord")
    link(both)
    assert both.dialogue.frames[0].voters == 2
    assert both.dialogue.states[0].box.recount("S1")[0] == tally
    assert box(both).turnout == 1
    figures = both.engine.ledger.figures(both.dialogue)
    assert (figures.voted, figures.contributed, figures.total) == (1, 1, 2)
    (mine,) = both.heard("anna", "mijn")
    assert [row["round"] for row in mine.data["rounds"]] == [1, 1, 2]
    assert mine.data["linked"]


def test_who_linked_accounts_objects_to_a_draft_once(both: Networks) -> None:
    """As the account that took part, and as the other."""
    both.open("gesprek", 'minimum=1 concept="2 dagen"')
    both.heard("zoe", f"stelling {BUS}")
    both.heard("anna77", "stem S1 eens", "discord")
    for who in "abcdef":
        both.heard(who, "stem S1 eens")
    for _ in range(3):
        both.command("volgende ja")
        both.read_back()
        both.put(Tick(both.clock()))
    assert both.dialogue.draft is not None
    assert codes(both.heard("anna", "kloptniet A1 Dit klopt niet.")) == [
        "refused_objection_not_there"
    ]
    assert codes(both.heard("anna77", "kloptniet A1 Dit klopt niet.", "discord")) == [
        "objection_noted"
    ]
    link(both)
    for who, network in (("anna", "matrix"), ("anna77", "discord")):
        again = both.heard(who, "kloptniet A1 Nog een keer.", network)
        assert codes(again) == ["refused_objected_already"]
    assert codes(both.heard("anna", "intrekken O1")) == ["withdrawn"]


def test_who_gave_a_statement_on_both_sides_is_one_author(both: Networks) -> None:
    given(both)
    for number in range(3):
        both.heard("anna77", f"stelling Dit is mijn zin nummer {number}0.", "discord")
    link(both)
    assert codes(both.heard("anna", "stelling Nog een vierde zin van mij.")) == [
        "refused_enough_statements"
    ]
    assert codes(both.heard("anna", "wijzig S3 Dit is mijn zin nummer 7.")) == ["changed"]
    assert codes(both.heard("anna", "intrekken S4")) == ["withdrawn"]
    figures = both.engine.ledger.figures(both.dialogue)
    assert (figures.contributed, figures.total) == (2, 2)


def test_reasons_of_both_are_on_one_ballot_and_the_newest_stays(both: Networks) -> None:
    given(both)
    both.heard("anna", "stem S1 eens")
    both.heard("anna", "waarom S1 Omdat ik nooit een auto heb.")
    both.heard("anna77", "stem S1 eens", "discord")
    both.heard("anna77", "waarom S1 Omdat de bus te laat komt.", "discord")
    link(both)
    reasons = [both.dialogue.items.by_number[number] for number in ("R1", "R2")]
    assert [reason.state.value for reason in reasons] == ["withdrawn", "shown"]
    assert len({reason.author for reason in reasons}) == 1
    assert codes(both.heard("anna", "intrekken R2")) == ["withdrawn"]


def test_nobody_supports_a_question_twice_or_their_own(both: Networks) -> None:
    both.open("vragenuur")
    both.heard("zoe", "vraag Wanneer komt de bank?")
    both.heard("anna77", "vraag Komt er een fontein bij?", "discord")
    both.heard("anna", "steun V1")
    both.heard("anna77", "steun V1", "discord")
    both.heard("anna", "steun V2")
    state = both.dialogue.states[0]
    assert [len(state.support[item]) for item in ("V1", "V2")] == [2, 1]
    link(both)
    assert [len(state.support[item]) for item in ("V1", "V2")] == [1, 0]
    assert codes(both.heard("anna", "steun V2")) == ["refused_own_question"]
    both.heard("anna77", "steun V1", "discord")
    assert len(state.support["V1"]) == 1


def test_a_turn_asked_for_on_both_sides_is_one(both: Networks) -> None:
    both.open("kring")
    both.heard("zoe", "spreken")
    both.heard("anna", "spreken")
    both.heard("anna77", "spreken", "discord")
    state = both.dialogue.states[0]
    assert len(state.waiting) == 3
    link(both)
    assert len(state.waiting) == 2
    assert both.heard("anna77", "spreken", "discord") is not None
    assert len(state.waiting) == 2


def test_what_is_read_back_late_is_older_than_what_was_said_meanwhile(both: Networks) -> None:
    """Also where the newer choice repeats the one that was known."""
    given(both)
    link(both)
    both.heard("anna", "stem S1 eens", "matrix")
    late = both.fact("anna", "stem S1 oneens", "matrix")
    both.heard("anna77", "stem S1 eens", "discord")
    both.put(late)
    assert box(both).recount("S1")[0] == {"agree": 1}


def test_a_vote_that_was_repeated_is_the_newest(both: Networks) -> None:
    given(both)
    both.heard("anna77", "stem S1 eens", "discord")
    both.heard("anna", "stem S1 oneens", "matrix")
    both.heard("anna77", "stem S1 eens", "discord")
    link(both)
    assert box(both).recount("S1")[0] == {"agree": 1}


def test_whoever_is_told_something_is_told_where_there_is_a_conversation(both: Networks) -> None:
    """Once; and the account that was given the code hears that it was used."""
    given(both)
    both.heard("anna77", "stelling Een zin van mij op dat netwerk.", "discord")
    link(both)
    both.command("verberg S3 1")
    waits = [(row.place, decode(row.message).template) for row in both.store.queue.waiting()]
    assert [row for row in waits if "/personal/" in row[0]] == [
        ("matrix/personal/anna", "link_was_used"),
        ("matrix/personal/anna", "your_item_hidden"),
    ]


def test_staff_on_one_side_has_no_ballot_on_the_other_and_no_rights_there(both: Networks) -> None:
    given(both)
    both.heard("wim", "status", "matrix", ["official"])
    both.heard("wim77", "stem S1 eens", "discord")
    answer = link_staff(both)
    assert answer.data["staff"]
    assert (box(both).voters, box(both).turnout) == (0, 1)
    assert codes(both.heard("wim77", "stem S1 eens", "discord")) == ["refused_staff_no_ballot"]
    both.heard("wim77", "stelling Een zin van de wethouder zelf.", "discord")
    assert both.dialogue.items.by_number["S3"].staff
    for _ in range(3):  # going to and fro changes nothing
        both.heard("wim", "status", "matrix", ["official"])
        both.heard("wim77", "status", "discord")
    refused = both.heard("wim77", "verberg S1 1", "discord")
    assert codes(refused) == ["refused_word_not_yours"]
    both.heard("wim", "status", "matrix")  # an official no more
    assert codes(both.heard("wim77", "stem S1 eens", "discord"))[0] == "votes_noted"


def link_staff(both: Networks):
    (given,) = both.heard("wim", "koppel", "matrix", ["official"])
    (linked,) = both.heard("wim77", f"koppel {given.data['code']}", "discord")
    return linked


def test_who_becomes_staff_on_one_side_loses_the_votes_of_both(both: Networks) -> None:
    given(both)
    link(both)
    both.heard("anna77", "stem S1 eens", "discord")
    assert box(both).voters == 1
    both.heard("anna", "status", "matrix", ["official"])
    assert box(both).voters == 0
