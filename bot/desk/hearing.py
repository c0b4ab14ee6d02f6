"""Words said in the room during one's own turn: kept only after the speaker says yes.

Until then the words are in the memory of the program and nowhere else; after a restart they are
gone. In a room of young people nothing is asked, and nothing kept.
"""

from __future__ import annotations

from bot.desk import contributions, paused
from bot.desk.asked import ask_in_person, done
from bot.desk.asker import Asker
from bot.desk.services import Services
from bot.desk.youth import is_youth
from commands.choices import agrees
from commands.said import Where
from dialogues.core import Notice, Refused
from dialogues.dialogue import Dialogue
from dialogues.machine import Stage
from storage.forms import Form

#: The kind of the open question's form.
KIND = "heard"

#: How many messages one question covers at most; later ones are talk.
MOST = 10


def heard(services: Services, asker: Asker, text: str) -> list[Notice] | None:
    """Handle talk in a room: where the open round listens to this person, ask whether the words may
    be kept. None for all other talk."""
    dialogue = _listening(services, asker)
    if dialogue is None or not text.strip():
        return None
    place = asker.conversation
    if paused.held(asker, dialogue):  # once in ten minutes: a room talks on in a pause
        every = services.town.limits.hint_minutes * 60_000
        if services.store.places.hint(place, asker.milliseconds, every):
            paused.check(asker, dialogue)
        return None
    if services.store.forms.form(place, KIND, asker.milliseconds) and place in services.heard:
        if len(services.heard[place]) < MOST:
            services.heard[place][asker.cause] = text
        return None  # asked already
    services.heard[place] = {asker.cause: text}
    data: dict[str, object] = {"round": dialogue.current}
    services.store.places.belongs(place, asker.person)
    ask_in_person(services, asker, KIND, dialogue.id, data)
    asker.about(dialogue)
    return [Notice("heard_ask", {"kind": dialogue.frames[dialogue.current].plan.kind})]


def _listening(services: Services, asker: Asker) -> Dialogue | None:
    """The open dialogue of this room, if its round listens to this person now."""
    if asker.where is not Where.ROOM or asker.staff:
        return None
    room = services.town.rooms.room_at(asker.place)
    dialogue = services.ledger.open_in(room) if room is not None else None
    frame = dialogue.open_frame if dialogue is not None else None
    if dialogue is None or frame is None or is_youth(services, dialogue.room):
        return None
    hears = services.talk(frame).hears
    if hears is None:
        return None  # nearly always: nothing of talk among people is looked up
    theirs = dict(services.store.participants.participations(asker.person)).get(dialogue.id)
    return dialogue if theirs is not None and hears(dialogue, frame, theirs) else None


def answer(services: Services, asker: Asker, form: Form, text: str) -> list[Notice] | None:
    """Handle ``ja`` (the words are kept) or ``nee`` (they are dropped); None for anything else."""
    said = agrees(text)
    if said not in ("yes", "no"):
        return None
    done(services, asker, KIND)
    spoken = services.heard.pop(asker.conversation, {})
    if said == "no":
        return [Notice("gather_no", {})]
    dialogue = asker.about(services.ledger.states[form.dialogue])
    index = int(str(form.data["round"]))
    frame = dialogue.frames[index]
    giving = services.talk(frame).gives
    if not spoken or giving is None:
        return [Notice("gather_gone", {})]
    if frame.stage is not Stage.OPEN:
        return [Notice("gather_late", {"round": index + 1})]
    notices: list[Notice] = []
    for words in spoken.values():
        try:
            notices += contributions.given(services, asker, dialogue, giving, words)
        except Refused as refusal:
            notices.append(Notice(f"refused_{refusal.code}", refusal.data))
    return notices
