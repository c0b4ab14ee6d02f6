"""The one-time codes for linking two accounts, and taking them apart again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.platforms import lasting as loops
from bot.platforms.facts import Tick
from dialogues.machine import Stage
from storage.codes import TRIES, VALID
from storage.soundness import unsound as faults
from tests.engine.bots import Bot
from tests.engine.linked import BUS, box, code, events, given, link, words
from tests.engine.networks import Networks, codes
from tests.engine.test_loops import until


@pytest.fixture
def both(tmp_path: Path) -> Networks:
    return Networks(tmp_path / "town.db")


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
