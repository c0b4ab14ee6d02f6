"""Shows the demo: a selection of its messages, at a pace that can be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.console.terminal.paper import Look, Paper
from bot.platforms.console import NAME
from bot.platforms.places import Place, PlaceKind
from bot.playback.demo.evening import scenes
from bot.playback.demo.stage import BEGIN
from bot.playback.demo.story import ROOM, STAFF
from bot.playback.replay import Chat
from bot.playback.transcript import ClockLine, Event, Expectation, Line

#: Captions, each with the minute of the evening from which it is shown.
CAPTIONS: tuple[tuple[float, str], ...] = (
    (-4, "19:26  The staff room. A moderator opens a dialogue; the bot asks what is agreed."),
    (0, "19:30  Round 1, statements. The room sees one card, which is edited from now on."),
    (1, "Residents say things in their own conversation with the bot, not in the room."),
    (3.4, "Two people say nearly the same: the bot asks before it counts twice."),
    (6.3, "Staff has no ballot; what they add is marked."),
    (7, "A statement names somebody: the moderator hides it, its author finds other words."),
    (9.4, "Voting: five statements at a time, several answers in one line."),
    (20, "25 residents vote; the card counts along, and nobody sees how it stands."),
    (40, "20:10  The hour has come: the round closes by itself, and the figures are there."),
    (41, "20:11  Round 2, a poll."),
    (59, "20:29  Round 3: what goes to the council, by a written rule; changes need a reason."),
    (61, "20:31  Everybody may say yes or no to each recommendation."),
    (88.9, "20:59  All rounds are closed. The moderator asks for the document."),
)

#: One in this many edits of a card is shown, and no message of more lines than this.
_EDITS, _LINES, _PAGE = 14, 9, 24

#: Seconds of pause: after any message, for each of its letters, at most; and after an edit.
_PAUSE, _LETTER, _MOST, _EDIT = 0.17, 0.0035, 1.6, 0.1


class Show:
    """Called for every line that was played. ``sleep`` pauses, ``forward`` moves the progress
    bar."""

    def __init__(
        self,
        paper: Paper,
        sleep: Callable[[float], None],
        forward: Callable[[int, int, datetime], None],
    ) -> None:
        self._paper = paper
        self._sleep = sleep
        self._forward = forward
        self._scenes = scenes()
        self._captions = list(CAPTIONS)
        self._seen = 0
        self._edits = 0
        self._stands: dict[object, str] = {}

    def __call__(self, number: int, total: int, line: Line, chat: Chat) -> None:
        if not isinstance(line, Expectation):
            self._caption(line.at)
            self._forward(number, total, line.at)
        shown = isinstance(line, Event) and line.id in self._scenes
        for message in chat.lines[self._seen :]:
            self._seen += 1
            self._message(message, shown, isinstance(line, ClockLine))

    def _caption(self, at: datetime) -> None:
        while self._captions and at >= BEGIN + timedelta(minutes=self._captions[0][0]):
            self._paper.note(self._captions.pop(0)[1])
            self._sleep(_MOST / 2)

    def _message(self, message: dict[str, object], shown: bool, by_itself: bool) -> None:
        place = _place(str(message["place"]))
        by, text = str(message["by"]), str(message["text"])
        if message["edits"] is not None:
            self._edit(place, message["edits"], text)
            return
        if by != "bot":
            if shown:
                self._paper.said(place, by, text)
                self._sleep(_pause(text))
            return
        self._stands[self._seen] = text
        if shown or place.kind is PlaceKind.ROOM or by_itself:
            self._paper.message(place, _short(text), Look.OWN)
            self._sleep(_pause(_short(text)))

    def _edit(self, place: Place, edits: object, text: str) -> None:
        """Show an edited card: one in so many, and the last; of the staff's lists every one."""
        self._edits += 1
        if place.name == ROOM and self._edits % _EDITS and "klaar" not in text:
            return
        before = set(self._stands.get(edits, "").split("\n"))
        self._stands[edits] = text
        changed = [row for row in text.split("\n") if row and row not in before]
        if changed:
            self._paper.message(place, " ".join(changed), Look.EDIT)
            self._sleep(_EDIT)


def _place(name: str) -> Place:
    kinds = {ROOM: PlaceKind.ROOM, STAFF: PlaceKind.STAFF}
    return Place(NAME, kinds.get(name, PlaceKind.PERSONAL), name)


def _short(text: str) -> str:
    """The first lines of a message; of the document's page more lines."""
    lines = [line for line in text.split("\n") if line.strip()]
    most = _PAGE if lines[0].isupper() else _LINES
    return "\n".join(lines if len(lines) <= most else [*lines[: most - 1], "…"])


def _pause(text: str) -> float:
    return min(_MOST, _PAUSE + _LETTER * len(text))
