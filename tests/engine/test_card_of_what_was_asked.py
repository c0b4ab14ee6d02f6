"""The card of a closed dialogue says how it stands with what was asked, and is edited once a
change: never by what the room has not heard, and not by what changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.platforms.writing import plain
from dialogues.announce import card
from tests.engine.test_answers_to_an_advice import ADOPTED, DUE, Town, at
from tests.locales.made import renderer

NO = 'reactie A2 niet De provincie gaat hierover. van=college bron="besluit"'
ASKED = "Er is nog geen antwoord. Antwoord op A1 en A2 is beloofd vóór dinsdag 15 december 2026."
LATE = "Te laat: A2. Antwoord was beloofd vóór dinsdag 15 december 2026."


class Street(Town):
    def cards(self) -> int:
        """How often a card of the room was posted or edited."""
        return len(self.told("zomerstraat", "card"))

    def reads(self) -> str:  # type: ignore[override]
        """What the card says of what was asked."""
        words = plain(renderer().render("card", dict(self.card()), "nl", ""))
        said = words.partition(" beslist. ")[2]
        assert said.endswith(" Meer weten? Typ status."), said
        return said.removesuffix(" Meer weten? Typ status.")

    def answers(self, text: str) -> None:
        self.official(text)
        self.official("ja")


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    made = Street(tmp_path / "town.db")
    made.end()
    yield made
    made.close()


def test_each_change_is_one_edit(street: Street) -> None:
    edits = street.cards()

    def once(says: str) -> None:
        nonlocal edits
        edits += 1
        assert (street.reads(), street.cards()) == (says, edits)

    assert street.reads() == ASKED
    street.answers(ADOPTED)
    assert street.cards() == edits  # the room has not heard it
    street.answers(ADOPTED.replace("planten", "zaaien"))
    assert street.cards() == edits
    street.later(street.clock() + timedelta(minutes=10))
    a1 = "Er is antwoord op 1 van de 2."
    once(f"{a1} Antwoord op A2 is beloofd vóór dinsdag 15 december 2026. Overgenomen: A1.")
    street.later(at(DUE, 17))
    once(f"{a1} {LATE} Overgenomen: A1.")
    street.later(at(DUE + timedelta(weeks=1), 17))
    assert street.cards() == edits  # the room hears again that it is missing; it was late already
    street.clerk('uitstel A2 15 januari want="De raad praat er later over."')
    once(f"{a1} Uitgesteld: A2. Antwoord komt vóór vrijdag 15 januari 2027. Overgenomen: A1.")
    street.official("voortgang A1 bezig Er staan er zes.")
    moved = "Uitgesteld: A2. Antwoord komt vóór vrijdag 15 januari 2027."
    once(f"{a1} {moved} Overgenomen: A1. Hier wordt aan gewerkt: A1.")
    street.official("voortgang A1 bezig Er staan er acht.")
    assert street.cards() == edits
    street.answers(NO)
    every = "Er is antwoord op alles. Overgenomen: A1. Niet overgenomen: A2."
    once(f"{every} Hier wordt aan gewerkt: A1.")
    street.official("voortgang A1 klaar Ze staan er.")
    once(f"{every} Klaar: A1.")


def test_a_correction_after_it_was_late_is_told_with_its_own_edit(street: Street) -> None:
    street.later(at(DUE, 17))
    both = "Te laat: A1 en A2. Antwoord was beloofd vóór dinsdag 15 december 2026."
    assert street.reads() == f"Er is nog geen antwoord. {both}"
    edits = street.cards()
    street.answers(ADOPTED)
    assert street.cards() == edits  # not even that it is no longer late
    street.later(street.clock() + timedelta(minutes=10))
    assert (street.cards(), street.reads()) == (
        edits + 1,
        f"Er is antwoord op 1 van de 2. {LATE} Overgenomen: A1.",
    )
    street.answers(ADOPTED.replace("overgenomen", "deels"))
    street.later(street.clock() + timedelta(minutes=10))
    assert (street.cards(), street.reads()) == (
        edits + 2,
        f"Er is antwoord op 1 van de 2. {LATE} Deels overgenomen: A1.",
    )


def test_a_reaction_without_a_decision_is_no_answer_on_the_card(street: Street) -> None:
    edits = street.cards()
    street.answers("reactie A1 niet Nee. van=college")
    street.later(street.clock() + timedelta(minutes=10))
    assert (street.cards(), street.reads()) == (edits, ASKED)


@pytest.mark.parametrize("late", [False, True])
def test_another_day_for_all_is_postponed(street: Street, late: bool) -> None:
    if late:
        street.later(at(DUE, 17))
    street.clerk('uitstel 15 januari want="De raad praat er later over."')
    moved = "Uitgesteld: A1 en A2. Antwoord komt vóór vrijdag 15 januari 2027."
    assert street.reads() == f"Er is nog geen antwoord. {moved}"


def test_an_outage_is_one_edit(street: Street) -> None:
    """Away from before the answer's day to a month after it."""
    edits = street.cards()
    street.later(datetime(2027, 1, 20, 11, tzinfo=UTC))
    assert street.cards() == edits + 1
    assert "Te laat: A1 en A2." in street.reads()
    street.later(at(date(2027, 2, 12), 17))
    assert street.cards() == edits + 1


def test_the_newest_card_says_it_where_the_last_round_was_skipped(tmp_path: Path) -> None:
    """Nothing can be asked then; what was promised stands on the card of the round before it."""
    town = Street(tmp_path / "town.db")
    town.open("gesprek", "minimum=1")
    town.staff("sluit ja")
    assert town.card()["round"] == 1
    words = plain(renderer().render("card", dict(town.card()), "nl", ""))
    said = "Antwoord is beloofd vóór dinsdag 15 december 2026. Hoe het daarmee staat? Typ status."
    assert said in words
    edits = town.cards()
    town.later(at(DUE, 17))
    words = plain(renderer().render("card", dict(town.card()), "nl", ""))
    assert "Antwoord zou er zijn vóór dinsdag 15 december 2026. Dat is er nog niet." in words
    assert town.cards() == edits + 1
    town.clerk('uitstel 15 januari want="De raad praat er later over."')
    assert "answer_overdue" in town.later(at(date(2027, 1, 15), 17))
    town.close()


def test_only_the_newest_card_of_a_closed_dialogue_says_it(street: Street) -> None:
    assert [card(street.of("bomen"), index).data["over"] for index in (0, 2)] == [False, True]
    street.open("stellingenronde", room="plein", title="Nog een")
    assert street.card("plein")["over"] is False
    assert card(street.of("nog-een"), 0).data["asked"] == 0
