"""Contributions of every kind and reasons for votes: giving, changing and withdrawing them.

A text that says nearly the same as one that is shown is asked about first, with the words kept in
the open question until it is answered.
"""

from __future__ import annotations

from bot.desk import posts, reasons
from bot.desk.asked import FIRST, INVITED, ask, ask_in_person, asked, done
from bot.desk.asker import Asker
from bot.desk.reasons import By, message
from bot.desk.services import Services
from bot.desk.standing import wording
from bot.desk.talk import Giving
from bot.desk.votes import may_vote
from commands import choices
from commands.reasons import Given, as_reason, says_nothing
from commands.said import Where, Why
from dialogues.core import Context, Notice, Refused, Text, Value
from dialogues.decide import decide
from dialogues.dialogue import Dialogue
from dialogues.intents import ChangeItem, WithdrawItem
from dialogues.items import REASON, Item, ItemState
from dialogues.machine import Frame
from storage.forms import Form
from storage.sources import Source

#: From this many words on, talk may have been meant as a contribution; where the bot has just asked
#: for one, one word is enough.
_SENTENCE = 3


def takes(services: Services, frame: Frame | None) -> bool:
    """Whether a round still accepts contributions."""
    return frame is not None and services.talk(frame).gives is not None and frame.collecting


def may_be_one(services: Services, frame: Frame, text: str, least: int = _SENTENCE) -> bool:
    """Whether talk may be a contribution to a round that still accepts them: a whole sentence, of
    at least so many words."""
    giving = services.talk(frame).gives
    if giving is None or not frame.collecting or says_nothing(text):
        return False
    return len(text.split()) >= least and giving.may_be(text)


def given(
    services: Services,
    asker: Asker,
    dialogue: Dialogue,
    giving: Giving,
    words: str,
    *,
    elsewhere: bool = False,
) -> list[Notice]:
    """Handle a contribution, typed or from a form; one that was given ``elsewhere`` is taken as it
    is."""
    if not elsewhere and says_nothing(words):
        raise Refused("says_nothing", given=giving.form)
    intent = giving.intent(Text(words))
    _round_for(services, dialogue, giving)
    # Asked first and done afterwards: what would be refused anyway is not worth a question.
    decide(dialogue, intent, _context(services, asker, dialogue))
    return _alike_or_kept(services, asker, dialogue, words, giving, message(asker))


def _alike_or_kept(
    services: Services, asker: Asker, dialogue: Dialogue, words: str, giving: Giving, by: By
) -> list[Notice]:
    """Ask about what is shown and says nearly the same; where nothing does, keep the words."""
    frame = _round_for(services, dialogue, giving)
    threshold = giving.threshold(frame.settings) if frame is not None else 0
    same = _near(services, dialogue, words, threshold, giving.letter) if threshold else None
    if frame is not None and same is not None:
        data: dict[str, object] = {
            "words": words,
            "item": same,
            "wording": wording(services, dialogue, same),
            "kind": frame.plan.kind,
            "cause": by.cause.hex(),
            "place": by.place,
            "event": by.event,
        }
        ask(services, asker, "same", dialogue.id, data)
        services.store.places.belongs(asker.conversation, asker.person)
        text = dialogue.items.by_number[same].text
        return [Notice(giving.alike, {"item": same, "text": text})]
    return _keep(services, asker, dialogue, words, giving, by)


def keep_first(services: Services, asker: Asker, dialogue: Dialogue, words: str) -> None:
    """Keep somebody's first words until they have begun; then they are asked about."""
    ask_in_person(services, asker, FIRST, dialogue.id, {"words": words})


def take(services: Services, asker: Asker, dialogue: Dialogue, words: str) -> list[Notice] | None:
    """Ask whether a sentence is a contribution; None where it cannot be one."""
    frame = dialogue.open_frame
    mark = asked(services, asker, INVITED)
    least = 1 if mark is not None and mark.dialogue == dialogue.id else _SENTENCE
    if frame is None or not may_be_one(services, frame, words, least):
        return None
    done(services, asker, INVITED)
    keep_first(services, asker, dialogue, words)
    return ask_first(services, asker, dialogue)


