"""From a typed message to its answer: a table of what each word does, and the order of reading."""

from __future__ import annotations

from collections.abc import Callable

from bot.desk import (
    completing,
    contributions,
    evaluating,
    explaining,
    forget,
    hearing,
    keeping,
    kept,
    linking,
    paused,
    plain,
    views,
    votes,
)
from bot.desk.asker import Asker
from bot.desk.everything import everything
from bot.desk.followup import commitments as promises
from bot.desk.followup import objecting
from bot.desk.followup.commitment_words import COMMITMENTS
from bot.desk.followup.words import FOLLOWUP
from bot.desk.leading import (
    charter_form,
    moderators,
    newsletters,
    pausing,
    planning,
    reviewing,
    staffrooms,
    worklist,
)
from bot.desk.meetings import my_meetings, series
from bot.desk.meetings.words import MEETINGS
from bot.desk.offers import further, join
from bot.desk.services import Services
from bot.desk.which import perhaps, which
from bot.platforms.facts import calls
from commands import said as words
from commands.followup.commitment_words import COMMITMENT_WORDS
from commands.followup.objection_words import Decided, NotRight
from commands.followup.said_commitments import Commit
from commands.followup.words import FOLLOWUP_WORDS
from commands.meetings.words import MEETING_WORDS
from commands.reading import Reading, read
from commands.said import Where
from commands.said_keeping import HoldDestruction, ResumeDestruction
from commands.said_papers import Evaluate, Newsletter
from commands.said_pauses import Pause, Resume
from commands.vocabulary import may
from commands.wrong import Wrong
from dialogues.core import Notice, Refused
from storage.forms import Form

#: What each word does that needs no dialogue.
_FREE: dict[type, Callable[..., list[Notice]]] = {
    **COMMITMENTS,
    **MEETINGS,
    words.Everything: everything,
    words.Explain: explaining.explain,
    words.ForgetMe: forget.forget_me,
    words.Language: views.language,
    words.Link: linking.link,
    words.Unlink: linking.unlink,
    words.NewDialogue: moderators.new_dialogue,
    Newsletter: newsletters.newsletter,
    words.Privacy: views.privacy,
    words.Quiet: views.quiet,
    words.StaffRoom: staffrooms.tie,
}

#: Words that need no dialogue, however they are filled.
_WITHOUT = frozenset(
    word.dutch for word in (*COMMITMENT_WORDS, *FOLLOWUP_WORDS, *MEETING_WORDS)
) | frozenset(
    {
        "evaluatie",
        "gesprek nieuw",
        "gesprek staf",
        "hulp",
        "kies",
        "koppel",
        "gegevens",
        "nieuwsbrief",
        "ontkoppel",
        "privacy",
        "stil",
        "taal",
        "uitleg",
        "vergeetmij",
    }
)

#: The words that name their dialogue themselves.
_NAMED = (words.Discard, HoldDestruction, ResumeDestruction)

#: What each word does that is about one dialogue; the kinds of rounds add their own.
_ABOUT: dict[type, Callable[..., list[Notice]]] = {
    Decided: objecting.decided,
    NotRight: objecting.not_right,
    Pause: pausing.pause,
    Resume: pausing.resume,
    words.Advice: moderators.advice,
    words.Approve: reviewing.approve,
    words.CloseRound: moderators.close,
    words.Discard: moderators.ask_to_discard,
    words.Further: further,
    words.Hide: reviewing.hide,
    HoldDestruction: keeping.hold,
    words.NextRound: moderators.next_round,
    words.Results: views.results,
    ResumeDestruction: keeping.resume,
    words.Retitle: moderators.retitle,
    words.SetCharter: series.agreed,
    words.SetSchedule: planning.schedule,
    words.Show: reviewing.show,
    words.Start: moderators.start,
    words.Status: views.status,
    words.StopCollecting: moderators.stop_collecting,
    words.Until: moderators.until,
    words.Vote: votes.typed,
    words.Why: contributions.why,
    words.Work: worklist.work,
}


def understand(services: Services, asker: Asker, text: str) -> list[Notice] | None:
    """The answer to a message; None when the message was not meant for the bot."""
    if staffrooms.is_new(services, asker):
        return staffrooms.in_new_place(services, asker, text)
    text = _unaddressed(services, asker, text)
    reading = read(services.known, text, asker.where, asker.roles)
    if charter_form.is_answer(services, asker, text):
        reading = Reading("", words.Plain(text))  # "language=en" is an agreement here, no command
    if reading is None:
        return hearing.heard(services, asker, text)
    if reading.word and not _is_word_now(services, asker, reading):
        if asker.can.menu and calls(text):  # chosen in a menu, in which it always stands
            raise Refused("word_not_now", word=reading.word)
        typed = text.strip().removeprefix(asker.can.prefix).split()[0]
        word = words.Unknown(typed, "") if asker.where is Where.ROOM else words.Plain(text)
        reading = Reading(reading.target, word)
    if reading.word:
        meant = plain.as_text(services, asker, reading, text)
        if isinstance(meant, list):
            return meant
        reading = Reading("", meant) if meant is not None else reading
    try:
        return _answer(services, asker, reading, text)
    except Refused as refusal:
        completing.keep(services, asker, reading, text, refusal)
        raise


def _unaddressed(services: Services, asker: Asker, text: str) -> str:
    """The text without the bot's own name before it ("@stadsgesprek: stem S1 eens"), where people
    talk with the bot."""
    if asker.where is Where.ROOM or not text.lstrip().startswith("@"):
        return text
    named, _, rest = text.lstrip().partition(" ")
    name = services.town.address.lstrip("@")
    mine = {name.casefold(), name.partition(":")[0].casefold()}
    return rest.lstrip(" :,") if named[1:].rstrip(":,").casefold() in mine else text


