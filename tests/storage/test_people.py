"""Who is who: stable while it lasts, gone when it is asked for, one ballot a person and round."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from storage import people as module
from storage.store import Store
from tests.storage.kept import rolled_back, store


def test_everybody_has_one_person_participant_and_ballot(kept: Store, file: Path) -> None:
    people = kept.people
    with kept.transaction():
        anna = people.person("console", "anna")
        bram = people.person("console", "bram")
        here = people.participant("straat", anna)
        ids = {
            "again": people.person("console", "anna"),
            "elsewhere": people.person("matrix", "anna"),
            "there": people.participant("plein", anna),
            "other": people.participant("straat", bram),
            "first": people.ballot("straat", here, 0),
            "second": people.ballot("straat", here, 1),
        }
    assert ids["again"] == anna
    assert len({anna, bram, here, *list(ids.values())[1:]}) == 8
    kept.close()
    opened = store(file, seed=2)
    assert opened.people.known("console", "anna") == anna
    assert opened.people.participant("straat", anna) == here
    assert opened.people.ballot("straat", here, 0) == ids["first"]
    assert opened.people.ballots_of(here) == {0: ids["first"], 1: ids["second"]}
    assert opened.people.participations(anna) == [("plein", ids["there"]), ("straat", here)]
    assert opened.people.person_of(here) == anna
    assert opened.people.participant_of(ids["first"]) == here
    assert opened.people.links("straat") == {ids["first"]: here, ids["second"]: here}
    opened.close()


def test_looking_up_makes_nobody(kept: Store) -> None:
    assert kept.people.known("console", "anna") is None
    assert kept.people.known("console", "anna") is None
    assert kept.connection.execute("SELECT count(*) FROM persons").fetchone()[0] == 0


def test_roles_and_language_are_kept(kept: Store, file: Path) -> None:
    with kept.transaction():
        anna = kept.people.person("console", "anna")
        assert (kept.people.roles(anna), kept.people.language(anna)) == ("", "")
        kept.people.set_roles(anna, "clerk,moderator")
        kept.people.set_language(anna, "en")
    assert (kept.people.roles(anna), kept.people.language(anna)) == ("clerk,moderator", "en")
    kept.close()
    opened = store(file)
    assert (opened.people.roles(anna), opened.people.language(anna)) == ("clerk,moderator", "en")
    opened.close()


def test_a_rollback_leaves_nothing_at_hand(kept: Store) -> None:
    with kept.transaction():
        anna = kept.people.person("console", "anna")
        kept.people.set_language(anna, "nl")
    with rolled_back(kept):
        bram = kept.people.person("console", "bram")
        participant = kept.people.participant("straat", anna)
        ballot = kept.people.ballot("straat", participant, 0)
        kept.people.set_roles(anna, "moderator")
        kept.people.set_language(anna, "en")
    assert kept.people.known("console", "bram") is None
    assert (kept.people.roles(anna), kept.people.language(anna)) == ("", "nl")
    with kept.transaction():
        assert kept.people.person("console", "bram") != bram
        assert kept.people.participant("straat", anna) != participant
    assert kept.people.participant_of(ballot) is None


def test_forgetting_cuts_the_person_off_and_keeps_the_ballots(kept: Store) -> None:
    with kept.transaction():
        anna = kept.people.person("console", "anna")
        participant = kept.people.participant("straat", anna)
        ballot = kept.people.ballot("straat", participant, 0)
        kept.people.set_language(anna, "en")
        kept.places.belongs("console/personal/anna", anna)
    with kept.transaction():
        kept.people.forget(anna)
    assert kept.people.known("console", "anna") is None
    assert kept.people.person_of(participant) is None
    assert kept.people.links("straat") == {ballot: participant}
    assert kept.people.participations(anna) == []
    assert kept.people.language(anna) == ""
    with kept.transaction():
        fresh = kept.people.person("console", "anna")
        assert fresh != anna
        assert kept.people.participant("straat", fresh) != participant
    left = "\n".join(kept.connection.iterdump())
    assert anna not in left


def test_destroyed_links_are_gone_for_that_dialogue_only(kept: Store) -> None:
    with kept.transaction():
        anna = kept.people.person("console", "anna")
        straat = kept.people.participant("straat", anna)
        plein = kept.people.participant("plein", anna)
        gone = kept.people.ballot("straat", straat, 0)
        stays = kept.people.ballot("plein", plein, 0)
        kept.people.destroy_links("straat")
    assert kept.people.links("straat") == {}
    assert kept.people.participant_of(gone) is None
    assert kept.people.ballot("plein", plein, 0) == stays


def test_what_is_at_hand_stays_small_and_right(
    kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With room for five only, a thousand look-ups among twenty people still give one ballot."""
    monkeypatch.setattr(module, "_AT_HAND", 5)
    chance = random.Random(1)
    seen: dict[str, set[tuple[str, str, str, str]]] = {}
    with kept.transaction():
        for _ in range(1000):
            name = f"bewoner{chance.randrange(20)}"
            person = kept.people.person("console", name)
            participant = kept.people.participant("straat", person)
            ballot = kept.people.ballot("straat", participant, 0)
            found = (person, participant, ballot, kept.people.language(person))
            seen.setdefault(name, set()).add(found)
            assert kept.people.ballot_of("straat", person, 0) == ballot
            assert len(kept.people._met) <= 6 >= len(kept.people._known)
            assert len(kept.people._participants) <= 6 >= len(kept.people._ballots)
    assert all(len(found) == 1 for found in seen.values())
    assert len(kept.people.links("straat")) == 20
