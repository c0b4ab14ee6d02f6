"""What events of dialogues and meetings make of commitments: an answer that was promised, an answer
to a recommendation with a day, and what was agreed with who and by when become one; they change
and end with what they came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.ledger.commitments import Commitments
from bot.ledger.states import Follow, States
from commitments import intents as it
from commitments.calling import kind_of_body, kind_of_who
from commitments.commitment import Commitment, Kind, Source, State, What
from dialogues import events as ev
from dialogues.core import Context
from dialogues.dialogue import Dialogue
from dialogues.followup.events import Body, Outcome, ProgressNoted, ResponseGiven
from dialogues.followup.progress import Progress
from meetings.events import Agreed
from meetings.meeting import Meeting
from storage.store import Store

#: Who a line is by that follows from another.
_CLOCK = "clock"


class Promises:
    """``follows`` is what each event comes to. What is done here is never refused: the event itself
    was decided on already."""

    def __init__(self, store: Store, commitments: Commitments, states: States) -> None:
        self._store = store
        self._commitments = commitments
        self._states = states
        self.follows: Mapping[type, Follow] = {
            Agreed: self._agreed,
            ProgressNoted: self._noted,
            ResponseGiven: self._answered,
            ev.ItemHidden: self._seen,
            ev.ItemShown: self._seen,
            ev.ItemWithdrawn: self._seen,
            ev.TextErased: self._seen,
        }
        for one in store.record.kinds.promises:
            self.follows |= {
                one.given: self._given,
                one.lapsed: self._lapsed,
                one.promised: self._promised,
            }

    # -- dialogues ----------------------------------------------------------------------------

    def _promised(self, dialogue: Dialogue, event: Any, at: datetime, by: str) -> None:
        """An official promised an answer, and speaks for the college."""
        due = event.until.astimezone(ZoneInfo(dialogue.zone)).date().isoformat()
        what = What(Kind.PROMISE, "", due, body=Body.COLLEGE)
        self._make_or_correct(dialogue, event.item, what, at, by, own_hour=True)

    def _given(self, dialogue: Dialogue, event: Any, at: datetime, by: str) -> None:
        own = self._own(dialogue, event.item)
        if own is not None and own.going:
            self._progress(own, Progress.DONE, "", "", at, by)

    def _lapsed(self, dialogue: Dialogue, event: Any, at: datetime, _by: str) -> None:
        own = self._own(dialogue, event.item)
        if own is not None:
            self._states.act(own.id, it.Lapse(), Context(at, _CLOCK))

    def _seen(self, dialogue: Dialogue, event: Any, at: datetime, _by: str) -> None:
        """Nobody waits for an answer to a question that is not shown; once it is shown again they
        do."""
        own = self._own(dialogue, event.item)
        if own is None or own.said.text:
            return
        shown = dialogue.items.shown(event.item)
        if own.going and not shown:
            self._progress(own, Progress.STOPPED, "", "", at, _CLOCK)
        elif shown and own.state is State.STOPPED and not own.notes[-1].text:
            self._progress(own, Progress.UNDERWAY, "", "", at, _CLOCK)

    def _answered(self, dialogue: Dialogue, event: ResponseGiven, at: datetime, by: str) -> None:
        """An answer with a day is a promise, a later one corrects it; what is not adopted after all
        is stopped."""
        own = self._own(dialogue, event.item)
        if event.outcome is Outcome.NOT:
            if own is not None and own.going:
                self._progress(own, Progress.STOPPED, event.text.words, event.source, at, by)
        elif event.due:
            kind = kind_of_body(event.body)
            what = What(kind, event.text.words, event.due, body=event.body)
            self._make_or_correct(dialogue, event.item, what, at, by)

    def _noted(self, dialogue: Dialogue, event: ProgressNoted, at: datetime, by: str) -> None:
        own = self._own(dialogue, event.item)
        if own is not None:
            self._progress(own, event.state, event.text.words, event.source, at, by)

    def _make_or_correct(
        self,
        dialogue: Dialogue,
        item: str,
        what: What,
        at: datetime,
        by: str,
        *,
        own_hour: bool = False,
    ) -> None:
        own = self._own(dialogue, item)
        if own is not None:
            self._act(own.id, it.Correct(what), at, by)
            return
        source = Source(dialogue.id, item, own=True)
        language = dialogue.charter.language or dialogue.language
        made = it.Make(
            what, source, dialogue.room, dialogue.zone, language, dialogue.town, own_hour
        )
        self._act(self._commitments.fresh_id(), made, at, by)

    def _own(self, dialogue: Dialogue, item: str) -> Commitment | None:
        """The commitment that an item itself became."""
        found = self._commitments.of_item(dialogue.id, item)
        return next((one for one in found if one.source.own), None)

    # -- meetings -----------------------------------------------------------------------------

    def _agreed(self, meeting: Meeting, event: Agreed, at: datetime, by: str) -> None:
        """What lacks who or by when becomes a commitment once that is known."""
        if not (event.who and event.by):
            return
        what = What(kind_of_who(event.who), event.text, event.by, event.who)
        own = self._commitments.of_agreement(meeting.number, event.number)
        if own is not None:
            self._act(own.id, it.Correct(what), at, by)
            return
        source = Source(meeting=meeting.number, agreement=event.number, own=True)
        made = it.Make(what, source, meeting.room, meeting.zone, meeting.language, meeting.town)
        self._act(self._commitments.fresh_id(), made, at, by)

    # -- doing it -----------------------------------------------------------------------------

    def _progress(
        self, one: Commitment, state: Progress, text: str, source: str, at: datetime, by: str
    ) -> None:
        self._act(one.id, it.NoteProgress(state, text, source, told=False), at, by)

    def _act(self, id: str, intent: object, at: datetime, by: str) -> None:
        """Act in the name of whoever did that of which it comes."""
        person = self._store.participants.person_of(by)
        name = self._store.participants.participant(id, person) if person else _CLOCK
        self._states.act(id, intent, Context(at, name))
