"""Promises 22, 23: accounts on two networks are linked by a one-time code, and are one ballot."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.platforms import lasting as loops
from bot.platforms.facts import Tick
from dialogues.machine import Stage
from storage.codes import TRIES, VALID
from storage.messages import decode
from storage.soundness import unsound as faults
from tests.engine.bots import Bot
from tests.engine.networks import Networks, codes
from tests.engine.test_loops import until

BUS = "De bus moet vaker rijden."
TREES = "Er moeten meer bomen komen."


@pytest.fixture
def both(tmp_path: Path) -> Networks:
    return Networks(tmp_path / "town.db")


def code(both: Networks, who: str = "anna", network: str = "matrix") -> str:
    (given,) = both.heard(who, "koppel", network)
    assert given.template == "link_code"
    return str(given.data["code"])


def link(both: Networks, who: str = "anna", there: str = "anna77"):
    """Link an account on Matrix to one on Discord; the answer."""
    (linked,) = both.heard(there, f"koppel {code(both, who)}", "discord")
    assert linked.template == "linked"
    return linked


def box(both: Networks):
    state = both.dialogue
    return state.machine(state.current).box(state.states[state.current])


def given(both: Networks) -> None:
    both.open()
    both.heard("zoe", f"stelling {BUS}")
    both.heard("zoe", f"stelling {TREES}")


def words(both: Networks) -> list[str]:
    """Every event of the dialogue since the last call, by name."""
    return [type(event).__name__ for _, event in events(both)]


def events(both: Networks) -> list[tuple[str, object]]:
    record = both.store.record
    return [
        (line.by, line.event) for line in map(record.read, both.store.reader().lines("ons-gesprek"))
    ]


# -- one ballot -----------------------------------------------------------------------------------


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


# -- staff ----------------------------------------------------------------------------------------


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


# -- codes ----------------------------------------------------------------------------------------


def everything(both: Networks) -> tuple[object, ...]:
    rows = both.store._db.execute("SELECT platform, account, person, roles FROM accounts")
    return (
        tuple(sorted(rows.fetchall())),
        len(both.store.reader().lines("ons-gesprek")),
        len(both.store.reader().lines("town")),
    )


def refusal(both: Networks, who: str, typed: str, network: str) -> str:
    """The code of a refusal that linked nothing."""
    both.heard(who, "mijn", network)  # whoever is new is known from here on
    before = everything(both)
    (answer,) = both.heard(who, f"koppel {typed}", network)
    assert everything(both) == before
    return answer.template


def test_a_code_works_once_on_the_other_network_for_a_while(both: Networks) -> None:
    given(both)
    first = code(both)
    assert refusal(both, "anna", first, "matrix") == "refused_link_own"
    assert refusal(both, "bram", first, "matrix") == "refused_link_same_network"
    newer = code(both)
    assert refusal(both, "anna77", first, "discord") == "refused_link_wrong"
    both.later(milliseconds=VALID)
    assert refusal(both, "anna77", newer, "discord") == "refused_link_over"
    newest = code(both)
    assert codes(both.heard("anna77", f"koppel {newest}", "discord")) == ["linked"]
    assert refusal(both, "bram77", newest, "discord") == "refused_link_used"
    assert codes(both.heard("anna", "koppel")) == ["refused_link_done"]
    assert refusal(both, "anna77", code(both, "carla"), "discord") == "refused_link_same_network"


@pytest.mark.parametrize("typed", ["ABC", "hallo", "UUUUUUUUUUUU", "é" * 12, "A" * 13])
def test_what_cannot_be_a_code_is_no_try(both: Networks, typed: str) -> None:
    given(both)
    for _ in range(TRIES + 1):
        assert refusal(both, "anna77", typed, "discord") == "refused_link_unreadable"


def test_letters_that_look_alike_and_signs_between_are_read(both: Networks) -> None:
    given(both)
    typed = code(both).replace("0", "o").replace("1", "l").replace("-", " ").lower()
    assert codes(both.heard("anna77", f"koppel {typed}", "discord")) == ["linked"]


def test_nobody_can_go_on_guessing(both: Networks) -> None:
    """Also not after the program was started again; the right code is not heard then either."""
    given(both)
    right = code(both)
    for _ in range(TRIES):
        assert refusal(both, "mallory", "7" * 12, "discord") == "refused_link_wrong"
    both.restart()
    assert refusal(both, "mallory", right, "discord") == "refused_link_too_often"
    assert codes(both.heard("anna77", f"koppel {right}", "discord")) == ["linked"]
    both.later(hours=1)
    assert refusal(both, "mallory", "7" * 12, "discord") == "refused_link_wrong"


def test_no_code_is_kept_as_it_was_given(both: Networks) -> None:
    given(both)
    shown = code(both)
    for text in (shown, shown.replace("-", "")):
        assert text not in "\n".join(both.store._db.iterdump())
        assert text not in repr(both.alarms)


def test_with_one_network_there_is_nothing_to_link(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "town.db")
    assert bot.say("anna", "koppel").codes == ("refused_link_later",)


# -- between the hour and the closing, and apart again ---------------------------------------------


def test_between_the_hour_and_the_closing_two_ballots_become_one(both: Networks) -> None:
    """What was voted counts, and on one ballot: a round that closes after it has no pair."""
    given(both)
    both.heard("anna", "stem S1 eens", "matrix")
    both.heard("anna77", "stem S1 oneens", "discord")
    frame = both.dialogue.open_frame
    assert frame is not None
    assert frame.closes_at is not None
    both.clock.set(frame.closes_at)
    both.later(seconds=5)
    assert link(both).data["merged"]
    assert (frame.stage, box(both).turnout) == (Stage.OPEN, 1)
    both.later(minutes=16)
    both.read_back()
    both.put(Tick(both.clock()))
    assert (frame.stage, frame.voters) == (Stage.CLOSED, 1)


@pytest.mark.parametrize("where", ["matrix", "discord"])
def test_unlinked_they_are_two_and_what_was_given_stays_where_it_was_typed(
    both: Networks, where: str
) -> None:
    given(both)
    both.heard("anna", "stem S1 eens", "matrix")
    link(both)
    both.heard("anna77", "stem S2 oneens", "discord")
    names = {"matrix": "anna", "discord": "anna77"}
    (other,) = set(names) - {where}
    assert codes(both.heard(names[where], "ontkoppel", where)) == ["unlinked"]
    # from here on each has a ballot
    both.heard(names[other], "stem S1 pas", other)
    assert both.dialogue is not None
    assert box(both).recount("S1")[0] == {"agree": 1, "pass": 1}
    both.heard(names[where], "stem S1 oneens", where)
    both.restart()
    both.heard(names[where], "stem S2 niets", where)
    assert box(both).recount("S1")[0] == {"disagree": 1, "pass": 1}
    assert box(both).recount("S2")[0] == {}
    assert codes(both.heard(names[where], "ontkoppel", where)) == ["refused_not_linked"]
    assert b"AccountsUnlinked/1" in both.store.reader().lines("town")[-1]
    # linked again they are one again
    link(both)
    assert sum(box(both).recount("S1")[0].values()) == 1
    assert unsound(both) == []


def test_unlinked_what_both_gave_before_is_still_of_who_stayed(both: Networks) -> None:
    both.open()
    both.heard("anna", "stelling De heg moet lager.")
    both.heard("anna77", f"stelling {BUS}", "discord")
    link(both)
    both.heard("anna", "ontkoppel")
    mine = both.heard("anna", "mijn")
    assert codes(mine) == ["mine"]
    assert [row["item"] for row in mine[0].data["items"]] == ["S1", "S2"]
    assert codes(both.heard("anna", "intrekken S1")) == ["withdrawn"]


# -- journal, forgetting, restart ------------------------------------------------------------------


def test_the_journal_tells_no_account_and_whose_ballot_it_is_neither(both: Networks) -> None:
    given(both)
    both.heard("anna", "stem S1 eens", "matrix")
    both.heard("anna77", "stelling Een zin van mij op dat netwerk.", "discord")
    both.heard("anna77", "stem S1 eens", "discord")
    link(both)
    lines = [*both.store.reader().lines("ons-gesprek"), *both.store.reader().lines("town")]
    assert b"anna" not in b"".join(lines)
    assert "ParticipantsMerged" not in words(both)
    (merged,) = [event for _, event in events(both) if type(event).__name__ == "BallotsMerged"]
    assert (merged.gone[0], merged.kept[0]) == ("b", "b")
    assert b"AccountsLinked/1" in both.store.reader().lines("town")[-1]


def test_all_of_it_is_read_again_and_sound(both: Networks) -> None:
    given(both)
    both.heard("anna", "stem S1 eens", "matrix")
    both.heard("anna77", "stem S1 oneens", "discord")
    link(both)
    both.restart()
    assert (box(both).turnout, box(both).recount("S1")[0]) == (1, {"disagree": 1})
    assert unsound(both) == []


def unsound(both: Networks) -> list[object]:
    return list(faults(both.store._db, both.store.record, both.store.people._key))


def test_who_asks_to_be_forgotten_is_forgotten_on_both_sides(both: Networks) -> None:
    given(both)
    both.heard("anna", "stelling Een zin van mij op Matrix.")
    both.heard("anna77", "stelling Een zin van mij op Discord.", "discord")
    both.heard("anna", "stem S1 eens")
    both.heard("anna77", "stem S1 eens", "discord")
    code(both, "anna")
    link(both)
    both.heard("anna77", "vergeetmij", "discord")
    (done,) = both.heard("anna77", "ja, vergeet mij", "discord")
    assert (done.template, done.data["texts"]) == ("forgotten", 2)
    assert box(both).voters == 0
    for network, who in (("matrix", "anna"), ("discord", "anna77")):
        assert both.store.people.known(network, who) is None
    for table in ("codes", "tries"):
        assert both.store._db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608
    both.deliver()
    leave(both)
    assert "anna" not in "\n".join(both.store._db.iterdump())
    assert unsound(both) == []
    assert both.store.people.known("matrix", "zoe")


def leave(both: Networks) -> None:
    """Leave the one conversation that is to be left on each network."""
    for name, courier in both.couriers.items():
        leaving = loops.lasting(courier._sender.conversations.leaving, both.alarms.append)
        asyncio.run(until(lambda chat=both.chats[name]: len(chat.left) == 1, leaving))
