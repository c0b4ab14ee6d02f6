"""What goes to the council after a moderator changed the list: numbers, the page, verify."""

from __future__ import annotations

from pathlib import Path

import pytest

from advice.verifying.rebuild import rebuilt
from advice.verifying.verify import verify
from bot.documents.handover import Handed
from bot.documents.placing import put_bundle
from rounds import registry
from tests.replay.playing import Evening, played

PEOPLE = tuple(f"buur{n}" for n in range(7))


def evening(poll: str = "", choices: tuple[str, ...] = ()) -> Evening:
    """Three statements: all seven want the first, five the second, nobody the third."""
    made = Evening()
    made.staff(
        "gesprek nieuw gesprek Ons gesprek niveau=meedenken beslisser=raad antwoord="
        "2026-12-30 vast=bus open=bomen fase=voorbereiding minimum=1 in=zomerstraat"
    )
    if poll:
        made.staff(poll)
    made.staff("gesprek start")
    for text in ("Meer bomen in de straat.", "De bus vaker.", "Betaald parkeren."):
        made.say("zoe", f"stelling {text}")
    for place, who in enumerate(PEOPLE):
        made.say(who, "stem S1 eens")
        made.say(who, f"stem S2 {'eens' if place < 5 else 'oneens'}")
        made.say(who, "stem S3 oneens")
    made.staff("volgende")
    for who, choice in zip(PEOPLE, choices, strict=False):
        made.say(who, f"stem P1 {choice}")
    if choices:
        made.staff("volgende")
    return made


def closed(made: Evening, *vote: str) -> None:
    made.staff("volgende")
    for item in vote:
        for who in PEOPLE:
            made.say(who, f"stem {item} ja")
    made.staff("sluit ja")
    made.staff("advies")


def right(handed: Handed, folder: Path) -> str:
    """The page of a clerk's bundle that verify finds right."""
    put_bundle(handed.files, folder)
    pages, record = registry.pages(), registry.record()
    verdict = verify(folder, pages, None, lambda there: rebuilt(there, record, pages))
    assert verdict.ok, [found.sentence() for found in verdict.differences]
    name = next(name for name in handed.files if name.endswith(".md"))
    return handed.files[name].decode().split("## Bijlage")[0]


@pytest.mark.parametrize("again", [False, True])
def test_numbers_stay_and_the_page_tells_what_was_changed(again: bool, tmp_path: Path) -> None:
    made = evening()
    made.staff("advies weg A1 Dat kan de wethouder zelf.")
    if again:
        made.staff("advies erbij S1 Toch wel.")
    closed(made, "A2")
    (handed,) = played(made.data, tmp_path / "a.db", clerk=True).bundles.values()
    result = handed.result
    assert [(r.number, r.from_) for r in result.recommendations] == [("A2", "S2")] + (
        [("A1", "S1")] if again else []
    )
    left = [(d.number, d.from_, d.text) for d in result.dropped]
    assert left == ([] if again else [("A1", "S1", "Meer bomen in de straat.")])
    page = right(handed, tmp_path / "out")
    assert "Dat kan de wethouder zelf" in page
    assert ("Toch wel" in page) is again
    assert ("«Meer bomen in de straat.»" in page) is True


def test_a_report_tells_why_nothing_is_asked(tmp_path: Path) -> None:
    made = evening()
    made.staff("advies weg A1 Dat kan de wethouder zelf.")
    made.staff("advies weg A2 Daar gaan wij niet over.")
    closed(made)
    (handed,) = played(made.data, tmp_path / "a.db", clerk=True).bundles.values()
    assert (handed.result.kind, handed.result.recommendations) == ("verslag", [])
    page = right(handed, tmp_path / "out")
    for words in ("«Meer bomen in de straat.»", "Dat kan de wethouder zelf", "gaan wij niet over"):
        assert words in page


def test_another_order_is_told_and_keeps_the_numbers(tmp_path: Path) -> None:
    made = evening()
    made.staff("advies orde A2 A1 De bus is dringend.")
    closed(made, "A1", "A2")
    (handed,) = played(made.data, tmp_path / "a.db", clerk=True).bundles.values()
    assert [r.number for r in handed.result.recommendations] == ["A2", "A1"]
    assert "De bus is dringend" in right(handed, tmp_path / "out")


def test_what_nobody_wants_is_not_added(tmp_path: Path) -> None:
    made = evening()
    made.staff("advies erbij S3 Toch maar.")
    closed(made, "A1")
    (handed,) = played(made.data, tmp_path / "a.db", clerk=True).bundles.values()
    assert [r.from_ for r in handed.result.recommendations] == ["S1", "S2"]
    assert handed.result.changes == []


SEVERAL = 'peiling soort=meer vraag="Wat eerst?" opties="bankjes; fontein; pomp"'


@pytest.mark.parametrize("drop", [False, True])
def test_of_several_all_that_are_first_are_named_and_each_wanted_one_goes_on(
    drop: bool, tmp_path: Path
) -> None:
    made = evening(SEVERAL, ("1 2",) * 5 + ("1", "2"))
    if drop:
        made.staff("advies weg A2 Een fontein is te duur.")
    closed(made, "A1")
    (handed,) = played(made.data, tmp_path / "a.db", clerk=True).bundles.values()
    (poll,) = handed.result.rounds[1].items
    assert poll.result == ["bankjes", "fontein"]
    asked = [(r.number, r.from_, r.option) for r in handed.result.recommendations]
    meant = [("A1", "S1", None), ("A2", "P1", 1), ("A3", "P1", 2), ("A4", "S2", None)]
    assert asked == [ask for ask in meant if not (drop and ask[0] == "A2")]
    page = right(handed, tmp_path / "out")
    assert "«Wat eerst?: fontein»" in page
    assert ("«Wat eerst?: bankjes»" in page) is True


def test_what_everybody_ticked_is_not_called_divided(tmp_path: Path) -> None:
    made = Evening()
    made.staff(
        "gesprek nieuw peiling Ons gesprek niveau=meedenken beslisser=raad antwoord="
        "2026-12-30 vast=bus open=bomen fase=voorbereiding minimum=1 in=zomerstraat"
    )
    made.staff(SEVERAL)
    made.staff("gesprek start")
    for who in PEOPLE:
        made.say(who, "stem P1 1 2")
    made.staff("sluit ja")
    made.staff("advies")
    (handed,) = played(made.data, tmp_path / "a.db", clerk=True).bundles.values()
    page = right(handed, tmp_path / "out")
    assert "«bankjes» en «fontein»" in page
    assert "Wat verdeeld blijft" not in page
