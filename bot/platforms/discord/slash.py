"""The words as slash commands: registered in the one server, and read back as the words they are.

They are registered only when they changed: a hash of them is kept where reading stands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.platforms.discord.components import Json
from bot.platforms.discord.house import House
from bot.platforms.discord.settings import Alarm, Settings
from bot.platforms.discord.wire import SUGGESTIONS, Wire
from bot.platforms.facts import CALL
from bot.platforms.live import Impossible, NotYet
from bot.platforms.menu import Command, OfMessage, Option, Queries, Searched, Told

#: What Discord allows: options of a command, suggestions, characters of a name and of a help text.
_OPTIONS, _SUGGESTIONS, _NAME, _HELP, _VALUE = 25, 25, 32, 100, 100

#: The kinds of options.
_SUB, _GROUP, _TEXT = 1, 2, 3

#: The kind of a command that stands in the menu of messages.
OF_MESSAGE = 3

#: The right that commands of staff are hidden behind: managing messages. Nothing depends on it.
_STAFF = 1 << 13

#: In English, also where a person's program is set to the American one.
_ENGLISH = ("en-GB", "en-US")


class Slash:
    """The slash commands of the server. ``position`` is the hash of what is registered."""

    def __init__(self, settings: Settings, house: House, alarm: Alarm) -> None:
        self._settings = settings
        self._house = house
        self._alarm = alarm
        self._commands = {_path(command.name.dutch): command for command in settings.menu}
        self.position = ""
        self.queries = Queries()

    async def sync(self, wire: Wire) -> bool:
        """Register the commands where they changed; False where they had not. Raises what the seam
        knows."""
        made = payload(self._settings.menu, self._settings.of_message)
        now = hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()[:32]
        if not made or now == self.position:
            return False
        path = "/applications/{application_id}/guilds/{guild_id}/commands"
        application, guild = wire.here.application_id, self._settings.guild
        await wire.call("PUT", path, made, application_id=application, guild_id=guild)
        self.position = now
        return True

    def entry(self, given: Any) -> OfMessage | None:
        """The entry of a message's menu that was chosen; None where it is not (or no longer) one of
        ours."""
        name = str(given.data["name"])
        every = self._settings.of_message
        return next((one for one in every if one.name.dutch[:_NAME] == name), None)

    # -- what was said ------------------------------------------------------------------------

    def text(self, given: Any) -> str:
        """The words that a command stands for; "" where it is not (or no longer) one of ours."""
        path, filled = _chosen(given.data)
        command = self._commands.get(path)
        if command is None:
            return ""
        parts = [f"{CALL}{command.typed}"]
        for option in command.options:
            value = filled.get(option.name.dutch, "")
            if value:
                parts.append(f'{option.key}="{_quoted(value)}"' if option.key else value)
        return " ".join(parts)

    # -- what fits ----------------------------------------------------------------------------

    async def suggest(self, given: Any, wire: Wire) -> None:
        """Answer a search while somebody fills in a command."""
        try:
            searched = self._searched(given)
        except (AttributeError, LookupError, TypeError, ValueError):  # not of Discord's form
            searched = None
        found = await self.queries.suggest(searched) if searched is not None else ()
        choices = [
            {"name": one.label[:_VALUE], "value": one.value[:_VALUE]}
            for one in found[:_SUGGESTIONS]
        ]
        try:
            await wire.respond(given.id, given.token, SUGGESTIONS, {"choices": choices})
        except (NotYet, Impossible) as error:
            self._alarm(f"discord_{type(error).__name__}")

    def _searched(self, given: Any) -> Searched | None:
        path, filled = _chosen(given.data)
        focused = _focused(given.data)
        command = self._commands.get(path)
        options = command.options if command is not None else ()
        option = next((one for one in options if one.name.dutch == focused), None)
        if option is None or not option.suggests:
            return None
        return Searched(
            str(given.user.id),
            self._house.roles(given.user),
            self._house.place(given.channel) if given.channel is not None else None,
            option.suggests,
            filled.get(focused, ""),
            filled,
            language_of(given.locale),
        )


def language_of(locale: Any) -> str:
    """The language of a locale, as the library has it or as Discord writes it; "" for one that the
    bot does not speak."""
    written = getattr(locale, "value", locale)
    found = written[:2] if isinstance(written, str) else ""
    return found if found in ("nl", "en") else ""


def _quoted(value: str) -> str:
    return value.replace('"', "'")


def _path(name: str) -> tuple[str, ...]:
    return tuple(name.split())


def _chosen(data: Any) -> tuple[tuple[str, ...], dict[str, str]]:
    """The parts of the command's name, and what was filled in."""
    path, options = [str(data["name"])], data.get("options") or ()
    while options and options[0].get("type") in (_SUB, _GROUP):
        path.append(str(options[0]["name"]))
        options = options[0].get("options") or ()
    return tuple(path), {str(one["name"]): str(one.get("value", "")).strip() for one in options}


