"""``koppel`` and ``ontkoppel``: one-time codes, and what linking and unlinking accounts changes.

Whoever types a code on one network is from then on one person with whoever was given it on the
other: one ballot in every round that is not closed, and one author. Rights stay with each account.
Unlinked they are two again: all that was given stays with the account that asked for it.
"""

from __future__ import annotations

from bot.desk import held
from bot.desk.asker import Asker
from bot.desk.meetings import merging
from bot.desk.noting import receipt_of
from bot.desk.services import Services
from bot.platforms.places import Place, PlaceKind
from commands.said import Link, Unlink
from dialogues import intents as it
from dialogues.core import Context, Notice, Refused, Value
from dialogues.dialogue import Dialogue
from dialogues.events import AccountsLinked, AccountsUnlinked
from dialogues.record import TOWN
from storage.codes import ALPHABET, LENGTH, VALID, Given
from storage.linking import Shared, link_persons, part_persons, shared

#: So many characters of a code stand together where it is shown.
_GROUP = 4


def link(services: Services, asker: Asker, said: Link) -> list[Notice]:
    """Give a code, or use one; raises ``Refused``, and then nothing was linked."""
    if len(services.capabilities) < 2:
        raise Refused("link_later")
    if said.code:
        return _redeem(services, asker, said.code)
    if services.capabilities.keys() <= _networks(services, asker.person):
        raise Refused("link_done")
    code = services.store.codes.give(asker.person, asker.milliseconds)
    shown = "-".join(code[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))
    return [Notice("link_code", {"code": shown, "minutes": VALID // 60_000})]


def _redeem(services: Services, asker: Asker, code: str) -> list[Notice]:
    codes, now = services.store.codes, asker.milliseconds
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        raise Refused("link_unreadable", length=LENGTH)
    if not codes.may_try(asker.person, now):
        raise Refused("link_too_often")
    given = codes.given(code)
    if given is None:
        codes.tried(asker.person, now)
        raise Refused("link_wrong")
    _check(services, asker, given)
    codes.use(code)
    return _linked(services, asker, given.person)


def _check(services: Services, asker: Asker, given: Given) -> None:
    """Raise ``Refused`` where a code that exists cannot be used, or not by this account."""
    if given.used:
        raise Refused("link_used")
    if given.over(asker.milliseconds):
        raise Refused("link_over", minutes=VALID // 60_000)
    if given.person == asker.person:
        raise Refused("link_own")
    if _networks(services, given.person) & _networks(services, asker.person):
        raise Refused("link_same_network")


def _networks(services: Services, person: str) -> set[str]:
    return {platform for platform, _ in services.store.people.accounts(person)}


def _linked(services: Services, asker: Asker, gone: str) -> list[Notice]:
    """Make everything of ``gone`` the asker's; the answer says in which rounds both voted."""
    store, kept = services.store, asker.person
    _tell(services, asker, gone)
    every = list(shared(store, kept, gone))
    merged = [row for both in every for row in _merge(services, asker, both)]
    met = [row for both in every for row in merging.merge(services, asker, both)]
    link_persons(store, kept, gone)
    asker.known = store.people.met(asker.place.platform, asker.origin.account) or asker.known
    for roles in filter(None, (asker.known.roles, *asker.known.elsewhere)):
        rooms = held.rooms_of(roles)
        services.ledger.withdraw_votes(kept, asker.at, asker.origin.order, rooms)
    store.journal.append(TOWN, asker.at, "clock", AccountsLinked())
    rows: list[Value] = [
        {"title": state.title, "round": index + 1, "receipt": _receipt(services, asker, state)}
        for state, index in merged
    ]
    return [
        Notice(
            "linked",
            {"merged": rows, "meetings": met, "staff": bool(asker.known.roles) or asker.staff},
        )
    ]


def unlink(services: Services, asker: Asker, _said: Unlink) -> list[Notice]:
    """Make the asker's other account that of somebody else, who begins anew."""
    store, here = services.store, (asker.place.platform, asker.origin.account)
    others = [one for one in store.people.accounts(asker.person) if one != here]
    if not others:
        raise Refused("not_linked")
    for other in others:
        _tell(services, asker, part_persons(store, asker.person, *other), "link_was_undone")
    asker.known = store.people.met(*here) or asker.known
    store.journal.append(TOWN, asker.at, "clock", AccountsUnlinked())
    return [Notice("unlinked", {})]


def _tell(services: Services, asker: Asker, gone: str, what: str = "link_was_used") -> None:
    """Tell another account what happened to it, where it has a conversation with the bot; not
    whoever asked for quiet."""
    if services.store.people.quiet(gone):
        return
    for platform, account in services.store.people.accounts(gone):
        if platform in services.ledger.outgoing.talking:
            place = Place(platform, PlaceKind.PERSONAL, account)
            services.ledger.say(place, Notice(what, {}), asker.at)


def _merge(services: Services, asker: Asker, both: Shared) -> list[tuple[Dialogue, int]]:
    """Merge what both have in the open round of a dialogue; returns it where both voted."""
    state = services.ledger.states.get(both.dialogue)
    frame = state.open_frame if state is not None else None
    if state is None or frame is None:
        return []
    context = Context(asker.at, "clock", order=asker.origin.order)
    services.ledger.act(state.id, it.MergeParticipants(both.gone, both.kept), context)
    ballots, box = services.store.ballots, state.boxes[frame.index]
    gone = ballots.of(both.gone).get(frame.index, "")
    kept = ballots.of(both.kept).get(frame.index, "")
    if not gone or not kept or box is None:
        return []
    voted = box.roll.has_held(gone) and box.roll.has_held(kept)
    if not services.ledger.act(state.id, it.MergeBallots(gone, kept), context):
        return []
    services.store.sources.merge(state.id, gone, kept)
    return [(state, frame.index)] if voted else []


def _receipt(services: Services, asker: Asker, state: Dialogue) -> str:
    """The receipt of the ballot that is left, "" where nothing of it counts."""
    ballot = services.ballot(asker, state, state.current)
    return receipt_of(services, state, state.current, ballot)
