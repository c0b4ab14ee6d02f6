"""Answers to the offer that is open in a personal conversation, by place and choice."""

from __future__ import annotations

from typing import Any

from bot.desk import votes
from bot.desk.asker import Asker, Desk
from bot.desk.offers import is_over, join, offer
from commands import ballots, several
from commands.said import Where, Wrong
from dialogues.core import Notice, Refused
from dialogues.dialogue import Dialogue
from storage.offers import Offer


def answer_offer(desk: Desk, asker: Asker, text: str) -> list[Notice] | None:
    """Read words as the answer to the offer that is open here; None when they are none."""
    offered = desk.store.offers.offered(asker.here, "offer", asker.milliseconds)
    if offered is None or not offered.items or asker.where is not Where.PERSONAL:
        return None
    dialogue = desk.ledger.states.get(offered.dialogue)
    if dialogue is None:
        return None
    asker.about(dialogue)
    letter = offered.items[0][0]
    if letter == "S":
        return _answer_many(desk, asker, dialogue, offered, ballots.offer_answers, text)
    if letter == "A":
        return _answer_consent(desk, asker, dialogue, offered, text)
    if letter == "P":
        return _answer_poll(desk, asker, dialogue, offered, text)
    return None


def _answer_many(
    desk: Desk, asker: Asker, dialogue: Dialogue, offered: Offer, reader: Any, text: str
) -> list[Notice] | None:
    """Several answers in one message: all of them are read before any is put in the box."""
    parsed = reader(text, len(offered.items))
    if parsed is None or (isinstance(parsed, Wrong) and is_over(dialogue, offered)):
        return None
    answers = votes.read(parsed, offer=len(offered.items))
    votes.may_vote(asker)
    casts, refused = [], []
    for place, word in answers.choices:
        number = offered.items[place - 1]
        try:
            casts.append(votes.put(desk, asker, dialogue, number, votes.as_kept(word)))
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
    return notices + votes.ask_why(desk, asker, dialogue, casts)


def _answer_consent(
    desk: Desk, asker: Asker, dialogue: Dialogue, offered: Offer, text: str
) -> list[Notice] | None:
    many = _answer_many(desk, asker, dialogue, offered, several.consent_answers, text)
    if many is not None or len(offered.items) > 1:
        return many
    parsed = ballots.consent(text)
    if isinstance(parsed, Wrong):
        return None
    votes.may_vote(asker)
    cast, more = votes.cast_typed(desk, asker, dialogue, offered.items[0], text)
    return [votes.noted(desk, dialogue, [cast]), *more, *offer(desk, asker, dialogue)]


def _answer_poll(
    desk: Desk, asker: Asker, dialogue: Dialogue, offered: Offer, text: str
) -> list[Notice] | None:
    if is_over(dialogue, offered):
        return None
    if dialogue.open_frame is None and not several.is_answer(text):
        return None
    votes.may_vote(asker)
    try:
        cast, _ = votes.cast_typed(desk, asker, dialogue, offered.items[0], text)
    except Refused as refusal:
        if refusal.code == "unknown_option" and several.is_other(text):
            raise Refused("other_missing") from None
        if refusal.code == "unknown_option":
            return None
        raise
    return [votes.noted(desk, dialogue, [cast])]
