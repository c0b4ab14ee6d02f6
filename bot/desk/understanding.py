"""From a typed message to its answer: a table of what each word does, and the order of reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.desk import (
    charter_form,
    contributions,
    explaining,
    forget,
    hearing,
    moderators,
    reasons,
    reviewing,
    staffrooms,
    views,
    votes,
)
from bot.desk.answering import answer_offer
from bot.desk.asker import Asker
from bot.desk.gathering import consent
from bot.desk.offers import further, join, offer
from bot.desk.services import Services
from bot.desk.unasked import talk, unasked
from bot.desk.which import perhaps, which
from commands import choices
from commands import said as words
from commands.cleaning import plain_word
from commands.reading import Reading, read
from commands.said import Where
from commands.vocabulary import may
from dialogues.core import Notice, Refused
from dialogues.dialogue import Status
from storage.forms import Form

#: What each word does that needs no dialogue.
_FREE: dict[type, Callable[..., list[Notice]]] = {
    words.Choose: moderators.choose,
    words.Explain: explaining.explain,
    words.ForgetMe: forget.forget_me,
    words.Language: views.language,
    words.NewDialogue: moderators.new_dialogue,
    words.Privacy: views.privacy,
    words.StaffRoom: staffrooms.tie,
}

#: Words that need no dialogue, however they are filled.
_WITHOUT = frozenset(
    {
        "gesprek nieuw",
        "gesprek staf",
        "hulp",
        "kies",
        "koppel",
        "privacy",
        "taal",
        "uitleg",
        "vergeetmij",
    }
)

#: What each word does that is about one dialogue; the kinds of rounds add their own.
_ABOUT: dict[type, Callable[..., list[Notice]]] = {
    words.Advice: moderators.advice,
    words.Approve: reviewing.approve,
    words.CloseRound: moderators.close,
    words.Further: further,
    words.Hide: reviewing.hide,
    words.Mine: views.mine,
    words.NextRound: moderators.next_round,
    words.Results: views.results,
    words.SetCharter: moderators.set_charter,
    words.Show: reviewing.show,
    words.Start: moderators.start,
    words.Status: views.status,
    words.StopCollecting: moderators.stop_collecting,
    words.Until: moderators.until,
    words.Vote: votes.typed,
    words.Why: contributions.why,
    words.Work: reviewing.work,
}


def understand(services: Services, asker: Asker, text: str) -> list[Notice] | None:
    """The answer to a message; None when the message was not meant for the bot."""
    if staffrooms.is_new(services, asker):
        return staffrooms.in_new_place(services, asker, text)
    reading = read(services.known, text, asker.where, asker.roles)
    if charter_form.is_answer(services, asker, text):
        reading = Reading("", words.Plain(text))  # "language=en" is an agreement here, no command
    if reading is None:
        return hearing.heard(services, asker, text)
    if reading.word and not _is_word_now(services, asker, reading):
        word = words.Unknown(reading.word, "") if asker.where is Where.ROOM else words.Plain(text)
        reading = Reading(reading.target, word)
    try:
        return _answer(services, asker, reading, text)
    except Refused as refusal:
        _keep_question(services, asker, refusal, text)
        raise


def _is_word_now(services: Services, asker: Asker, reading: Reading) -> bool:
    """For a word that counts only in an open round of its kind: whether such a round is open."""
    word = services.known.by_dutch[reading.word]
    if not word.while_open:
        return True
    dialogue = perhaps(services, asker, reading.target)
    frame = dialogue.open_frame if dialogue is not None else None
    return frame is not None and services.known.belongs(word, frame.machine.letters)


def _keep_question(services: Services, asker: Asker, refusal: Refused, text: str) -> None:
    """Keep a refusal that asks "which dialogue?" as the place's open question."""
    if refusal.code == "which_dialogue" and asker.where is not Where.ROOM:
        options: Any = refusal.data["options"]
        ids = [str(o["id"]) for o in options]
        data: dict[str, object] = {"text": text, "ids": ids, "person": asker.person}
        services.store.forms.ask(asker.here, Form("which", "", data, asker.milliseconds))


def _answer(services: Services, asker: Asker, reading: Reading, text: str) -> list[Notice] | None:
    said = reading.said
    if isinstance(said, words.Wrong):
        return _wrong(services, asker, reading, said)
    if isinstance(said, words.Unknown):
        return _unknown(services, asker, said)
    if isinstance(said, words.Plain):
        return _plain(services, asker, said.text)
    if isinstance(said, words.Help):
        return views.help_for(services, asker, perhaps(services, asker, reading.target))
    if isinstance(said, words.Link):
        raise Refused("link_later")
    free = _FREE.get(type(said))
    if free is not None:
        return free(services, asker, said)
    dialogue = which(services, asker, reading.target)
    word = services.known.by_dutch.get(reading.word)
    if asker.roles != asker.held and word is not None and not may(word, asker.roles):
        raise Refused("word_not_yours", word=reading.word)
    if isinstance(said, words.Join):
        return join(services, asker, dialogue)
    if isinstance(said, words.Change):
        return contributions.change(services, asker, dialogue, said.item, said.text)
    if isinstance(said, words.Withdraw):
        return contributions.withdraw(services, asker, dialogue, said.item)
    handler = _ABOUT.get(type(said)) or services.talks.does[type(said)]
    return handler(services, asker, dialogue, said)


