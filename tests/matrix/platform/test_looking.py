"""Looking a message up on a real Synapse: its author, and its words as they are now."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.facts import Joined, Looked
from tests.matrix import synapse as surroundings
from tests.matrix.platform.bots import Bot, room, settings
from tests.matrix.synapse import Synapse

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)

STREET = room("straat")


def test_a_message_as_it_is_now(lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: what is tried here is what is seen, not how fast residents may write."""
    vera, anna, bram = (lifted_synapse.register(f"{n}-look") for n in ("vera", "anna", "bram"))
    account = lifted_synapse.register("bot-look")
    made = vera.create_room("Straat", preset="public_chat", invite=(account.user,))
    for one in (anna, bram):
        one.join(made)
    chosen = settings(
        lifted_synapse,
        "bot-look",
        tmp_path / "store",
        trusted=frozenset({vera.user}),
        rooms={"straat": made},
    )
    with Bot(chosen).start() as bot:
        bot.read_until(lambda: any(isinstance(fact, Joined) for fact in bot.facts))

        def look(message: str) -> Looked:
            return bot.run(bot.matrix.look(STREET, message))

        said = anna.say(made, "Er moeten bomen komen.")
        first = look(said)
        assert (first.place, first.message) == (STREET, said)
        assert (first.account, first.text) == (anna.user, "Er moeten bomen komen.")
        assert (first.roles, first.talks) == (frozenset(), False)
        assert first.said_at is not None
        assert first.said_at <= first.at
        bram.edit(made, said, "Er moet niets komen.")  # a forgery
        assert look(said).text == "Er moeten bomen komen."
        anna.edit(made, said, "Er moeten beuken komen.")
        anna.edit(made, said, "Er moeten eiken komen.")
        assert look(said).text == "Er moeten eiken komen."
        quoted = anna.reply(made, said, f"> <{bram.user}> Wie zegt dat?\n\nIk zeg dat.")
        assert look(quoted).text == "Ik zeg dat."
        assert "moderator" in look(vera.say(made, "Welkom.")).roles
        picture = anna.send(made, "m.room.message", {"msgtype": "m.image", "body": "boom.png"})
        assert (look(picture).account, look(picture).text) == (anna.user, "")
        assert not look(said.replace("$", "$x")).account
        own = bot.send(STREET, "mine", "Goedendag.")
        assert (look(own).own, look(said).own) == (True, False)
        direct = anna.direct(account.user)
        bot.read_until(lambda: account.user in anna.members(direct))
        bot.read()
        assert look(said).talks
        anna.leave(direct)
        bot.read_until(lambda: not look(said).talks)
        anna.redact(made, said)
        assert not look(said).account
