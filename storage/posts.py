"""Posts: which messages were posted where, the bot's own by slot and people's that gave an item."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storage.database import Database
from storage.places import Places, is_room

#: How many earlier messages of a slot are remembered, so that a reaction on one finds its item.
_FORMER = 9

#: Prefix of the slot of an author's own message that gave an item.
GIVEN = "given-"


class PostState(StrEnum):
    """``STANDING``: posted; ``FORMER``: its replacement is being sent; ``REMOVED``: removed, or
    about to be."""

    STANDING = "standing"
    FORMER = "former"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Post:
    """A message that was posted in a place; ``message`` is the platform's id of it."""

    dialogue: str
    slot: str
    place: str
    message: str


def standing_in(row: str) -> str:
    """SQL for the id of the message that is posted in the slot of a row, or NULL.

    ``row`` is the alias of a table with dialogue, slot and place; the caller puts this into its own
    query and needs to know nothing of the posts.
    """
    return f"(SELECT p.message FROM posts AS p WHERE {_same(row)} AND p.state = 'standing')"  # noqa: S608


def stood_before(row: str) -> str:
    """SQL for whether an earlier message was posted in the slot of a row and is no longer the
    current one."""
    return f"EXISTS (SELECT 1 FROM posts AS p WHERE {_same(row)} AND p.state != 'standing')"  # noqa: S608


def _same(row: str) -> str:
    return (
        f"p.dialogue = {row}.dialogue AND p.slot = {row}.slot AND p.place = {row}.place"
        f" AND {row}.slot != ''"
    )


