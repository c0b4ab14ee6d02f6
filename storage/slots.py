"""A slot as a whole: its message that stands, and what waits to take its place or to edit it.

A slot is what a message is in a dialogue (a card, an item that is shown), and has at most one
message in a place. What stands is known to the posts, what is on its way to the outbox; this asks
both, and has no SQL of its own.
"""

from __future__ import annotations

from storage.outbox import Flights, Outbox
from storage.places import Places
from storage.posts import Post, Posts
from storage.rows import Landed, Work


class Slots:
    """What only outbox and posts together can tell or do."""

    def __init__(self, outbox: Outbox, flights: Flights, posts: Posts, places: Places) -> None:
        self._outbox = outbox
        self._flights = flights
        self._posts = posts
        self._places = places

    def posted(self, token: str, message: str, at: int = 0) -> Landed | None:
        """The platform has it (``at``, ms): keep where a slot's message stands, and let the row
        go. None when no row has this token (any more)."""
        row = self._flights.take(token)
        if row is None:
            return None
        if row.work is not Work.SAY:
            return Landed(row, message, fresh=False)
        post = Post(row.dialogue, row.slot, row.place, message)
        return Landed(row, message, self._posts.stands(token, post, at))

    def taken(self, dialogue: str, slot: str) -> bool:
        """Whether there is a message of this slot anywhere, standing or on its way."""
        return bool(self._posts.standing(dialogue, slot)) or self._outbox.says(dialogue, slot)

    def far_up(self, post: Post, messages: int, before: int) -> bool:
        """Whether a message that stands there since ``before`` (ms) or earlier has more than so
        many others below it, and no edit of it is on its way."""
        number = self._posts.number(post, before)
        if number is None or self._places.messages(post.place) - number <= messages:
            return False
        return not self._flights.flies(post.dialogue, post.slot, post.place)

    def step_down(self, post: Post) -> None:
        """What stands makes room for a new message of its slot; edits of it are let go."""
        self._posts.step_down(post)
        self._outbox.let_go(post.dialogue, post.slot, post.place)

    def moved(self, place: str) -> None:
        """A place goes on elsewhere: nothing posted there stands any more, also not what is on
        its way, and nothing is done to it."""
        self._posts.moved(place)
        self._outbox.moved(place)
