"""Promises 3, 4 and 5 on a homeserver: what was said while the bot was down is handled once."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from tests.generated import LONG
from tests.matrix import synapse as surroundings
from tests.matrix.dialogue.stage import Street, until
from tests.matrix.evening import quick
from tests.matrix.evening.absence import MESSAGES, PEOPLE, THOUSANDS, Absence
from tests.matrix.synapse import Synapse
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import part

pytestmark = [
    pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING),
    pytest.mark.timeout(900 * THOUSANDS),
]

_VOTES = "SELECT count(*) FROM journal WHERE CAST(line AS TEXT) LIKE '%\"VoteCast/%'"


def test_a_thousand_messages_in_twenty_rooms(quick_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted for those who write: a thousand messages would take them an hour. Not for the bot,
    once it is back."""
    street = Absence(quick_synapse, tmp_path, "weg")
    street.running.module = quick.__name__
    with street:
        street.open()
        street.mark()
        assert street.running.end() == 0
        ((claimed,),) = street.rows("SELECT count(*) FROM inbox")
        ((cast,),) = street.rows(_VOTES)
        ((early, _),) = street.rows("SELECT cursor, read_back_at FROM cursors")
        quick_synapse.restore_ratelimit(street.bot)
        assert street.say_all() == MESSAGES
        street.running.start(240 * THOUSANDS)  # ready once all of it is kept
        street.all_read()
        street.everybody_heard()
        street.command("sluit ja", "Ronde 1 is klaar", street.room)
        waiting = "SELECT count(*) FROM outbox"
        until(lambda: street.rows(waiting) == [(0,)], 120 * THOUSANDS, "nothing more to be sent")
        assert street.running.end() == 0
        assert street.counted() == street.recount()
        assert street.rows(_VOTES) == [(cast + street.typed(),)]
        handled = claimed + MESSAGES + 1  # and ``sluit``
        assert street.rows("SELECT count(*) FROM inbox") == [(handled,)]
        assert street.rows("SELECT count(*) FROM inbox WHERE failed = 1") == [(0,)]
        assert LONG or len(PEOPLE) + 2 == 20
        _nothing_from_an_earlier_position(street, str(early))
        street.assert_log_is_silent()


def _nothing_from_an_earlier_position(street: Absence, position: str) -> None:
    """Promises 3 and 4: all of it delivered a second time, in one more run of the program."""
    before, tokens = street.rows("SELECT line FROM journal ORDER BY row"), street.tokens()
    street.set_position(position)
    street.running.start(240 * THOUSANDS)
    direct, watch = street.directs[PEOPLE[0]], street.watches[PEOPLE[0]]
    said = street.people[PEOPLE[0]].say(direct, "status")
    watch.wait_until(lambda: watch.has_read(direct, street.bot, said), seconds=120 * THOUSANDS)
    watch.wait_text("Het gesprek is klaar", room=direct, seconds=120)
    assert street.running.end() == 0
    assert street.rows("SELECT line FROM journal ORDER BY row") == before
    again = street.tokens()
    assert len(again) == len(set(again))
    assert len(again) == len(tokens) + 1  # the answer to what was said now


def test_a_vote_before_the_closing_counts_when_it_is_read_after_it(
    quick_synapse: Synapse, tmp_path: Path
) -> None:
    """The hour passes while the bot is down; each vote is judged by its own time."""
    street = Street(quick_synapse, tmp_path, "sluit")
    street.running.module = quick.__name__
    with street:
        new = f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat"
        street.command(new, part("prepared", "not missing"))
        street.command("gesprek start", "Ronde 1", street.room)
        street.open_directs()
        street.ask(
            "anna", "stelling Er moeten meer kastanjes komen.", f"{part('statement_noted')} S1", 60
        )
        street.command("tot over 1 minuut", "Ronde 1 van 1 is open")
        began = street.vera.history(street.staff)[-1].at / 1000
        street.running.kill()
        for name in ("anna", "bram", "carla", "daan", "eva"):
            street.tell(name, "stem S1 eens")
        street.tell("eva", "stem S1 oneens")
        until(lambda: time.time() > began + 60, 120, "the closing hour")
        street.tell("anna", "stem S1 oneens")
        street.tell("fien", "stem S1 eens")
        street.running.start()
        street.wait("vera", street.room, "Ronde 1 is klaar", 120)
        street.answer("fien", "Dat telt niet mee", 120)
        assert street.running.end() == 0
        (found,) = street.outcome("ons-gesprek")["rounds"]
        assert found["items"][0]["counts"] == {"agree": 4, "disagree": 1, "pass": 0}
        closed = datetime.fromisoformat(found["closed_at"])
        assert closed.astimezone(UTC).timestamp() <= began + 60
