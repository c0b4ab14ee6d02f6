"""Two persons become one, because somebody linked their accounts, or one becomes two again: every
table that knows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storage.store import Store


@dataclass(frozen=True, slots=True)
class Shared:
    """A dialogue in which both persons take part: the participant that goes, and the other's."""

    dialogue: str
    gone: str
    kept: str


def shared(store: Store, kept: str, gone: str) -> Iterator[Shared]:
    """The dialogues in which both persons take part."""
    mine = store.participants.current(kept)
    for dialogue, participant in store.participants.current(gone).items():
        if dialogue in mine:
            yield Shared(dialogue, participant, mine[dialogue])


def link_persons(store: Store, kept: str, gone: str) -> None:
    """Make everything of ``gone`` that of ``kept``, in the caller's transaction. Votes that both
    have in an open round have to be merged before.

    Ballots of rounds in which both voted stay two, as they were counted; that they are one person's
    is still known for the numbers of people.
    """
    for both in shared(store, kept, gone):
        store.participants.merge(both.dialogue, both.gone, both.kept)
    store.participants.give(gone, kept)
    store.places.give(gone, kept)
    store.sources.give(gone, kept)
    store.forms.give(gone, kept)
    store.codes.link(kept, gone)
    store.people.link(kept, gone)


def part_persons(store: Store, kept: str, platform: str, account: str) -> str:
    """Make an account of ``kept``, and its conversations, those of a new person, who is returned;
    all that was given stays with ``kept``."""
    new = store.people.unlink(kept, platform, account)
    store.places.give(kept, new, platform)
    return new
