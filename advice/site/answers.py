"""What became of what residents ask, from the state of their dialogue. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from advice.model import Result
from advice.objections import adjusted
from advice.published import Texts, iso, said
from advice.site.model import Adjusted, Ask, Progress, Received, Response
from dialogues.dialogue import Dialogue
from dialogues.followup.days import day_of
from dialogues.followup.state import Noted
from dialogues.followup.state import Response as Given


def asks(dialogue: Dialogue, result: Result, words: Texts) -> Iterator[Ask]:
    """The recommendations of a result, each with what was answered."""
    follow_up = dialogue.follow_up
    for one in result.recommendations:
        given = [_response(each, words) for each in follow_up.responses.get(one.number, [])]
        day = day_of(dialogue, one.number)
        yield Ask(
            number=one.number,
            text=one.text,
            from_=one.from_,
            response=given[-1] if given else None,
            earlier=given[:-1],
            progress=[_noted(each, words) for each in follow_up.progress.get(one.number, [])],
            answer_by=None if day is None else day.isoformat(),
            missed=one.number in follow_up.missing,
            adjusted=_adjusted(result, one.number),
        )


def received(dialogue: Dialogue) -> Received | None:
    """The hand-over as the clerk last confirmed it."""
    found = dialogue.follow_up.received
    return None if found is None else Received(found.version, found.case, iso(found.at))


def _adjusted(result: Result, number: str) -> Adjusted | None:
    found = adjusted(result.objections, number)
    if not found:
        return None
    ruling = found[-1].ruling
    return Adjusted([each.number for each in found], ruling.text if ruling is not None else None)


def _response(given: Given, words: Texts) -> Response:
    return Response(
        outcome=given.outcome.value,
        text=said(given.text, words),
        body=given.body.value,
        source=given.source or None,
        at=iso(given.at),
        due=given.due or None,
    )


def _noted(noted: Noted, words: Texts) -> Progress:
    text = said(noted.text, words)
    return Progress(noted.state.value, text, noted.source or None, iso(noted.at))
