"""Words that are no command: the answer to a question that is open, or to a list; or talk.

A bare answer goes to the newest question that it fits, of those that stood before it was said, and
uses that question up. Only where it fits none, a question that waits says again what it waits for.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.desk import (
    about_us,
    completing,
    contributions,
    evaluating,
    forget,
    hearing,
    mine,
    paused,
    reasons,
)
from bot.desk.answering import answer_offer
from bot.desk.asked import FIRST, HELD, INVITED, MARKS, asked, done, open_questions
from bot.desk.asker import Asker
from bot.desk.completing import Again
from bot.desk.followup import following, objecting
from bot.desk.gathering import consent
from bot.desk.leading import moderators, newsletters, sure
from bot.desk.leading.longer import UNTIL, longer
from bot.desk.meetings import series
from bot.desk.meetings.near import can_be_said
from bot.desk.offers import offer
from bot.desk.services import Services
from bot.desk.unasked import talk, unasked
from bot.desk.which import perhaps
from commands import choices
from commands.cleaning import plain_word
from commands.everyday import begun, everyday, in_order
from commands.followup.phrases import of_recommendation
from commands.reading import Reading, words_on_item
from commands.said import Link, Plain, Vote, Where
from commands.word import Shape
from commands.wrong import Wrong
from dialogues.core import Notice, Refused
from dialogues.dialogue import Status
from storage.forms import Form

#: What is wrong with a word that was begun well.
_UNFINISHED = frozenset({"choice_missing", "item_leading_zero", "missing", "text_missing"})

#: How long a one-time code is, in characters.
_CODE = 12

Answer = Again | list[Notice] | None


def answer(services: Services, asker: Asker, text: str) -> Answer:
    """The answer to words that are no command; None where they were not meant for the bot."""
    if asker.where is Where.ROOM:
        return None
    about_bot = about_us.answer(services, asker, text)
    if about_bot is not None:
        return about_bot
    contested = objecting.said_so(services, asker, text)
    if contested is not None:
        return contested
    questions = [form for form in open_questions(services, asker) if _waits(services, asker, form)]
    if not questions and asker.where is Where.STAFF:
        return _among_staff(services, asker, text)
    newest = next((form for form in questions if form.kind not in MARKS), None)
    agreed = consent.answer(services, asker, newest, text)
    if agreed is not None:
        return agreed
    for form in questions:
        paused.check_question(services, asker, form)
        said = _TAKES[form.kind](services, asker, form, text) if form.kind in _TAKES else None
        if said is not None:
            return said
    paused.check_list(services, asker)
    return _to_a_list(services, asker, questions, text)


def to_question(services: Services, asker: Asker, form: Form, text: str) -> Answer:
    """The answer to one open question, whatever else is asked; None where it is none."""
    if not _waits(services, asker, form):
        return None
    paused.check_question(services, asker, form)
    said = _TAKES[form.kind](services, asker, form, text) if form.kind in _TAKES else None
    if said is None and form.kind in _INSISTS:
        return _INSISTS[form.kind](services, asker, form, text)
    return said


def _to_a_list(services: Services, asker: Asker, questions: list[Form], text: str) -> Answer:
    """Words that fit no question: an answer to the newest list, a reason, or talk."""
    by_kind = {form.kind: form for form in questions}
    waiting = [kind for kind in ("forget", "same", "why") if kind in by_kind]
    answered = answer_offer(services, asker, text)
    if answered is None and completing.KIND in by_kind:
        completing.insists(services, asker, by_kind[completing.KIND], text)
    if answered is None and (
        not waiting or (waiting == ["why"] and not reasons.may_answer(services, text))
    ):
        answered = unasked(services, asker, text)
    if answered is not None:
        return answered
    for form in questions:
        if form.kind in _INSISTS:
            return _INSISTS[form.kind](services, asker, form, text)
    if asker.where is Where.STAFF:
        return _among_staff(services, asker, text)
    asked_about = _everyday(services, asker, text)
    if asked_about is not None:
        return asked_about
    if choices.enough(text):
        return [Notice("stopped", {})]
    return talk(services, asker, text)


def as_text(
    services: Services, asker: Asker, reading: Reading, text: str
) -> Plain | list[Notice] | None:
    """What words that begin with a command word are while a sentence is waited for: that sentence
    where they do not fit the word; where a sentence fits it too, that is asked. None: the word."""
    if asker.where is not Where.PERSONAL or reading.target or text.lstrip()[:1] == asker.can.prefix:
        return None
    word = services.known.by_dutch[reading.word]
    fits = _fits(services, asker, reading.said)
    sentence = bool(word.parameters) and word.parameters[0].shape is Shape.TEXT
    if fits and not sentence:
        return None  # nearly always: nothing is looked up for a vote
    why = next((f for f in open_questions(services, asker) if f.kind == "why"), None)
    reason = why is not None and _waits(services, asker, why)
    if not reason and not completing.waits_for_text(services, asker):
        return None
    if not fits:
        return Plain(text)
    if why is None or not reason:
        return None
    completing.word_or_text(services, asker, reading.word, text)
    return [Notice("word_or_text", {"word": reading.word, "item": str(why.data["item"])})]


def _fits(services: Services, asker: Asker, said: object) -> bool:
    """Whether a word was filled in such a way that it can be meant now."""
    if isinstance(said, Wrong):
        return said.code in _UNFINISHED
    if isinstance(said, Link):
        return len(said.code) in (0, _CODE)
    if isinstance(said, Vote):
        return bool(said.item) or services.known.is_answer(said.rest)
    giving = next((g for g in services.talks.giving if type(said) is g.said), None)
    dialogue = perhaps(services, asker) if giving is not None else None
    frame = dialogue.open_frame if dialogue is not None else None
    return giving is None or (frame is not None and services.talk(frame).gives is giving)


def _among_staff(services: Services, asker: Asker, text: str) -> list[Notice] | None:
    """Colleagues talk with each other in a staff room: a number or a yes is always answered, other
    words get the hint at most once in ten minutes for a person. None without a hint."""
    asked_about = _everyday(services, asker, text)
    if asked_about is not None:
        return asked_about
    every = services.town.limits.hint_minutes * 60_000
    bare = choices.numbers(text) is not None or choices.yes_or_no(text) is not None
    if not bare and not services.store.places.hint(asker.conversation, asker.milliseconds, every):
        return None
    return [Notice("not_understood", {"perhaps": ""})]


def _everyday(services: Services, asker: Asker, text: str) -> list[Notice] | None:
    """The question whether a word is meant for which staff said another ("stop", "verleng tot"), or
    which word before an item ("V1 in maart"); None for other words."""
    meant = of_recommendation(services.known, text)
    if meant is not None and services.known.allowed(meant.word, asker.roles, asker.where):
        completing.instead(services, asker, meant.word, meant.text)
        return [Notice("sentence_meant", {"typed": meant.begins})]
    text = in_order(text)
    on_item = words_on_item(services.known, text, asker.where, asker.roles, asker.can.prefix)
    if on_item is not None:
        return completing.which_word(services, asker, *on_item, text)
    said = everyday(services.known, text, asker.where, asker.roles, asker.can.prefix)
    if said is None:
        return _begun(services, asker, text)
    if not can_be_said(services, asker, said[1]):
        return None
    if said[1] == UNTIL and (asked_longer := longer(services, asker, said[0], text)) is not None:
        return asked_longer
    completing.meant(services, asker, *said, text)
    return [Notice("unknown_word", {"word": said[0], "nearest": said[1]})]


def _begun(services: Services, asker: Asker, text: str) -> list[Notice] | None:
    """What to type, for the first part of a word of two ("vergeet"); None for other words."""
    words = begun(services.known, text, asker.where, asker.roles, asker.can.prefix)
    typed = text.strip(" .!?")
    if len(words) > 1:
        raise Refused("subword_missing", word=typed, options=tuple(words.values()))
    for word in words:
        completing.meant(services, asker, typed, word, text)
        return [Notice("unknown_word", {"word": typed, "nearest": word})]
    return None


def _waits(services: Services, asker: Asker, form: Form) -> bool:
    """Whether an answer still makes sense: no reason is kept once its round is over."""
    if form.kind != "why" or reasons.awaited(services, form):
        return True
    done(services, asker, "why")
    return False


def _confirmed(services: Services, asker: Asker, form: Form, text: str) -> Answer:
    """The answer to a question for a reason, where it can be no other: the yes or no to one word,
    or "weet ik niet" while the list is held back."""
    alone = services.known.no_opinion(text) and asked(services, asker, HELD) is not None
    if alone or reasons.confirms(form, text):
        return reasons.answer(services, asker, form, text)
    return None


def _not_forgotten(services: Services, asker: Asker, form: Form, text: str) -> Answer:
    return forget.answer(services, asker, form, text) if choices.agrees(text) == "no" else None


def _sure(services: Services, asker: Asker, form: Form, text: str) -> Answer:
    return sure.answer(services, asker, form, text, moderators.SURE)


def _begin(services: Services, asker: Asker, form: Form, text: str) -> list[Notice]:
    """The answer to the first explanation: ``ja`` brings the first offer."""
    dialogue = asker.about(services.ledger.states[form.dialogue])
    if dialogue.status is not Status.OPEN:
        done(services, asker, "begin")
        raise Refused("dialogue_closed", title=dialogue.title)
    said = choices.agrees(text)
    if said == "no" or choices.enough(text):
        done(services, asker, "begin")
        return [Notice("begin_stopped", {})]
    if said != "yes" and plain_word(text[:40]).strip(" .!") not in ("ok", "oke"):
        answered = answer_offer(services, asker, text)
        if answered is not None:
            return answered
        raise Refused("begin_choose")
    done(services, asker, "begin")
    services.store.places.begin(asker.here, dialogue.id)
    if dialogue.open_frame is None:
        return [Notice("between_rounds", {"title": dialogue.title})]
    listed = offer(services, asker, dialogue)
    first = contributions.ask_first(services, asker, dialogue)
    if first and not any(notice.data.get("items") for notice in listed):
        done(services, asker, INVITED)  # that invitation is not said
        return first  # nothing to answer, or nothing any more: their own words are what is asked
    return [*listed, *first]


def _same_again(_services: Services, _asker: Asker, form: Form, _text: str) -> list[Notice]:
    raise Refused("same_choose", item=str(form.data["item"]))


#: The answer to a question of each kind; None where the words do not fit it.
_TAKES: dict[str, Callable[[Services, Asker, Form, str], Answer]] = {
    "begin": _begin,
    "charter": series.answered,
    "forget": _not_forgotten,
    "same": contributions.answer_same,
    "why": _confirmed,
    FIRST: contributions.answer_first,
    sure.KIND: _sure,
    completing.KIND: completing.answer,
    following.KIND: following.answer,
    evaluating.KIND: evaluating.answer,
    hearing.KIND: hearing.answer,
    mine.KIND: mine.answer,
    newsletters.KIND: newsletters.answer,
}

#: What a question of each kind makes of words that fit nothing else.
_INSISTS: dict[str, Callable[[Services, Asker, Form, str], Answer]] = {
    "forget": forget.answer,
    "same": _same_again,
    "why": reasons.answer,
}
