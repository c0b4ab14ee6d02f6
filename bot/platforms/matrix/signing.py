"""Signing the bot's own device, so that current clients accept its messages.

The client library has no cross-signing; three plain requests do it. A pair of keys is an account
of the cryptography library, of which only the signing key is used.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import vodozemac

from bot.platforms.live import Ended, Impossible, NotYet
from bot.platforms.matrix.settings import Settings
from bot.platforms.matrix.store import Login, save
from bot.platforms.matrix.wire import Client, Json, Refusal, call, path

_PARTS = ("master", "self_signing", "user_signing")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the server shows others of the bot's device: ``key`` is "" when it has none."""

    key: str
    master: str
    signed: bool


async def standing(client: Client) -> Standing:
    """How the server shows the bot's device and signing keys to others."""
    user = client.user_id
    found = await call(
        client, "POST", path("keys", "query"), {"device_keys": {user: [client.device_id]}}
    )
    device: Json = found.get("device_keys", {}).get(user, {}).get(client.device_id, {})
    master = _only_key(found.get("master_keys", {}).get(user, {}))
    mine = _only_key(found.get("self_signing_keys", {}).get(user, {}))
    signatures = device.get("signatures", {}).get(user, {})
    key = device.get("keys", {}).get(f"ed25519:{client.device_id}", "")
    return Standing(key, master, bool(mine) and f"ed25519:{mine}" in signatures)


async def sign_device(
    client: Client, login: Login, settings: Settings, alarm: Callable[[str], None]
) -> None:
    """Make the signing keys at the first start, and sign the device where it is not signed.

    A device that cannot be signed stops nothing; ``check`` reports it.
    """
    try:
        now = await standing(client)
        pairs = _unlocked(login)
        ours = bool(pairs) and now.master == _public(pairs["master"])
        if now.signed and ours:
            return
        if not ours:
            if now.master:
                alarm("signing_keys_replaced")
            pairs = {part: vodozemac.Account() for part in _PARTS}
            lock = _lock(login)
            login.signing = {part: pair.pickle(lock) for part, pair in pairs.items()}
            login.token = client.access_token  # it may have been renewed meanwhile
            save(settings.store, "login.json", login)
            await _upload(client, pairs, settings)
        await _sign(client, pairs["self_signing"])
    except Ended:
        raise
    except (Impossible, NotYet):
        alarm("device_unsigned")


async def _upload(client: Client, pairs: dict[str, Any], settings: Settings) -> None:
    """Upload the public keys. Where there were others before, the server asks for the password."""
    body: Json = {}
    for part, pair in pairs.items():
        public = _public(pair)
        key: Json = {
            "user_id": client.user_id,
            "usage": [part],
            "keys": {f"ed25519:{public}": public},
        }
        if part != "master":
            _add_signature(key, client.user_id, pairs["master"])
        body[f"{part}_key"] = key
    where = path("keys", "device_signing", "upload")
    try:
        await call(client, "POST", where, body)
    except Refusal as refusal:
        password = settings.password()
        session = refusal.data.get("session")
        if refusal.status != 401 or not password or not session:
            raise
        body["auth"] = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": client.user_id},
            "password": password,
            "session": session,
        }
        await call(client, "POST", where, body)


async def _sign(client: Client, pair: Any) -> None:
    user, device = client.user_id, client.device_id
    found = await call(client, "POST", path("keys", "query"), {"device_keys": {user: [device]}})
    keys: Json = dict(found.get("device_keys", {}).get(user, {}).get(device, {}))
    keys.pop("unsigned", None)
    _add_signature(keys, user, pair)
    answer = await call(
        client, "POST", path("keys", "signatures", "upload"), {user: {device: keys}}
    )
    if answer.get("failures"):
        raise Impossible("signature refused")


def _add_signature(value: Json, user: str, pair: Any) -> None:
    bare = {k: v for k, v in value.items() if k not in ("signatures", "unsigned")}
    words = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    signed = pair.sign(words.encode()).to_base64()
    value.setdefault("signatures", {}).setdefault(user, {})[f"ed25519:{_public(pair)}"] = signed


def _public(pair: Any) -> str:
    return str(pair.ed25519_key.to_base64())


def _lock(login: Login) -> bytes:
    return bytes.fromhex(login.pickle)


def _unlocked(login: Login) -> dict[str, Any]:
    if set(login.signing) != set(_PARTS):
        return {}
    lock = _lock(login)
    return {part: vodozemac.Account.from_pickle(login.signing[part], lock) for part in _PARTS}


def _only_key(key: Json) -> str:
    return next(iter(key.get("keys", {}).values()), "")
