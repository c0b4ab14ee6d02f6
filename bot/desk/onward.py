"""What follows an answer to a list: what is left of it, the next one, or what was held back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk.asked import HELD, ask_in_person
from bot.desk.asker import Asker
from bot.desk.offers import kept_offer, offer
from bot.desk.pressable import pressable
from bot.desk.services import Services
from bot.desk.standing import in_list, open_places, reworded, row, standing
from bot.desk.talk import Offered
from commands.said import Where
from dialogues.core import Notice
from dialogues.dialogue import Dialogue
from storage.offers import Offer


def asked_again(
    services: Services, asker: Asker, dialogue: Dialogue, offered: Offer | None, number: str
) -> list[Notice] | None:
    """The question for an item anew, where its words are no longer those that this person read in
    the list that stands (``offered``); else None."""
    if offered is None or number not in offered.items or asker.where is not Where.PERSONAL:
        return None
    place = offered.items.index(number) + 1
    if not reworded(services, dialogue, offered, place):
        return None
    return onward(services, asker, dialogue, offered, (place,))


def onward(
    services: Services,
    asker: Asker,
    dialogue: Dialogue,
    offered: Offer,
    changed: Sequence[int] = (),
) -> list[Notice]:
    """What follows answers to a list: what is left of it, or the next one once it is finished.

    ``changed`` are places whose answer did not count, because the words there are new. Nothing
    follows where a newer list is on its way already.
    """
    newest = services.store.offers.newest(asker.conversation, "offer")
    if newest is not None and (newest.dialogue, newest.items) != (dialogue.id, offered.items):
        return []
    left = open_places(services, asker, dialogue, offered)
    anew = [Notice("words_changed", {})] if changed else []
    frame = dialogue.open_frame
    if frame is None or not left or len(offered.items) == 1:
        return anew + offer(services, asker, dialogue)
    kept = kept_offer(services, asker, dialogue, offered.items, left)
    rows = [row(dialogue, place, offered.items[place - 1]) for place in left]
    asked = [{**row, "changed": row["place"] in changed} for row in rows]
    notice = Notice("offer_rest", {"asked": asked, "key": kept.key})
    made = Offered(notice, offered.items)
    return [*anew, pressable(services, asker.personal, asker.person, dialogue, made, left)]


def finished(
    services: Services, asker: Asker, dialogue: Dialogue, offered: Offer | None, number: str
) -> list[Notice]:
    """The next list, where a vote on this item answered the last place of the one that stands
    (``offered``)."""
    if offered is None or not in_list(offered, number):
        return []
    if open_places(services, asker, dialogue, offered):
        return []
    return onward(services, asker, dialogue, offered)


def held(services: Services, asker: Asker, dialogue: Dialogue, asked: list[Notice]) -> list[Notice]:
    """These questions alone; what is left of the list, or the next one, waits for the answer."""
    ask_in_person(services, asker, HELD, dialogue.id, {})
    return asked


def let_go(services: Services, asker: Asker, dialogue: Dialogue) -> list[Notice]:
    """What was held back while a question for a reason was open, now that it is answered."""
    forms, place = services.store.forms, asker.conversation
    waiting = forms.form(place, HELD, asker.milliseconds)
    forms.answered(place, HELD)
    if waiting is None or waiting.dialogue != dialogue.id or asker.where is not Where.PERSONAL:
        return []
    offered = standing(services, asker, dialogue)
    return [] if offered is None else onward(services, asker, dialogue, offered)
