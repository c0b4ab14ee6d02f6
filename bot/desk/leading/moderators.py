"""The words of moderators: new dialogue, charter, start, hours, next round, closing, advice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from bot.desk import youth
from bot.desk.asker import Asker
from bot.desk.leading import charter_form, planning, sure
from bot.desk.leading.charter_form import prepared
from bot.desk.leading.charter_sheets import with_forms
from bot.desk.rooms import room_for
from bot.desk.services import Services
from bot.desk.votes import read
from bot.desk.which import in_sight, option
from bot.ledger import offered_words
from bot.ledger.names import free_id, slug
from bot.town.formats import named
from commands import charter as charter_words
from commands import said as words
from commands.nearest import nearest
from commands.times import moments
from dialogues import intents as it
from dialogues import losing
from dialogues.announce_agreed import charter_values
from dialogues.answer_day import comes_first
from dialogues.charter import Charter, changed, missing
from dialogues.core import Context, Notice, Refused, Value
from dialogues.dialogue import Dialogue, Status


def new_dialogue(
    services: Services, asker: Asker, said: words.NewDialogue, *, reports: bool = False
) -> list[Notice]:
    """Open a dialogue in preparation; without charter keys the charter form follows. ``reports``:
    its document comes by itself."""
    said = _with_format(services, said)
    plan = services.formats.get(named(services.formats).get(said.format, ""))
    if plan is None:
        raise Refused("unknown_format", format=said.format, formats=_known(services))
    room = room_for(services, asker, said.room, staff=True)
    name = free_id(said.title, services.store.journal)
    values = youth.protected(services, room, _charter(services, asker, said.values))
    language = str(values.get("language") or services.town.language)
    services.ledger.kinds.check_level(changed(Charter(), values), plan)  # before anything is made
    opened = it.OpenDialogue(
        said.title,
        room,
        plan,
        services.town.name,
        services.town.zone.key,
        language,
        services.town.simulated,
        services.town.limits.objection_days,
        reports=reports,
        ruling_days=services.town.limits.ruling_days,
    )
    participant = services.store.participants.participant(name, asker.person)
    context = _context(asker, participant)
    services.ledger.act(name, opened, context)
    dialogue = services.ledger.states[name]
    asker.about(dialogue)
    if values:
        services.ledger.act(name, it.SetCharter(values), context)
    if said.values:
        return [with_forms(services, asker.here, dialogue)]
    made = Notice("dialogue_new", charter_values(dialogue))
    if asker.can.forms:
        return [made, with_forms(services, asker.here, dialogue)]
    return [made, *charter_form.begin(services, asker, dialogue)]


def _context(asker: Asker, participant: str) -> Context:
    return Context(asker.at, participant, asker.roles)


def _with_format(services: Services, said: words.NewDialogue) -> words.NewDialogue:
    """Without the name of a format it is an ordinary dialogue, and the word belongs to the title;
    raises ``Refused`` with the question where the word is near a format's name."""
    known = named(services.formats)
    if said.format in known or words.ORDINARY not in known:
        if not said.title:
            raise Refused(
                "missing", word="gesprek nieuw", what=["titel"], example="help_new_dialogue"
            )
        return said
    title = f"{said.word} {said.title}".strip()
    near = nearest(said.format, known)
    if near:
        raise Refused("format_near", value=said.word, nearest=near, title=title)
    return replace(said, format=words.ORDINARY, title=title)


def _known(services: Services) -> list[str]:
    """The ids of the formats a moderator can choose; those for imports are left out."""
    return sorted(name for name, plan in services.formats.items() if not plan.imported)


def _charter(services: Services, asker: Asker, typed: Any) -> dict[str, object]:
    fields = read(charter_words.read_values(typed, asker.at, services.town.zone))
    return dict(fields)