def ask_first(services: Services, asker: Asker, dialogue: Dialogue) -> list[Notice]:
    """Ask whether the first words that were kept are a contribution, now that they have begun."""
    form = asked(services, asker, FIRST)
    if form is None or form.dialogue != dialogue.id:
        return []
    words = str(form.data["words"])
    ask_in_person(services, asker, FIRST, dialogue.id, {"words": words, "asked": True})
    return [Notice("first_words", {"text": Text(words)})]


def answer_first(services: Services, asker: Asker, form: Form, text: str) -> list[Notice] | None:
    """The answer to that question: with a yes the words are given. None for other words."""
    said = choices.agrees(text)
    if "asked" not in form.data or said not in ("yes", "no"):
        return None
    done(services, asker, FIRST)
    dialogue = asker.about(services.ledger.states[form.dialogue])
    frame = dialogue.open_frame
    giving = services.talk(frame).gives if frame is not None else None
    if said == "no" or giving is None:
        return [Notice("not_meant", {})]
    return given(services, asker, dialogue, giving, str(form.data["words"]))


def _round_for(services: Services, dialogue: Dialogue, giving: Giving) -> Frame | None:
    """The open round (None: no round is open). Raises ``Refused`` where it does not accept this
    kind of contribution, with the kind that it does accept."""
    frame = dialogue.open_frame
    if frame is None:
        return None
    there = services.talk(frame).gives
    if there is not giving:
        instead = frame.plan.kind if there is not None and frame.collecting else ""
        raise Refused("not_in_this_round", given=giving.form, instead=instead)
    return frame


def _context(services: Services, asker: Asker, dialogue: Dialogue) -> Context:
    return services.context(asker, dialogue)


def _near(
    services: Services, dialogue: Dialogue, words: str, threshold: int, letter: str
) -> str | None:
    most = services.town.limits.near_duplicates_among
    shown = [
        (item.number, services.words(item.text))
        for item in dialogue.items.by_number.values()
        if item.number[0] == letter and item.state is ItemState.SHOWN
    ]
    return services.nearest(words, shown[-most:], threshold)


def _keep(
    services: Services,
    asker: Asker,
    dialogue: Dialogue,
    words: str,
    giving: Giving,
    by: By,
) -> list[Notice]:
    events = services.act(asker, dialogue, giving.intent(Text(words)))
    given = events[0]
    services.store.sources.gave(by.cause, Source(dialogue.id, given.number, asker.person, by.place))
    services.store.places.belongs(asker.conversation, asker.person)
    posts.gave(services, asker, dialogue, given.number, by.place, by.event)
    if not given.pending:
        posts.show(services, asker, dialogue, given.number, by.place)
    data: dict[str, Value] = {
        "item": given.number,
        "text": given.text,
        "pending": given.pending,
        "staff": given.staff,
        "open": not dialogue.confidential,
    }
    return [Notice(giving.noted, data)]


def answer_same(services: Services, asker: Asker, form: Form, text: str) -> list[Notice] | None:
    """The answer to the near-duplicate question: 1 agrees with the existing item, 2 gives one's own
    as well. None for other words."""
    dialogue = asker.about(services.ledger.states[form.dialogue])
    word, answer = text.strip().rstrip(".!"), choices.agrees(text)
    data = {key: str(value) for key, value in form.data.items()}
    giving = services.talks.by_kind[data["kind"]].gives
    assert giving is not None
    by = By(bytes.fromhex(data["cause"]), data["place"], data.get("event", ""))
    if word == "1" or answer == "yes":
        done(services, asker, "same")
        if _as_read(services, dialogue, data):
            return giving.agree(services, asker, dialogue, data["item"])
        anew = _alike_or_kept(services, asker, dialogue, data["words"], giving, by)
        return [Notice("words_changed", {}), *anew]
    if word == "2" or answer == "no":
        done(services, asker, "same")
        return _keep(services, asker, dialogue, data["words"], giving, by)
    return None


