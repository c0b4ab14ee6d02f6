"""Who talks in a town that is played on real platforms, and the names of its rooms."""

from __future__ import annotations

from dialogues.core import Role

KEY = bytes(range(32))
ROOM_NAME, STAFF_NAME = "zomerstraat", "staf"

#: Who works for the town, as what; everybody else lives there.
WORKS = {"vera": Role.MODERATOR, "otto": Role.OFFICIAL, "gerda": Role.CLERK}

#: What a typed choice, or the sign of a reaction, is called on a button.
SIGNS = {"👍": "agree", "👎": "disagree", "🤷": "pass"}
TYPED = {"👍": "eens", "👎": "oneens", "🤷": "?"}
BUTTONS = {"eens": "agree", "oneens": "disagree", "?": "pass", "ja": "yes", "nee": "no", **SIGNS}

#: What a vote, or somebody's support, begins with.
VOTES = ("stem", "steun", *SIGNS)

#: Plain talk in the room: something said there, or as a reply to the card; what a moderator wants
#: to take along, behind which stands who said it last; and that author's answer to the question.
TALK, REPLY, TAKE, YES, NO = "💬", "↩", "📌", "✅", "❌"
PLAIN = (TALK, REPLY, TAKE, YES, NO)


def roles_of(who: str) -> frozenset[Role]:
    return frozenset({WORKS[who]}) if who in WORKS else frozenset()
