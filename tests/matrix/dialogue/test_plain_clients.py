"""The bot's messages in a client that shows no edits, no threads and no HTML."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from tests.matrix import synapse as surroundings
from tests.matrix.dialogue.stage import Street, until
from tests.matrix.events import Event
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

NEW = f"gesprek nieuw gesprek Ons plein {CHARTER} in=zomerstraat stemming=open"
POLL = 'peiling soort=een vraag="Waar komt de bank?" opties="plein; park"'


def said(street: Street) -> list[Event]:
    """The bot's messages in the three places, as they were sent: edits are messages too."""
    seats = [(street.vera, street.room), (street.vera, street.staff)]
    seats += [(street.people[name], room) for name, room in street.directs.items()]
    return [
        one
        for person, room in seats
        for one in person.history(room)
        if one.sender == street.bot and one.kind == "m.room.message" and one.content
    ]


def cards(street: Street) -> list[Event]:
    return [one for one in said(street) if one.edits and "Ronde" in one.text]


def test_every_message_reads_well_on_its_own(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: the bot answers at once, so that there are more edits of the card."""
    with Street(lifted_synapse, tmp_path, "plain", people=2) as street:
        street.open_directs()
        street.command(NEW, part("prepared", "not missing"))
        street.command(POLL, "P1")
        street.command("gesprek start", "Ronde 1 van 3", street.room)
        street.ask(
            "anna", "stelling Er moeten meer kastanjes komen.", f"{part('statement_noted')} S1"
        )
        street.ask("bram", "stem S1 eens", part("votes_noted", "given"))
        until(lambda: bool(cards(street)), 60, "an edit of the card")
        street.command("volgende", "Ronde 2 van 3", street.room)
        street.ask("bram", "stem P1 2", part("votes_noted", "given"))
        until(lambda: any("plein" in one.text for one in cards(street)), 60, "an edit")
        street.command("sluit ja", part("dialogue_closed_staff"))
        messages = said(street)
        assert street.running.end() == 0
    edits = [one for one in messages if one.edits]
    assert len(edits) >= 2
    for one in messages:
        relation = one.content.get("m.relates_to", {})
        assert relation.get("rel_type") in (None, "m.replace")  # no thread
        assert_says_the_same(one)
    for edit in edits:
        alone = str(edit.content["body"])
        assert alone == f"* {edit.text}"
        assert edit.content["formatted_body"] == f"* {edit.html}"
        assert re.match(r"\* (\w+ mee! )?Ronde \d van 3: ", alone)  # says what can be done, in full
        assert "\nGesprek: Ons plein." in alone
        assert alone.rstrip().endswith(".")


def assert_says_the_same(message: Event) -> None:
    """Plain and formatted body have the same words, but for the numbers of lists."""
    if not message.html:
        return
    shown = html.unescape(re.sub(r"<[^>]+>", " ", message.html))
    assert words(shown) == words(message.text), message.text


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d]+", re.sub(r"https?://\S+", "", text))
