"""What people can do in a circle."""

from tests.rounds.surfaces import OUT_FRONT, Allowed, Surface, moderator

SURFACE = Surface(
    words={
        **{word: Allowed(OUT_FRONT) for word in ("spreken", "pas", "klaar", "woord")},
        **{word: moderator() for word in ("door", "kring")},
    },
    settings={"minutes": (3, 1, 30)},
)
