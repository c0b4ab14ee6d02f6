"""What a message is about: the title and the language that it has at its place, and the card under
which it hangs."""

from __future__ import annotations

from bot.delivery.hanging import NOWHERE, Hangs
from bot.desk.services import Services
from bot.desk.youth import said_to
from bot.platforms.places import Place, PlaceKind
from dialogues.core import Notice
from meetings.announce import SLOT
from storage.rows import Row

#: Templates of messages in a room that are about the whole dialogue.
_OF_A_DIALOGUE = frozenset(
    {"advice", "advice_received", "answer_day_gone", "answer_overdue", "answer_postponed"}
    | {"answers_given", "answers_missing", "charter_changed", "draft_posted", "objection_adjusted"}
    | {"progress_told", "title_changed"}
)


class Headings:
    """Looks up what rendering and sending a message need of what it is about."""

    def __init__(self, services: Services) -> None:
        self._services, self._ledger = services, services.ledger

    def heads(self, place: Place, dialogue: str) -> tuple[str, str]:
        """The title of a dialogue, and the language for a place: the person's own, else the
        dialogue's; "" for the town's, as for what is about no dialogue."""
        meeting = self._ledger.meetings.by_id.get(dialogue)
        if meeting is not None:
            return "", said_to(self._services, meeting.room, self._own(place))
        state = self._ledger.states.get(dialogue)
        if state is None:
            room = self._services.town.rooms.room_at(place) or ""
            return "", said_to(self._services, room, "")
        own = self._own(place)
        staff = place.kind is PlaceKind.STAFF
        title = self._ledger.called(state) if staff else state.title
        language = own or state.charter.language or state.language
        if not staff:
            language = said_to(self._services, state.room, language)
        return title, language

    def _own(self, place: Place) -> str:
        """The language that the person of a conversation chose, or ""."""
        store = self._services.store
        person = store.places.person(str(place)) if place.kind is PlaceKind.PERSONAL else ""
        return store.people.language(person) if person else ""

    def card_of(self, row: Row, notice: Notice) -> Hangs:
        """Where a message in a room hangs: under the posted card of the round that it is about;
        nowhere for the card itself, an edit, and messages about the whole dialogue. One to a person
        about a meeting leads to the card of that."""
        if Place.parse(row.place).kind is PlaceKind.PERSONAL:
            return self._of_meeting(row)
        state = self._ledger.states.get(row.dialogue)
        whole = notice.template in _OF_A_DIALOGUE or row.slot.startswith("card-") or row.edits
        if state is None or whole or Place.parse(row.place).kind is not PlaceKind.ROOM:
            return NOWHERE
        number, item = notice.data.get("round"), notice.data.get("item")
        index = number - 1 if isinstance(number, int) else state.round_of(str(item))
        slot = f"card-{state.current if index is None else index}"
        standing = self._services.store.posts.standing(row.dialogue, slot, row.place)
        if not standing:
            return NOWHERE
        opening = self._services.store.posts.first(row.dialogue, "card-*", row.place)
        return Hangs(standing[0].message, opening, state.title)

    def _of_meeting(self, row: Row) -> Hangs:
        if row.dialogue not in self._ledger.meetings.by_id:
            return NOWHERE
        platform = Place.parse(row.place).platform
        for post in self._services.store.posts.standing(row.dialogue, SLOT):
            where = Place.parse(post.place)
            if where.platform == platform:
                return Hangs(about=post.message, where=where)
        return NOWHERE
