"""Encryption keys: messages whose key comes late, sharing our keys, and keeping up the supply."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import aiohttp
import nio

from bot.platforms.live import Impossible, NotYet
from bot.platforms.matrix import polls
from bot.platforms.matrix.events import Json, Seen, seen, words
from bot.platforms.matrix.store import Pending
from bot.platforms.matrix.wire import Client, Unavailable, call, limited, path

#: How long a message waits for its key, in ms, and how many may wait.
WAITING_MS = 7 * 24 * 3600 * 1000
_MOST = 5000

#: How long until the library's requests are tried again: after no answer, and after a refusal (s).
_PAUSE, _LONG_PAUSE = 5.0, 30.0

#: What may come out of an encrypted event; anything else there is a forgery.
_INSIDE = frozenset({"m.room.message", polls.START, *polls.RESPONSES})


@dataclass(slots=True)
class Waiting:
    """The messages whose keys have not come, by event id; ``read`` are those that were decrypted
    since."""

    pending: dict[str, Pending] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)

    def put(self, event: Seen, room: str, since: int, now: int) -> bool:
        """Keep a message; False when it is kept already, too old, or there are too many.
        ``since`` and ``now`` (ms) are the moments between which it arrived; its own time counts
        within those."""
        full = len(self.pending) >= _MOST
        if event.id in self.pending or full or event.ms < now - WAITING_MS:
            return False
        at = min(max(event.ms, since), max(now, since))
        self.pending[event.id] = Pending(room, now, event.source, at)
        return True

    def rooms(self) -> dict[str, str]:
        """The newest message of each room that was decrypted since."""
        read = [(kept, key) for key, kept in self.pending.items() if key in self.read]
        return {kept.room: key for kept, key in sorted(read, key=lambda pair: pair[0].at)}

    def lapse(self, now: int) -> bool:
        """Drop the messages that have waited for seven days; True when there were any."""
        old = [key for key, kept in self.pending.items() if kept.since < now - WAITING_MS]
        for key in old:
            del self.pending[key]
        return bool(old)


def decrypt(client: Client, event: Seen, room: str) -> Seen | None:
    """The decrypted event, or None while its key is missing."""
    parsed = nio.Event.parse_event(event.source)
    if not isinstance(parsed, nio.MegolmEvent):
        return None
    try:
        found = client.olm.decrypt_megolm_event(parsed, room)
    except nio.EncryptionError:
        return None
    return inside(found)


def inside(parsed: Any) -> Seen | None:
    """The event inside an encrypted one, if it is of a type that is allowed there; else None."""
    event = seen(parsed.source, hidden=True)
    return event if event is not None and event.type in _INSIDE else None


def readable(client: Client, waiting: Waiting) -> Iterable[tuple[str, Seen]]:
    """The waiting messages that can be decrypted now, with their rooms."""
    for key, kept in list(waiting.pending.items()):
        if key in waiting.read:
            continue
        content = kept.source.get("content", {})
        session = client.olm.inbound_group_store.get(
            kept.room, words(content.get("sender_key")), words(content.get("session_id"))
        )
        event = seen(kept.source)
        if session is None or event is None:
            continue
        found = decrypt(client, event, kept.room)
        if found is not None:
            waiting.read.add(key)
            yield kept.room, replace(found, ms=kept.at, late=True)


@dataclass(slots=True)
class Upkeep:
    """The requests about keys that the client library wants made between two responses."""

    alarm: Callable[[str], None]
    _from: float = 0.0

    async def work(self, client: Client, news: Json) -> None:
        """Make them; a failed one is tried again with a later response."""
        if time.monotonic() < self._from:
            return
        try:
            await _keep_up(client, news)
        except NotYet as later:
            self._later("keys_later", later.seconds)
        except (aiohttp.ClientError, TimeoutError, OSError):
            self._later("keys_later", _PAUSE)
        except (Impossible, nio.LocalProtocolError):
            self._later("keys_refused", _LONG_PAUSE)

    def _later(self, code: str, seconds: float) -> None:
        self.alarm(code)
        self._from = time.monotonic() + seconds


async def _keep_up(client: Client, news: Json) -> None:
    if "device_one_time_keys_count" in news:  # the library overlooks a count of none
        left = news["device_one_time_keys_count"].get("signed_curve25519", 0)
        client.olm.uploaded_key_count = _with_those_under_way(client, left)
    if client.should_upload_keys:
        _checked(client, await client.keys_upload())
    spare = news.get("device_unused_fallback_key_types")  # none: this server keeps none
    if isinstance(spare, list) and "signed_curve25519" not in spare:
        await _fallback_key(client)
    if client.should_query_keys:
        _checked(client, await client.keys_query())
    if client.should_claim_keys:
        _checked(client, await client.keys_claim(client.get_users_for_key_claiming()))
    for message in list(client.outgoing_to_device_messages):
        _checked(client, await client.to_device(message))


def _with_those_under_way(client: Client, left: int) -> int:
    """The count of one-time keys on the server with those that an upload did not bring there: they
    go along with the next one, for which the library makes as many new ones as this is too few.
    Else every refusal would make the next upload longer."""
    account = client.olm.account
    most: int = account.max_one_time_keys
    return left if left >= most else min(left + len(account.one_time_keys["curve25519"]), most - 1)


async def _fallback_key(client: Client) -> None:
    """Upload a key for devices that find all one-time keys used up, as after a long absence."""
    account = client.olm.account._account  # noqa: SLF001 - the library offers no other way
    account.generate_fallback_key()
    keys = {}
    for name, key in account.fallback_key.items():
        value: Json = {"fallback": True, "key": key.to_base64()}
        signature = account.sign(
            json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
        ).to_base64()
        value["signatures"] = {client.user_id: {f"ed25519:{client.device_id}": signature}}
        keys[f"signed_curve25519:{name}"] = value
    client.olm.save_account()
    await call(client, "POST", path("keys", "upload"), {"fallback_keys": keys})
    account.mark_keys_as_published()
    client.olm.save_account()


async def share(client: Client, room: str) -> None:
    """Share the session key so that everybody in a room can read the next message; raises
    ``NotYet`` when that fails."""
    state = client.rooms[room]
    try:
        if not state.members_synced:
            _checked(client, await client.joined_members(room))
        fresh = client.olm.should_share_group_session(room)
        if fresh:
            unknown = (user for user in state.users if not client.device_store[user])
            client.users_for_key_query.update(unknown)
        if client.should_query_keys:
            _checked(client, await client.keys_query())
        if fresh or client.olm.should_share_group_session(room):
            await client.share_group_session(room, ignore_unverified_devices=True)
            if _left_out(client, room):
                client.invalidate_outbound_session(room)
                raise Unavailable
    except (aiohttp.ClientError, TimeoutError, OSError, nio.LocalProtocolError) as error:
        raise Unavailable from error
    finally:
        client.sharing_session.pop(room, None)  # the library leaves it when a request fails


def _left_out(client: Client, room: str) -> bool:
    """Whether a device that could be given our session key did not get it."""
    session = client.olm.outbound_group_sessions[room]
    reached = session.users_shared_with | session.users_ignored
    return any(
        (user, device.id) not in reached
        for user in client.rooms[room].users
        for device in client.device_store.active_user_devices(user)
        if client.olm.session_store.get(device.curve25519)
    )


def _checked(client: Client, response: Any) -> None:
    if isinstance(response, nio.ErrorResponse):
        raise limited(response, client)
