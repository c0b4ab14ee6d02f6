"""A resident with a Matrix client: what a person can do, one thing a call.

A ``Resident`` waits where the server asks for it (429), unless told not to; what they see is a
``Feed``.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from tests.matrix.asking import CLIENT, JSON, Refused, fetch, request
from tests.matrix.events import Event, event
from tests.matrix.feed import Feed

HTML = "org.matrix.custom.html"


def _one(part: str) -> str:
    """A value as one segment of a path."""
    return quote(part, safe="")


@dataclass
class Resident:
    """One account on one device. ``patient``: wait after a 429; else it is raised."""

    server: str
    user: str
    token: str
    device: str = ""
    patient: bool = True
    waited: float = 0.0  # seconds spent waiting for the server's limit

    @classmethod
    def log_in(cls, server: str, name: str, password: str) -> Resident:
        body = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": name},
            "password": password,
        }
        answer = request(server, "POST", f"{CLIENT}/login", body)
        return cls(server, answer["user_id"], answer["access_token"], answer["device_id"])

    def request(
        self, method: str, path: str, body: JSON | None = None, *, seconds: float = 30
    ) -> JSON:
        """Make any request as this person; for what has no method here."""
        while True:
            try:
                return request(self.server, method, path, body, token=self.token, seconds=seconds)
            except Refused as refused:
                if refused.status != 429 or not self.patient:
                    raise
                self.waited += refused.wait
                time.sleep(refused.wait)

    # rooms

    def create_room(self, name: str = "", *, invite: tuple[str, ...] = (), **more: Any) -> str:
        """A room; ``more`` goes to createRoom (room_alias_name, room_version, preset, ...)."""
        body = {"name": name, "invite": list(invite)} if name else {"invite": list(invite)}
        return str(self.request("POST", f"{CLIENT}/createRoom", body | more)["room_id"])

    def direct(self, user: str, *, encrypted: bool = False) -> str:
        """Open a direct conversation as Element does: is_direct, and noted in m.direct."""
        more: JSON = {"is_direct": True, "preset": "trusted_private_chat"}
        if encrypted:
            content = {"algorithm": "m.megolm.v1.aes-sha2"}
            more["initial_state"] = [{"type": "m.room.encryption", "content": content}]
        room = self.create_room(invite=(user,), **more)
        path = f"{CLIENT}/user/{_one(self.user)}/account_data/m.direct"
        try:
            known = self.request("GET", path)
        except Refused:
            known = {}
        self.request("PUT", path, known | {user: [*known.get(user, []), room]})
        return room

    def join(self, room: str) -> str:
        """Join by id or alias."""
        return str(self.request("POST", f"{CLIENT}/join/{_one(room)}", {})["room_id"])

    def leave(self, room: str) -> None:
        self._in(room, "POST", "leave", {})

    def invite(self, room: str, user: str) -> None:
        self._in(room, "POST", "invite", {"user_id": user})

    def upgrade(self, room: str, version: str) -> str:
        """Put a tombstone on the room; returns its successor."""
        return str(self._in(room, "POST", "upgrade", {"new_version": version})["replacement_room"])

    def members(self, room: str) -> list[str]:
        return sorted(self._in(room, "GET", "joined_members")["joined"])

    # state

    def state(self, room: str, kind: str, key: str = "") -> JSON:
        """The content of a state event; empty where there is none."""
        try:
            return self._in(room, "GET", f"state/{_one(kind)}/{_one(key)}")
        except Refused as refused:
            if refused.status == 404:
                return {}
            raise

    def set_state(self, room: str, kind: str, content: JSON, key: str = "") -> str:
        answer = self._in(room, "PUT", f"state/{_one(kind)}/{_one(key)}", content)
        return str(answer["event_id"])

    def set_power(self, room: str, user: str, level: int) -> None:
        levels = self.state(room, "m.room.power_levels")
        levels["users"] = levels.get("users", {}) | {user: level}
        self.set_state(room, "m.room.power_levels", levels)

    def creators(self, room: str) -> list[str]:
        """Sender and additional creators of m.room.create, powerful from room version 12 on."""
        everything: Any = self._in(room, "GET", "state")
        create = next(one for one in everything if one["type"] == "m.room.create")
        return [create["sender"], *create["content"].get("additional_creators", [])]

    # words

    def send(self, room: str, kind: str, content: JSON, txn: str = "") -> str:
        txn = txn or uuid.uuid4().hex
        return str(self._in(room, "PUT", f"send/{_one(kind)}/{txn}", content)["event_id"])

    def say(self, room: str, text: str, *, html: str = "", more: JSON | None = None) -> str:
        """A message; ``more`` stands in its content too."""
        content: JSON = {"msgtype": "m.text", "body": text} | (more or {})
        if html:
            content |= {"format": HTML, "formatted_body": html}
        return self.send(room, "m.room.message", content)

    def say_all(self, room: str, texts: list[str]) -> list[str]:
        return [self.say(room, text) for text in texts]

    def reply(self, room: str, to: str, text: str) -> str:
        return self.say(room, text, more={"m.relates_to": {"m.in_reply_to": {"event_id": to}}})

    def edit(self, room: str, old: str, text: str) -> str:
        more = {
            "m.new_content": {"msgtype": "m.text", "body": text},
            "m.relates_to": {"rel_type": "m.replace", "event_id": old},
        }
        return self.say(room, f"* {text}", more=more)

    def react(self, room: str, to: str, key: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": to, "key": key}
        return self.send(room, "m.reaction", {"m.relates_to": relation})

    def redact(self, room: str, old: str, reason: str = "") -> str:
        body = {"reason": reason} if reason else {}
        answer = self._in(room, "PUT", f"redact/{_one(old)}/{uuid.uuid4().hex}", body)
        return str(answer["event_id"])

    def mark_read(self, room: str, at: str) -> None:
        self._in(room, "POST", f"receipt/m.read/{_one(at)}", {})

    # reading

    def messages(self, room: str, *, limit: int = 100, start: str = "") -> tuple[list[Event], str]:
        """Events from the newest back (or from ``start``), and the token to go on with."""
        where = {"dir": "b", "limit": str(limit)} | ({"from": start} if start else {})
        answer = self._in(room, "GET", f"messages?{urlencode(where)}")
        return [event(one, room) for one in answer["chunk"]], str(answer.get("end", ""))

    def history(self, room: str) -> list[Event]:
        """Everything this person may see of the room, oldest first."""
        found, start = self.messages(room)
        while start:
            more, start = self.messages(room, start=start)
            found += more
        return found[::-1]

    def event(self, room: str, which: str) -> Event:
        return event(self._in(room, "GET", f"event/{_one(which)}"), room)

    def related(self, room: str, to: str, kind: str = "m.annotation") -> list[Event]:
        """Reactions to an event (or edits, or replies in a thread)."""
        path = f"/_matrix/client/v1/rooms/{_one(room)}/relations/{_one(to)}/{kind}?limit=100"
        return [event(one, room) for one in self.request("GET", path)["chunk"]]

    def download(self, uri: str) -> bytes:
        """The bytes behind an mxc:// address."""
        path = f"/_matrix/client/v1/media/download/{uri.removeprefix('mxc://')}"
        return fetch(self.server, "GET", path, token=self.token)

    def sync(self, since: str = "", *, seconds: float = 0) -> JSON:
        """One long poll of at most so many seconds."""
        ask = {"timeout": str(int(seconds * 1000))} | ({"since": since} if since else {})
        return self.request("GET", f"{CLIENT}/sync?{urlencode(ask)}", seconds=seconds + 30)

    def feed(self) -> Feed:
        return Feed(self)

    def _in(self, room: str, method: str, rest: str, body: JSON | None = None) -> JSON:
        return self.request(method, f"{CLIENT}/rooms/{_one(room)}/{rest}", body)
