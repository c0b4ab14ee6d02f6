"""What people can do with a poll."""

from tests.rounds.surfaces import Surface, moderator

SURFACE = Surface(
    words={"peiling": moderator()},
    settings={"per_person": (3, 0, 1000)},
)
