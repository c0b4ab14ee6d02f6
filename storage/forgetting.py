"""Erasing a person or a dialogue's links from every table, and leaving no copy on the disk.

A database keeps the bytes of deleted rows in its files and in its log until something else is
written there. So a setting says since when there may be such bytes, and cleaning writes
them anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from storage.places import conversation
from storage.settings import UNCLEANED
from storage.store import Store

#: Erased words are gone from the disk after so long at the latest, while the program runs.
CLEANED_AFTER = timedelta(hours=12)

#: The fields whose words are the names of those who signed up for a meeting, and what they said for
#: its dialogue before it opened.
NAMES, KEPT = "NameGiven.name", "ContributionKept.text"


def forget_person(store: Store, person: str, here: str, now: int) -> list[str]:
    """Delete everything by which a person can be known, in the caller's transaction; returns their
    personal conversations, which can be left now.

    ``here`` is the place where they asked for it, ``now`` is in milliseconds. Their words
    have to be erased before (``Texts.erase``), because only the dialogues' states know which they
    are. What is stored by place, account or item is deleted before the links by which it is found.
    Ballots stay, with a participant id that leads to nobody.
    """
    accounts = store.people.accounts(person)
    theirs = [conversation(*account) for account in accounts]  # also those nothing was said in
    places = list(dict.fromkeys([*store.places.of_person(person), *theirs, here]))
    for place in places:
        store.places.forget(place)
        store.forms.remove(place)
        store.offers.forget(place)
        store.outbox.forget(place)
        store.posts.forgetting.place(place)
    store.forms.forget(person, [account for _, account in accounts])
    for dialogue, item in store.sources.items_of(person):
        store.posts.forgetting.author(dialogue, item)
    for dialogue, participant in store.participants.participations(person):
        for ballot in store.ballots.of(participant).values():
            store.sources.forget_ballot(dialogue, ballot)
        store.evaluations.forget(dialogue, participant)
    store.sources.forget(person)
    store.codes.forget(person)
    store.participants.forget(person)
    store.people.forget(person)
    erased(store, now)
    return places


def left(store: Store, row: int, now: int) -> None:
    """A conversation was left: delete the row of the outbox that asked for it, in the caller's
    transaction. It was the last that named the account."""
    store.flights.drop(row)
    erased(store, now)


def erased(store: Store, now: int) -> None:
    """Note that bytes of erased words may be on the disk from now on."""
    if not store.settings.uncleaned_since():
        store.settings.write(UNCLEANED, str(now))


def destroy_links(store: Store, dialogue: str, now: datetime) -> int:
    """Delete what leads from a dialogue's ballots to persons, in the caller's transaction; returns
    how many ballots these were. Figures that need these links have to be computed before."""
    ballots = store.participants.destroy_links(dialogue)
    store.sources.destroy_links(dialogue)
    store.evaluations.erase(dialogue)
    store.posts.forgetting.authors(dialogue)
    erased(store, int(now.timestamp() * 1000))
    return ballots


def forget_authors(store: Store, dialogue: str, now: datetime) -> int:
    """Delete what leads from a dialogue's contributions to persons, in the caller's transaction;
    returns how many participants these were. From ballots nothing leads there any more."""
    participants = store.participants.forget_in(dialogue)
    store.sources.forget_authors(dialogue)
    store.posts.forgetting.authors(dialogue)
    erased(store, int(now.timestamp() * 1000))
    return participants


def erase_words(store: Store, refs: Sequence[str], now: datetime) -> None:
    """Delete the words of these references, in the caller's transaction."""
    for ref in refs:
        store.texts.erase(ref)
    if refs:
        erased(store, int(now.timestamp() * 1000))


def erase_meeting(store: Store, meeting: str, now: datetime) -> None:
    """Delete what leads from the sign-ups of a meeting to persons, the names that they gave, and
    what was kept for its dialogue, in the caller's transaction."""
    store.participants.forget_in(meeting)
    for kind in (NAMES, KEPT):
        store.texts.erase_kind(meeting, kind)
    erased(store, int(now.timestamp() * 1000))


def erase_maker(store: Store, commitment: str, now: datetime) -> None:
    """Delete what leads from a commitment to who made it and who said how far it is, in the
    caller's transaction."""
    store.participants.forget_in(commitment)
    erased(store, int(now.timestamp() * 1000))


def clean_when_due(store: Store, now: int, after: timedelta) -> None:
    """Clean the file when erased words may have been on the disk for longer than ``after``. Raises
    ``NotNow``."""
    since = store.settings.uncleaned_since()
    if since and now - since >= after.total_seconds() * 1000:
        clean_store(store, now)


def prune(store: Store, now: int) -> None:
    """Delete old causes and lapsed questions, which may hold words, and take them out of the
    write-ahead log. Raises ``NotNow`` and ``OSError``."""
    with store.transaction():
        store.inbox.clean(now)
        store.codes.clean(now)
        lapsed = store.forms.clean(now)
    if lapsed and store.lasting and not store.upkeep.checkpoint():
        with store.transaction():
            erased(store, now)


def clean_store(store: Store, now: int) -> None:
    """Delete old causes and lapsed questions, and rewrite the file so that no copy of erased words
    stays on the disk. Raises ``NotNow``, also while another program reads what was there before:
    until it ends, the write-ahead log has to keep that."""
    with store.transaction():
        store.inbox.clean(now)
        store.codes.clean(now)
        store.forms.clean(now)
    store.upkeep.vacuum()
    with store.transaction():
        store.settings.write(UNCLEANED, "")
