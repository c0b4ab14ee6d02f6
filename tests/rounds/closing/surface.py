"""What people can do with a closing round."""

from tests.rounds.surfaces import Surface, moderator

SURFACE = Surface(
    words={word: moderator() for word in ("advies erbij", "advies orde", "advies weg")}
)
