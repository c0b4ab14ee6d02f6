"""Asks an author whether a message may become a contribution, after a mark or a reply to the card.

The platform tells the author, who is asked in the personal conversation, or without one by the
bot's tick on the message. A message is asked about once, and staff never hears the answer.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.desk.asker import Asker
from bot.desk.contributions import takes
from bot.desk.gathering import consent
from bot.desk.gathering.consent import NO, YES
from bot.desk.gathering.question import (
    KIND,
    ConsentQuestion,
    Step,
    keep,
    open_questions,
    question_of,
    take_away,
)
from bot.desk.services import Services
from bot.desk.youth import is_youth
from bot.platforms.facts import Looked, Mark, Marked, Passed, Said
from bot.platforms.places import Place, PlaceKind
from bot.town.town import milliseconds
from commands.reading import read
from commands.said import Where
from dialogues.announce import joining
from dialogues.core import Audience, Choice, Notice, Role, Value
from dialogues.dialogue import Dialogue
from dialogues.machine import Frame
from dialogues.pauses import lasts
from storage.inbox import REMEMBERED
from storage.messages import encode
from storage.rows import Work

#: How many questions on messages one author can have open; with one more the oldest lapses.
MOST = 3

#: A second reply to the card sooner than this is talk, in milliseconds.
REPLIES_EVERY = 60_000


def marked(services: Services, asker: Asker, fact: Marked) -> list[Notice] | None:
    """Handle a mark on a message in a room; None for a mark that means nothing here."""
    if asker.where is not Where.ROOM:
        return None if asker.origin.handle is None else [Notice("gather_residents_only", {})]
    if fact.mark is Mark.TAKE_ALONG:
        return _pinned(services, asker, fact.post)
    return consent.ticked(services, asker, fact.post)


def _pinned(services: Services, asker: Asker, target: str) -> list[Notice]:
    """A moderator's mark. They are answered where only they see it; elsewhere staff hears what is
    in the way."""
    private = asker.origin.handle is not None
    room = services.town.rooms.room_at(asker.place)
    if room is None or Role.MODERATOR not in asker.roles:
        return [Notice("gather_moderators_only", {})] if private else []
    dialogue = services.ledger.open_in(room)
    if dialogue is None or not _takes_now(services, dialogue.open_frame):
        notice = Notice("gather_not_now", {})
        told = not private and _hint(services, room, dialogue, notice, asker.at)
        return [] if told else [notice]
    if services.store.sources.of(services.cause(target)) is not None:
        return [Notice("gather_already", {})] if private else []
    _find(services, dialogue, asker.place, target, asker.at, pinned=True)
    return [Notice("gather_looking", {})] if private else []


def not_read(services: Services, fact: Passed, at: datetime) -> None:
    """Say now and then in the room that a reply to the card cannot be read, and what to do."""
    dialogue = _on_card(services, fact)
    every, place = services.town.limits.hint_minutes * 60_000, fact.origin.place
    if dialogue is None or not services.store.places.hint(str(place), milliseconds(at), every):
        return
    services.ledger.tell(
        dialogue, Notice("reply_not_read", {}, Audience.ROOM, choices=joining(dialogue)), at, place
    )


def _on_card(services: Services, fact: Said | Passed) -> Dialogue | None:
    """The dialogue whose open round takes contributions and to whose card a resident replied."""
    origin = fact.origin
    if not fact.reply or origin.roles or origin.place.kind is not PlaceKind.ROOM:
        return None
    name, slot = services.store.posts.slot_of(fact.reply)
    dialogue = services.ledger.states.get(name)
    frame = dialogue.open_frame if dialogue is not None else None
    if frame is None or slot != f"card-{frame.index}" or not _takes_now(services, frame):
        return None
    return dialogue


def _takes_now(services: Services, frame: Frame | None) -> bool:
    return takes(services, frame) and frame is not None and not lasts(frame.pauses)


def replied(services: Services, fact: Said, at: datetime) -> None:
    """Start asking the author of a reply to the card of an open round whether it may be given. A
    reply that is a word for the bot is left alone: it is handled as that word."""
    origin, dialogue = fact.origin, _on_card(services, fact)
    if dialogue is None or read(services.known, fact.text, Where.ROOM, ()) is not None:
        return
    now = milliseconds(at)
    theirs = [
        form for one, form in open_questions(services.store, now) if one.account == origin.account
    ]
    if len(theirs) < MOST and all(now - form.since >= REPLIES_EVERY for form in theirs):
        _find(services, dialogue, origin.place, origin.cause, at, origin.account)


def _find(
    services: Services,
    dialogue: Dialogue,
    place: Place,
    message: str,
    at: datetime,
    account: str = "",
    *,
    pinned: bool = False,
) -> None:
    """Ask the platform for a message and its author, unless they are known or being looked up."""
    question = ConsentQuestion(Step.WHO, str(place), message, dialogue.current, pinned, account)
    now = milliseconds(at)
    if services.store.forms.form(question.key, KIND, now) is None:
        keep(services, dialogue.id, question, now)


def _hint(
    services: Services, room: str, dialogue: Dialogue | None, notice: Notice, at: datetime
) -> bool:
    """Tell the staff room why a mark does nothing; False where there is no staff room."""
    places = services.town.rooms.staff_places(room)
    name = dialogue.id if dialogue is not None else ""
    for place in places:
        services.ledger.say(place, notice, at, name)
    return bool(places)


def looked(services: Services, fact: Looked, at: datetime) -> tuple[str, str]:
    """Handle what a platform says of a message. Once its author agreed, returns the message as the
    word that gives it, such as "!stelling …", and the language of their program; else "" twice."""
    for question, form in open_questions(services.store, milliseconds(at)):
        if (question.place, question.message) != (str(fact.place), fact.message):
            continue
        dialogue = services.ledger.states[form.dialogue]
        if question.step is Step.WHO:
            services.store.forms.answered(question.key, KIND)
            _found(services, dialogue, question, fact, at)
        if question.step is Step.WORDS:
            services.store.forms.answered(question.key, KIND)
            return consent.words(services, dialogue, question, fact, at), question.language
    return "", ""


def _found(
    services: Services, dialogue: Dialogue, question: ConsentQuestion, fact: Looked, at: datetime
) -> None:
    """The author is known: ask them, unless the message cannot be given; then staff hears why, if a
    moderator marked it."""
    why_not = _why_not(services, dialogue, question, fact)
    if why_not is not None:
        if question.pinned:
            _hint(services, dialogue.room, dialogue, why_not, at)
    elif read(services.known, fact.text, Where.ROOM, ()) is None and _first(services, fact, at):
        _ask(services, dialogue, replace(question, account=fact.account), fact, at)


def _why_not(
    services: Services, dialogue: Dialogue, question: ConsentQuestion, fact: Looked
) -> Notice | None:
    """The notice that says why nobody is asked about this message, or None when its author can
    be."""
    if not fact.account or not fact.text.strip() or fact.said_at is None:
        return Notice("gather_unreadable", {})
    if fact.roles or fact.own:
        return Notice("gather_residents_only", {})
    if dialogue.current != question.round or not takes(services, dialogue.open_frame):
        return Notice("gather_not_now", {})
    return None


def _first(services: Services, fact: Looked, at: datetime) -> bool:
    """Whether this message has not been asked about before; False too for one older than what is
    remembered."""
    assert fact.said_at is not None
    said = milliseconds(fact.said_at)
    if said <= milliseconds(at) - REMEMBERED:
        return False
    return services.store.inbox.claim(said, services.cause(f"{KIND}/{fact.message}"))


def _ask(
    services: Services, dialogue: Dialogue, question: ConsentQuestion, fact: Looked, at: datetime
) -> None:
    """Ask the author: in their personal conversation if they have one, else in the room, by a
    message with buttons or with a tick on theirs; young people always in the room."""
    token = f"{KIND}-{services.ledger.token()}"
    known = services.store.people.met(fact.place.platform, fact.account)
    quiet = known is not None and services.store.people.quiet(known.person)
    in_person = fact.talks and not quiet and not is_youth(services, dialogue.room)
    if in_person:
        data: dict[str, Value] = {
            "at": fact.said_at,
            "pinned": question.pinned,
            "kind": dialogue.frames[question.round].plan.kind,
        }
        personal = Place(fact.place.platform, PlaceKind.PERSONAL, fact.account)
        message = encode(Notice("gather_ask", data))
        # A slot of its own: it is never put together with other messages, nor edited.
        services.store.outbox.put(token, str(personal), dialogue.id, token, message, at.isoformat())
    elif services.capabilities[fact.place.platform].press:
        _make_room(services, fact.account, at)
        _ask_here(services, dialogue, question, token, at)
        question = replace(question, pressed=True)
    else:
        _make_room(services, fact.account, at)
        _explain(services, dialogue, question.round, at)
        services.store.outbox.do(
            token, question.place, dialogue.id, token, Work.TICK, fact.message, at.isoformat()
        )
    asking = replace(question, step=Step.ASKING, in_person=in_person, token=token)
    keep(services, dialogue.id, asking, milliseconds(at))


def _ask_here(
    services: Services, dialogue: Dialogue, question: ConsentQuestion, token: str, at: datetime
) -> None:
    """Ask in the room, by a message that names nobody."""
    index, kind = question.round, dialogue.frames[question.round].plan.kind
    data: dict[str, Value] = {"pinned": question.pinned, "kind": kind, "leads_to": question.message}
    asked = (Choice(dialogue.id, index, question.message, word) for word in (YES, NO))
    notice = Notice("gather_asked_here", data, Audience.ROOM, choices=tuple(asked))
    message = encode(notice)
    services.store.outbox.put(token, question.place, dialogue.id, token, message, at.isoformat())


def _make_room(services: Services, account: str, at: datetime) -> None:
    """Let an author's oldest questions on messages lapse, where there would be more than
    ``MOST``."""
    theirs = sorted(
        (form.since, question.key, form.dialogue)
        for question, form in open_questions(services.store, milliseconds(at))
        if question.account == account
        and not question.in_person
        and question.step in (Step.ASKING, Step.ASKED)
    )
    for _, key, name in theirs[: max(0, len(theirs) - MOST + 1)]:
        form = services.store.forms.form(key, KIND, milliseconds(at))
        if form is not None:
            take_away(services, name, question_of(form), at)
        services.store.forms.answered(key, KIND)


def _explain(services: Services, dialogue: Dialogue, index: int, at: datetime) -> None:
    """Tell the room, once a round, what the bot's tick asks and what a tick beside it answers;
    where there are ticks."""
    slot = f"{KIND}-{index}"
    if services.store.slots.taken(dialogue.id, slot):
        return
    notice = Notice("gather_explained", {}, Audience.ROOM, slot=slot)
    for place in services.town.rooms.rooms.get(dialogue.room, ()):
        can = services.capabilities[place.platform]
        if can.mark and can.react:
            services.ledger.tell(dialogue, notice, at, place)
