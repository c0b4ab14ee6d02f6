"""A resident with a Matrix client: plain HTTP from the standard library, none of our own code.

A ``Resident`` does one thing a call and waits where the server asks it to (429), unless told not
to. A ``Feed`` is what the person sees: it syncs, keeps order and closes gaps.
"""

from __future__ import annotations

import http.client
import json
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from tests.matrix.patience import deadline

JSON = dict[str, Any]
CLIENT = "/_matrix/client/v3"
HTML = "org.matrix.custom.html"


class Refused(Exception):  # noqa: N818 - a refusal is an answer
    """The server said no."""

    def __init__(self, status: int, answer: JSON) -> None:
        self.status = status
        self.code = str(answer.get("errcode", ""))
        self.wait = float(answer.get("retry_after_ms", 1000)) / 1000  # seconds, of a 429
        super().__init__(f"{status} {self.code} {answer.get('error', '')}".strip())


class NotSeenError(AssertionError):
    """What was waited for did not come; the message lists what did."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a room, as a client receives it."""

    id: str
    kind: str
    sender: str
    room: str
    content: JSON
    at: int = 0  # the server's clock, in milliseconds
    key: str | None = None  # of a state event

    @property
    def text(self) -> str:
        """The plain words; of an edit the new ones."""
        return str(self.content.get("m.new_content", self.content).get("body", ""))

    @property
    def html(self) -> str:
        return str(self.content.get("m.new_content", self.content).get("formatted_body", ""))

    @property
    def edits(self) -> str:
        """The event this one replaces, or nothing."""
        return self._related("m.replace")

    @property
    def reacts_to(self) -> str:
        return self._related("m.annotation")

    def _related(self, kind: str) -> str:
        related = self.content.get("m.relates_to") or {}
        return str(related.get("event_id", "")) if related.get("rel_type") == kind else ""


def event(data: JSON, room: str) -> Event:
    return Event(
        data["event_id"],
        data["type"],
        data["sender"],
        room,
        data.get("content", {}),
        data.get("origin_server_ts", 0),
        data.get("state_key"),
    )


def fetch(
    server: str,
    method: str,
    path: str,
    body: JSON | None = None,
    *,
    token: str = "",
    seconds: float = 30,
) -> bytes:
    """One request on its own connection, so that it can be used from any thread."""
    parts = urlsplit(server)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=seconds)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    data = None
    if body is not None:
        headers["Content-Type"] = "application/json"
        data = json.dumps(body).encode()
    try:
        connection.request(method, quote(path, safe="/?&=%"), data, headers)
        answer = connection.getresponse()
        content = answer.read()
    except http.client.HTTPException as error:
        raise ConnectionError(f"{method} {path}: {error!r}") from error
    finally:
        connection.close()
    if answer.status != 200:
        raise Refused(answer.status, _as_json(content))
    return content


def request(
    server: str,
    method: str,
    path: str,
    body: JSON | None = None,
    *,
    token: str = "",
    seconds: float = 30,
) -> JSON:
    answer: JSON = json.loads(fetch(server, method, path, body, token=token, seconds=seconds))
    return answer


def _as_json(content: bytes) -> JSON:
    try:
        answer = json.loads(content)
    except ValueError:
        return {"error": content[:200].decode("utf-8", "replace")}
    return answer if isinstance(answer, dict) else {}


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


class Feed:
    """What one person sees from now on. Call it from one thread."""

    def __init__(self, resident: Resident) -> None:
        self.resident = resident
        self.seen: list[Event] = []
        self.invites: dict[str, JSON] = {}  # room to the content and sender of the invitation
        self.receipts: dict[str, dict[str, str]] = {}  # room to person to event last read
        self._ids: set[str] = set()
        self._since = ""
        self.pull()

    def pull(self, seconds: float = 0) -> list[Event]:
        """Sync once; returns what is new in order."""
        answer = self.resident.sync(self._since, seconds=seconds)
        rooms = answer.get("rooms", {})
        for room, data in rooms.get("invite", {}).items():
            self._invited(room, data["invite_state"]["events"])
        new: list[Event] = []
        for room, data in rooms.get("join", {}).items():
            self.invites.pop(room, None)
            self._read(room, data["ephemeral"]["events"])
            new += self._timeline(room, data["timeline"])
        self._since = answer["next_batch"]
        self.seen += new
        return new

    def wait(
        self, wanted: Callable[[Event], bool], *, seconds: float = 30, what: str = ""
    ) -> Event:
        """Wait for an event that fits; one seen earlier counts too."""
        for found in self._as_they_come(seconds):
            if found is not None and wanted(found):
                return found
        raise NotSeenError(f"{what or 'what was waited for'} did not come in {seconds} s; {self}")

    def wait_text(self, part: str, *, room: str = "", by: str = "", seconds: float = 30) -> Event:
        """Wait for a message with these words; one seen earlier counts too."""

        def wanted(one: Event) -> bool:
            fits = (not room or one.room == room) and (not by or one.sender == by)
            return fits and one.kind == "m.room.message" and part in one.text

        return self.wait(wanted, seconds=seconds, what=repr(part))

    def wait_until(self, true: Callable[[], bool], *, seconds: float = 30) -> None:
        """Sync until a condition on this feed (receipts, invites) holds."""
        for _ in self._as_they_come(seconds):
            if true():
                return
        raise NotSeenError(f"it did not come true in {seconds} s; {self}")

    def has_read(self, room: str, user: str, at: str) -> bool:
        """Whether a person's receipt stands on this event or on a later one seen."""
        receipt = self.receipts.get(room, {}).get(user, "")
        order = [one.id for one in self.seen if one.room == room]
        if receipt == at:
            return True
        return receipt in order and at in order and order.index(receipt) > order.index(at)

    def __str__(self) -> str:
        last = [f"{one.kind} by {one.sender}: {one.text[:80]!r}" for one in self.seen[-5:]]
        return f"{self.resident.user} saw last: " + ("; ".join(last) or "nothing")

    def _as_they_come(self, seconds: float) -> Iterator[Event | None]:
        """The events seen so far, then new ones; None after every sync. What is not expected to
        come is waited for less than a second."""
        end = deadline(seconds) if seconds >= 1 else time.monotonic() + seconds
        place = 0
        while True:
            while place < len(self.seen):
                yield self.seen[place]
                place += 1
            yield None
            left = end - time.monotonic()
            if left <= 0:
                return
            self.pull(min(left, 5))

    def _timeline(self, room: str, timeline: JSON) -> list[Event]:
        new = [event(one, room) for one in timeline["events"]]
        if timeline["limited"] and self._since:
            new = self._gap(room, timeline["prev_batch"]) + new
        fresh = [one for one in new if one.id not in self._ids]
        self._ids.update(one.id for one in fresh)
        return fresh

    def _gap(self, room: str, start: str) -> list[Event]:
        """The events that a limited sync left out, back to a known one."""
        found: list[Event] = []
        while start:
            page, start = self.resident.messages(room, start=start)
            found += page
            if any(one.id in self._ids for one in page):
                break
        return found[::-1]

    def _invited(self, room: str, events: list[JSON]) -> None:
        for one in events:
            if one["type"] == "m.room.member" and one["state_key"] == self.resident.user:
                self.invites[room] = one["content"] | {"sender": one["sender"]}

    def _read(self, room: str, events: list[JSON]) -> None:
        for one in events:
            if one["type"] == "m.receipt":
                for at, kinds in one["content"].items():
                    for user in kinds.get("m.read", {}):
                        self.receipts.setdefault(room, {})[user] = at
