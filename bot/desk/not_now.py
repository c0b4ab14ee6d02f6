"""What somebody is told when nothing can be kept now: a sentence that fits what they asked."""

from __future__ import annotations

from bot.desk import held, youth
from bot.desk.answer import word_of
from bot.desk.asker import Reply
from bot.desk.pressable import STOP
from bot.desk.services import Services
from bot.desk.sheets import ANSWER
from bot.platforms.facts import CALL, Chose, Edited, Fact, Origin, Said, Submitted
from bot.platforms.places import Place, PlaceKind
from commands.followup.objection_words import NotRight
from commands.reading import Reading, read
from commands.said import Change, Plain, Vote, Where, Why
from commands.word import ANSWERER, EVERYBODY
from dialogues.core import Notice, Value

_WHERE = {
    PlaceKind.ROOM: Where.ROOM,
    PlaceKind.STAFF: Where.STAFF,
    PlaceKind.PERSONAL: Where.PERSONAL,
}

#: The words of residents with which they contribute, besides those of the kinds of rounds.
_WRITTEN = (Change, NotRight, Why)


def told(services: Services, fact: Fact, *, later: bool) -> Reply | None:
    """The answer to a fact that cannot be kept now, only read from the store; None for what gets no
    answer. ``later``: the fact waits and is handled once it can be; else it is lost.

    What was asked in a room is answered in person, as ever."""
    if not isinstance(fact, (Chose, Edited, Said, Submitted)):
        return None
    origin = fact.origin
    code, word = _asked(services, fact, origin)
    if not code:
        return None
    place = origin.place
    if place.kind is PlaceKind.ROOM:
        place = Place(place.platform, PlaceKind.PERSONAL, origin.account)
    data: dict[str, Value] = {"later": later, "word": word} if word else {"later": later}
    known = services.store.people.met(place.platform, origin.account)
    language = (known.language if known is not None else "") or origin.language
    if not held.read(origin.roles)[0]:
        language = youth.said_in(services, origin, language)
    notice = Notice(code, data)
    return Reply(place, (notice,), origin.cause, language=language, handle=origin.handle)


def _asked(
    services: Services, fact: Chose | Edited | Said | Submitted, origin: Origin
) -> tuple[str, str]:
    """The code of the sentence, and the word that it names; ("", "") for talk in a room."""
    if isinstance(fact, Chose):
        return _chosen(services, fact, origin)
    if isinstance(fact, Submitted):
        return _filled_in(services, fact, origin)
    roles, where = held.read(origin.roles)[0], _WHERE[origin.place.kind]
    reading = read(services.known, fact.text, where, roles)
    return ("", "") if reading is None else _said(services, reading, origin)


def _said(services: Services, reading: Reading, origin: Origin) -> tuple[str, str]:
    said = reading.said
    if isinstance(said, Plain):
        return _plain(services, said.text, origin)
    if isinstance(said, Vote):
        return "not_now_vote", ""
    given = tuple(giving.said for giving in services.talks.giving)
    if isinstance(said, (*_WRITTEN, *given)):
        return "not_now_written", ""
    return _of_word(services, reading.word)


def _of_word(services: Services, word: str) -> tuple[str, str]:
    """For a word (canonical), or "" where it is none that is known."""
    entry = services.known.by_dutch.get(word)
    if entry is None:
        return "not_now", ""
    if not entry.who & EVERYBODY and entry.who <= ANSWERER:
        return "not_now_official", ""
    return "not_now_word", word


def _plain(services: Services, text: str, origin: Origin) -> tuple[str, str]:
    """Words without a word of ours: an answer to a list is a vote; other words of residents are
    what they wrote, of staff an answer to a question."""
    if origin.place.kind is PlaceKind.STAFF:
        return "not_now", ""
    if services.known.is_answer(text) or services.known.is_misspelt(text):
        return "not_now_vote", ""
    return ("not_now", "") if origin.roles else ("not_now_written", "")


def _chosen(services: Services, fact: Chose, origin: Origin) -> tuple[str, str]:
    means = fact.means
    if means.question:
        return _plain(services, means.choice, origin)
    word = word_of(services.known, means.choice)
    if word:
        reading = read(
            services.known,
            f"{CALL}{means.choice}",
            _WHERE[origin.place.kind],
            held.read(origin.roles)[0],
        )
        return _of_word(services, word) if reading is None else _said(services, reading, origin)
    votes = bool(means.item) and means.choice != STOP and not fact.form
    return ("not_now_vote" if votes else "not_now"), ""


def _filled_in(services: Services, fact: Submitted, origin: Origin) -> tuple[str, str]:
    if fact.form == ANSWER or origin.roles:
        return "not_now", ""
    votes = {name for talk in services.talks.by_kind.values() for name in talk.forms}
    return ("not_now_vote" if fact.form in votes else "not_now_written"), ""
