"""What people can do with a closing round."""

from tests.rounds.surfaces import Surface, moderator

SURFACE = Surface(
    words={word: moderator() for word in ("advies erbij", "advies orde", "advies weg")},
    settings={"prepare": (60, 0, 7 * 24 * 60)},
)
