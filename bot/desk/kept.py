"""What is contributed between two times of a series: kept, and given once the next one opens."""

from __future__ import annotations

from datetime import datetime

from bot.desk import youth
from bot.desk.asker import Asker
from bot.desk.meetings.attending import about, in_sight
from bot.desk.services import Services
from bot.desk.talk import Giving
from commands.reasons import says_nothing
from dialogues.core import Audience, Context, Notice, Refused, Text
from dialogues.dialogue import Dialogue, Status
from meetings.intents import GiveKept, KeepContribution
from meetings.meeting import Kept, Meeting, Phase


def next_time(services: Services, asker: Asker, said: object) -> Meeting | None:
    """The next time of a series in whose dialogue these words belong; None where they are no
    contribution, or a dialogue is open that may be meant."""
    if not hasattr(said, "text") or type(said) not in _givings(services):
        return None
    found = [m for m in in_sight(services, asker) if _waits(services, m, said)]
    found.sort(key=lambda m: (m.hours is None or m.hours.begins_at, m.number))
    rooms = {meeting.room for meeting in found}
    if len(rooms) != 1 or services.ledger.open_in(found[0].room) is not None:
        return None
    return found[0]


def _givings(services: Services) -> set[type]:
    """The types of all contributions."""
    talks = services.talks.by_kind.values()
    return {talk.gives.said for talk in talks if talk.gives is not None}


def _waits(services: Services, meeting: Meeting, said: object) -> bool:
    """Whether a meeting of a series has a dialogue that stands ready for such words; or will have
    one like that of the time before it, which was called off."""
    if not meeting.plan.series or meeting.phase is not Phase.PLANNED:
        return False
    own = services.ledger.states.get(meeting.plan.dialogue)
    dialogue = own if own is not None else _before(services, meeting)
    ready = own is None or own.status is Status.PREPARING
    giving = _giving(services, dialogue) if dialogue is not None and ready else None
    return giving is not None and type(said) is giving.said


def _before(services: Services, meeting: Meeting) -> Dialogue | None:
    """The dialogue of the last time of a series before this one that has one."""
    every = services.ledger.meetings.of_series(meeting.plan.series)
    found = [m for m in every if m.number < meeting.number and m.plan.dialogue]
    last = max(found, key=lambda m: m.number, default=None)
    return services.ledger.states.get(last.plan.dialogue) if last is not None else None


def _giving(services: Services, dialogue: Dialogue) -> Giving | None:
    """How one contributes to the first round of a dialogue."""
    return services.talk(dialogue.frames[0]).gives


def keep(services: Services, asker: Asker, meeting: Meeting, words: str) -> list[Notice]:
    """Keep words until the dialogue opens."""
    about(asker, meeting)
    if says_nothing(words):
        raise Refused("empty_text")
    services.act(asker, meeting, KeepContribution(Text(words)))
    services.store.places.belongs(asker.conversation, asker.person)
    assert meeting.hours is not None
    at = meeting.hours.begins_at
    data = {"meeting": meeting.name, "title": meeting.title, "begins_at": at, "text": Text(words)}
    return [Notice("kept_for_next", data)]


def give(services: Services, at: datetime) -> None:
    """Give what was kept for the dialogues that were opened in this transaction, also for times of
    the series before it that did not take place."""
    opened = [*services.ledger.outgoing.opened]
    services.ledger.outgoing.opened.clear()
    for name in opened:
        dialogue = services.ledger.states[name]
        number = dialogue.schedule.meeting.removeprefix("M")
        meeting = services.ledger.meetings.get(int(number)) if number else None
        if meeting is not None and meeting.plan.series:
            _give_all(services, dialogue, meeting, at)


def _give_all(services: Services, dialogue: Dialogue, meeting: Meeting, at: datetime) -> None:
    for each in services.ledger.meetings.of_series(meeting.plan.series):
        if each.kept and each.number <= meeting.number:
            for kept in [*each.kept.values()]:
                _give(services, dialogue, kept, at)
            services.ledger.act(each.id, GiveKept(), Context(at, "clock"))


def _give(services: Services, dialogue: Dialogue, kept: Kept, at: datetime) -> None:
    """Give the words of one person, who hears of it; what the rules refuse is not given."""
    giving = _giving(services, dialogue)
    person = services.store.participants.person_of(kept.by)
    words = services.words(kept.text)
    if giving is None or person is None or not words:
        return
    by = services.store.participants.participant(dialogue.id, person)
    try:
        (given, *_) = services.ledger.act(dialogue.id, giving.intent(Text(words)), Context(at, by))
    except Refused as refusal:
        template, data = f"refused_{refusal.code}", dict(refusal.data)
    else:
        template, data = "kept_given", {"item": given.number, "text": given.text}
    if not youth.is_youth(services, dialogue.room):
        notice = Notice(template, data, Audience.PERSON, person=by)
        services.ledger.tell(dialogue, notice, at)
