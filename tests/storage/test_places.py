"""The open question of a place (for a day), its newest posted offer, and reactions not removed."""

from __future__ import annotations

from storage.database import Where
from storage.forms import LAPSES, Form
from storage.offers import Offer
from storage.sources import Expressed, Source
from storage.store import Store
from tests.storage.kept import rolled_back, store

ANNA = "console/personal/anna"
HOUR = 3600 * 1000


def test_a_question_is_open_for_a_day(kept: Store, where: Where) -> None:
    form = Form("charter", "straat", {"step": "level", "answers": ["a"]}, 1000)
    with kept.transaction():
        kept.forms.ask(ANNA, form)
    kept.close()
    opened = store(where)
    assert opened.forms.form(ANNA, "charter", 1000 + LAPSES) == form
    assert opened.forms.form(ANNA, "charter", 1000 + LAPSES + 1) is None
    assert opened.forms.form(ANNA, "why", 1000) is None
    assert opened.forms.form("console/personal/bram", "charter", 1000) is None
    opened.close()


def test_a_new_question_takes_the_place_of_the_old_of_its_kind(kept: Store) -> None:
    kept.forms.ask(ANNA, Form("why", "straat", {"item": "S1"}, 1))
    kept.forms.ask(ANNA, Form("why", "straat", {"item": "S2"}, 2))
    kept.forms.ask(ANNA, Form("forget", "", {}, 3))
    found = kept.forms.open(ANNA, "p1", 4)
    assert [(form.kind, form.data) for form in found] == [("forget", {}), ("why", {"item": "S2"})]
    kept.forms.answered(ANNA, "why")
    assert [form.kind for form in kept.forms.open(ANNA, "p1", 4)] == ["forget"]
    kept.forms.remove(ANNA)
    assert kept.forms.open(ANNA, "p1", 4) == []


def test_a_question_is_for_one_person_and_for_later_words(kept: Store) -> None:
    staff = "console/staff/staf"
    kept.forms.ask(staff, Form("asked", "straat", {"n": 1}, 5, "p1"))
    kept.forms.ask(staff, Form("asked", "straat", {"n": 2}, 6, "p2"))
    assert [form.data for form in kept.forms.open(staff, "p1", 9)] == [{"n": 1}]
    assert [form.data for form in kept.forms.open(staff, "p2", 9)] == [{"n": 2}]
    assert kept.forms.open(staff, "p1", 4) == []  # it was said before it was asked
    kept.forms.forget("p1", [])
    assert kept.forms.open(staff, "p1", 9) == []
    assert len(kept.forms.open(staff, "p2", 9)) == 1


def test_lapsed_questions_are_cleaned_away(kept: Store) -> None:
    kept.forms.ask(ANNA, Form("why", "straat", {}, 0))
    kept.forms.ask("console/personal/bram", Form("why", "straat", {}, HOUR))
    kept.forms.clean(LAPSES + 1)
    rows = kept._db.execute("SELECT place FROM forms").fetchall()
    assert rows == [("console/personal/bram",)]


def test_an_answer_meets_the_offer_that_stood_before_it(kept: Store) -> None:
    first = Offer("offer", "straat", 100, ("S1", "S2"))
    second = Offer("offer", "straat", 200, ("S3",))
    other = Offer("list", "straat", 150, ("S9",))
    for offer in (first, second, other):
        kept.offers.offer(ANNA, offer)
    assert kept.offers.offered(ANNA, "offer", 99) is None
    assert kept.offers.offered(ANNA, "offer", 100) == first
    assert kept.offers.offered(ANNA, "offer", 199) == first
    assert kept.offers.offered(ANNA, "offer", 200) == second
    assert kept.offers.offered(ANNA, "list", 200) == other
    assert kept.offers.offered("console/personal/bram", "offer", 200) is None


def test_only_the_last_offers_are_kept(kept: Store) -> None:
    for number in range(1, 21):
        kept.offers.offer(ANNA, Offer("offer", "straat", number, (f"S{number}",)))
    rows = kept._db.execute("SELECT count(*) FROM offers").fetchone()[0]
    assert rows == 5
    found = kept.offers.offered(ANNA, "offer", 16)
    assert found is not None
    assert found.items == ("S16",)


