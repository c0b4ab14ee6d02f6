"""What is erased, in which order, by asking the owner of each table; and that no copy stays.

SQLite keeps the bytes of deleted rows in the file and in its write-ahead log until something else
is written there. So a setting says since when there may be such bytes, and cleaning writes the
whole file anew.
"""

from __future__ import annotations

from datetime import timedelta

from storage.store import Store

#: Erased words are gone from the disk after so long at the latest, while the program runs.
CLEANED_AFTER = timedelta(hours=12)

#: The setting that says since when (ms) the file has to be cleaned of erased words.
_UNCLEANED = "uncleaned_since"


def forget_person(store: Store, person: str, conversation: str, now: int) -> None:
    """Erase everything by which somebody can be known, in the caller's transaction.

    ``conversation`` is where they asked it, ``now`` is in milliseconds. Their words are erased
    before (``Texts.erase``): which they are is known to the state of their dialogues alone. What
    hangs on a place, an account or an item goes first, by the links that say whose it is; then
    those links. Ballots stay, under a participant that leads nowhere.
    """
    for place in dict.fromkeys([*store.places.of_person(person), conversation]):
        store.forms.answered(place)
        store.offers.forget(place)
        store.outbox.forget(place)
        store.posts.forget_place(place)
    for _platform, account in store.people.accounts(person):
        store.forms.forget(account)
    for dialogue, item in store.sources.items_of(person):
        store.posts.forget_author(dialogue, item)
    store.sources.forget(person)
    store.places.forget(person)
    store.participants.forget(person)
    store.people.forget(person)
    if not _uncleaned_since(store):
        store.settings.write(_UNCLEANED, str(now))


def destroy_links(store: Store, dialogue: str) -> None:
    """Delete what leads from a ballot of a dialogue to a person, in the caller's transaction.
    Figures that need it are made before."""
    store.participants.destroy_links(dialogue)
    store.sources.destroy_links(dialogue)
    store.posts.forget_authors(dialogue)


def clean_when_due(store: Store, now: int, after: timedelta) -> None:
    """Clean when bytes of erased words may be on the disk for longer than ``after``; raises
    ``NotNow``."""
    since = _uncleaned_since(store)
    if since and now - since >= after.total_seconds() * 1000:
        clean_store(store, now)


def clean_store(store: Store, now: int) -> None:
    """The night's work: forget old causes and lapsed questions, and leave no copy of erased words
    on the disk; raises ``NotNow``."""
    with store.transaction():
        store.inbox.clean(now)
        store.forms.clean(now)
    store.vacuum()
    store.checkpoint()
    with store.transaction():
        store.settings.write(_UNCLEANED, "")


def _uncleaned_since(store: Store) -> int:
    """Since when (ms) bytes of erased words may still be on the disk; 0: there are none."""
    return int(store.settings.read([_UNCLEANED]).get(_UNCLEANED) or 0)