def set_charter(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.SetCharter
) -> list[Notice]:
    """Set keys of the charter, which also answers the questions of an open form; without keys show
    it, or ask for what is missing."""
    if said.values:
        answered = charter_form.given(services, asker, dialogue, said.values)
        if answered is not None:
            return answered
        values = youth.protected(services, dialogue.room, _charter(services, asker, said.values))
        services.act(asker, dialogue, it.SetCharter(values, said.want))
        asker.about(dialogue)
    elif dialogue.status is Status.PREPARING and missing(dialogue.charter) and not asker.can.forms:
        return charter_form.begin(services, asker, dialogue)
    if dialogue.status is Status.PREPARING:
        return [with_forms(services, asker.here, dialogue)]
    return [Notice("charter_now", prepared(dialogue).data)]


def hour(
    services: Services, asker: Asker, dialogue: Dialogue, typed: str, *, day: bool = False
) -> it.Hour | None:
    """A typed moment as the hour of a round; None when nothing was typed. With ``day`` a day alone
    is meant to its end. Raises ``Refused``."""
    if not typed.strip():
        return None
    parse = moments.parse_to_the_end if day else moments.parse
    moment = read(parse(typed, asker.at, ZoneInfo(dialogue.zone)))
    return it.Hour(moment.at, moment.wall)


def start(services: Services, asker: Asker, dialogue: Dialogue, said: words.Start) -> list[Notice]:
    """Open the first round now, or by itself at an hour."""
    other = services.ledger.open_in(dialogue.room)
    if other is not None and other is not dialogue and not said.opens:
        raise Refused("room_taken", room=dialogue.room, title=other.title)
    youth.before_start(services, asker, dialogue)
    form = services.store.forms.about(charter_form.KIND, dialogue.id, asker.milliseconds)
    if form is not None and missing(dialogue.charter):
        waits = Notice("refused_form_open", {"title": dialogue.title})
        return [waits, *charter_form.begin(services, asker, dialogue)]
    closes, opens = (hour(services, asker, dialogue, typed) for typed in (said.until, said.opens))
    if opens is not None:
        planning.check_room(services, dialogue, opens, closes)
        services.act(asker, dialogue, it.PlanStart(opens, closes))
    else:
        services.act(asker, dialogue, it.StartDialogue(closes))
    services.store.forms.over(charter_form.KIND, dialogue.id)
    return [course(services, asker, dialogue)] if opens is None else [planning.planned(dialogue)]


def next_round(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.NextRound
) -> list[Notice]:
    closes = hour(services, asker, dialogue, said.until)
    loss = losing.by_going_on(dialogue, asker.at)
    if loss and not said.sure:
        return sure.ask(services, asker, dialogue, "volgende", loss, said.until)
    services.act(asker, dialogue, it.NextRound(closes))
    return [course(services, asker, dialogue)]


def until(services: Services, asker: Asker, dialogue: Dialogue, said: words.Until) -> list[Notice]:
    moment = hour(services, asker, dialogue, said.moment)
    if moment is None:
        raise Refused("missing", word="tot", what=["moment"])
    services.act(asker, dialogue, it.SetHour(moment))
    return [course(services, asker, dialogue)]


def stop_collecting(
    services: Services, asker: Asker, dialogue: Dialogue, _said: Any
) -> list[Notice]:
    services.act(asker, dialogue, it.EndCollecting())
    return [course(services, asker, dialogue)]


def close(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.CloseRound
) -> list[Notice]:
    loss = losing.by_closing(dialogue, asker.at)
    if loss and not said.sure:
        return sure.ask(services, asker, dialogue, "sluit", loss)
    services.act(asker, dialogue, it.CloseDialogue())
    return [course(services, asker, dialogue)]


def ask_to_discard(
    services: Services, asker: Asker, dialogue: Dialogue, _said: words.Discard
) -> list[Notice]:
    """Ask whether a dialogue that has not begun may be thrown away."""
    if dialogue.status is not Status.PREPARING:
        code = "dialogue_already_open" if dialogue.status is Status.OPEN else "dialogue_closed"
        raise Refused(code, title=dialogue.title)
    return sure.ask(services, asker, dialogue, "gesprek weg", losing.Loss())


