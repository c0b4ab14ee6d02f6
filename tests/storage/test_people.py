"""Persons, participants and ballots: stable, erased on request, one ballot per person and round."""

from __future__ import annotations

import random

import pytest

from storage import participants, people
from storage.database import Where
from storage.store import Store
from tests.storage.kept import rolled_back, store


def test_everybody_has_one_person_participant_and_ballot(kept: Store, where: Where) -> None:
    people, participants, ballots = kept.people, kept.participants, kept.ballots
    with kept.transaction():
        anna = people.person("console", "anna")
        bram = people.person("console", "bram")
        here = participants.participant("straat", anna)
        ids = {
            "again": people.person("console", "anna"),
            "elsewhere": people.person("matrix", "anna"),
            "there": participants.participant("plein", anna),
            "other": participants.participant("straat", bram),
            "first": ballots.ballot("straat", here, 0),
            "second": ballots.ballot("straat", here, 1),
        }
    assert ids["again"] == anna
    assert len({anna, bram, here, *list(ids.values())[1:]}) == 8
    kept.close()
    opened = store(where, seed=2)
    assert opened.people.known("console", "anna") == anna
    assert opened.participants.participant("straat", anna) == here
    assert opened.ballots.ballot("straat", here, 0) == ids["first"]
    assert opened.ballots.of(here) == {0: ids["first"], 1: ids["second"]}
    assert opened.participants.participations(anna) == [("plein", ids["there"]), ("straat", here)]
    assert opened.participants.person_of(here) == anna
    assert opened.participants.participant_of(ids["first"]) == here
    assert opened.participants.links("straat") == {ids["first"]: here, ids["second"]: here}
    opened.close()


def test_looking_up_makes_nobody(kept: Store) -> None:
    assert kept.people.known("console", "anna") is None
    assert kept.people.known("console", "anna") is None
    assert kept._db.execute("SELECT count(*) FROM persons").fetchone()[0] == 0


def test_roles_and_language_are_kept(kept: Store, where: Where) -> None:
    with kept.transaction():
        anna = kept.people.person("console", "anna")
        assert (roles(kept), kept.people.language(anna)) == ("", "")
        kept.people.set_roles("console", "anna", "clerk,moderator")
        kept.people.set_language(anna, "en")
    assert (roles(kept), kept.people.language(anna)) == ("clerk,moderator", "en")
    kept.close()
    opened = store(where)
    assert (roles(opened), opened.people.language(anna)) == ("clerk,moderator", "en")
    opened.close()


def roles(kept: Store) -> str:
    known = kept.people.met("console", "anna")
    assert known is not None
    return known.roles


def test_a_rollback_leaves_nothing_at_hand(kept: Store) -> None:
    with kept.transaction():
        anna = kept.people.person("console", "anna")
        kept.people.set_language(anna, "nl")
    with rolled_back(kept):
        bram = kept.people.person("console", "bram")
        participant = kept.participants.participant("straat", anna)
        ballot = kept.ballots.ballot("straat", participant, 0)
        kept.people.set_roles("console", "anna", "moderator")
        kept.people.set_language(anna, "en")
    assert kept.people.known("console", "bram") is None
    assert (roles(kept), kept.people.language(anna)) == ("", "nl")
    with kept.transaction():
        assert kept.people.person("console", "bram") != bram
        assert kept.participants.participant("straat", anna) != participant
    assert kept.participants.participant_of(ballot) is None


def test_what_is_at_hand_stays_small_and_right(
    kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With room for five only, a thousand look-ups among twenty people still give one ballot."""
    monkeypatch.setattr(people, "AT_HAND", 5)
    monkeypatch.setattr(participants, "AT_HAND", 5)
    chance = random.Random(1)
    seen: dict[str, set[tuple[str, str, str, str]]] = {}
    with kept.transaction():
        for _ in range(1000):
            name = f"bewoner{chance.randrange(20)}"
            person = kept.people.person("console", name)
            participant = kept.participants.participant("straat", person)
            ballot = kept.ballots.ballot("straat", participant, 0)
            found = (person, participant, ballot, kept.people.language(person))
            seen.setdefault(name, set()).add(found)
            assert kept.participants.ballot_of("straat", person, 0) == ballot
            assert len(kept.people._met) <= 6
            assert len(kept.participants._participants) <= 6 >= len(kept.participants._ballots)
    assert all(len(found) == 1 for found in seen.values())
    assert len(kept.participants.links("straat")) == 20


def test_what_a_new_person_was_given_is_theirs_in_the_same_transaction(kept: Store) -> None:
    people, participants = kept.people, kept.participants
    with kept.transaction():
        old = people.person("console", "anna")
        participant = participants.participant("straat", old)
        ballot = participants.ballot_of("straat", old, 0)
    with kept.transaction():
        new = people.person("matrix", "anna")
        participants.give(old, new)
        assert participants.participant("straat", new) == participant
        assert participants.ballot_of("straat", new, 0) == ballot
    with kept.transaction():
        other = people.person("matrix", "bram")
        theirs = participants.participant("straat", other)
        participants.merge("straat", participant, theirs)
        assert participants.ballot_of("straat", other, 0) == ballot
