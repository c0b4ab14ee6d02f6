"""What somebody hears whose message is made of places and choices, where no list takes them."""

from __future__ import annotations

from bot.desk.asker import Asker, Desk
from bot.desk.offers import is_over, join
from bot.desk.which import which
from commands import several
from commands.said import Where
from dialogues.core import Notice, Refused, Value
from dialogues.dialogue import Dialogue
from dialogues.format import Kind


def unasked(desk: Desk, asker: Asker, text: str) -> list[Notice] | None:
    """Say that nothing was counted, and give what ``meedoen`` gives; None for other talk."""
    if asker.where is not Where.PERSONAL:
        return None
    alone = several.yes_or_no(text)
    if alone is None and not several.is_answer(text):
        return None
    if asker.staff:
        if alone is not None or not text.strip(" ?.!0123456789"):
            return None  # no vote, but an answer to something else, or a question
        raise Refused("staff_no_ballot")
    dialogue = which(desk, asker)
    frame = dialogue.open_frame
    consents = frame is not None and frame.plan.kind is Kind.CLOSING
    if alone in ("no", "none") and not consents:
        return None  # somebody declines
    if alone is not None and not desk.store.places.begun(str(asker.personal), dialogue.id):
        return None  # somebody comes in
    stands = _list_stands(desk, asker, dialogue)
    notices = join(desk, asker, dialogue)
    if frame is None:
        return notices
    data: dict[str, Value] = {"stands": stands, "kind": frame.plan.kind.value}
    return [Notice("nothing_counted", data), *notices]


def _list_stands(desk: Desk, asker: Asker, dialogue: Dialogue) -> bool:
    """Whether a list of the open round stands in this conversation."""
    offered = desk.store.places.offered(asker.here, "offer", asker.milliseconds)
    return (
        offered is not None
        and bool(offered.items)
        and offered.dialogue == dialogue.id
        and not is_over(dialogue, offered)
    )
