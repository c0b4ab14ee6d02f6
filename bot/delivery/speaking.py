"""Renders notices to messages with the catalogues, and attaches the page of an issued advice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from msgspec import structs

from bot.delivery.buttons import Buttons
from bot.delivery.hanging import Hangs, hung, no_card
from bot.delivery.listing import LISTED, listed
from bot.platforms.capabilities import Capabilities
from bot.platforms.document import Document, Paragraph, Run, Source, Strong
from bot.platforms.messages import Attachment, Limit, Message
from bot.platforms.messages import Choice as Pressed
from bot.platforms.places import Place, PlaceKind
from bot.platforms.writing import plain, secret_at
from bot.text.splitting import packed
from bot.text.templates import Renderer
from dialogues.core import Notice
from dialogues.joining import ends
from storage.messages import decode_all
from storage.rows import Row

#: How many characters of a message a lock screen shows.
LOCK_SCREEN = 80


@dataclass(frozen=True, slots=True)
class Handout:
    """An issued advice as it goes into a room: the page in words, and what is attached."""

    page: Document
    files: tuple[Attachment, ...] = ()


#: What is asked as a poll, where there are those: an item, and whether somebody wants a place.
_POLLED = frozenset({"ask", "your_meeting_offer"})

#: What the names of texts begin with that many people read in the same words.
SHARED = ("ask_why", "offer_", "votes_noted")

#: What waits in the outbox for a list that is made when it is sent.
ROUND_LIST, WORK_CHANGED = "round_list", "work_changed"

#: What waits for the message about a meeting, which is made when it is sent.
MEETING_CHANGED = "meeting_changed"


class Outdated(Exception):  # noqa: N818 - says what it is
    """A document must not be sent any more: it is not, or no longer, the one of its hash."""

    def __init__(self, dialogue: str, position: int) -> None:
        super().__init__(dialogue, position)
        self.dialogue = dialogue
        self.position = position


class Unneeded(Exception):  # noqa: N818 - says what it is
    """What a row was to say is not wanted, or not needed any more."""


#: The handout of an issued advice, by dialogue and position; raises ``Outdated``.
Documents = Callable[[str, int], Handout]


def always(_row: Row, _notice: Notice) -> bool:
    """The default for ``needed``: what was to be said is said, however late."""
    return True


def no_files(_row: Row, _notice: Notice) -> tuple[Attachment, ...]:
    """The default for ``files``: nothing goes along with a message."""
    return ()


def no_list(_row: Row) -> tuple[Notice, ...]:
    """The default for ``lists``: nobody gets a list unasked."""
    return ()


class Speaker:
    """Renders rows and answers. ``heads`` gives a dialogue's title and the language of a place;
    ``documents`` the page of an advice; ``card`` the current notice of a round's card; ``cards``
    where a message in a room hangs; ``capabilities`` what each platform can
    do; ``lists`` the notices of a list that is made when it is sent (of a round for who did not ask
    for it, of work as it is now), none where it is not needed. ``needed`` says whether a notice
    still makes sense; ``files`` gives what goes along with one."""

    def __init__(
        self,
        renderer: Renderer,
        heads: Callable[[Place, str], tuple[str, str]],
        documents: Documents,
        card: Callable[[str, int], Notice],
        capabilities: Mapping[str, Capabilities],
        cards: Callable[[Row, Notice], Hangs] = no_card,
        lists: Callable[[Row], tuple[Notice, ...]] = no_list,
        needed: Callable[[Row, Notice], bool] = always,
        files: Callable[[Row, Notice], tuple[Attachment, ...]] = no_files,
    ) -> None:
        self._needed, self._files = needed, files
        self._card = card
        self._can = capabilities
        self._cards = cards
        self._lists = lists
        self._renderer = renderer
        self._heads = heads
        self._documents = documents
        self._buttons = Buttons(renderer)

    def answer(
        self,
        place: Place,
        notices: Sequence[Notice],
        token: str,
        title: str = "",
        language: str = "",
    ) -> Message:
        """All notices of one answer as one message."""
        (message,) = self.answers(place, notices, token, title, language)
        return message

    def answers(
        self,
        place: Place,
        notices: Sequence[Notice],
        token: str,
        title: str = "",
        language: str = "",
        limit: Limit | None = None,
    ) -> list[Message]:
        """All notices of one answer, in messages within a limit (None: in one). The last message
        has ``token`` itself, the others a token derived from it."""
        can = self._can[place.platform]
        prefix = can.prefix if place.kind is PlaceKind.ROOM or not can.talk else ""
        documents = [
            self._renderer.render(
                n.template,
                n.data,
                language or None,
                prefix,
                can.contact,
                can.tap,
                can.press,
                menu=can.menu,
                shared=n.template.startswith(SHARED),
            )
            for n in notices
        ]
        shelters = place.kind is PlaceKind.PERSONAL and not can.private_replies
        if shelters:
            documents = self._sheltered(documents, language)
        whole = Document.of(documents)
        parts = [whole] if limit is None or limit.takes(whole) else packed(documents, limit)
        if title and place.kind is PlaceKind.STAFF:
            parts = [_headed(part, title) for part in parts]
        if shelters:
            parts = [Document.of(self._sheltered([part], language)) for part in parts]
        tokens = [*(f"{token}.{number}" for number in range(1, len(parts))), token]
        choices: tuple[Pressed, ...] = ()
        if can.press or (can.polls and len(notices) == 1 and notices[0].template in _POLLED):
            given = [choice for notice in notices for choice in notice.choices]
            choices = self._buttons.of(tuple(given), language)
        messages = [
            Message(place, own, part, choices=choices if own is token else (), language=language)
            for own, part in zip(tokens, parts, strict=True)
        ]
        return _standing(messages, notices)

    def _sheltered(self, documents: list[Document], language: str) -> list[Document]:
        """What is said to a person, with words before it where a choice, a reason or a code would
        stand on a lock screen."""
        at = secret_at(Document.of(documents))
        if at is None or at >= LOCK_SCREEN:
            return documents
        return [self._renderer.render("lock_screen", {}, language or None), *documents]

    def message(self, row: Row) -> Message:
        """A row of the outbox as one message."""
        (message,) = self.messages(row)
        return message

    def messages(self, row: Row, limit: Limit | None = None) -> list[Message]:
        """A row of the outbox as messages within a limit; with a slot it is always one message."""
        place = Place.parse(row.place)
        notices = decode_all(row.message)
        if notices[0].template == "advice":
            return [self._document(place, row, notices[0])]
        if notices[0].template in ("card_changed", MEETING_CHANGED):
            index = notices[0].data.get("index", 0)
            assert isinstance(index, int)
            notices = (self._card(row.dialogue, index),)
        if notices[0].template in (ROUND_LIST, WORK_CHANGED):
            notices = self._lists(row)
        notices = tuple(notice for notice in notices if self._needed(row, notice))
        if not notices:
            raise Unneeded
        if row.again:
            notices = tuple(structs.replace(n, data={**n.data, "again": True}) for n in notices)
        title, language = self._heads(place, row.dialogue)
        if notices[0].template == LISTED:
            return [listed(self._renderer, self._can, row, notices[0], language)]
        limit = None if row.slot else limit
        hangs = self._cards(row, notices[0])
        made = self.answers(place, notices, row.token, title, language, limit)
        files = self._files(row, notices[0])
        made[-1] = replace(made[-1], files=files) if files else made[-1]
        return [hung(one, row, notices, hangs) for one in made]

    def _document(self, place: Place, row: Row, notice: Notice) -> Message:
        position = notice.data["position"]
        assert isinstance(position, int)
        given = self._documents(row.dialogue, position)
        return Message(
            place,
            row.token,
            given.page,
            row.edits,
            row.slot,
            dialogue=row.dialogue,
            files=given.files,
        )


def _standing(messages: list[Message], notices: Sequence[Notice]) -> list[Message]:
    """An answer in one message that is to stay true has its slot."""
    if len(notices) == 1 and len(messages) == 1 and notices[0].slot:
        named = str(notices[0].data.get("dialogue", ""))
        return [replace(messages[0], slot=notices[0].slot, dialogue=named)]
    return messages


def _headed(document: Document, title: str) -> Document:
    """The document with the dialogue's title before it, unless it begins with that title."""
    if plain(document).startswith(title):
        return document
    bold, colon = Strong((Run(title, Source.PERSON),)), "" if ends(title) else ":"
    match document.blocks:
        case (Paragraph(inside, tight), *rest):
            return Document((Paragraph((bold, Run(f"{colon} "), *inside), tight), *rest))
        case (first, *rest):
            return Document((Paragraph((bold, Run(colon))), replace(first, tight=True), *rest))
        case _:
            return document
