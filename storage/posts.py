"""Where messages stand: the bot's own of a slot, and in rooms an author's that gave an item.

How far up a message is follows from one number a place, the messages that stood there so far, and
that number when the message came. Nothing grows with what people write.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

#: So many earlier messages of a slot are remembered; a reaction on one still finds its item.
_FORMER = 9

_ROOM = "/room/"

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


class Posts:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._heard: Counter[str] = Counter()

    # -- how many messages a place had --------------------------------------------------------

    def heard(self, place: str) -> None:
        """One more message stands in a room. Written by ``flush``."""
        if _ROOM in place:
            self._heard[place] += 1

    def flush(self) -> None:
        for place, more in self._heard.items():
            self._db.execute(
                "INSERT INTO places (place, messages) VALUES (?, ?)"
                " ON CONFLICT (place) DO UPDATE SET messages = messages + excluded.messages",
                (place, more),
            )
        self._heard.clear()

    def drop(self) -> None:
        self._heard.clear()

    def _number(self, place: str) -> int:
        self.flush()
        row = self._db.execute("SELECT messages FROM places WHERE place = ?", (place,)).fetchone()
        return int(row[0]) if row else 0

    # -- the bot's own ------------------------------------------------------------------------

    def stands(self, token: str, post: Post, at: int) -> bool:
        """A message of ours stands since ``at`` (ms); False when it is an edit of an earlier."""
        if post.slot and self.standing(post.dialogue, post.slot, post.place):
            return False
        self.heard(post.place)
        if post.slot:
            self._keep(token, post, at)
        return True

    def _keep(self, token: str, post: Post, at: int) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO posts (token, place, dialogue, slot, message, at, number)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (token, post.place, post.dialogue, post.slot, post.message, at,
             self._number(post.place)),
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

    def far_up(self, post: Post, messages: int, before: int) -> bool:
        """Whether a message that stands there since ``before`` (ms) or earlier has more than so
        many others below it, and no edit of it is on its way."""
        self.flush()
        found = self._db.execute(
            "SELECT 1 FROM posts AS p JOIN places AS l ON l.place = p.place"
            " WHERE p.dialogue = ? AND p.slot = ? AND p.place = ? AND p.state = 'standing'"
            " AND p.at <= ? AND l.messages - p.number > ? AND NOT EXISTS ("
            "  SELECT 1 FROM outbox AS f WHERE f.state = 'flying' AND f.dialogue = p.dialogue"
            "  AND f.slot = p.slot AND f.place = p.place AND f.slot != '' AND f.work = 'say')",
            (post.dialogue, post.slot, post.place, before, messages),
        ).fetchone()
        return found is not None

    def step_down(self, post: Post) -> None:
        """What stands makes room for a new message of its slot; edits of it are let go."""
        key = (post.dialogue, post.slot, post.place)
        self._db.execute(
            "UPDATE posts SET state = 'former' WHERE dialogue = ? AND slot = ? AND place = ?"
            " AND state = 'standing'",
            key,
        )
        self._db.execute(
            "DELETE FROM outbox WHERE dialogue = ? AND slot = ? AND slot != '' AND place = ?"
            " AND work = 'say'",
            key,
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
        if _ROOM in post.place:
            self._keep(token, post, 0)

    def moved(self, place: str) -> None:
        """A place goes on elsewhere: nothing posted there stands any more, also not what is on its
        way, and nothing is done to it. A reaction on it still finds its item."""
        self._db.execute("UPDATE posts SET state = 'removed' WHERE place = ?", (place,))
        self._db.execute(
            "DELETE FROM outbox WHERE place = ? AND (work != 'say' OR state IN ('flying', 'landed')"
            " AND (slot GLOB 'card-*' OR slot GLOB 'item-*'))",
            (place,),
        )

    def remove(self, post: Post) -> None:
        """A message is about to be taken away; it shows nothing from now on."""
        self._db.execute(
            "UPDATE posts SET state = 'removed' WHERE dialogue = ? AND slot = ? AND place = ?"
            " AND message = ?",
            (post.dialogue, post.slot, post.place, post.message),
        )

    def remains(self, post: Post) -> None:
        """A message could not be taken away."""
        self._db.execute(
            "UPDATE posts SET state = 'standing' WHERE dialogue = ? AND slot = ? AND place = ?"
            " AND message = ?",
            (post.dialogue, post.slot, post.place, post.message),
        )

    def forget_authors(self, dialogue: str) -> None:
        """Forget which messages of authors gave what in a dialogue."""
        self._db.execute(
            "DELETE FROM posts WHERE dialogue = ? AND slot GLOB 'given-*'", (dialogue,)
        )
