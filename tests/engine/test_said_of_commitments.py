"""What people say about commitments: who takes one on, how one stands, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.followup.filling_commitments import asked_about
from commands.offices import is_person
from commitments.calling import kind_of_who
from commitments.commitment import Kind, State
from tests.engine.test_answers_to_an_advice import ADOPTED, Town
from tests.engine.test_commitments import BENCH, commitment


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A1 was answered with a day, which is T1; T2 is the bench."""
    made = Town(tmp_path / "town.db")
    made.end()
    made.official(ADOPTED)
    made.official("ja")
    made.official(BENCH)
    yield made
    made.close()


@pytest.mark.parametrize(
    "who",
    [
        *("@anna", "<@123456789>", "@anna:town.nl", "anna@mail.nl", "https://matrix.to/#/@a:b.nl"),
        *("anna:town.nl", "mevrouw De Vries", "dhr. Bos", "Mr Smith", "mijn buurvrouw", "ik"),
        *("een bewoner", "de bewoner van nummer 12", "0612345678", "a resident"),
        *("Anna", "anna", "Jan", "Jan de Boer", "André", "Anne-Marie", "Fatima van wijkbeheer"),
        *("Anna en Bram", "J. de Vries", "A.B. Bos", "Mohammed"),
    ],
)
def test_what_looks_like_one_person(who: str) -> None:
    assert is_person(who)


@pytest.mark.parametrize(
    "who",
    [
        *("wijkbeheer", "de wijkraad", "bewoners van de Zomerstraat", "een groep bewoners"),
        *("het college", "de raad", "buurtvereniging De Heg", "afdeling Groen", "town hall"),
        *("the residents' association", "wethouder Groen", "de griffie", "jongerenraad"),
        *("Spaarnelanden", "Jan Campertschool", "bewoners Jan Campertstraat", "Vera-comité"),
        *("Willem de Zwijgerlaan", "team Anna", "B en W", "GGD", "NS", "De Boer", "gemeente"),
    ],
)
def test_what_looks_like_an_office_or_a_group(who: str) -> None:
    assert not is_person(who)


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("het college", Kind.PROMISE),
        ("College van B en W", Kind.PROMISE),
        ("de wethouder", Kind.PROMISE),
        ("the executive", Kind.PROMISE),
        ("de raad", Kind.AGREEMENT),
        ("de burgemeester", Kind.AGREEMENT),
        ("wijkbeheer", Kind.AGREEMENT),
    ],
)
def test_only_what_the_college_takes_on_is_a_promise(who: str, kind: Kind) -> None:
    assert kind_of_who(who) is kind


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("T3", 3),
        ("t3?", 3),
        ("#T3", 3),
        ("hoe staat het met T3", 3),
        ("Hoe staat het ermee", 0),
        ("hoe staat het nu met toezegging T12?", 12),
        ("wat is er geworden van T3?", 3),
        ("is T3 al klaar?", 3),
        ("how is T3?", 3),
        ("what became of T3", 3),
        ("T3 is belangrijk", 0),
        ("S3", 0),
        ("T0", 0),
    ],
)
def test_what_people_ask_about_one(text: str, number: int) -> None:
    assert asked_about(text) == number


SAYS_HOW_FAR = [
    ("A1 is bezig", "bezig"), ("T2 is bezig", "bezig"), ("t2 is nog bezig.", "bezig"),
    ("We zijn bezig met T2", "bezig"), ("met A1 zijn we bezig", "bezig"),
    ("Er wordt gewerkt aan A1", "bezig"), ("T2 is nog niet klaar", "bezig"),
    ("T2 is bijna klaar", "bezig"), ("A1 is under way", "bezig"), ("A1 is klaar", "klaar"),
    ("T2 klaar", "klaar"), ("A1 is al uitgevoerd", "klaar"), ("T2 is done", "klaar"),
    ("T2 gaat niet door", "gestopt"), ("A1 is gestopt want er is geen geld", "gestopt"),
]  # fmt: skip


@pytest.mark.parametrize("where", ["staf", None])
@pytest.mark.parametrize(("said", "state"), SAYS_HOW_FAR)
def test_how_far_something_is_said_in_a_sentence_is_asked_about(
    town: Town, said: str, state: str, where: str | None
) -> None:
    before = town.lines()
    item = "A1" if "A1" in said else "T2"
    assert town.official(said, where).tells("sentence_meant", typed=f"voortgang {item} {state}")
    assert town.lines() == before


def test_what_was_meant_by_it_is_done_after_yes(town: Town) -> None:
    town.official("T2 is bezig. De bank is besteld.")
    town.official("ja")
    assert [note.text for note in commitment(town, 2).notes] == ["De bank is besteld."]
    town.official("A1 is klaar")
    assert "refused_progress_text" in town.official("ja").codes
    assert "progress_noted" in town.official("De bomen staan er.").codes
    assert commitment(town, 1).state is State.DONE


@pytest.mark.parametrize("said", ["is T2 klaar?", "T2", "hoe staat het met T2"])
def test_a_question_stays_a_question(town: Town, said: str) -> None:
    assert "commitment_now" in town.official(said).codes