def _is_word_now(services: Services, asker: Asker, reading: Reading) -> bool:
    """For a word that counts only in an open round of its kind: whether such a round is open."""
    word = services.known.by_dutch[reading.word]
    if not word.while_open:
        return True
    dialogue = perhaps(services, asker, reading.target)
    frame = dialogue.open_frame if dialogue is not None else None
    return frame is not None and services.known.belongs(word, frame.machine.letters)


def _answer(services: Services, asker: Asker, reading: Reading, text: str) -> list[Notice] | None:
    said = reading.said
    if isinstance(said, words.Plain):
        return _plain(services, asker, said.text)
    if not isinstance(said, words.Choose):
        completing.over(services, asker)
    if isinstance(said, Wrong):
        return _wrong(services, asker, reading, said)
    if isinstance(said, words.Unknown):
        return _unknown(services, asker, said, text)
    if isinstance(said, words.Choose):
        return _choose(services, asker, said)
    if isinstance(said, words.Help):
        return views.help_for(services, asker, perhaps(services, asker, reading.target))
    if isinstance(said, Commit):
        return promises.make(services, asker, reading.target, said)
    follows = FOLLOWUP.get(type(said))
    if follows is not None:
        return follows(services, asker, reading.target, said)
    free = _FREE.get(type(said))
    if free is not None:
        return free(services, asker, said)
    waits = kept.next_time(services, asker, said) if not reading.target else None
    if waits is not None:
        return kept.keep(services, asker, waits, str(getattr(said, "text", "")))
    word = services.known.by_dutch.get(reading.word)
    if isinstance(said, Evaluate):
        return evaluating.evaluate(services, asker, reading.target)
    if isinstance(said, words.Mine):
        return my_meetings.answer(services, asker, reading.target, word, said)
    named = said.dialogue if isinstance(said, _NAMED) else ""
    dialogue = which(services, asker, reading.target or named, word, _item(said))
    if asker.roles != asker.held and word is not None and not may(word, asker.roles):
        raise Refused("word_not_yours", word=reading.word)
    if isinstance(said, words.Join):
        return join(services, asker, dialogue, tapped=not asker.can.talk)
    if isinstance(said, words.Change):
        return contributions.change(services, asker, dialogue, said.item, said.text, edited=False)
    if isinstance(said, words.Withdraw):
        return contributions.withdraw(services, asker, dialogue, said.item)
    handler = _ABOUT.get(type(said)) or services.talks.does[type(said)]
    return handler(services, asker, dialogue, said)


def _item(said: object) -> str:
    """The item that a word of staff is about, by its number; "" for none, or a place of a list."""
    named = getattr(said, "item", "") or getattr(said, "target", "")
    named = named or next(iter(getattr(said, "numbers", ())), "")
    return "" if not isinstance(named, str) or named.isdigit() else named


def _wrong(services: Services, asker: Asker, reading: Reading, said: Wrong) -> list[Notice]:
    """Refuse a message that is a word badly filled in. For a resident the dialogue is found first,
    so that "which dialogue?" comes before the error."""
    forbidden = said.code in ("word_not_here", "word_not_yours")
    about = bool(reading.word) and reading.word not in _WITHOUT and not forbidden
    if about and asker.where is not Where.STAFF:
        dialogue = which(services, asker, reading.target)
        if said.code in ("choice_missing", "text_missing"):
            paused.check(asker, dialogue)
        if said.code == "choice_missing":
            return votes.without_choice(services, asker, dialogue, str(said.data["item"]))
    if said.code == "missing":
        word = services.known.by_dutch[reading.word]
        raise Refused(said.code, **said.data, example=word.example or word.help)
    raise Refused(said.code, **said.data)


def _unknown(services: Services, asker: Asker, said: words.Unknown, text: str) -> list[Notice]:
    """The hint with the nearest word, which "ja" takes; in a room at most once in ten minutes for a
    person."""
    if asker.where is Where.ROOM:
        every = services.town.limits.hint_minutes * 60_000
        if not services.store.places.hint(asker.conversation, asker.milliseconds, every):
            return []
    elif said.nearest:
        completing.meant(services, asker, said.word, said.nearest, text)
    word = f"{asker.can.prefix}{said.word}" if asker.where is Where.ROOM else said.word
    return [Notice("unknown_word", {"word": word, "nearest": said.nearest})]


def _choose(services: Services, asker: Asker, said: words.Choose) -> list[Notice] | None:
    """``kies``: with the number of an open question it answers that, and what was typed before is
    understood."""
    option = completing.chosen(services, asker, said.dialogue)
    completing.over(services, asker)
    if option is None:
        return moderators.choose(services, asker, said)
    notices = moderators.choose(services, asker, words.Choose(option.labels[0]))
    if option.text == f"kies {option.labels[0]}":
        return notices
    return [*notices, *(understand(services, asker, option.text) or ())]


def _plain(services: Services, asker: Asker, text: str) -> list[Notice] | None:
    """Words that are no command; where they complete what was typed before, that is understood."""
    said = plain.answer(services, asker, text)
    if isinstance(said, completing.Again):
        again = _plain if said.bare else understand
        return again(services, asker, said.text)
    return said


def answered(services: Services, asker: Asker, form: Form, text: str) -> list[Notice] | None:
    """The answer to one open question, given with its button."""
    said = plain.to_question(services, asker, form, text)
    if isinstance(said, completing.Again):
        again = _plain if said.bare else understand
        return again(services, asker, said.text)
    return said
