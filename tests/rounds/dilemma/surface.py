"""What people can do with a dilemma."""

from tests.rounds.surfaces import Surface, moderator

SURFACE = Surface(words={"dilemma": moderator()})
