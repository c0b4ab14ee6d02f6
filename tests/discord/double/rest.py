"""The REST interface of the double: messages, answers to interactions, commands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.discord.double.town import BOT, ONLY, Json, Person, Town, age, snowflake, user

#: How long an interaction may wait for its acknowledgement, in seconds.
IN_TIME = 3.0

_ME = user(BOT, "Stadsgesprek", bot=True)

#: An answer: status and body.
Answer = tuple[int, Any]


@dataclass
class Interaction:
    """What somebody did, and what came of it. ``message`` is the answer's; ``kind`` that of the
    acknowledgement, 0 before it; ``modal`` the form that it opened, ``offers`` what fits while they
    type; ``answers`` counts what was said to it, which an acknowledgement alone is not."""

    id: int
    token: str
    who: Person
    channel: int
    under: str = ""
    kind: int = 0
    message: str = ""
    modal: Json = field(default_factory=dict)
    offers: list[Json] = field(default_factory=list)
    requests: int = 0
    answers: int = 0

    @property
    def failed(self) -> bool:
        """Whether the person reads that it failed: it was not acknowledged in time."""
        return not self.kind and age(self.id) > IN_TIME


def refused(status: int, code: int) -> Answer:
    return status, {"code": code, "message": "refused"}


#: Discord's answers to an interaction of which it knows nothing (any more), one that was
#: acknowledged already, and to what is about a message that is not there.
OVER, AGAIN, NO_MESSAGE = refused(404, 10062), refused(400, 40060), refused(404, 10008)

#: Discord's answer to a direct message to somebody who takes none.
CLOSED = refused(403, 50007)


class Rest:
    """Carries requests out. ``events`` are those of the server; ``closed`` the people who take no
    direct messages."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self.asked: dict[str, Interaction] = {}
        self.unknown: list[str] = []
        self._nonces: dict[str, str] = {}
        self.events: dict[str, Json] = {}
        self.closed: set[int] = set()
        number = r"(\d+)"
        self._routes: list[tuple[str, re.Pattern[str], Callable[..., Answer]]] = [
            (method, re.compile(path.replace("#", number) + r"\Z"), work)
            for method, path, work in (
                ("GET", "/users/@me", lambda _made: (200, _ME)),
                ("POST", "/users/@me/channels", self._direct),
                ("GET", "/oauth2/applications/@me", self._application),
                ("GET", "/guilds/#", lambda _made, _guild: (200, self._town.guild())),
                ("GET", "/guilds/#/members/#", self._member),
                ("GET", "/channels/#", lambda _made, one: (200, self._town.channel(int(one)))),
                ("PUT", "/applications/#/guilds/#/commands", self._commands),
                ("GET", "/guilds/#/scheduled-events", self._listed),
                ("POST", "/guilds/#/scheduled-events", self._event),
                ("PATCH", "/guilds/#/scheduled-events/#", self._event),
                ("POST", "/channels/#/messages", self._post),
                ("GET", "/channels/#/messages", self._history),
                ("GET", "/channels/#/messages/#", self._one),
                ("PATCH", "/channels/#/messages/#", self._edit),
                ("DELETE", "/channels/#/messages/#", self._remove),
                ("PUT", "/channels/#/messages/pins/#", self._pin),
                ("DELETE", "/channels/#/messages/pins/#", self._unpin),
                ("POST", r"/interactions/#/([^/]+)/callback", self._callback),
                ("POST", r"/webhooks/#/([^/]+)", self._follow),
                ("PATCH", r"/webhooks/#/([^/]+)/messages/([^/]+)", self._mend),
                ("DELETE", r"/webhooks/#/([^/]+)/messages/([^/]+)", self._unsay),
            )
        ]

    def carry_out(self, method: str, path: str, made: Any) -> Answer:
        """Carry a request out; one that the double does not know is noted."""
        for its, pattern, work in self._routes:
            found = pattern.match(path)
            if its == method and found is not None:
                return work(made, *found.groups())
        self.unknown.append(f"{method} {path}")
        return refused(404, 0)

    def _application(self, _made: Any) -> Answer:
        known = {"id": str(BOT), "name": "Stadsgesprek", "description": "", "icon": None}
        more = {"verify_key": "", "bot_public": False, "bot_require_code_grant": False, "flags": 0}
        return 200, {**known, **more, "owner": _ME, "team": None, "summary": ""}

    def _member(self, _made: Any, _guild: str, account: str) -> Answer:
        if int(account) == BOT:
            return 200, self._town.bot
        found = next((p for p in self._town.people.values() if p.id == int(account)), None)
        return (200, found.member) if found is not None else refused(404, 10007)

    def _commands(self, made: Any, _application: str, _guild: str) -> Answer:
        self._town.commands = made
        return 200, []

    def _direct(self, made: Json) -> Answer:
        """The channel of direct messages with somebody has their own id here."""
        return 200, {"id": made["recipient_id"], "type": 1}

    def _listed(self, _made: Any, _guild: str) -> Answer:
        return 200, list(self.events.values())

    def _event(self, made: Json, _guild: str, id: str = "") -> Answer:
        """An event of the server is made or changed."""
        name = id or str(snowflake())
        known = self.events.setdefault(name, {"id": name, "creator_id": str(BOT), "status": 1})
        known |= made
        return 200, known

    # -- messages -----------------------------------------------------------------------------

    def _post(self, made: Json, channel: str) -> Answer:
        if int(channel) in self.closed:
            return CLOSED
        nonce = str(made.get("nonce") or "")
        if nonce and nonce in self._nonces and self._nonces[nonce] in self._town.messages:
            return 200, self._town.messages[self._nonces[nonce]]
        message = self._town.post(int(channel), made, _ME)
        self._nonces[nonce] = message["id"]
        return 200, message

    def forget_nonces(self) -> None:
        """Some minutes have gone: Discord knows no nonce any more."""
        self._nonces.clear()

    def _history(self, made: Any, channel: str) -> Answer:
        before = int((made or {}).get("before", 1 << 63))
        every = [m for m in self._town.seen(int(channel)) if int(m["id"]) < before]
        return 200, every[::-1][:100]

    def _one(self, _made: Any, _channel: str, id: str) -> Answer:
        found = self._town.messages.get(id)
        return (200, found) if found is not None and not found["to"] else NO_MESSAGE

    def _edit(self, made: Json, _channel: str, id: str) -> Answer:
        found = self._town.edit(id, made)
        return (200, found) if found is not None else NO_MESSAGE

    def _remove(self, _made: Any, _channel: str, id: str) -> Answer:
        return (204, None) if self._town.messages.pop(id, None) is not None else NO_MESSAGE

    def _pin(self, _made: Any, _channel: str, id: str) -> Answer:
        return self._pinned(id, True)

    def _unpin(self, _made: Any, _channel: str, id: str) -> Answer:
        return self._pinned(id, False)

    def _pinned(self, id: str, pinned: bool) -> Answer:
        if id not in self._town.messages:
            return NO_MESSAGE
        self._town.messages[id]["pinned"] = pinned
        return 204, None

    # -- interactions -------------------------------------------------------------------------

    def _callback(self, made: Json, id: str, token: str) -> Answer:
        asked = self.asked.get(token)
        if asked is None or str(asked.id) != id or (not asked.kind and age(asked.id) > IN_TIME):
            return OVER
        asked.requests += 1
        if asked.kind:
            return AGAIN
        asked.kind, data = made["type"], made.get("data") or {}
        asked.answers += asked.kind not in (5, 6)
        if asked.kind in (4, 5):
            asked.message = self._said(asked, data)
        elif asked.kind in (6, 7):
            asked.message = asked.under
            if asked.kind == 7:
                self._town.edit(asked.under, data)
        elif asked.kind == 8:
            asked.offers = data["choices"]
        elif asked.kind == 9:
            asked.modal = data
        return 200, {"interaction": {"id": id, "response_message_id": asked.message or None}}

    def _said(self, asked: Interaction, data: Json) -> str:
        only = bool(data.get("flags", 0) & ONLY)
        return str(self._town.post(asked.channel, data, _ME, asked.who.id if only else 0)["id"])

    def _follow(self, made: Json, _application: str, token: str) -> Answer:
        asked = self._answered(token)
        if asked is None:
            return refused(404, 10015)
        asked.answers += 1
        return 200, self._town.messages[self._said(asked, made)]

    def _answered(self, token: str) -> Interaction | None:
        asked = self.asked.get(token)
        if asked is not None:
            asked.requests += 1
        return asked if asked is not None and asked.kind else None

    def _mend(self, made: Json, _application: str, token: str, id: str) -> Answer:
        asked = self._answered(token)
        if asked is None:
            return refused(404, 10015)
        asked.answers += 1
        found = self._town.edit(asked.message if id == "@original" else id, made)
        return (200, found) if found is not None else NO_MESSAGE

    def _unsay(self, _made: Any, _application: str, token: str, id: str) -> Answer:
        asked = self._answered(token)
        if asked is None:
            return refused(404, 10015)
        gone = self._town.messages.pop(asked.message if id == "@original" else id, None)
        return (204, None) if gone is not None else NO_MESSAGE