def discard(
    services: Services, asker: Asker, dialogue: Dialogue, _said: words.Discard
) -> list[Notice]:
    services.act(asker, dialogue, it.DiscardDialogue())
    services.store.forms.over(charter_form.KIND, dialogue.id)
    return [Notice("discarded", {"title": dialogue.title, "dialogue": dialogue.id})]


def retitle(
    services: Services, asker: Asker, dialogue: Dialogue, said: words.Retitle
) -> list[Notice]:
    services.act(asker, dialogue, it.SetTitle(said.title, said.want))
    asker.about(dialogue)
    return [Notice("retitled", {"title": dialogue.title, "dialogue": dialogue.id})]


#: What ``ja`` does after the question whether a word may lose something.
SURE: dict[str, sure.Do] = {"gesprek weg": discard, "sluit": close, "volgende": next_round}


def choose(services: Services, asker: Asker, said: words.Choose) -> list[Notice]:
    """``kies`` with an id or a title; without one, or where two have that title, the bot asks."""
    known = in_sight(services, asker)
    exact = [d for d in known if d.id == said.dialogue]
    titled = exact or [d for d in known if slug(d.title) == slug(said.dialogue)]
    if len(titled) != 1 and (titled or not said.dialogue or said.dialogue.isdigit()) and known:
        options = [option(d) for d in titled or known]
        raise Refused("which_dialogue", options=options, staff=True)
    if len(titled) != 1:
        options = [option(d) for d in known]
        raise Refused("no_such_dialogue", target=said.dialogue, options=options)
    services.store.places.choose(asker.here, titled[0].id)
    offered_words.chosen(services.store.offers, asker.here)
    asker.about(titled[0])
    return [Notice("chosen", {"title": titled[0].title})]


def course(services: Services, asker: Asker, dialogue: Dialogue) -> Notice:
    """The notice of how far the dialogue is, after all steps that are due were done."""
    services.ledger.run_due(asker.at, services.presence)
    dialogue = services.ledger.states[dialogue.id]  # read again where a step broke
    frame = dialogue.open_frame
    data: dict[str, Value] = {
        "title": dialogue.title,
        "status": dialogue.status.value,
        "told": asker.place in services.town.rooms.staff_places(dialogue.room),
        "closes_now": bool(frame and frame.closes_at and frame.closes_at <= asker.at),
        "round": dialogue.current + 1,
        "rounds": len(dialogue.frames),
        "round_title": dialogue.frames[dialogue.current].plan.title if dialogue.frames else "",
        "open": frame is not None,
        "closes_at": frame.closes_at if frame else None,
        "collects": frame is not None and services.talk(frame).gives is not None,
        "collecting": frame.collecting if frame else False,
        "collecting_ends_at": frame.collecting_ends_at if frame else None,
        "answer_first": _promised_too_early(dialogue),
    }
    return Notice("course", data)


def _promised_too_early(dialogue: Dialogue) -> Value:
    """The day of the answer, where the open round would still be open then; else None."""
    frame = dialogue.open_frame
    if frame is None or frame.closes_at is None:
        return None
    early = comes_first(dialogue, dialogue.charter, frame.closes_at)
    return dialogue.charter.answer_by if early else None


# -- the advice ------------------------------------------------------------------------------


def advice(services: Services, asker: Asker, dialogue: Dialogue, _said: Any) -> list[Notice]:
    frame = dialogue.open_frame
    if frame is not None and frame.closes_at is not None and frame.closes_at <= asker.at:
        services.act(asker, dialogue, it.AwaitAdvice())
        return [Notice("advice_awaited", {"title": dialogue.title})]
    if not services.act(asker, dialogue, services.ledger.figures(dialogue)):
        services.ledger.document_again(dialogue)
    return [Notice("advice_requested", {"title": dialogue.title})]
