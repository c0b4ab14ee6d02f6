"""After forgetting, no table names the person any more, and nobody else loses anything."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from storage.forgetting import clean_when_due, destroy_links, forget_person
from storage.forms import Form
from storage.offers import Offer
from storage.opening import tables
from storage.posts import GIVEN, Post
from storage.sources import Source
from storage.store import Store
from tests.storage.kept import rolled_back

ROOM = "matrix/room/zomerstraat"
NOW = 1_796_148_000_000
AT = "2026-12-01T18:00:00+00:00"

#: What stays of a person, under pseudonyms: the ballot with its participant's id.
STAY = {"ballots"}


def here(who: str) -> str:
    """Somebody's own conversation."""
    return f"matrix/personal/@{who}"


def live(kept: Store, who: str) -> tuple[str, str]:
    """Somebody leaves a trace in every table; person and participant."""
    with kept.transaction():
        person = kept.people.person("matrix", f"@{who}")
        kept.people.set_language(person, "en")
        participant = kept.participants.participant("straat", person)
        kept.participants.ballot_of("straat", person, 0)
        kept.places.belongs(here(who), person)
        kept.places.choose(here(who), "straat")
        kept.places.belongs(f"console/personal/{who}", person)
        kept.offers.offer(f"console/personal/{who}", Offer("offer", "straat", NOW, ("S3",)))
        kept.forms.ask(here(who), Form("why", "straat", {"item": "S1"}, NOW))
        kept.forms.ask(f"{ROOM}/${who}", Form("gather", "straat", {"account": f"@{who}"}, NOW))
        kept.offers.offer(here(who), Offer("offer", "straat", NOW, ("S1", "S2")))
        kept.outbox.put(f"said-{who}", here(who), "straat", "", b"{}", AT)
        kept.outbox.put(f"shown-{who}", here(who), "straat", "notice", b"{}", AT)
        kept.slots.posted(f"shown-{who}", f"$shown-{who}")
        item = f"S-{who}"
        kept.sources.gave(f"cause-{who}".encode(), Source("straat", item, person, here(who)))
        given = Post("straat", f"{GIVEN}{item}", ROOM, f"$given-{who}")
        kept.posts.gave(f"given-{who}", given)
    return person, participant


def rows(kept: Store, *traces: str) -> dict[str, int]:
    """How many rows of each table hold one of these; tables without any are left out."""
    found = {}
    for table in tables(kept._db):
        count = sum(
            any(trace in str(value) for value in row for trace in traces)
            for row in kept._db.execute(f"SELECT * FROM {table}")  # noqa: S608
        )
        if count:
            found[table] = count
    return found


def test_who_is_forgotten_stands_in_no_table(kept: Store) -> None:
    anna, participant = live(kept, "anna")
    bram, other = live(kept, "bram")
    before = rows(kept, "bram", bram, other)
    assert rows(kept, "anna", anna, participant) == before
    assert set(before) == {
        "accounts", "ballots", "forms", "offers", "outbox", "participants", "persons", "places",
        "posts", "sources",
    }  # fmt: skip
    with kept.transaction():
        forget_person(kept, anna, here("anna"), NOW)
    assert set(rows(kept, "anna", anna, participant)) == STAY
    assert rows(kept, "bram", bram, other) == before


def test_a_conversation_that_was_not_kept_as_theirs_is_emptied_too(kept: Store) -> None:
    person, _ = live(kept, "anna")
    with kept.transaction():
        kept.offers.offer(here("elders"), Offer("offer", "straat", NOW, ("S1",)))
        forget_person(kept, person, here("elders"), NOW)
    assert rows(kept, "elders") == {}


def test_what_is_at_hand_goes_too(kept: Store) -> None:
    """Who was looked up before is not known afterwards, and comes back as somebody new."""
    person, participant = live(kept, "anna")
    known = kept.people.met("matrix", "@anna")
    assert known is not None
    with kept.transaction():
        forget_person(kept, person, here("anna"), NOW)
        assert (known.roles, known.language) == ("", "")
        assert kept.people.known("matrix", "@anna") is None
        assert kept.people.language(person) == ""
        assert kept.places.dialogue(here("anna")) == ""
        assert kept.places.person(here("anna")) == ""
        assert kept.participants.person_of(participant) is None
        assert kept.participants.participations(person) == []
        assert kept.participants.participant("straat", person) != participant
    with kept.transaction():
        fresh = kept.people.person("matrix", "@anna")
        assert fresh != person
        assert kept.participants.participant("straat", fresh) != participant


def test_forgetting_that_was_rolled_back_did_not_happen(kept: Store) -> None:
    person, participant = live(kept, "anna")
    before = rows(kept, "anna", person, participant)
    with rolled_back(kept):
        forget_person(kept, person, here("anna"), NOW)
    assert rows(kept, "anna", person, participant) == before
    assert kept.people.language(person) == "en"


def test_totals_stay_right(kept: Store) -> None:
    """The ballot keeps its participant, who is nobody now."""
    person, participant = live(kept, "anna")
    links = kept.participants.links("straat")
    with kept.transaction():
        forget_person(kept, person, here("anna"), NOW)
    assert kept.participants.links("straat") == links
    assert set(links.values()) == {participant}


def test_destroyed_links_are_gone_for_that_dialogue_only(kept: Store) -> None:
    with kept.transaction():
        anna = kept.people.person("matrix", "@anna")
        for name in ("laan", "plein"):
            ballot = kept.participants.ballot_of(name, anna, 0)
            kept.sources.react(f"r-{name}".encode(), name, "S1", ballot, "agree", NOW, "")
            for item in ("S1", "R1"):
                cause = f"{item}-{name}".encode()
                kept.sources.gave(cause, Source(name, item, anna, ROOM))
                post = Post(name, f"{GIVEN}{item}", ROOM, f"${item}-{name}")
                kept.posts.gave(f"{item}-{name}", post)
    with kept.transaction():
        destroy_links(kept, "laan", datetime.fromisoformat(AT))
    left = {name: rows(kept, name) for name in ("laan", "plein")}
    everything = {"participants": 1, "ballots": 1, "reactions": 1, "sources": 2, "posts": 2}
    assert left["plein"] == everything
    assert left["laan"] == {"participants": 1, "sources": 1}
    assert kept.sources.of(b"R1-laan") is None
    assert kept.participants.links("laan") == {}


def test_cleaning_is_due_some_hours_after_the_first_forgetting(
    kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    hour, cleaned = 3600 * 1000, []
    vacuum = kept.upkeep.vacuum

    def noted() -> None:
        cleaned.append(True)
        vacuum()

    monkeypatch.setattr(kept.upkeep, "vacuum", noted)
    people = {who: live(kept, who)[0] for who in ("anna", "bram")}
    clean_when_due(kept, NOW, timedelta())
    assert not cleaned  # nobody was forgotten
    for hours, who in ((0, "anna"), (5, "bram")):
        with kept.transaction():
            forget_person(kept, people[who], here(who), NOW + hours * hour)
    after = timedelta(hours=12)
    clean_when_due(kept, NOW + 11 * hour, after)
    assert not cleaned
    for hours in (12, 13, 99):
        clean_when_due(kept, NOW + hours * hour, after)
        assert cleaned == [True]
    for path in kept.file.parent.iterdir():
        assert b"@anna" not in path.read_bytes()
