"""Work on messages that stand: it waits in the outbox, as what is said does."""

from __future__ import annotations

from datetime import datetime

from storage.posts import Post
from storage.rows import Work
from storage.store import Store


def do(store: Store, token: str, post: Post, work: Work, at: datetime) -> None:
    """Have some work done on a message, once; ``token`` is its own."""
    store.outbox.do(token, post.place, post.dialogue, post.slot, work, post.message, at.isoformat())


def take_sign(store: Store, about: str, slot: str, at: datetime) -> None:
    """Have the bot's own sign taken away from the messages of a slot: nobody can take part there
    any more. The token is made of what the message is, so that no chance is drawn for it; its id
    alone is not enough, since a console begins to count again."""
    for post in store.posts.standing(about, slot):
        token = f"{Work.UNINVITE.value}/{about}/{slot}/{post.place}/{post.message}"
        do(store, token, post, Work.UNINVITE, at)