def test_the_dialogue_of_a_place_and_whose_it_is(kept: Store, where: Where) -> None:
    assert kept.places.dialogue(ANNA) == ""
    kept.places.choose(ANNA, "straat")
    kept.places.belongs(ANNA, "h1")
    kept.places.choose(ANNA, "plein")
    kept.close()
    opened = store(where)
    assert (opened.places.dialogue(ANNA), opened.places.person(ANNA)) == ("plein", "h1")
    assert opened.places.of_person("h1") == [ANNA]
    assert opened.places.of_person("h2") == []
    opened.close()


def test_places_are_in_the_order_of_their_bytes(kept: Store) -> None:
    """Whatever a server thinks of capitals and accents."""
    names = ["a", "B", "b", "C", "é", "~", "_"]
    for name in names:
        kept.places.belongs(f"matrix/personal/{name}", "h1")
    found = [place.rpartition("/")[2] for place in kept.places.of_person("h1")]
    assert found == ["B", "C", "_", "a", "b", "~", "é"]


def test_a_choice_that_was_rolled_back_is_forgotten(kept: Store) -> None:
    kept.places.choose(ANNA, "straat")
    with rolled_back(kept):
        kept.places.choose(ANNA, "plein")
        kept.places.belongs(ANNA, "h1")
    assert (kept.places.dialogue(ANNA), kept.places.person(ANNA)) == ("straat", "")
    kept.places.belongs(ANNA, "h1")
    assert kept.places.person(ANNA) == "h1"


def test_a_first_explanation_is_given_once_a_dialogue(kept: Store) -> None:
    assert not kept.places.begun(ANNA, "straat")
    kept.places.begin(ANNA, "straat")
    kept.places.begin(ANNA, "plein")
    kept.places.begin(ANNA, "straat")
    assert kept.places.begun(ANNA, "straat")
    assert kept.places.begun(ANNA, "plein")
    assert not kept.places.begun(ANNA, "str")


def test_a_hint_at_most_once_in_a_while(kept: Store) -> None:
    every = 10 * 60 * 1000
    given = [kept.places.hint(ANNA, HOUR + at, every) for at in (0, every - 1, every, every + 1)]
    assert given == [True, False, True, False]


def test_which_message_gave_what(kept: Store) -> None:
    source = Source("straat", "S1", "h1", ANNA)
    kept.sources.gave(b"cause", source)
    assert kept.sources.of(b"cause") == source
    assert kept.sources.of(b"other") is None


def test_reactions_stand_until_they_are_taken_away(kept: Store) -> None:
    sources = kept.sources
    sources.react(b"r2", "straat", "S1", "b1", "disagree", 2, "")
    sources.react(b"r1", "straat", "S1", "b1", "agree", 1, "")
    sources.react(b"r1", "straat", "S1", "b1", "agree", 1, "")
    sources.react(b"r3", "straat", "S1", "b2", "pass", 3, "")
    assert sources.standing("straat", "S1", "b1") == Expressed(None, ("agree", "disagree"))
    assert sources.unreact(b"r2") == ("straat", "S1", "b1")
    assert sources.unreact(b"r2") is None
    assert sources.is_reaction(b"r2")
    assert sources.standing("straat", "S1", "b1") == Expressed(None, ("agree",))


def test_what_was_typed_last_ends_what_was_before_it(kept: Store) -> None:
    sources = kept.sources
    sources.react(b"r1", "straat", "P1", "b1", "1", 1, "")
    sources.react(b"r4", "straat", "P1", "b1", "2", 4, "")
    sources.typed("straat", "P1", "b1", "[3]", 3, "")
    sources.typed("straat", "P1", "b1", "[4]", 2, "")  # older, and in later
    assert sources.standing("straat", "P1", "b1") == Expressed("[3]", ("2",))
    sources.forget_ballot("straat", "b1")
    assert sources.standing("straat", "P1", "b1") == Expressed(None, ())
    assert sources.unreact(b"r4") is None
