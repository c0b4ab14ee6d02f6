"""Dispatches one fact of a person (words, choice, form, edit, removal) to what handles it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from bot.desk import edits, mine, polling, reactions, sheets, tapping, votes, youth
from bot.desk.answerable import is_over, question_of, typed, with_answers
from bot.desk.asked import done, passed
from bot.desk.asker import Asker
from bot.desk.gathering import asking as gathering
from bot.desk.gathering import consent
from bot.desk.pressable import STOP
from bot.desk.services import Services
from bot.desk.sheets import ANSWER, TEXT
from bot.desk.understanding import answered, understand
from bot.ledger import offered_words
from bot.platforms.facts import (
    CALL,
    Chose,
    Edited,
    Mark,
    Marked,
    PersonalFact,
    Reacted,
    Removed,
    Said,
    Submitted,
    Unreacted,
    calls,
)
from bot.platforms.messages import Meaning
from bot.platforms.places import PlaceKind
from commands.vocabulary import Vocabulary
from dialogues.aggregates import kind_of
from dialogues.core import Choice, Notice, Refused
from dialogues.dialogue import Dialogue
from meetings.meeting import MEETING


class HalfDone(Exception):  # noqa: N818 - says how far it came
    """A fact was refused after a part of it had been written: all of it has to be undone."""

    def __init__(self, refusal: Refused) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def answer(
    services: Services, asker: Asker, fact: PersonalFact, refusal: Refused | None = None
) -> list[Notice] | None:
    """Carry out a fact; returns the notices for its author. None or an empty list: no answer. With
    a ``refusal``, which came after a part of it was done, only that is answered.

    A fact happens whole or not: raises ``HalfDone`` where the refusal came too late for that.
    """
    if refusal is not None:
        return sheets.again(services, asker, fact, refused(services, refusal))
    states = services.ledger.aggregates
    written = states.written
    try:
        notices = _ANSWERS[type(fact)](services, asker, fact)
    except Refused as now:
        if states.written != written:
            raise HalfDone(now) from now
        notices = sheets.again(services, asker, fact, refused(services, now))
        if now.code == "paused":
            words = getattr(fact, "text", "") or getattr(fact, "values", {}).get(TEXT, "")
            notices = [*(notices or ()), *youth.unheard(services, asker, words)]
    else:
        if asker.held and asker.subject.dialogue:
            _note_offered(services, asker, notices or ())
        if services.ledger.outgoing.alarmed:
            notices = youth.cared_for(services, notices)
    if asker.asks is None or not notices:
        return notices
    return with_answers(services, asker, asker.asks, notices)


def _note_offered(services: Services, asker: Asker, notices: Sequence[Notice]) -> None:
    """Remember for which dialogue the answer to staff offers a word."""
    for notice in notices:
        offered_words.note(
            services.store.offers,
            asker.here,
            asker.subject.dialogue,
            notice.template,
            asker.milliseconds,
        )


def refused(services: Services, refusal: Refused) -> list[Notice]:
    """The answer to a fact of which nothing was done."""
    return youth.cared_for(services, [Notice(f"refused_{refusal.code}", refusal.data)]) or []


def _said(services: Services, asker: Asker, fact: Said) -> list[Notice] | None:
    return understand(services, asker, fact.text)


def _chose(services: Services, asker: Asker, fact: Chose) -> list[Notice] | None:
    means, index = fact.means, fact.means.round
    choice = means.choice
    plain = choice in services.talks.choices and not (means.question or fact.form)
    if not plain or not means.item:
        other = _chose_other(services, asker, fact)
        if other is not None:
            return other
    item, dialogue = means.item, services.ledger.states.get(means.dialogue)
    if not means.dialogue:
        dialogue, item = _meant(services, fact)
    known = dialogue.items.by_number.get(item) if dialogue is not None else None
    if dialogue is None or not item or (index is not None and (not known or known.round != index)):
        return [Notice("stale_choice", {})]
    asker.about(dialogue)
    if asker.can.polls:
        return polling.answered(services, asker, dialogue, item, choice, fact.post)
    return votes.pressed(services, asker, dialogue, item, choice, means.wording)


def _chose_other(services: Services, asker: Asker, fact: Chose) -> list[Notice] | None:
    """What was pressed may be no choice on an item: returns the answer to it; None where it is one
    after all."""
    means, choice = fact.means, fact.means.choice
    word = word_of(services.known, choice)
    if fact.form:
        return mine.pressed(services, asker, means) or [Notice("stale_choice", {})]
    if choice in (consent.YES, consent.NO):
        return consent.pressed(services, asker, fact)
    if means.question:
        return _to_question(services, asker, means)
    if word and not means.dialogue and not means.item:
        return understand(services, asker, f"{CALL}{choice}") or []
    if choice in mine.BUTTONS:
        own = mine.pressed(services, asker, means)
        if own is not None:
            return own
    if means.dialogue and (word or not means.item):
        return _chose_word(services, asker, means, word) or []
    return None


def _to_question(services: Services, asker: Asker, means: Meaning) -> list[Notice]:
    """The answer to the question that a button was shown under. One that this is no answer to any
    more has lapsed."""
    form = question_of(services, asker, means.question)
    try:
        said = answered(services, asker, form, typed(means.choice)) if form is not None else None
        if form is not None and said is None:
            done(services, asker, form.kind)
    finally:
        asker.over = is_over(services, asker, means.question)
    return said if said is not None else [Notice("stale_choice", {})]


#: No word has so many characters. What is pressed in a poll can have thousands, as nobody sealed
#: it: they are not kept.
_LONG = 100


def word_of(known: Vocabulary, choice: str) -> str:
    """The word that a button stands for, which may have more words behind it; "" for none."""
    return _word_of(known, choice[:_LONG])


@lru_cache(maxsize=1_000)
def _word_of(known: Vocabulary, choice: str) -> str:
    """The same; the same few are pressed all the time."""
    one, _, more = choice.partition(" ")
    two = f"{one} {more.partition(' ')[0]}" if more else one
    return two if two in known.by_dutch else one if one in known.by_dutch else ""


def _chose_word(services: Services, asker: Asker, means: Meaning, word: str) -> list[Notice] | None:
    """A button that stands for a word about a dialogue, or about an item of it."""
    if services.ledger.aggregates.get(means.dialogue) is None:
        return [Notice("stale_choice", {})]
    if kind_of(means.dialogue) == MEETING:  # its number says which is meant
        return understand(services, asker, f"{CALL}{word} {means.item}")
    dialogue = services.ledger.states.get(means.dialogue)
    if dialogue is None or not (word or means.choice == STOP):
        return [Notice("stale_choice", {})]
    if means.choice == STOP:
        passed(services, asker)
        again = Choice(dialogue.id, dialogue.current, "", "meedoen", main=True)
        return [Notice("stopped", {}, choices=(again,))]
    rest = means.choice.removeprefix(word)
    said = f"{word} {means.item}{rest}" if means.item else f"{word}{rest}"
    return understand(services, asker, f"{CALL}@{means.dialogue} {said}")


def _submitted(services: Services, asker: Asker, fact: Submitted) -> list[Notice] | None:
    """A form that was filled in: the answer to a question, or what ``sheets.py`` makes of it."""
    if fact.form != ANSWER or TEXT not in fact.values:
        return sheets.submitted(services, asker, fact)
    question, text = fact.means.question, fact.values[TEXT]
    form = question_of(services, asker, question)
    try:
        said = answered(services, asker, form, text) if form is not None else None
        if form is not None and said is None:
            said = understand(services, asker, text)
    finally:
        asker.over = is_over(services, asker, question)
    return said if form is not None else [Notice("stale_choice", {})]


def _meant(services: Services, fact: Chose) -> tuple[Dialogue | None, str]:
    """The dialogue and the item of the message that a choice was shown under, whichever dialogue is
    chosen in that place; (None, item) where the dialogue is unknown."""
    means = fact.means
    if means.dialogue:
        return services.ledger.states.get(means.dialogue), means.item
    name, item = _shown_by(services, fact.post)
    return services.ledger.states.get(name), item


def _reacted(services: Services, asker: Asker, fact: Reacted) -> list[Notice] | None:
    dialogue, item = ("", fact.item) if fact.item else _shown_by(services, fact.post)
    return reactions.reacted(services, asker, dialogue, item, fact.sign)


def _marked(services: Services, asker: Asker, fact: Marked) -> list[Notice] | None:
    if fact.mark is Mark.JOIN:
        return tapping.tapped(services, asker, fact)
    return gathering.marked(services, asker, fact)


def _unreacted(services: Services, asker: Asker, fact: Unreacted) -> list[Notice] | None:
    return reactions.unreacted(services, asker, services.cause(fact.reaction))


def _edited(services: Services, asker: Asker, fact: Edited) -> list[Notice] | None:
    return edits.edited(services, asker, services.cause(fact.target), fact.text)


def _removed(services: Services, asker: Asker, fact: Removed) -> list[Notice] | None:
    return edits.removed(services, asker, services.cause(fact.target))


def concerns(services: Services, fact: PersonalFact) -> bool:
    """Whether a fact of somebody unknown can mean something to the bot. People's talk with each
    other in a room cannot, nor their reactions, edits and removals there: nothing is stored of
    them."""
    if fact.origin.place.kind is not PlaceKind.ROOM:
        return True
    if isinstance(fact, Said | Edited):
        return calls(fact.text)
    if isinstance(fact, Chose):
        known = services.ledger.aggregates.get(fact.means.dialogue) is not None
        return known or _meant(services, fact)[0] is not None
    if isinstance(fact, Reacted):
        return bool(fact.item or _shown_by(services, fact.post)[1])
    if isinstance(fact, Marked) and fact.mark is Mark.JOIN:
        return tapping.tapped_on(services, fact) is not None
    if isinstance(fact, Marked):
        return fact.origin.handle is not None or consent.is_asked(services, fact)
    if isinstance(fact, Removed | Unreacted):
        target = fact.target if isinstance(fact, Removed) else fact.reaction
        sources, cause = services.store.sources, services.cause(target)
        return sources.is_reaction(cause) or sources.of(cause) is not None
    return True


def _shown_by(services: Services, message: str) -> tuple[str, str]:
    """The dialogue and the item that a message shows: the author's own message that gave it, the
    bot's message about it, or the card of a round with one item. ("", "") when it shows none."""
    if not message:
        return "", ""
    source = services.store.sources.of(services.cause(message))
    if source is not None:
        return (source.dialogue, source.item) if source.place else ("", "")
    dialogue, slot = services.store.posts.slot_of(message)
    state = services.ledger.states.get(dialogue)
    kind, _, rest = slot.partition("-")
    item = ""
    if state is not None and kind in ("item", "ask"):
        item = rest.partition("-")[0]
    if state is not None and kind == "card":
        index = int(rest)
        item = services.talk(state.frames[index]).on_card(state.states[index])
    return (dialogue, item) if item else ("", "")


_ANSWERS: dict[type, Callable[[Services, Asker, Any], list[Notice] | None]] = {
    Chose: _chose,
    Edited: _edited,
    Marked: _marked,
    Reacted: _reacted,
    Removed: _removed,
    Said: _said,
    Submitted: _submitted,
    Unreacted: _unreacted,
}
