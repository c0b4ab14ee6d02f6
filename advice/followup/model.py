"""opvolging.json: what became of an advice, from the first hand-over on.

Who answered is named as a body in the chat alone; here stands the decision. Words that were erased
are ``None``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from advice import model, objections
from advice.compile import JournalPoint, about
from advice.model import Result
from advice.published import Texts, iso
from dialogues.dialogue import Dialogue
from dialogues.followup import state
from dialogues.followup.events import Outcome
from dialogues.followup.progress import Progress

#: Raised when a key is added or changes its meaning.
SCHEMA = "opvolging/1"

#: The key of the charter under which the days of answers stand that were postponed alone.
ANSWER_DAYS = "answer_days"

OUTCOMES = frozenset(outcome.value for outcome in Outcome)
STATES = frozenset(progress.value for progress in Progress)


class Received(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When the clerk confirmed the hand-over (UTC ISO), and the number of the case."""

    at: str
    case: str


class Response(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer. ``outcome``: adopted, partly, not. ``source``: the decision, None for a reaction
    of an official, so that the answer is still due. ``due``: the day by which it is done, None
    where that is not known, or nothing is done."""

    outcome: str
    text: str | None
    source: str | None
    at: str
    due: str | None


class Noted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far it was at a moment. ``state``: underway, done, stopped."""

    state: str
    text: str | None
    source: str | None
    at: str


class Recommendation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A recommendation with the answer that holds now, those before it, and how far it is, the
    newest last."""

    number: str
    text: str | None
    response: Response | None
    earlier: list[Response]
    progress: list[Noted]


class Ruling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was decided on an objection: adjusted or not, and the words that hold since."""

    outcome: str
    at: str
    reason: str | None
    text: str | None


class Objection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody said of a recommendation (``item``) that it is not right; ``ruling`` is None where
    nobody decided."""

    number: str
    item: str
    text: str | None
    ruling: Ruling | None


class Commitment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that was promised or agreed: who does what by when, and how far it is. ``source``
    is the item that it comes from, where there is one."""

    number: str
    text: str | None
    who: str
    due: str | None
    state: str
    at: str
    source: str | None


class FollowUp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of opvolging.json. ``version``: the one that was handed over last, else the newest.
    ``journal``: the line to which this goes."""

    schema: str
    dialogue: model.Dialogue
    version: int
    received: Received | None
    recommendations: list[Recommendation]
    objections: list[Objection]
    commitments: list[Commitment]
    journal: model.Journal


def followed(
    now: Dialogue,
    result: Result,
    point: JournalPoint,
    texts: Texts,
    commitments: Sequence[Commitment] = (),
) -> FollowUp | None:
    """What became of an advice, from the state ``now`` and the ``result`` of the version that is
    followed; None before anything did."""
    follow_up = now.follow_up
    if not follow_up.begun or result.interim:
        return None
    received = follow_up.received
    return FollowUp(
        schema=SCHEMA,
        dialogue=_with_days(about(now), follow_up),
        version=received.version if received is not None else result.version,
        received=Received(iso(received.at), received.case) if received is not None else None,
        recommendations=[
            _recommendation(follow_up, each, now, texts) for each in result.recommendations
        ],
        objections=[_objection(each) for each in objections.told(result)],
        commitments=list(commitments),
        journal=model.Journal(now.id, point.position, point.head, iso(point.at)),
    )


def _with_days(about: model.Dialogue, follow_up: state.FollowUp) -> model.Dialogue:
    """What a dialogue is about, with the ISO days of answers that were postponed alone, by the
    number of the recommendation."""
    if not follow_up.days:
        return about
    days = {item: day.isoformat() for item, day in sorted(follow_up.days.items())}
    return msgspec.structs.replace(about, charter={**about.charter, ANSWER_DAYS: days})


def encode(found: FollowUp) -> bytes:
    """The bytes of opvolging.json: indented, keys in the order above, ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"


def decode(data: bytes) -> FollowUp:
    """Read opvolging.json; raises ``msgspec.MsgspecError``."""
    return msgspec.json.decode(data, type=FollowUp)


def _recommendation(
    follow_up: state.FollowUp, asked: model.Recommendation, now: Dialogue, texts: Texts
) -> Recommendation:
    given = [_response(each, texts) for each in follow_up.responses.get(asked.number, ())]
    return Recommendation(
        number=asked.number,
        text=asked.text if now.items.shown(asked.number) else None,
        response=given[-1] if given else None,
        earlier=given[:-1],
        progress=_noted(follow_up.progress.get(asked.number, ()), texts),
    )


def _response(given: state.Response, texts: Texts) -> Response:
    return Response(
        given.outcome.value,
        texts(given.text.ref),
        given.source or None,
        iso(given.at),
        given.due or None,
    )


def _noted(progress: Iterable[state.Noted], texts: Texts) -> list[Noted]:
    return [
        Noted(each.state.value, texts(each.text.ref), each.source or None, iso(each.at))
        for each in progress
    ]


def _objection(told: dict[str, Any]) -> Objection:
    return msgspec.convert(told, Objection)