def _focused(data: Any) -> str:
    options = data.get("options") or ()
    while options and options[0].get("type") in (_SUB, _GROUP):
        options = options[0].get("options") or ()
    return next((str(one["name"]) for one in options if one.get("focused")), "")


# -- registering ---------------------------------------------------------------------------------


def payload(menu: Sequence[Command], of_message: Sequence[OfMessage] = ()) -> list[Json]:
    """The commands as they are registered, and the menu of people's messages. Those of several
    parts stand under the first one."""
    heads: dict[str, list[Command]] = {}
    for command in menu:
        heads.setdefault(command.name.dutch.split()[0], []).append(command)
    typed = [_head(name, commands) for name, commands in sorted(heads.items())]
    return [*typed, *map(_of_message, of_message)]


def _of_message(entry: OfMessage) -> Json:
    return {
        "type": OF_MESSAGE,
        "name": entry.name.dutch[:_NAME],
        "name_localizations": _english(entry.name.english[:_NAME]),
        "default_member_permissions": _STAFF if entry.staff else None,
    }


def _head(name: str, commands: Sequence[Command]) -> Json:
    first = commands[0]
    if len(commands) == 1 and " " not in first.name.dutch:
        made = _named(name, first.name, first.help) | {"options": list(_options(first))}
    else:
        both = Told(name, first.name.english.split()[0])
        made = _named(name, both, both) | {"options": list(_inside(commands, 1))}
    made["type"] = 1
    made["default_member_permissions"] = _STAFF if all(one.staff for one in commands) else None
    return made


def _inside(commands: Sequence[Command], at: int) -> Iterator[Json]:
    """The sub commands behind the part ``at`` of their names, and the groups of those."""
    groups: dict[str, list[Command]] = {}
    for command in commands:
        groups.setdefault(command.name.dutch.split()[at], []).append(command)
    for name, inside in groups.items():
        first = inside[0]
        parts = first.name.english.split()
        both = Told(name, parts[min(at, len(parts) - 1)])
        if len(first.name.dutch.split()) == at + 1:
            options = list(_options(first))
            yield _named(name, both, first.help) | {"type": _SUB, "options": options}
        else:
            yield _named(name, both, both) | {
                "type": _GROUP,
                "options": list(_inside(inside, at + 1)),
            }


def _options(command: Command) -> Iterator[Json]:
    """What is filled in, what is required first. Keys beyond what Discord allows are typed in the
    option that takes all of them, which names them."""
    every = sorted(command.options, key=lambda one: not one.required)
    left = [option for option in every[_OPTIONS:] if option.key]
    for option in every[:_OPTIONS]:
        takes_all = not option.key and not option.required
        told = _naming(option.help, left) if left and takes_all else option.help
        made = _named(option.name.dutch, option.name, told)
        made |= {"type": _TEXT, "required": option.required}
        if option.values:
            yield made | {"choices": list(map(_value, option.values))}
        else:
            yield made | {"autocomplete": bool(option.suggests), "max_length": option.most}


def _naming(help: Told, left: Sequence[Option]) -> Told:
    """A sentence of help, behind the keys that have no option of their own."""
    return Told(
        f"{' '.join(f'{one.name.dutch}=…' for one in left)} {help.dutch}",
        f"{' '.join(f'{one.name.english}=…' for one in left)} {help.english}",
    )


def _value(one: tuple[str, Told]) -> Json:
    """One of the few values that an option has."""
    value, told = one
    english = _english(told.english[:_VALUE])
    return {"name": told.dutch[:_VALUE], "name_localizations": english, "value": value}


def _named(name: str, told: Told, help: Told) -> Json:
    return {
        "name": name[:_NAME].lower(),
        "name_localizations": _english(told.english[:_NAME].lower()),
        "description": help.dutch[:_HELP],
        "description_localizations": _english(help.english[:_HELP]),
    }


def _english(text: str) -> Mapping[str, str]:
    return dict.fromkeys(_ENGLISH, text)
