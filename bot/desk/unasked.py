"""Words that answer no open offer or question: a vote without its item, or talk."""

from __future__ import annotations

from bot.desk import contributions, paused, reasons
from bot.desk.asker import Asker
from bot.desk.offers import first_list, join
from bot.desk.onward import onward
from bot.desk.services import Services
from bot.desk.standing import standing
from bot.desk.votes import chosen, left_out, without_choice
from bot.desk.which import perhaps, which
from commands import choices
from commands.filling import item_in
from commands.reading import VOTE
from commands.said import Where
from commands.wrong import Wrong
from dialogues.core import Notice, Refused, Value


def unasked(services: Services, asker: Asker, text: str) -> list[Notice] | None:
    """Count a choice alone where one question is open. Else, for an answer without an offer, say
    that nothing was counted and give what ``meedoen`` gives. None for other talk."""
    if asker.where is not Where.PERSONAL:
        return None
    counted = _alone(services, asker, text)
    if counted is not None:
        return counted
    alone = choices.yes_or_no(text)
    known = services.known
    if alone is None and not (known.is_answer(text) or known.is_misspelt(text)):
        return None
    if asker.staff:
        if alone is not None or not text.strip(" ?.!0123456789"):
            return None  # no vote, but an answer to something else, or a question
        raise Refused("staff_no_ballot")
    dialogue = which(services, asker)
    frame = dialogue.open_frame
    takes_yes = frame is not None and services.talk(frame).takes_yes
    if alone in ("no", "none") and not takes_yes:
        return None  # somebody declines
    if alone is not None and not services.store.places.begun(asker.conversation, dialogue.id):
        return None  # somebody comes in
    if frame is None:
        return join(services, asker, dialogue)
    stands = standing(services, asker, dialogue)
    data: dict[str, Value] = {"stands": stands is not None, "kind": frame.plan.kind}
    asked = (
        join(services, asker, dialogue)
        if stands is None
        else onward(services, asker, dialogue, stands)
    )
    return [Notice("nothing_counted", data), *asked]


def _alone(services: Services, asker: Asker, text: str) -> list[Notice] | None:
    """Handle a choice without ``stem`` and item, or a choice after an item ("P1 park"). None where
    it is no choice, or where a list of this round is open, which takes it. ``ja`` or ``?`` of
    somebody who has not begun is no choice."""
    dialogue = None if asker.staff else perhaps(services, asker)
    if dialogue is None:
        return None
    paused.check(asker, dialogue)
    named = item_in(services.known.by_dutch[VOTE], text, services.known)
    if not isinstance(named, Wrong) and dialogue.items.shown(named[0]) and named[1].strip():
        return chosen(services, asker, dialogue, *named)
    if standing(services, asker, dialogue) is not None:
        return None
    said = choices.yes_or_no(text) is None and any(map(str.isalnum, text))
    if not said and not services.store.places.begun(asker.conversation, dialogue.id):
        return None
    return left_out(services, asker, dialogue, text)


def talk(services: Services, asker: Asker, text: str) -> list[Notice]:
    """Answer other words: with the first offer for somebody who has not begun, else with a hint."""
    return _first_words(services, asker, text) or _not_understood(services, asker, text)


def _first_words(services: Services, asker: Asker, text: str) -> list[Notice]:
    """What ``meedoen`` answers, for a resident who has not begun, or who saw no list of the open
    round; else nothing. A sentence that may be a contribution is asked about, and kept until they
    have begun; so is what may be the reason of their last vote."""
    if asker.staff:
        return []
    try:
        dialogue = which(services, asker)
    except Refused as refusal:
        if refusal.code == "which_dialogue":
            raise
        return []
    if dialogue.open_frame is None:
        return []
    paused.check(asker, dialogue)
    begun = services.store.places.begun(asker.conversation, dialogue.id)
    reason = reasons.because(services, asker, dialogue, text)
    if reason is not None:
        return reason
    if begun:
        named = dialogue.items.shown(services.known.votable_in(text))
        taken = None if named else contributions.take(services, asker, dialogue, text)
        return first_list(services, asker, dialogue) if taken is None else taken
    notices, frame = join(services, asker, dialogue), dialogue.open_frame
    if contributions.may_be_one(services, frame, text):
        contributions.keep_first(services, asker, dialogue, text)
    return notices


def _not_understood(services: Services, asker: Asker, text: str) -> list[Notice]:
    """Say that the words were not understood, with a hint: the missing choice where an item is
    named, or the word for giving a contribution."""
    dialogue = None if asker.staff else perhaps(services, asker)
    frame = dialogue.open_frame if dialogue is not None else None
    item = services.known.votable_in(text)
    if dialogue is None or frame is None:
        return [Notice("not_understood", {"perhaps": ""})]
    if dialogue.items.shown(item) and dialogue.round_of(item) == frame.index:
        return without_choice(services, asker, dialogue, item)
    perhaps_meant = services.talk(frame).perhaps(frame, text)
    return [Notice("not_understood", {"perhaps": perhaps_meant})]
