"""antwoordbrief: what was answered to what residents asked, for the door. It is no decision.

It follows uitslag.json, with the words that were voted on, and what the journal says of each
recommendation since.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from advice import model
from advice.model import Result
from advice.papers import paper
from advice.papers.paper import AboutDialogue
from advice.published import Texts, iso
from dialogues.dialogue import Dialogue
from dialogues.followup.days import day_of

SCHEMA = "stadsgesprek/antwoordbrief/1"


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``outcome``: adopted, partly, not; ``body``: college, council, mayor. ``source`` names the
    decision, "" for a reaction of an official. ``at``: when it was given (UTC ISO). ``due``: the
    ISO day by which it is done, "" where that is not known or nothing is done. ``text`` is None
    where the words were erased."""

    outcome: str
    body: str
    text: str | None
    source: str
    at: str
    due: str
    due_unknown: bool


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A recommendation: its number and words, the answer that holds now, how far it is (underway,
    done, stopped; "" where nobody said), and the ISO day for which an answer is promised."""

    number: str
    text: str | None
    answer: Answer | None
    progress: str
    promised: str


class Letter(AboutDialogue, frozen=True, forbid_unknown_fields=True):
    """``advice_at``: when the document was asked for (UTC ISO). ``address``: a link to the room,
    "" where the town has none; ``young``: it is a room of young people. ``journal``: the line to
    which this goes."""

    version: int
    advice_at: str
    asked: list[Asked]
    address: str
    journal: model.Journal
    young: bool = False


def letter(
    result: Result,
    now: Dialogue,
    journal: model.Journal,
    texts: Texts,
    address: str,
    young: bool = False,
) -> Letter:
    """The letter about the document of a ``result``, from the state as it is ``now``, at the line
    of ``journal``."""
    told = result.dialogue
    return Letter(
        schema=SCHEMA,
        dialogue=told.id,
        title=told.title,
        town=told.town,
        room=told.room,
        zone=told.zone,
        language=told.language,
        simulated=result.simulated,
        version=result.version,
        advice_at=result.journal.at,
        asked=list(_asked(result, now, texts)),
        address=address,
        journal=journal,
        young=young,
    )


def is_answered(now: Dialogue) -> bool:
    """Whether there is an answer to write about."""
    return bool(now.follow_up.responses)


def as_told(result: Result, found: Letter) -> Letter:
    """A letter with all that also stands in uitslag.json taken from there, where it is about that
    version; else as it is."""
    if found.version != result.version or found.advice_at != result.journal.at:
        return found
    words = {each.number: each.text for each in result.recommendations}
    asked = [
        msgspec.structs.replace(each, text=words[each.number])
        for each in found.asked
        if each.number in words
    ]
    return paper.as_told(result, found, asked=asked)


def _asked(result: Result, now: Dialogue, texts: Texts) -> Iterator[Asked]:
    follow_up = now.follow_up
    for each in result.recommendations:
        given, noted = follow_up.response(each.number), follow_up.noted(each.number)
        day = day_of(now, each.number)
        answer = None
        if given is not None:
            answer = Answer(
                given.outcome.value,
                given.body.value,
                texts(given.text.ref),
                given.source,
                iso(given.at),
                given.due,
                given.due_unknown,
            )
        yield Asked(
            each.number,
            each.text,
            answer,
            noted.state.value if noted is not None else "",
            day.isoformat() if day is not None else "",
        )