def waiting(services: Services, asker: Asker, target: bytes) -> Form | None:
    """The question about words that a message gave and that are not kept yet, or None."""
    form = asked(services, asker, "same")
    return form if form is not None and form.data["cause"] == target.hex() else None


def given_otherwise(
    services: Services, asker: Asker, form: Form, said: object
) -> list[Notice] | None:
    """The message behind that question was edited: its new words are what was given. None where it
    gives nothing of the kind any more."""
    dialogue = asker.about(services.ledger.states[form.dialogue])
    giving = services.talks.by_kind[str(form.data["kind"])].gives
    if giving is None or not isinstance(said, giving.said):
        return None
    words = str(said.text)  # type: ignore[attr-defined]
    if says_nothing(words):
        raise Refused("says_nothing", given=giving.form)
    decide(dialogue, giving.intent(Text(words)), _context(services, asker, dialogue))
    done(services, asker, "same")
    data = {key: str(value) for key, value in form.data.items()}
    by = By(bytes.fromhex(data["cause"]), data["place"], data.get("event", ""))
    return _alike_or_kept(services, asker, dialogue, words, giving, by)


def not_given(services: Services, asker: Asker) -> list[Notice]:
    """The message behind that question was removed: nothing is kept of it."""
    done(services, asker, "same")
    return [Notice("gather_gone", {})]


def _as_read(services: Services, dialogue: Dialogue, asked: dict[str, str]) -> bool:
    """Whether an item that was asked about still shows the words that were read then."""
    number, read_then = asked["item"], asked.get("wording")
    return dialogue.items.shown(number) and read_then == wording(services, dialogue, number)


def why(services: Services, asker: Asker, dialogue: Dialogue, said: Why) -> list[Notice]:
    """Handle ``waarom ITEM TEKST``: a reason beside a vote. Its side is that of the vote at
    closing."""
    may_vote(asker)
    if asker.where is Where.ROOM and dialogue.confidential:
        raise Refused("reason_in_room", item=said.item)
    return reasons.hear(services, asker, dialogue, said.item, said.text, message(asker))


def author(services: Services, asker: Asker, dialogue: Dialogue, item: Item) -> str:
    """The asker's id as an item's author: the ballot for a reason, else the participant."""
    if item.number[0] == REASON.letter:
        return services.ballot(asker, dialogue, item.round)
    return services.participant(asker, dialogue)


def change(
    services: Services, asker: Asker, dialogue: Dialogue, number: str, words: str, edited: bool
) -> list[Notice]:
    """Give an item other words; ``edited``: in the message that gave it."""
    item = dialogue.items.get(number)
    if item is None:
        raise Refused("no_such_item", item=number)
    by = author(services, asker, dialogue, item)
    if number[0] == REASON.letter and as_reason(words) is not Given.REASON:
        raise Refused("not_a_reason", item=number)
    giving = next((g for g in services.talks.giving if g.letter == number[0]), None)
    if giving is not None and says_nothing(words):
        raise Refused("says_nothing", given=giving.form)
    services.act(asker, dialogue, ChangeItem(number, Text(words)), by=by)
    if not edited:
        posts.show_instead(services, asker, dialogue, number)
    posts.show_again(services, asker, dialogue, number)
    data: dict[str, Value] = {
        "item": number,
        "text": item.text,
        "about": item.about,
        "pending": item.state is ItemState.PENDING,
        "hidden": item.state is ItemState.HIDDEN,
    }
    return [Notice("changed", data)]


def withdraw(services: Services, asker: Asker, dialogue: Dialogue, number: str) -> list[Notice]:
    item = dialogue.items.get(number)
    if item is None:
        raise Refused("no_such_item", item=number)
    by = author(services, asker, dialogue, item)
    services.act(asker, dialogue, WithdrawItem(number), by=by)
    posts.show_again(services, asker, dialogue, number)
    return [Notice("withdrawn", {"item": number, "seen": item.seen})]
