"""What people can do with a round of statements."""

from tests.rounds.surfaces import OUT_FRONT, Allowed, Surface

SURFACE = Surface(
    words={"stelling": Allowed(OUT_FRONT)},
    settings={
        "per_person": (3, 0, 1000),
        "offer": (5, 1, 5),
        "reason_every": (3, 0, 1000),
        "near_duplicates": (True, 0, 1),
        "threshold": (80, 1, 100),
    },
)
