"""Reads words in a personal conversation as answers to the newest offer there (``1 eens 2 ?``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.desk import votes
from bot.desk.asked import passed
from bot.desk.asker import Asker
from bot.desk.noting import noted
from bot.desk.offers import join
from bot.desk.onward import held, onward
from bot.desk.services import Services
from bot.desk.standing import is_over, reworded, standing
from bot.desk.talk import NoChoice
from commands.choices import Answers, as_kept
from commands.said import Where
from commands.wrong import Wrong
from dialogues.core import Notice, Refused
from dialogues.dialogue import Dialogue
from storage.offers import Offer

#: Reads a message as answers to an offer: with this many places, of which these are asked.
Reader = Callable[[str, int, Sequence[int]], Answers | Wrong | None]


def answer_offer(services: Services, asker: Asker, text: str) -> list[Notice] | None:
    """Handle words as an answer to the open offer of this place; None when they are no answer to
    it."""
    offered = services.store.offers.offered(asker.here, "offer", asker.milliseconds)
    if offered is None or not offered.items or asker.where is not Where.PERSONAL:
        return None
    dialogue = services.ledger.states.get(offered.dialogue)
    index = dialogue.round_of(offered.items[0]) if dialogue is not None else None
    if dialogue is None or index is None:
        return None
    asker.about(dialogue)
    return services.talk(dialogue.frames[index]).answer(services, asker, dialogue, offered, text)


def answer_places(
    services: Services, asker: Asker, dialogue: Dialogue, offered: Offer, reader: Reader, text: str
) -> list[Notice] | None:
    """Several answers in one message: all are read before any is cast. None when ``text`` is no
    answer. One to words that changed since they were read is asked again."""
    parsed = reader(text, len(offered.items), offered.places)
    if parsed is None or (isinstance(parsed, Wrong) and is_over(dialogue, offered)):
        return None
    answers: Answers = votes.read(parsed, offer=len(offered.items))
    votes.may_vote(asker)
    casts, refused, changed = [], [], []
    for place, word in answers.choices:
        number = offered.items[place - 1]
        if reworded(services, dialogue, offered, place):
            changed.append(place)
            continue
        try:
            casts.append(votes.put(services, asker, dialogue, number, as_kept(word)))
        except Refused as refusal:
            refused.append(refusal)
    if not casts and refused and is_over(dialogue, offered):
        return [
            Notice(f"refused_{refused[0].code}", refused[0].data),
            *join(services, asker, dialogue),
        ]
    if not casts and not changed:
        raise refused[0]
    notices = [noted(services, dialogue, casts)] if casts else []
    notices += [Notice(f"refused_{r.code}", r.data) for r in refused]
    passed(services, asker)
    asked = votes.after(services, asker, dialogue, casts) if casts and not changed else []
    if asked:  # a question for a reason stands alone: what is left comes after its answer
        return notices + held(services, asker, dialogue, asked)
    return notices + onward(services, asker, dialogue, offered, changed)


def answer_one(
    services: Services, asker: Asker, dialogue: Dialogue, offered: Offer, text: str
) -> list[Notice]:
    """Cast a choice on the one item that was offered, read by its kind; raises ``NoChoice``."""
    votes.may_vote(asker)
    stands = standing(services, asker, dialogue)
    done = votes.cast_typed(services, asker, dialogue, stands, offered.items[0], text)
    if isinstance(done, list):
        return done
    cast, more = done
    return [
        noted(services, dialogue, [cast]),
        *more,
        *votes.after(services, asker, dialogue, [cast]),
    ]


def answer_while_open(
    services: Services, asker: Asker, dialogue: Dialogue, offered: Offer, text: str
) -> list[Notice] | None:
    """As ``answer_one``; None when the offer's round is over, or between rounds for words that
    answer nothing."""
    if is_over(dialogue, offered):
        return None
    if dialogue.open_frame is None and not services.known.is_answer(text):
        return None
    return answer_one(services, asker, dialogue, offered, text)


def choice_or_talk(
    services: Services, asker: Asker, dialogue: Dialogue, offered: Offer, text: str
) -> list[Notice] | None:
    """As ``answer_while_open``; None also for words that are no choice."""
    try:
        return answer_while_open(services, asker, dialogue, offered, text)
    except NoChoice:
        return None
