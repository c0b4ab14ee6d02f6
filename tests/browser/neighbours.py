"""Residents with plain HTTP clients, so that there are enough votes for figures."""

from __future__ import annotations

from playground.neighbourhood import Neighbourhood

VOTES = {
    "carla": "stem S1 eens",
    "daan": "stem S1 eens",
    "eva": "stem S1 oneens",
}


def vote(hood: Neighbourhood) -> None:
    """Each takes part and votes in a conversation of their own."""
    feeds = {name: hood.people[name].feed() for name in VOTES}
    places = {name: hood.people[name].direct(hood.bot.user) for name in VOTES}
    for said, heard in (("meedoen", "Typ: ja"), ("ja", "Wat vindt u"), ("", "Uw code")):
        for name, place in places.items():
            hood.people[name].say(place, said or VOTES[name])
        for name, place in places.items():
            feeds[name].wait_text(heard, room=place, by=hood.bot.user, seconds=120)


def give(hood: Neighbourhood, *statements: str) -> None:
    """Carla gives these statements in a conversation of her own."""
    carla = hood.people["carla"]
    feed, place = carla.feed(), carla.direct(hood.bot.user)
    for number, words in enumerate(statements, 1):
        carla.say(place, f"stelling {words}")
        feed.wait_text(f"Uw stelling is S{number}", room=place, by=hood.bot.user, seconds=120)


def react(hood: Neighbourhood, to: str, key: str) -> None:
    """Each puts the same reaction on a message in the room."""
    for name in VOTES:
        hood.people[name].react(hood.room, to, key)