def _wrong(services: Services, asker: Asker, reading: Reading, said: words.Wrong) -> list[Notice]:
    """Refuse a message that is a word badly filled in. For a resident the dialogue is found first,
    so that "which dialogue?" comes before the error."""
    forbidden = said.code in ("word_not_here", "word_not_yours")
    about = bool(reading.word) and reading.word not in _WITHOUT and not forbidden
    if about and asker.where is not Where.STAFF:
        dialogue = which(services, asker, reading.target)
        if said.code == "choice_missing":
            return votes.without_choice(services, asker, dialogue, str(said.data["item"]))
    if said.code == "missing":
        raise Refused(said.code, **said.data, example=services.known.by_dutch[reading.word].help)
    raise Refused(said.code, **said.data)


def _unknown(services: Services, asker: Asker, said: words.Unknown) -> list[Notice]:
    """The hint with the nearest word; in a room at most once in ten minutes for a person."""
    if asker.where is Where.ROOM:
        every = services.town.limits.hint_minutes * 60_000
        if not services.store.places.hint(str(asker.personal), asker.milliseconds, every):
            return []
    word = f"{asker.can.prefix}{said.word}" if asker.where is Where.ROOM else said.word
    return [Notice("unknown_word", {"word": word, "nearest": said.nearest})]


def _plain(services: Services, asker: Asker, text: str) -> list[Notice] | None:
    """Words that are no command: an answer to the open question or offer, or talk."""
    if asker.where is Where.ROOM:
        return None
    form = services.store.forms.form(asker.here, asker.milliseconds)
    if form is not None and form.data.get("person", asker.person) != asker.person:
        form = None  # a colleague is answering questions here; this is talk
    if form is not None and form.kind == "why" and not reasons.awaited(services, form):
        services.store.forms.answered(asker.here)
        form = None
    if form is None and asker.where is Where.STAFF:
        return None
    agreed = consent.answer(services, asker, form, text)
    if agreed is not None:
        return agreed
    if form is not None and form.kind == hearing.KIND:
        said = hearing.answer(services, asker, form, text)
        if said is not None:
            return said
        form = None
    if form is not None and form.kind not in ("forget", "why", "same"):
        return _FORMS[form.kind](services, asker, form, text)
    if form is not None and form.kind == "same":
        done = contributions.answer_same(services, asker, form, text)
        if done is not None:
            return done
    if form is not None and reasons.confirms(form, text):
        return reasons.answer(services, asker, form, text)
    if form is not None and form.kind == "forget" and choices.yes_or_no(text) == "no":
        return forget.answer(services, asker, text)
    answered = answer_offer(services, asker, text)
    if answered is None and (
        form is None or (form.kind == "why" and not reasons.may_answer(services, text))
    ):
        answered = unasked(services, asker, text)
    if answered is not None:
        return answered
    if form is not None and form.kind == "why":
        return reasons.answer(services, asker, form, text)
    if form is not None and form.kind == "forget":
        return forget.answer(services, asker, text)
    if form is not None:
        raise Refused("same_choose", item=str(form.data["item"]))
    if choices.enough(text):
        return [Notice("stopped", {})]
    return talk(services, asker, text)


def _begin(services: Services, asker: Asker, form: Form, text: str) -> list[Notice]:
    """The answer to the first explanation: ``ja`` brings the first offer."""
    dialogue = asker.about(services.ledger.states[form.dialogue])
    if dialogue.status is not Status.OPEN:
        services.store.forms.answered(asker.here)
        raise Refused("dialogue_closed", title=dialogue.title)
    answer = choices.yes_or_no(text)
    if answer == "no" or choices.enough(text):
        services.store.forms.answered(asker.here)
        return [Notice("begin_stopped", {})]
    if answer != "yes" and plain_word(text[:40]).strip(" .!") not in ("ok", "oke"):
        answered = answer_offer(services, asker, text)
        if answered is not None:
            return answered
        raise Refused("begin_choose")
    services.store.forms.answered(asker.here)
    services.store.places.begin(asker.here, dialogue.id)
    if dialogue.open_frame is None:
        return [Notice("between_rounds", {"title": dialogue.title})]
    return offer(services, asker, dialogue)


def _which(services: Services, asker: Asker, form: Form, text: str) -> list[Notice] | None:
    """The answer to "which dialogue?": after its number the first message is handled again."""
    ids: Any = form.data["ids"]
    chosen = choices.numbers(text)
    if chosen is None or len(chosen) != 1 or not 1 <= chosen[0] <= len(ids):
        raise Refused("which_choose", most=len(ids))
    services.store.forms.answered(asker.here)
    services.store.places.choose(asker.here, str(ids[chosen[0] - 1]))
    return understand(services, asker, str(form.data["text"]))


_FORMS: dict[str, Callable[[Services, Asker, Form, str], list[Notice] | None]] = {
    "begin": _begin,
    "charter": charter_form.answer,
    "which": _which,
}
