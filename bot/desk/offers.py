"""Offers in the personal conversation: the next items that a person can answer."""

from __future__ import annotations

from dataclasses import asdict, replace

from msgspec import structs

from bot.desk import paused
from bot.desk.asked import INVITED, ask_in_person, passed
from bot.desk.asker import Asker
from bot.desk.pressable import pressable
from bot.desk.services import Services
from bot.desk.standing import open_places, standing, tappable, wording
from bot.desk.talk import Offered, Wanted
from bot.desk.youth import is_youth
from bot.platforms.places import Place
from dialogues.core import Choice, Notice, Refused, Value
from dialogues.dialogue import Dialogue, Status
from dialogues.machine import Frame
from storage.offers import ON_ITS_WAY, Offer


def join(
    services: Services, asker: Asker, dialogue: Dialogue, *, tapped: bool = False
) -> list[Notice]:
    """Handle ``meedoen``: the first time the explanation and its question, later the next offer.
    Who tapped a card's sign has begun with that (``tapped``), and so has everybody where a bare
    "ja" is not heard: the explanation and the first offer come at once."""
    if asker.staff:
        raise Refused("staff_no_ballot")
    if dialogue.status is Status.PREPARING:
        raise Refused("not_started", title=dialogue.title)
    if dialogue.status is Status.CLOSED:
        raise Refused("dialogue_closed", title=dialogue.title)
    places = services.store.places
    place = asker.conversation
    places.belongs(place, asker.person)
    places.choose(place, dialogue.id)
    passed(services, asker)  # whatever was asked before, this is what they want now
    frame = dialogue.open_frame
    young = is_youth(services, dialogue.room)
    if frame is None:
        return [Notice("between_rounds", {"title": dialogue.title, "youth": young})]
    paused.check(asker, dialogue)
    if not places.begun(place, dialogue.id):
        if tapped:
            places.begin(place, dialogue.id)
        else:
            ask_in_person(services, asker, "begin", dialogue.id, {})
        data: dict[str, Value] = {
            "title": dialogue.title,
            "confidential": dialogue.confidential,
            "kind": frame.plan.kind,
            "ballots": dialogue.boxes[frame.index] is not None,
            "settings": asdict(frame.settings),
            "youth": young,
            "tapped": tapped,
            "polls": asker.can.polls and _taps(services, dialogue, frame),
        }
        begin = Notice("begin", data)
        notices = [begin, *offer(services, asker, dialogue)] if tapped else [begin]
        return _with_english(asker, notices)
    return [_again(services, asker, dialogue, frame)]


def _with_english(asker: Asker, notices: list[Notice]) -> list[Notice]:
    """With a button for English below all, for somebody whose program speaks neither language."""
    if (
        asker.subject.language == "en"
        or not asker.can.press
        or asker.origin.language
        or asker.known.language
    ):
        return notices
    last = notices[-1]
    english = Choice("", 0, "", "english")
    return [*notices[:-1], structs.replace(last, choices=(*last.choices, english))]


def _taps(services: Services, dialogue: Dialogue, frame: Frame) -> bool:
    """Whether something of a round is asked in polls."""
    box = dialogue.boxes[frame.index]
    asked = services.talk(frame).buttons or ()
    return bool(asked) or any(tappable(services, dialogue, n) for n in (box.books if box else ()))


def _again(services: Services, asker: Asker, dialogue: Dialogue, frame: Frame) -> Notice:
    """The list that stands and is not finished, once more; else the next."""
    stands = standing(services, asker, dialogue)
    wanted = _wanted(services, asker.personal, dialogue)
    left = () if stands is None else open_places(services, asker, dialogue, stands)
    if stands is not None and left and all(map(dialogue.items.shown, stands.items)):
        wanted = replace(wanted, again=stands.items)
    made = services.talk(frame).offer(services, dialogue, frame, asker.person, wanted)
    return _offered(services, asker, dialogue, frame, made)


def offer(services: Services, asker: Asker, dialogue: Dialogue) -> list[Notice]:
    """The items of the open round that this person has not answered yet."""
    frame = dialogue.open_frame
    if frame is None:
        return []
    wanted = _wanted(services, asker.personal, dialogue)
    made = services.talk(frame).offer(services, dialogue, frame, asker.person, wanted)
    return [_offered(services, asker, dialogue, frame, made)]


def _wanted(
    services: Services, place: Place, dialogue: Dialogue, but: frozenset[str] = frozenset()
) -> Wanted:
    """What the next offer of a conversation is to have. Where items come one at a time, the one
    that stands there comes again until it is answered."""
    if not services.capabilities[place.platform].one_at_a_time:
        return Wanted(but=but)
    newest = services.store.offers.newest(str(place), "offer")
    stands = newest is not None and newest.dialogue == dialogue.id and bool(newest.items)
    first = newest.items[0] if newest is not None and stands else ""
    return Wanted(but=but, single=True, first=first)


