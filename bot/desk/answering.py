"""Answers to the offer that is open in a personal conversation, by place and choice."""

from __future__ import annotations

from collections.abc import Callable

from bot.desk import votes
from bot.desk.asker import Asker, Desk
from bot.desk.offers import is_over, join, offer
from commands.choices import Answers, as_kept
from commands.said import Where, Wrong
from dialogues.core import Notice, Refused
from dialogues.dialogue import Dialogue
from storage.offers import Offer

#: Reads a message as answers to an offer with so many places.
Reader = Callable[[str, int], Answers | Wrong | None]


def answer_offer(desk: Desk, asker: Asker, text: str) -> list[Notice] | None:
    """Read words as the answer to the offer that is open here; None when they are none."""
    offered = desk.store.offers.offered(asker.here, "offer", asker.milliseconds)
    if offered is None or not offered.items or asker.where is not Where.PERSONAL:
        return None
    dialogue = desk.ledger.states.get(offered.dialogue)
    index = dialogue.round_of(offered.items[0]) if dialogue is not None else None
    if dialogue is None or index is None:
        return None
    asker.about(dialogue)
    return desk.talk(dialogue.frames[index]).answer(desk, asker, dialogue, offered, text)


def answer_places(
    desk: Desk, asker: Asker, dialogue: Dialogue, offered: Offer, reader: Reader, text: str
) -> list[Notice] | None:
    """Several answers in one message: all of them are read before any is put in the box."""
    parsed = reader(text, len(offered.items))
    if parsed is None or (isinstance(parsed, Wrong) and is_over(dialogue, offered)):
        return None
    answers: Answers = votes.read(parsed, offer=len(offered.items))
    votes.may_vote(asker)
    casts, refused = [], []
    for place, word in answers.choices:
        number = offered.items[place - 1]
        try:
            casts.append(votes.put(desk, asker, dialogue, number, as_kept(word)))
        except Refused as refusal:
            refused.append(refusal)
    if not casts and is_over(dialogue, offered):
        return [Notice(f"refused_{refused[0].code}", refused[0].data), *join(desk, asker, dialogue)]
    if not casts:
        raise refused[0]
    notices = [votes.noted(desk, dialogue, casts)]
    notices += [Notice(f"refused_{r.code}", r.data) for r in refused]
    desk.store.forms.answered(str(asker.personal))
    notices += offer(desk, asker, dialogue)
    return notices + votes.after(desk, asker, dialogue, casts)


def answer_one(
    desk: Desk, asker: Asker, dialogue: Dialogue, offered: Offer, text: str
) -> list[Notice]:
    """The choice on the one item that was offered, as its kind reads it; raises ``NoChoice``."""
    votes.may_vote(asker)
    done = votes.cast_typed(desk, asker, dialogue, offered.items[0], text)
    if isinstance(done, list):
        return done
    cast, more = done
    return [
        votes.noted(desk, dialogue, [cast]),
        *more,
        *votes.after(desk, asker, dialogue, [cast]),
    ]
