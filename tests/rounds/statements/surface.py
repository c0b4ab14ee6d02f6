"""What people can do with a round of statements."""

from tests.rounds.surfaces import OUT_FRONT, Allowed, Surface

SURFACE = Surface(words={"stelling": Allowed(OUT_FRONT)})
