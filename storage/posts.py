"""Where messages stand: the bot's own of a slot, and in rooms an author's that gave an item."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from storage.places import Places, is_room

#: So many earlier messages of a slot are remembered; a reaction on one still finds its item.
_FORMER = 9

#: The slot of an author's own message that gave an item begins so.
GIVEN = "given-"


class State(StrEnum):
    """``FORMER`` has a successor on its way; ``REMOVED`` is taken away, or about to be."""

    STANDING = "standing"
    FORMER = "former"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Post:
    """A message that stands in a place; ``message`` is the platform's id of it."""

    dialogue: str
    slot: str
    place: str
    message: str


def standing_in(row: str) -> str:
    """SQL for the id of the message that stands in the slot of a row, or NULL.

    ``row`` is the alias of a table with dialogue, slot and place; its owner puts this into a query
    of its own and needs to know nothing of the posts.
    """
    return f"(SELECT p.message FROM posts AS p WHERE {_same(row)} AND p.state = 'standing')"  # noqa: S608


def stood_before(row: str) -> str:
    """SQL for whether a message stood in the slot of a row that stands there no more."""
    return f"EXISTS (SELECT 1 FROM posts AS p WHERE {_same(row)} AND p.state != 'standing')"  # noqa: S608


def _same(row: str) -> str:
    return (
        f"p.dialogue = {row}.dialogue AND p.slot = {row}.slot AND p.place = {row}.place"
        f" AND {row}.slot != ''"
    )


class Posts:
    """``places`` says how many messages a room had, by which a post knows how far up it is."""

    def __init__(self, connection: sqlite3.Connection, places: Places) -> None:
        self._db = connection
        self._places = places

    # -- the bot's own ------------------------------------------------------------------------

    def stands(self, token: str, post: Post, at: int) -> bool:
        """A message of ours stands since ``at`` (ms); False when it is an edit of an earlier."""
        if post.slot and self.standing(post.dialogue, post.slot, post.place):
            return False
        self._places.heard(post.place)
        if post.slot:
            self._keep(token, post, at)
        return True

    def _keep(self, token: str, post: Post, at: int) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO posts (token, place, dialogue, slot, message, at, number)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (token, post.place, post.dialogue, post.slot, post.message, at,
             self._places.messages(post.place)),
        )  # fmt: skip

    def standing(self, dialogue: str, slot: str, place: str = "") -> list[Post]:
        """The messages of a slot that stand, in one place or in all."""
        rows = self._db.execute(
            "SELECT dialogue, slot, place, message FROM posts WHERE dialogue = ? AND slot = ?"
            " AND (? = '' OR place = ?) AND state = 'standing'",
            (dialogue, slot, place, place),
        )
        return [Post(*row) for row in rows]

    def newest_besides(self, post: Post, slots: str) -> Post | None:
        """The newest message that stands in a place, of slots like these, besides one."""
        row = self._db.execute(
            "SELECT dialogue, slot, place, message FROM posts WHERE place = ? AND slot GLOB ?"
            " AND state = 'standing' AND message != ? ORDER BY number DESC LIMIT 1",
            (post.place, slots, post.message),
        ).fetchone()
        return Post(*row) if row else None

    def slot_of(self, message: str) -> tuple[str, str]:
        """Dialogue and slot of a message, also of one that stood before; else empty."""
        row = self._db.execute(
            "SELECT dialogue, slot FROM posts WHERE message = ?", (message,)
        ).fetchone()
        return (row[0], row[1]) if row else ("", "")

    def number(self, post: Post, before: int) -> int | None:
        """How many messages its place had when what stands in a slot came; None when nothing
        stands there, or not since ``before`` (ms) or earlier."""
        row = self._db.execute(
            "SELECT min(number) FROM posts WHERE dialogue = ? AND slot = ? AND place = ?"
            " AND state = 'standing' AND at <= ?",
            (post.dialogue, post.slot, post.place, before),
        ).fetchone()
        return None if row[0] is None else int(row[0])

    def step_down(self, post: Post) -> None:
        """What stands makes room for a new message of its slot."""
        self._db.execute(
            "UPDATE posts SET state = 'former' WHERE dialogue = ? AND slot = ? AND place = ?"
            " AND state = 'standing'",
            (post.dialogue, post.slot, post.place),
        )

    def step_up(self, post: Post) -> bool:
        """What stepped down stands after all; False when nothing did."""
        changed = self._db.execute(
            "UPDATE posts SET state = 'standing' WHERE dialogue = ? AND slot = ? AND place = ?"
            " AND state = 'former'",
            (post.dialogue, post.slot, post.place),
        ).rowcount
        return changed > 0

    def take_former(self, post: Post) -> list[str]:
        """The messages that stepped down and can be removed now, each given once."""
        rows = self._db.execute(
            "UPDATE posts SET state = 'removed' WHERE dialogue = ? AND slot = ? AND place = ?"
            " AND state = 'former' RETURNING message",
            (post.dialogue, post.slot, post.place),
        ).fetchall()
        self._db.execute(
            "DELETE FROM posts WHERE state = 'removed' AND dialogue = ?1 AND slot = ?2 AND"
            " place = ?3 AND token NOT IN (SELECT token FROM posts WHERE state = 'removed' AND"
            " dialogue = ?1 AND slot = ?2 AND place = ?3 ORDER BY number DESC, at DESC LIMIT ?4)",
            (post.dialogue, post.slot, post.place, _FORMER),
        )
        return [str(row[0]) for row in rows]

    def forget(self, token: str) -> None:
        """Nothing is done to a message of ours any more: forget where it stands."""
        self._db.execute("DELETE FROM posts WHERE token = ?", (token,))

    # -- messages that show or gave an item ---------------------------------------------------

    def gave(self, token: str, post: Post) -> None:
        """An author's own message in a room gave an item (its slot begins with ``GIVEN``)."""
        if is_room(post.place):
            self._keep(token, post, 0)

    def moved(self, place: str) -> None:
        """Nothing posted in a place stands any more. A reaction on it still finds its item."""
        self._db.execute("UPDATE posts SET state = 'removed' WHERE place = ?", (place,))

    def remove(self, post: Post) -> None:
        """A message is about to be taken away; it shows nothing from now on."""
        self._turn(post, State.REMOVED)

    def remains(self, post: Post) -> None:
        """A message could not be taken away."""
        self._turn(post, State.STANDING)

    def _turn(self, post: Post, state: State) -> None:
        self._db.execute(
            "UPDATE posts SET state = ? WHERE dialogue = ? AND slot = ? AND place = ?"
            " AND message = ?",
            (state, post.dialogue, post.slot, post.place, post.message),
        )

    # -- forgetting ---------------------------------------------------------------------------

    def forget_place(self, place: str) -> None:
        """Delete what stands in somebody's own conversation."""
        self._db.execute("DELETE FROM posts WHERE place = ?", (place,))

    def forget_author(self, dialogue: str, item: str) -> None:
        """Delete which messages of its author gave an item."""
        self._db.execute(
            "DELETE FROM posts WHERE dialogue = ? AND slot = ?", (dialogue, f"{GIVEN}{item}")
        )

    def forget_authors(self, dialogue: str) -> None:
        """Delete which messages of authors gave what in a dialogue."""
        self._db.execute(
            "DELETE FROM posts WHERE dialogue = ? AND slot GLOB ?", (dialogue, f"{GIVEN}*")
        )
