"""``vergeetmij``: votes in open rounds are withdrawn, words erased, the account deleted."""

from __future__ import annotations

from bot.desk.asked import ask, asked, done
from bot.desk.asker import Asker
from bot.desk.gathering import question
from bot.desk.posts import show_again
from bot.desk.services import Services
from bot.platforms.places import Place
from commands import choices
from commands.reading import read
from commands.said import ForgetMe
from dialogues.core import Context, Notice, Refused
from dialogues.destroying_events import Destroyed, RecordsDestroyed
from dialogues.dialogue import Dialogue
from dialogues.events import PersonForgotten
from dialogues.intents import EraseItem
from dialogues.items import ItemState
from dialogues.record import TOWN
from dialogues.withdrawal import standing_support
from meetings.intents import Forget
from storage.forgetting import forget_person
from storage.forms import Form
from storage.rows import Work


def forget_me(services: Services, asker: Asker, said: ForgetMe) -> list[Notice]:
    """Ask for confirmation, or forget the person when the confirming sentence was typed."""
    if not said.confirmed:
        ask(services, asker, "forget")
        return [Notice("forget_ask", {"days": services.town.limits.objection_days})]
    if asked(services, asker, "forget") is None:
        ask(services, asker, "forget")
        return [Notice("forget_ask", {"days": services.town.limits.objection_days})]
    erased = _forget(services, asker)
    return [Notice("forgotten", {"texts": erased})]


def answer(services: Services, asker: Asker, _form: Form, text: str) -> list[Notice]:
    """The answer to that question: the confirming sentence, which a button says, does it, ``nee``
    ends it, anything else repeats it."""
    reading = read(services.known, text, asker.where, asker.roles)
    if reading is not None and isinstance(reading.said, ForgetMe) and reading.said.confirmed:
        return forget_me(services, asker, reading.said)
    if choices.agrees(text) != "no" and not choices.enough(text):
        raise Refused("forget_choose")
    done(services, asker, "forget")
    return [Notice("forget_not", {})]


def _forget(services: Services, asker: Asker) -> int:
    """Forget the asker: first the votes, then the words, then account and links. Returns how many
    texts were erased."""
    known = services.store.participants
    services.ledger.withdraw_votes(asker.person, asker.at, asker.origin.order)
    erased = 0
    for name, participant in known.participations(asker.person):
        if name in services.ledger.meetings.by_id:
            services.ledger.act(name, Forget(), Context(asker.at, participant))
        dialogue = services.ledger.states.get(name)
        if dialogue is None:
            continue
        for intent in standing_support(dialogue, participant, asker.at):
            services.ledger.act(name, intent, Context(asker.at, participant, leaving=True))
        authors = {participant, *services.store.ballots.of(participant).values()}
        erased += _erase(services, asker, dialogue, authors)
    services.heard.pop(asker.conversation, None)
    here = asker.conversation
    question.forget(services, services.store.people.accounts(asker.person), asker.at)
    for place in forget_person(services.store, asker.person, here, asker.milliseconds):
        name = Place.parse(place).name
        services.store.outbox.do(
            services.ledger.token(), place, "", "", Work.LEAVE, name, asker.at.isoformat()
        )
    services.store.journal.append(TOWN, asker.at, "clock", PersonForgotten(erased))
    if erased:
        gone = RecordsDestroyed(Destroyed.TEXTS, erased, 0, services.town.category)
        services.store.journal.append(TOWN, asker.at, "clock", gone)
    return erased


def _erase(services: Services, asker: Asker, dialogue: Dialogue, authors: set[str]) -> int:
    theirs = [
        item
        for item in dialogue.items.by_number.values()
        if item.author in authors and item.state is not ItemState.ERASED
    ]
    for item in theirs:
        for ref in {item.text.ref, *item.earlier}:
            services.store.texts.erase(ref)
        services.ledger.act(dialogue.id, EraseItem(item.number), Context(asker.at, "clock"))
        show_again(services, asker, dialogue, item.number)
    return len(theirs)
