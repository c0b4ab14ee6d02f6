"""Slots: what stands of a message that is edited in place, and what is on its way to it.

A slot names a message of a dialogue (a card, an item that is shown), and has at most one current
message in a place. The posts know the current message, the outbox what will replace or edit it.
This file has no SQL of its own.
"""

from __future__ import annotations

from storage.outbox import Flights, Outbox
from storage.places import Places
from storage.posts import Post, Posts
from storage.rows import Landed, Work


class Slots:
    """Questions and changes that concern outbox and posts together."""

    def __init__(self, outbox: Outbox, flights: Flights, posts: Posts, places: Places) -> None:
        self._outbox = outbox
        self._flights = flights
        self._posts = posts
        self._places = places

    def posted(self, token: str, message: str, at: int = 0) -> Landed | None:
        """The platform carried out the row with this token, at ``at`` (ms): store where its message
        is, and delete the row. None when no row has this token (any more)."""
        row = self._flights.take(token)
        if row is None:
            return None
        if row.work is not Work.SAY:
            return Landed(row, message, fresh=False)
        post = Post(row.dialogue, row.slot, row.place, message)
        return Landed(row, message, self._posts.stands(token, post, at))

    def taken(self, dialogue: str, slot: str, place: str = "") -> bool:
        """Whether a slot has a message in a place or anywhere, posted or being sent."""
        posted = self._posts.standing(dialogue, slot, place)
        return bool(posted) or self._outbox.says(dialogue, slot, place)

    def far_up(self, post: Post, messages: int, before: int) -> bool:
        """Whether the slot's message was posted at ``before`` (ms) or earlier, has more than this
        many ``messages`` below it, and is not being edited."""
        number = self._posts.number(post, before)
        if number is None or self._places.messages(post.place) - number <= messages:
            return False
        return not self._flights.flies(post.dialogue, post.slot, post.place)

    def step_down(self, post: Post) -> None:
        """Make the slot's message a former one, and delete its waiting edits: a new message
        replaces it."""
        self._posts.step_down(post)
        self._outbox.let_go(post.dialogue, post.slot, post.place)

    def moved(self, place: str) -> None:
        """A room has a successor: none of its messages is current any more, and no work is done on
        them."""
        self._posts.moved(place)
        self._outbox.moved(place)
