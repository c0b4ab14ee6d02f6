"""What people can do with priorities: it has no words of its own, and one setting."""

from tests.rounds.surfaces import Surface

SURFACE = Surface(
    settings={"places": (3, 1, 9)},
)
