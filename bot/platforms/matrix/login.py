"""Logging in once: token and device stand in the store and are used again at every start."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from functools import partial

import peewee
import vodozemac

from bot.platforms.base import Ended
from bot.platforms.matrix.settings import Settings
from bot.platforms.matrix.signing import sign_device, standing
from bot.platforms.matrix.store import Login, load, prepare, save, unusable
from bot.platforms.matrix.wire import (
    Client,
    LoggedOut,
    Refusal,
    call,
    connect,
    limited,
    path,
    patiently,
)

_NO_SECRET = (
    "There is neither a token nor a password for {user}. Give one of them: password_file or "
    "token_file in [matrix], or STADSGESPREK_MATRIX_PASSWORD or STADSGESPREK_MATRIX_TOKEN."
)
_WRONG_PASSWORD = (
    "The homeserver refused the password of {user} ({code}). Correct the password (or put a token "
    "in the token file) and start again."
)
_OTHER = "The token belongs to {found}, not to {user}. Correct the token or the user in [matrix]."
_LOST = (
    "The store of the device {device} is gone, and its keys cannot be made again: what people send "
    "it in encrypted rooms would stay unreadable. Put the folder back from a backup, or give a "
    "password (or the token of a fresh log-in) so that the bot gets a new device."
)

Alarm = Callable[[str], None]


async def log_in(settings: Settings, alarm: Alarm) -> Client:
    """A client that is logged in; raises ``Ended`` with a sentence when that cannot be.

    Where the homeserver lets the token expire later, the client logs in again by itself.
    """
    prepare(settings.store)
    login = load(settings.store, "login.json", Login) or Login()
    if login.user != settings.user:
        login = Login(settings.user)
    client = await _with_token(settings, login, login.token, alarm)
    if client is None and (token := settings.token()) and token != login.token:
        client = await _with_token(settings, login, token, alarm)
    if client is None:
        client = await _with_password(settings, login, alarm)
    save(settings.store, "login.json", login)
    if settings.password():
        client.renew = partial(_renew, settings, client, asyncio.Lock(), alarm)
    return client


async def _renew(
    settings: Settings, client: Client, turn: asyncio.Lock, alarm: Alarm, token: str
) -> None:
    """A new token for the same device, once for all whose requests met the expired one."""
    async with turn:
        if client.access_token != token:
            return
        alarm("token_expired")
        login = load(settings.store, "login.json", Login) or Login(settings.user)
        await _token(settings, login, str(client.device_id))
        client.access_token = login.token


async def ready_keys(client: Client, settings: Settings, alarm: Alarm) -> None:
    """The device's keys on the server, and the device signed."""
    login = load(settings.store, "login.json", Login) or Login()
    if client.should_upload_keys:

        async def upload() -> None:
            response = await client.keys_upload()
            if not hasattr(response, "signed_curve25519_count"):
                raise limited(response, client)

        await patiently(upload, alarm)
    await sign_device(client, login, settings, alarm)
    prepare(settings.store)


async def _with_token(settings: Settings, login: Login, token: str, alarm: Alarm) -> Client | None:
    """Use a token; nothing when the homeserver does not know it and there is another way in."""
    if not token:
        return None
    bare = connect(settings)
    bare.access_token = token
    try:
        found = await patiently(lambda: call(bare, "GET", path("account", "whoami")), alarm)
    except LoggedOut:
        if not settings.password():
            raise
        alarm("token_expired")
        if not login.device:
            return None
        await patiently(partial(_token, settings, login, login.device), alarm)
        return await _opened(settings, login, alarm)
    except Ended:
        if settings.password() or settings.token() not in ("", token):
            alarm("token_unknown")
            return None
        raise
    finally:
        await bare.close()
    if found.get("user_id") != settings.user:
        raise Ended(_OTHER.format(found=found.get("user_id"), user=settings.user))
    device = str(found.get("device_id") or login.device)
    login.device, login.token = device, token
    login.pickle = login.pickle or secrets.token_hex(32)
    return await _opened(settings, login, alarm)


async def _opened(settings: Settings, login: Login, alarm: Alarm) -> Client | None:
    """A client over the keys of a device, unless those are lost."""
    client = connect(settings, login.device, login.pickle)
    try:
        client.restore_login(settings.user, login.device, login.token)
        shown = (await patiently(lambda: standing(client), alarm)).key
        if not shown:
            client.olm.account.shared = False
            return client
        if shown == client.olm.account.identity_keys["ed25519"]:
            return client
    except (OSError, peewee.OperationalError) as error:
        raise unusable(settings.store, error) from error
    except (vodozemac.PickleException, vodozemac.LibolmPickleException, peewee.DatabaseError):
        pass  # damaged, or keys of an earlier store, locked with what is gone
    await client.close()
    alarm("store_lost")
    if settings.password():
        login.pickle, login.signing = "", {}
        return None
    raise Ended(_LOST.format(device=login.device))


async def _with_password(settings: Settings, login: Login, alarm: Alarm) -> Client:
    """A new device. The homeserver allows few log-ins in a row: what it asks is waited for."""
    if not settings.password():
        raise Ended(_NO_SECRET.format(user=settings.user))
    await patiently(partial(_token, settings, login, ""), alarm)
    client = connect(settings, login.device, login.pickle)
    client.restore_login(settings.user, login.device, login.token)
    if not login.signing and (await patiently(lambda: standing(client), alarm)).master:
        alarm("store_lost")
    return client


async def _token(settings: Settings, login: Login, device: str) -> None:
    """A token by the password, for a device that is known or (without a name) a new one; kept at
    once, so that no start asks for another."""
    body = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": settings.user},
        "password": settings.password(),
        "initial_device_display_name": "stadsgesprek",
    }
    bare = connect(settings)
    try:
        body |= {"device_id": device} if device else {}
        found = await call(bare, "POST", path("login"), body)
    except Refusal as refusal:
        if refusal.status == 404:
            raise  # no homeserver is there
        why = _WRONG_PASSWORD.format(user=settings.user, code=refusal.code)
        raise Ended(why) from refusal
    finally:
        await bare.close()
    login.device, login.token = str(found["device_id"]), str(found["access_token"])
    login.pickle = login.pickle or secrets.token_hex(32)
    save(settings.store, "login.json", login)
