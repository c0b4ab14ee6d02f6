"""How people say something on Discord: the double that discord.py comes to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from bot.desk.gathering.consent import NO, YES
from bot.platforms.discord import Discord
from bot.platforms.discord.seals import Seals
from bot.platforms.menu import Command, OfMessage
from bot.platforms.messages import Meaning
from commands.reading import read
from commands.said import Where
from rounds import registry
from tests.discord.double.house import joining, named_by
from tests.discord.double.people import until
from tests.discord.double.server import Double
from tests.discord.double.town import GUILD, OFFICIAL, Json, custom_ids, text_of
from tests.platforms.people import BUTTONS, KEY, SIGNS, TYPED, roles_of


@dataclass
class OnDiscord:
    """Slash commands and buttons. A vote is pressed where the person sees a button for it (the
    statements come one after the other, in an order of their own), else it is a command;
    ``pressed`` counts the presses. Every other contribution is written in the room and given by
    the menu of that message; ``chosen`` counts what was chosen in such menus, by its word."""

    double: Double
    menu: tuple[Command, ...]
    of_message: tuple[OfMessage, ...]
    platform: Discord
    dialogue: str = ""
    pressed: int = 0
    chosen: Counter[str] = field(default_factory=Counter)
    seals: Seals = field(default_factory=lambda: Seals(KEY, GUILD, tuple))
    seen: dict[str, list[str]] = field(default_factory=dict)
    _listed: set[str] = field(default_factory=set)
    _spoken: dict[str, Json] = field(default_factory=dict)
    _given: Counter[str] = field(default_factory=Counter)

    async def begin(self) -> None:
        self.double.people.named("vera")
        self.double.town.person("otto", OFFICIAL)

    async def say(self, who: str, text: str) -> str:
        people = self.double.people
        if who == "vera":
            return str((await people.writes(who, text, called=True))["id"])
        word, _, rest = text.partition(" ")
        if word in SIGNS:  # a reaction means nothing here: it is a vote
            word, rest = "stem", f"{rest} {TYPED[word]}"
            text = f"{word} {rest}"
        if word == "stem":
            done = await self._press(who, *rest.split(maxsplit=1))
            if done:
                return done
        mine = next((one for one in self.of_message if one.typed == word), None)
        self._given[word] += 1
        if mine is not None and self._given[word] % 2:
            return await self._choose(who, mine, await people.writes(who, rest))
        reading = read(registry.vocabulary(), text, Where.PERSONAL, roles_of(who))
        assert reading is not None
        command = next(one for one in self.menu if one.typed == reading.word)
        asked = await people.command(who, command.name.dutch, **filled(command, rest))
        await people.answered(asked)
        return str(asked.id)

    async def _press(self, who: str, item: str, choice: str) -> str:
        """Press the button for a choice; "" where this person sees none."""
        people = self.double.people
        if who not in self._listed:
            self._listed.add(who)
            card = await until(self._card)
            await people.answered(await people.press(who, card, joining(card, KEY)))
        wanted = (self.dialogue, item, BUTTONS.get(choice, choice))
        for message in (*people.private(who), *people.room()):
            for one in custom_ids(message):
                sealed = self.seals.read(one)
                means = sealed.means if sealed is not None else Meaning("")
                if (means.dialogue, means.item, means.choice) == wanted:
                    asked = await people.press(who, message, one)
                    await until(lambda asked=asked: asked.kind)  # type: ignore[misc]
                    self.pressed += 1
                    return str(asked.id)
        return ""

    async def signs_up(self, who: str, card: str) -> str:
        """Press the button of a card."""
        message = next(one for one in self.double.people.room() if one["id"] == card)
        asked = await self.double.people.press(who, message, named_by(message, "aanmelden", KEY))
        await self.double.people.answered(asked)
        return str(asked.id)

    async def look(self) -> None:
        """Read what stands everywhere now."""
        people = self.double.people
        known = [*self.double.town.people]
        self.seen = {
            who: list(map(text_of, [*people.private(who), *people.direct(who)])) for who in known
        }
        self.seen["room"] = list(map(text_of, people.room()))
        self.seen["staff"] = list(map(text_of, people.staff()))

    # -- plain talk in the room -------------------------------------------------------------------

    async def talk(self, who: str, text: str, card: str = "") -> str:
        """Say something in the room, perhaps as a reply to the card."""
        to = await until(self._card) if card else None
        self._spoken[who] = await self.double.people.writes(who, text, to=to)
        return str(self._spoken[who]["id"])

    async def take(self, who: str) -> str:
        """The moderator wants to take along what somebody said last."""
        entry = next(one for one in self.of_message if not one.typed)
        return await self._choose("vera", entry, self._spoken[who])

    async def agree(self, who: str, yes: bool) -> str:
        """The author answers, by a button below the question in the room."""
        people, choice = self.double.people, YES if yes else NO
        found = await until(lambda: self._asks(self._spoken[who]["id"], choice))
        asked = await people.press(who, *found)
        await people.answered(asked)
        self.pressed += 1
        return str(asked.id)

    def _asks(self, about: str, choice: str) -> tuple[Json, str] | None:
        """The message that asks about a message, and its button for a choice."""
        for message in self.double.people.room():
            for one in custom_ids(message):
                sealed = self.seals.read(one)
                means = sealed.means if sealed is not None else Meaning("")
                if (means.item, means.choice) == (about, choice):
                    return message, one
        return None

    async def _choose(self, who: str, entry: OfMessage, message: Json) -> str:
        people = self.double.people
        asked = await people.choose(who, entry.name.dutch, message)
        await people.answered(asked)
        self.chosen[entry.typed] += 1
        return str(asked.id)

    def _card(self) -> Json | None:
        """The card of the round that is open: the last with a button to take part."""
        cards = [m for m in self.double.people.room() if "meedoen" in "".join(custom_ids(m))]
        return cards[-1] if cards else None

    def new_round(self, dialogue: str) -> None:
        """Another round of a dialogue is open: nobody has its list yet."""
        self.dialogue = dialogue
        self._listed.clear()


def filled(command: Command, rest: str) -> dict[str, str]:
    """What stands behind a word, in the fields of its command."""
    values: dict[str, str] = {}
    for option in command.options:
        last = option is command.options[-1] or option.most > 100
        value, _, rest = (rest, "", "") if last else rest.partition(" ")
        if value:
            values[option.name.dutch] = value
        if last:
            break
    return values