def further(
    services: Services, asker: Asker, dialogue: Dialogue, _said: object = None
) -> list[Notice]:
    """Handle ``verder``: the next items, without those of the list that stands; they come back
    later."""
    frame, stands = dialogue.open_frame, standing(services, asker, dialogue)
    if frame is None or asker.staff or stands is None:
        return join(services, asker, dialogue)
    paused.check(asker, dialogue)
    passed(services, asker)
    left = open_places(services, asker, dialogue, stands)
    but = frozenset(stands.items[place - 1] for place in left)
    wanted = _wanted(services, asker.personal, dialogue, but)
    made = services.talk(frame).offer(services, dialogue, frame, asker.person, wanted)
    if left and but.issuperset(made.items):
        return [Notice("nothing_further", {"left": len(left)})]
    return [_offered(services, asker, dialogue, frame, made)]


def _offered(
    services: Services, asker: Asker, dialogue: Dialogue, frame: Frame, made: Offered
) -> Notice:
    """The notice of an offer, which is kept as the newest of this person's conversation."""
    if made.items:
        kept_offer(services, asker, dialogue, made.items)
    if made.invites:
        ask_in_person(services, asker, INVITED, dialogue.id, {})
    return pressable(services, asker.personal, asker.person, dialogue, made)


def kept_offer(
    services: Services,
    asker: Asker,
    dialogue: Dialogue,
    items: tuple[str, ...],
    asked: tuple[int, ...] = (),
) -> Offer:
    place = asker.conversation
    worded = tuple(wording(services, dialogue, number) for number in items)
    kept = Offer("offer", dialogue.id, asker.stands_at, items, asked, worded)
    services.store.places.belongs(place, asker.person)
    services.store.offers.offer(place, kept)
    return kept


def kept_list(
    services: Services, place: str, person: str, dialogue: Dialogue, frame: Frame, token: str
) -> Notice | None:
    """The next list for somebody who did not ask for it, kept as on its way in the message with
    this token; None where there is nothing to answer."""
    wanted = _wanted(services, Place.parse(place), dialogue)
    made = services.talk(frame).offer(services, dialogue, frame, person, wanted)
    if not made.items:
        return None
    worded = tuple(wording(services, dialogue, number) for number in made.items)
    kept = Offer("offer", dialogue.id, ON_ITS_WAY, made.items, (), worded)
    services.store.offers.offer(place, kept)
    services.store.offers.sending(place, kept.key, token)
    return pressable(services, Place.parse(place), person, dialogue, made)


def first_list(services: Services, asker: Asker, dialogue: Dialogue) -> list[Notice]:
    """The list of a new round at the first words of somebody who has begun; nothing where they saw
    one or voted, or there is nothing to answer."""
    frame = dialogue.open_frame
    if frame is None or standing(services, asker, dialogue) is not None:
        return []
    wanted = _wanted(services, asker.personal, dialogue)
    made = services.talk(frame).offer(services, dialogue, frame, asker.person, wanted)
    box = dialogue.boxes[frame.index]
    if box is None or not made.items:
        return []
    ballot = services.ballot(asker, dialogue, frame.index)
    if box.roll.said_by(ballot):
        return []
    return [_offered(services, asker, dialogue, frame, made)]


def widened(services: Services, place: Place, notice: Notice) -> Notice:
    """The notice of an offer not sent yet, with more items, for somebody who waited long for it;
    the same notice where that cannot be done."""
    waiting = services.store.offers.on_its_way(str(place))
    person = services.store.people.known(place.platform, place.name)
    dialogue = services.ledger.states.get(waiting.dialogue) if waiting is not None else None
    frame = dialogue.open_frame if dialogue is not None else None
    if waiting is None or person is None or dialogue is None or frame is None:
        return notice
    talk, one = services.talk(frame), services.capabilities[place.platform].one_at_a_time
    if one or not talk.patient or not notice.choices or frame.index + 1 != notice.data["round"]:
        return notice
    made = talk.offer(services, dialogue, frame, person, Wanted(talk.patient))
    if not made.items or notice.template == "offer_rest":
        return notice
    worded = tuple(wording(services, dialogue, number) for number in made.items)
    longer = replace(waiting, items=made.items, asked=(), wording=worded)
    services.store.offers.offer(str(place), longer)
    return pressable(services, place, person, dialogue, made)
