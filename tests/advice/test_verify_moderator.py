"""verify: what the moderator hid, dropped, added or put in another order is applied again."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from bundles import STREET, forged, put, sentences, signed
from handmade import PAGES
from handmade_street import street

from advice.model import Change, Dropped, Previous, encode
from advice.quotes import Misquoted
from advice.verifying import verify


def test_an_item_hidden_later_is_a_remark_and_no_difference(tmp_path: Path) -> None:
    made = street()
    gone = {"S2", "A3"}
    rounds = [
        msgspec.structs.replace(
            round_,
            items=[
                msgspec.structs.replace(
                    i, text=None, state="erased", counts=None, voters=None, result=None, reasons=[]
                )
                if i.number in gone
                else i
                for i in round_.items
            ],
        )
        for round_ in made.rounds
    ]
    asked = [
        msgspec.structs.replace(r, text=None, consent=None, divided=False, minority=None)
        if r.from_ == "S2"
        else r
        for r in made.recommendations
    ]
    before = Previous(1, made.journal.at, None)
    later = msgspec.structs.replace(
        made, rounds=rounds, recommendations=asked, version=2, erased=1, previous=before
    )
    verdict = verify.verify(put(forged(later), tmp_path / "b"), PAGES)
    assert verdict.ok, sentences(verdict)
    assert [(r.code, r.where) for r in verdict.remarks] == [("not_recomputed", "A3")]


@pytest.mark.parametrize("left_out", ["A1", "A4"])
def test_a_recommendation_left_out_is_found(left_out: str, tmp_path: Path) -> None:
    made = street()
    asked = [r for r in made.recommendations if r.number != left_out]
    items = [i for i in made.rounds[2].items if i.number != left_out]
    rounds = [*made.rounds[:2], msgspec.structs.replace(made.rounds[2], items=items)]
    shorter = msgspec.structs.replace(made, rounds=rounds, recommendations=asked)
    verdict = verify.verify(put(forged(shorter), tmp_path / "b"), PAGES)
    assert [d.code for d in verdict.differences] == ["recommendations"]


def test_an_item_shown_again_after_the_vote_opened_is_no_difference(tmp_path: Path) -> None:
    made = street()
    late = Change("show", "S7", "moderator 1", "2026-12-03T08:00:00Z", "toch goed")
    asked = [r for r in made.recommendations if r.from_ != "S7"]
    items = [i for i in made.rounds[2].items if i.number != "A2"]
    rounds = [*made.rounds[:2], msgspec.structs.replace(made.rounds[2], items=items)]
    again = msgspec.structs.replace(
        made, rounds=rounds, recommendations=asked, changes=[*made.changes, late]
    )
    assert verify.verify(put(forged(again), tmp_path / "b"), PAGES).ok
    never = msgspec.structs.replace(again, changes=made.changes)
    assert not verify.verify(put(forged(never), tmp_path / "b"), PAGES).ok


def test_the_moderators_changes_are_applied(tmp_path: Path) -> None:
    made = street()
    when = "2026-12-02T19:30:00Z"
    dropped = made.recommendations[2]
    order = [made.recommendations[place] for place in (3, 1, 0)]
    changes = [
        Change("advice_drop", "S2", "moderator 1", when, "dubbel", number="A3"),
        Change("advice_order", "P1,S7,S1", "moderator 1", when, "bomen eerst", number="A4,A2,A1"),
    ]
    old = {item.number: item for item in made.rounds[2].items}
    items = [old[r.number] for r in order]
    rounds = [*made.rounds[:2], msgspec.structs.replace(made.rounds[2], items=items)]
    left = [Dropped(dropped.number, dropped.text, dropped.from_)]
    after = msgspec.structs.replace(
        made, rounds=rounds, recommendations=order, changes=changes, dropped=left
    )
    assert verify.verify(put(forged(after), tmp_path / "b"), PAGES).ok
    for lie, code in (
        ({"changes": changes[:1]}, "recommendations"),
        ({"changes": changes[1:]}, "recommendations"),
        ({"dropped": []}, "recommendations"),
        ({"dropped": [Dropped("A5", dropped.text, dropped.from_)]}, "recommendations"),
        ({"dropped": [*left, Dropped("A5", "Laat de straat zoals zij is.", "S5")]}, "dropped"),
        ({"dropped": [Dropped("A3", None, dropped.from_)]}, "proposal_text"),
        ({"dropped": [Dropped("A3", "Iets anders.", dropped.from_)]}, "proposal_text"),
    ):
        told = msgspec.structs.replace(after, **lie)
        try:
            files = forged(told)
        except Misquoted:
            files = signed(STREET | {"uitslag.json": encode(told)})
        verdict = verify.verify(put(files, tmp_path / "b"), PAGES)
        assert [d.code for d in verdict.differences] == [code], lie