class Posts:
    """The posts. ``places`` counts the messages of each room, by which a post knows how far up it
    is."""

    def __init__(self, connection: Database, places: Places) -> None:
        self._db = connection
        self._places = places
        self.forgetting = Forgetting(connection)

    # -- the bot's own ------------------------------------------------------------------------

    def stands(self, token: str, post: Post, at: int) -> bool:
        """Store that a message of the bot was posted at ``at`` (ms); False when it edits an earlier
        one."""
        if post.slot and self.standing(post.dialogue, post.slot, post.place):
            return False
        self._places.heard(post.place)
        if post.slot:
            self._keep(token, post, at)
        return True

    def _keep(self, token: str, post: Post, at: int) -> None:
        self._db.execute(
            "INSERT INTO posts (token, place, dialogue, slot, message, at, number)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (token, post.place, post.dialogue, post.slot, post.message, at,
             self._places.messages(post.place)),
        )  # fmt: skip

    def standing(self, dialogue: str, slot: str, place: str = "") -> list[Post]:
        """The current messages of a slot, in one place or in all."""
        rows = self._db.execute(
            "SELECT dialogue, slot, place, message FROM posts WHERE dialogue = ? AND slot = ?"
            " AND (? = '' OR place = ?) AND state = 'standing'",
            (dialogue, slot, place, place),
        )
        return [Post(*row) for row in rows]

    def newest_besides(self, post: Post, slots: str) -> Post | None:
        """The newest current message of a dialogue in the place of ``post`` whose slot matches the
        pattern ``slots``, ``post`` itself left out; or None."""
        row = self._db.execute(
            "SELECT dialogue, slot, place, message FROM posts WHERE place = ? AND slot GLOB ?"
            " AND state = 'standing' AND message != ? AND dialogue NOT GLOB '*/*'"
            " ORDER BY number DESC LIMIT 1",
            (post.place, slots, post.message),
        ).fetchone()
        return Post(*row) if row else None

    def first(self, dialogue: str, slots: str, place: str) -> str:
        """The first message of a dialogue in a place whose slot matches the pattern ``slots``, also
        where it stands no more; "" where there is none."""
        row = self._db.execute(
            "SELECT message FROM posts WHERE dialogue = ? AND place = ? AND slot GLOB ?"
            " ORDER BY number, at LIMIT 1",
            (dialogue, place, slots),
        ).fetchone()
        return str(row[0]) if row else ""

    def slot_of(self, message: str) -> tuple[str, str]:
        """The dialogue and slot of a message, also of an earlier one; else ("", "")."""
        row = self._db.execute(
            "SELECT dialogue, slot FROM posts WHERE message = ?", (message,)
        ).fetchone()
        return (row[0], row[1]) if row else ("", "")

    def number(self, post: Post, before: int) -> int | None:
        """How many messages the place had when the slot's current message was posted; None when
        there is none, or it was posted after ``before`` (ms)."""
        row = self._db.execute(
            "SELECT min(number) FROM posts WHERE dialogue = ? AND slot = ? AND place = ?"
            " AND state = 'standing' AND at <= ?",
            (post.dialogue, post.slot, post.place, before),
        ).fetchone()
        return None if row[0] is None else int(row[0])

    def step_down(self, post: Post) -> None:
        """Make the slot's current message a former one: a new message replaces it."""
        self._db.execute(
            "UPDATE posts SET state = 'former' WHERE dialogue = ? AND slot = ? AND place = ?"
            " AND state = 'standing'",
            (post.dialogue, post.slot, post.place),
        )

    def step_up(self, post: Post) -> bool:
        """Make a former message the slot's current one again; False when there was none."""
        changed = self._db.execute(
            "UPDATE posts SET state = 'standing' WHERE dialogue = ? AND slot = ? AND place = ?"
            " AND state = 'former'",
            (post.dialogue, post.slot, post.place),
        ).rowcount
        return changed > 0

    def take_former(self, post: Post) -> list[str]:
        """The former messages of a slot, to be removed now; each is returned once."""
        rows = self._db.execute(
            "UPDATE posts SET state = 'removed' WHERE dialogue = ? AND slot = ? AND place = ?"
            " AND state = 'former' RETURNING message",
            (post.dialogue, post.slot, post.place),
        ).fetchall()
        self._db.execute(
            "DELETE FROM posts WHERE state = 'removed' AND dialogue = ?1 AND slot = ?2 AND"
            " place = ?3 AND number > (SELECT min(number) FROM posts WHERE dialogue = ?1 AND"
            " place = ?3) AND token NOT IN (SELECT token FROM posts WHERE state = 'removed' AND"
            " dialogue = ?1 AND slot = ?2 AND place = ?3 ORDER BY number DESC, at DESC LIMIT ?4)",
            (post.dialogue, post.slot, post.place, _FORMER),
        )
        return [str(row[0]) for row in rows]

    def forget(self, token: str) -> None:
        """Delete where a message of the bot is posted: nothing will be done to it any more."""
        self._db.execute("DELETE FROM posts WHERE token = ?", (token,))

    # -- messages that show or gave an item ---------------------------------------------------

    def gave(self, token: str, post: Post) -> None:
        """Store that an author's own message in a room gave an item (its slot begins with
        ``GIVEN``)."""
        if is_room(post.place):
            self._keep(token, post, 0)

    def moved(self, place: str) -> None:
        """No message in a place is current any more; a reaction on one still finds its item."""
        self._db.execute("UPDATE posts SET state = 'removed' WHERE place = ?", (place,))

    def remove(self, post: Post) -> None:
        """A message is about to be removed: it is not current any more."""
        self._turn(post, PostState.REMOVED)

    def remains(self, post: Post) -> None:
        """A message could not be removed: it is current again."""
        self._turn(post, PostState.STANDING)

    def _turn(self, post: Post, state: PostState) -> None:
        self._db.execute(
            "UPDATE posts SET state = ? WHERE dialogue = ? AND slot = ? AND place = ?"
            " AND message = ?",
            (state, post.dialogue, post.slot, post.place, post.message),
        )


class Forgetting:
    """What becomes of posts when somebody is forgotten."""

    def __init__(self, connection: Database) -> None:
        self._db = connection

    def place(self, place: str) -> None:
        """Delete the posts in somebody's personal conversation."""
        self._db.execute("DELETE FROM posts WHERE place = ?", (place,))

    def author(self, dialogue: str, item: str) -> None:
        """Delete which messages of its author gave an item."""
        self._db.execute(
            "DELETE FROM posts WHERE dialogue = ? AND slot = ?", (dialogue, f"{GIVEN}{item}")
        )

    def authors(self, dialogue: str) -> None:
        """Delete which messages of authors gave items of a dialogue, and what the bot's own in
        personal conversations were about."""
        self._db.execute(
            "DELETE FROM posts WHERE dialogue = ? AND (slot GLOB ? OR place GLOB '*/personal/*')",
            (dialogue, f"{GIVEN}*"),
        )
