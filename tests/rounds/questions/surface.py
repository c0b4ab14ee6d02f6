"""What people can do with a round of questions."""

from dialogues.core import Role
from tests.rounds.surfaces import ANYWHERE, OUT_FRONT, Allowed, Surface, moderator

OFFICIAL = frozenset({Role.OFFICIAL})

SURFACE = Surface(
    words={
        "vraag": Allowed(OUT_FRONT),
        "steun": Allowed(OUT_FRONT),
        "antwoord": Allowed(ANYWHERE, OFFICIAL),
        "zoekuit": Allowed(ANYWHERE, OFFICIAL),
        "nu": moderator(),
    },
    settings={
        "per_person": (3, 0, 1000),
        "offer": (5, 1, 5),
        "near_duplicates": (True, 0, 1),
        "threshold": (80, 1, 100),
    },
)
