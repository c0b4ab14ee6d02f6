"""What storage keeps at hand, so that no vote asks for it, is what the database has."""

from __future__ import annotations

from random import Random
from typing import cast

import pytest

from dialogues.core import Text
from rounds.statements.rules import StatementGiven
from storage.database import Database, Rows
from storage.forms import Form, Forms
from storage.offers import ON_ITS_WAY, Offer, Offers
from storage.store import Store
from storage.texts import words
from tests.storage.kept import ROOM, rolled_back

PEOPLE = [f"console/personal/{name}" for name in ("anna", "bram", "chris")]
KINDS = ("offer", "work", "word advies")
AT = "2026-12-01T18:00:00+00:00"


def _offers(draw: Random, offers: Offers) -> None:
    """Something that changes the offers of a place."""
    place, items = draw.choice(PEOPLE), tuple(f"S{n}" for n in range(1, draw.randint(2, 4)))
    at, token = draw.randint(1, 50), f"{place}-{draw.randint(1, 4)}"
    match draw.randint(1, 7):
        case 1 | 2:
            stands = draw.choice((at, ON_ITS_WAY))
            name, asked = draw.choice(("straat", "plein")), draw.choice(((), (1,)))
            worded = tuple(f"w{n}" for n in items)
            offers.offer(place, Offer(draw.choice(KINDS), name, stands, items, asked, worded))
        case 3:
            offers.stand(place, at, f"{' '.join(items)}/")
        case 4:
            offers.sending(place, f"{' '.join(items)}/", token)
        case 5:
            offers.stood(token, at)
        case 6:
            offers.refused(place, token)
        case 7:
            draw.choice((lambda: offers.remove(place, KINDS[2:]), lambda: offers.forget(place)))()


def _same(kept: Store) -> bool:
    fresh = Offers(kept._db)
    if any(kept.offers.times(name) != fresh.times(name) for name in ("straat", "plein")):
        return False
    return all(kept.offers._of(place) == fresh._of(place) for place in PEOPLE) and all(
        kept.offers.offered(place, kind, at) == fresh.offered(place, kind, at)
        and kept.offers.on_its_way(place) == fresh.on_its_way(place)
        for place in PEOPLE
        for kind in KINDS
        for at in (10, 30, 60, ON_ITS_WAY)
    )


def test_the_newest_that_stands_is_at_hand_however_many_are_on_their_way(kept: Store) -> None:
    for number in range(12):
        at = number if number in (0, 1, 9) else ON_ITS_WAY
        kept.offers.offer(PEOPLE[0], Offer("offer", "straat", at, (f"S{number}",)))
        assert _same(kept), number
        standing = kept.offers.offered(PEOPLE[0], "offer", 100)
        assert standing is not None
        assert standing.stood_at == max(n for n in (0, 1, 9) if n <= number)


@pytest.mark.parametrize("seed", range(20))
def test_the_offers_at_hand_are_those_of_the_database(kept: Store, seed: int) -> None:
    draw = Random(seed)
    for number in range(60):
        _offers(draw, kept.offers)
        assert _same(kept), number
    with rolled_back(kept):
        for _ in range(5):
            _offers(draw, kept.offers)
            assert _same(kept)
    assert _same(kept)


def test_a_question_of_a_transaction_that_failed_was_not_asked(kept: Store) -> None:
    with kept.transaction():
        kept.forms.ask(PEOPLE[0], Form("why", "straat", {"item": "S1"}, 5))
    with rolled_back(kept):
        kept.forms.ask(PEOPLE[0], Form("why", "straat", {"item": "S2"}, 6))
        kept.forms.ask(PEOPLE[1], Form("why", "straat", {"item": "S3"}, 7))
        assert kept.forms.form(PEOPLE[1], "why", 9) is not None
        kept.forms.ask(PEOPLE[2], Form("why", "straat", {"item": "S4"}, 8))
    for forms in (kept.forms, Forms(kept._db)):
        found = forms.form(PEOPLE[0], "why", 9)
        assert found is not None
        assert found.data == {"item": "S1"}
        assert forms.form(PEOPLE[1], "why", 9) is None
        assert forms.form(PEOPLE[2], "why", 9) is None


def test_the_newest_row_is_that_of_the_database(kept: Store) -> None:
    assert kept.outbox.newest() == 0
    kept.outbox.put("t1", ROOM, "straat", "", b"een", AT)
    newest = kept.outbox.newest()
    assert newest == kept.queue.waiting()[-1].id
    with rolled_back(kept):
        kept.outbox.put("t2", ROOM, "straat", "", b"twee", AT)
        assert kept.outbox.newest() > newest
    assert kept.outbox.newest() == newest
    kept.outbox.forget(ROOM)
    assert kept.outbox.newest() == newest  # it was given once, and never is again


def _texts(draw: Random, kept: Store, refs: list[str]) -> None:
    """Something that changes the words of people, or reads them."""
    match draw.randint(1, 5):
        case 1 | 2:
            number, text = f"S{len(refs) + 1}", Text(f"Zin {len(refs)}.")
            event = StatementGiven(0, number, "p1", text, False, False)
            refs.append(kept.texts.keep("straat", event, "text").ref)
        case 3 if refs:
            kept.texts.erase(draw.choice(refs))
        case 4 if draw.random() < 0.1:
            kept.texts.erase_kind("straat", "StatementGiven.text")
        case _:
            kept.texts.flush()


@pytest.mark.parametrize("seed", range(10))
def test_the_words_at_hand_are_those_of_the_database(kept: Store, seed: int) -> None:
    """What was read once is not asked for again, and is gone when it is erased."""
    draw, refs = Random(seed), []  # type: tuple[Random, list[str]]

    def same() -> bool:
        kept.texts.flush()
        return all(kept.texts.words(ref) == words(kept._db, ref) for ref in refs)

    for _ in range(40):
        with kept.transaction():
            _texts(draw, kept, refs)
        assert same()
    with rolled_back(kept):
        for _ in range(5):
            _texts(draw, kept, refs)
            assert same()
    assert same()


def test_words_that_were_read_are_not_asked_for_again(kept: Store) -> None:
    event = StatementGiven(0, "S1", "p1", Text("Er moeten meer bomen komen."), False, False)
    with kept.transaction():
        ref = kept.texts.keep("straat", event, "text").ref
    asked: list[str] = []
    database = kept.texts._db

    class Watched:
        def execute(self, statement: str, values: tuple[str]) -> Rows:
            asked.append(statement)
            return database.execute(statement, values)

    kept.texts._db = cast(Database, Watched())
    assert {kept.texts.words(ref) for _ in range(3)} == {"Er moeten meer bomen komen."}
    assert len(asked) == 1
