"""What a paused round does not hear: said before the desk asks or offers anything.

Whether a round takes something is decided by the rules. This is only for what the desk does before
it asks them: offer a list, or ask whether words are a contribution.
"""

from __future__ import annotations

from bot.desk.asker import Asker
from bot.desk.services import Services
from commands.said import Where
from dialogues.core import Refused
from dialogues.dialogue import Dialogue
from dialogues.pauses import Pause, held_by
from storage.forms import Form

#: The kinds of questions whose answer is for the round that is open.
OF_A_ROUND = frozenset({"begin", "first", "heard", "same", "why"})


def held(asker: Asker, dialogue: Dialogue | None) -> Pause | None:
    """The pause in which somebody says something now about the open round, or None."""
    frame = dialogue.open_frame if dialogue is not None else None
    return held_by(frame.pauses, asker.at) if frame is not None and frame.pauses else None


def check(asker: Asker, dialogue: Dialogue | None) -> None:
    """Raise ``Refused`` for what a resident says in a pause about the open round."""
    pause = held(asker, dialogue)
    if dialogue is not None and pause is not None and not asker.staff:
        asker.about(dialogue)
        raise Refused("paused", over=pause.ended is not None)


def check_question(services: Services, asker: Asker, form: Form) -> None:
    """The same for an answer to such a question: it stays open."""
    if form.kind in OF_A_ROUND:
        check(asker, services.ledger.states.get(form.dialogue))


def check_list(services: Services, asker: Asker) -> None:
    """The same for an answer to the newest list of a personal conversation."""
    if asker.where is Where.PERSONAL:
        offered = services.store.offers.offered(asker.here, "offer", asker.milliseconds)
        check(asker, services.ledger.states.get(offered.dialogue) if offered is not None else None)
