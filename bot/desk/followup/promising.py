"""What staff says of a commitment: how far it is, and that its day becomes another."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.desk.asker import Asker
from bot.desk.followup import commitments
from bot.desk.services import Services
from bot.desk.votes import read
from commands.followup import said as words
from commands.followup.filling_commitments import commitment_in
from commands.times import moments
from commitments import announce
from commitments import intents as it
from commitments.commitment import Commitment
from dialogues.core import Notice, Refused, Role, Text
from dialogues.dialogue import Dialogue
from dialogues.followup import intents as followup

#: Who says how far something is.
_ANSWERERS = frozenset({Role.OFFICIAL, Role.CLERK})


def note_progress(services: Services, asker: Asker, said: words.NoteProgress) -> list[Notice]:
    """How far one is. Of one that an answer on a recommendation made, that recommendation is so
    far: its room hears it once, as news about that."""
    one = commitments.meant(services, asker, commitment_in(said.item))
    if not asker.roles_in(one.room) & _ANSWERERS:
        raise Refused("word_not_yours", word="voortgang")
    dialogue = services.ledger.states.get(one.source.dialogue)
    if dialogue is not None and one.source.own and one.said.text:
        item, text = one.source.item, Text(said.text)
        services.act(asker, dialogue, followup.NoteProgress(item, said.state, text, said.source))
    else:
        services.act(asker, one, it.NoteProgress(said.state, said.text, said.source))
    return [Notice("commitment_stands", announce.values(one))]


def postpone(services: Services, asker: Asker, said: words.Postpone) -> list[Notice]:
    """Another day. The clerk may give any, an official those of their own."""
    one = commitments.meant(services, asker, commitment_in(said.item))
    mine = asker.roles_in(one.room)
    made = one.made_by in services.context(asker, one).names
    if Role.CLERK not in mine and not (Role.OFFICIAL in mine and made):
        raise Refused("commitment_of_other", commitment=one.name)
    if not said.want:
        raise Refused("missing", word="uitstel", what=["want"], example="help_commitment_postpone")
    was = one.due
    due = commitments.day_of(asker, said.day, one.zone)
    services.act(asker, one, it.Postpone(due, said.want))
    _promise_again(services, asker, one, said.day)
    return [Notice("commitment_postponed_now", {**announce.values(one), "was": was})]


def _promise_again(services: Services, asker: Asker, one: Commitment, typed: str) -> None:
    """Where a question waits for this answer, it waits until the new day."""
    dialogue: Dialogue | None = services.ledger.states.get(one.source.dialogue)
    if dialogue is None or one.said.text:
        return
    index = dialogue.round_of(one.source.item)
    promises = dialogue.machine(index).promises if index is not None else None
    if promises is not None:
        zone = ZoneInfo(dialogue.zone)
        until = read(moments.parse_to_the_end(typed, asker.at, zone))
        intent = promises.promise(one.source.item, until.at, until.wall)
        services.act(asker, dialogue, intent)
