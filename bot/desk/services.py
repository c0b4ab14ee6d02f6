"""``Services``: the ledger, storage, town and words that the functions of the desk work with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.desk.asker import Asker
from bot.ledger.aggregates import Presence
from bot.ledger.ledger import Ledger
from bot.platforms.capabilities import Capabilities
from bot.town.town import Town
from commands.vocabulary import Vocabulary
from dialogues.aggregates import State
from dialogues.core import Context, Text
from dialogues.dialogue import Dialogue
from dialogues.format import Format
from dialogues.machine import Frame
from storage.store import Store

if TYPE_CHECKING:
    from bot.desk.talk import Talk, Talks

#: Finds the shown text that says the same: (words, [(item, words)], threshold) -> item or None.
Nearest = Callable[[str, Sequence[tuple[str, str]], int], "str | None"]


@dataclass(slots=True)
class Services:
    """What the functions of the desk work with. ``nearest`` finds near-duplicates; ``presence``
    says what has been received; ``cause`` hashes a chat event's id; ``known`` are all words,
    ``talks`` what each kind of round does in the chat, ``capabilities`` what each platform can do,
    by name. ``heard`` holds words said in a turn that wait for a yes: by conversation, then by the
    hashed id of the message, so that a message handled again is not kept twice. ``curious``:
    platforms have to be asked for messages (``bot.desk.gathering.question.looks``)."""

    ledger: Ledger
    store: Store
    town: Town
    nearest: Nearest
    presence: Presence
    cause: Callable[[str], bytes]
    known: Vocabulary
    talks: Talks
    capabilities: Mapping[str, Capabilities]
    curious: bool = True
    heard: dict[str, dict[bytes, str]] = field(default_factory=dict)

    @property
    def formats(self) -> Mapping[str, Format]:
        return self.town.formats

    def talk(self, frame: Frame) -> Talk:
        """What the kind of this round does in the chat."""
        return self.talks.by_kind[frame.machine.kind]

    def names(self, asker: Asker, dialogue: Dialogue) -> frozenset[str]:
        """Every participant that the asker is or was in a dialogue."""
        mine = self.participant(asker, dialogue)
        return frozenset({mine}) | self.store.participants.others(mine)

    def participant(self, asker: Asker, dialogue: State) -> str:
        """The asker's participant in a dialogue, or in another aggregate."""
        return self.store.participants.participant(dialogue.id, asker.person)

    def ballot(self, asker: Asker, dialogue: Dialogue, index: int) -> str:
        return self.store.participants.ballot_of(dialogue.id, asker.known.person, index)

    def act(self, asker: Asker, dialogue: State, intent: Any, by: str = "") -> tuple[Any, ...]:
        """Decide on an intent in the asker's name and do what follows; ``by`` is their participant
        or ballot id. Raises ``Refused``."""
        return self.ledger.act(dialogue.id, intent, self.context(asker, dialogue, by))

    def context(self, asker: Asker, dialogue: State, by: str = "") -> Context:
        """What a decision in the asker's name depends on; for ``by`` see ``act``."""
        return self.context_of(asker, by or self.participant(asker, dialogue))

    def context_of(self, asker: Asker, by: str) -> Context:
        """What a decision of a participant, or for a ballot, depends on."""
        at, roles, order, settled = asker.at, asker.counted, asker.origin.order, asker.settled
        also = self.store.participants.others(by)
        if not also:  # nearly always, and a keyword costs as much as a call
            return Context(at, by, roles, order, settled)
        return Context(at, by, roles, order, settled, also=also)

    def words(self, text: Text) -> str:
        """The words of a text, "" when they were erased."""
        return text.words or self.store.texts.words(text.ref) or ""
