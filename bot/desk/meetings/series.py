"""What is planned several times: meetings that recur, and a dialogue each time (``gesprek reeks``).

All times are planned at once, each a meeting of its own that can be moved or called off alone. Of a
series of dialogues the first stands ready at once; each next one is prepared after the one before.
Where its agreements were not typed along, they are asked for first, as of any dialogue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.desk.asked import asked
from bot.desk.asker import Asker
from bot.desk.leading import charter_form, moderators
from bot.desk.meetings import tying
from bot.desk.meetings.attending import about, meant, only
from bot.desk.services import Services
from bot.desk.votes import read
from commands import said as dialogue_words
from commands.meetings import said as words
from commands.times import moments, recurrence, series
from commands.times.moments import Moment
from dialogues.charter import missing
from dialogues.core import Notice, Refused, Role, Value
from dialogues.dialogue import Dialogue, Status
from meetings import intents as it
from meetings.meeting import Hours, Meeting, Phase, Plan
from storage.forms import Form

#: So many times stand in the answer.
_TOLD = 6

#: The setting that says how often a series recurs that waits for its agreements: this, and the id
#: of its first dialogue.
_WAITS = "series/"


def times(asker: Asker, zone: str, values: Mapping[str, str]) -> tuple[Moment, ...]:
    """Every time that was typed with ``elke`` and ``keer`` or ``einde``, from ``wanneer`` on where
    the first time was typed too; raises ``Refused``."""
    where, first = ZoneInfo(zone), None
    if "wanneer" in values:
        first = read(moments.parse(values["wanneer"], asker.at, where))
    rule = read(recurrence.parse(values["elke"], asker.at, where, first))
    limit = read(series.limit(values, asker.at, where))
    found: tuple[Moment, ...] = read(series.planned(rule, limit, asker.at, where))
    return found


def hours(found: Sequence[Moment], lasts: timedelta) -> list[Hours]:
    return [Hours(each.at, each.at + lasts, each.wall) for each in found]


def plan_all(
    services: Services,
    asker: Asker,
    title: str,
    room: str,
    plan: Plan,
    every: Sequence[Hours],
    dialogue: str = "",
) -> Notice:
    """Plan a meeting for each of these hours; ``dialogue`` is that of the first time, in a series
    of dialogues."""
    made: list[Meeting] = []
    first = len(services.ledger.meetings.by_id) + 1
    for number, when in enumerate(every):
        own = replace(plan, series=first)
        if dialogue:
            own = replace(own, dialogue="" if number else dialogue)
            own = replace(own, prepares_at=every[number - 1].ends_at if number else None)
        made.append(_planned(services, asker, title, room, own, when))
    rows: list[Value] = [
        {"meeting": m.name, "at": m.hours.begins_at} for m in made[:_TOLD] if m.hours is not None
    ]
    data: dict[str, Value] = {
        "title": title,
        "count": len(made),
        "from_meeting": made[0].name,
        "to_meeting": made[-1].name,
        "times": rows,
        "more": max(len(made) - _TOLD, 0),
        "dialogue": bool(dialogue),
    }
    return Notice("series_planned", data)


def _planned(
    services: Services, asker: Asker, title: str, room: str, plan: Plan, when: Hours
) -> Meeting:
    town, name = services.town, services.ledger.meetings.fresh_id()
    by = services.store.participants.participant(name, asker.person)
    zone, language = town.zone.key, town.language
    intent = it.PlanMeeting(title, room, zone, language, when, plan, town.name)
    services.ledger.act(name, intent, services.context_of(asker, by))
    return about(asker, services.ledger.meetings.by_id[name])


def new(services: Services, asker: Asker, said: words.NewSeries) -> list[Notice]:
    """A dialogue each time, with the same agreements. Where those are not there yet they are asked
    for, and the series waits for them."""
    every = _every(services, asker, said.values)
    opened = dialogue_words.NewDialogue(said.format, said.title, said.room, said.charter, said.word)
    notices = moderators.new_dialogue(services, asker, opened, reports=True)
    dialogue = services.ledger.states[asker.subject.dialogue]
    if not missing(dialogue.charter):
        return [_plan_dialogues(services, asker, dialogue, every)]
    tying.check(services, dialogue, every[0])
    _wait(services, dialogue, msgspec.json.encode(dict(said.values)).decode())
    if said.charter and not asker.can.forms:
        notices = charter_form.begin(services, asker, dialogue)
    data: dict[str, Value] = {
        "title": dialogue.title,
        "count": len(every),
        "begins_at": every[0].begins_at,
    }
    return [Notice("series_waits", data), *notices]


def agreed(
    services: Services, asker: Asker, dialogue: Dialogue, said: dialogue_words.SetCharter
) -> list[Notice]:
    """Set keys of the charter; with the last one that was lacking the series that waits for it is
    planned."""
    notices = moderators.set_charter(services, asker, dialogue, said)
    return _complete(services, asker, dialogue, notices)


def answered(services: Services, asker: Asker, form: Form, text: str) -> list[Notice]:
    """Handle an answer to the questions of the charter; after the last the series is planned."""
    notices = charter_form.answer(services, asker, form, text)
    if asked(services, asker, charter_form.KIND) or notices[-1].template == "form_stopped":
        return notices
    return _complete(services, asker, services.ledger.states[form.dialogue], notices)


def _complete(
    services: Services, asker: Asker, dialogue: Dialogue, notices: list[Notice]
) -> list[Notice]:
    """What is said once agreements were given: that the series is planned, if it waited only for
    them."""
    key = f"{_WAITS}{dialogue.id}"
    typed = services.store.settings.read([key]).get(key)
    if not typed or dialogue.status is not Status.PREPARING or missing(dialogue.charter):
        return notices
    _wait(services, dialogue, "")
    every = _every(services, asker, msgspec.json.decode(typed, type=dict[str, str]))
    return [_plan_dialogues(services, asker, dialogue, every)]


def _wait(services: Services, dialogue: Dialogue, typed: str) -> None:
    """Store how often the series of a dialogue recurs, as it was typed; "": it waits no more."""
    services.store.settings.write(f"{_WAITS}{dialogue.id}", typed)


def _every(services: Services, asker: Asker, values: Mapping[str, str]) -> list[Hours]:
    found = times(asker, services.town.zone.key, values)
    return hours(found, tying.length_of(values))


def _plan_dialogues(
    services: Services, asker: Asker, dialogue: Dialogue, every: Sequence[Hours]
) -> Notice:
    """Plan a meeting for each of these hours, the first with this dialogue."""
    title, room = dialogue.title, dialogue.room
    notice = plan_all(services, asker, title, room, Plan(host="gemeente"), every, dialogue.id)
    every_meeting = services.ledger.meetings.by_id.values()
    (first,) = (m for m in every_meeting if m.plan.dialogue == dialogue.id)
    tying.opened(services, asker, first)
    return notice


def stop(services: Services, asker: Asker, said: words.StopSeries) -> list[Notice]:
    """Call off all that is still to come of a series."""
    named = meant(services, asker, said.meeting, lambda m: bool(m.plan.series))
    only(asker, named, frozenset({Role.MODERATOR}), "gesprek reeks stop")
    if not named.plan.series:
        raise Refused("no_series", meeting=named.name)
    rest = [
        m
        for m in services.ledger.meetings.by_id.values()
        if m.plan.series == named.plan.series and m.phase is Phase.PLANNED and not m.begun
    ]
    if not rest:
        raise Refused("series_over")
    for number, meeting in enumerate(rest):
        off = it.CallOff(said.reason, 0 if number else len(rest) - 1, told=not number)
        services.act(asker, meeting, off)
        tying.loosened(services, asker, meeting, said.reason)
    return [Notice("series_stopped", {"title": named.title, "count": len(rest)})]
