"""Logging in: done once; token and device are stored and used again at every start."""

from __future__ import annotations

import asyncio
import secrets
from functools import partial

import peewee
import vodozemac

from bot.platforms.live import Ended
from bot.platforms.matrix.settings import Alarm, Settings
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

#: The request that tells which account a token belongs to.
_WHO = path("account", "whoami")


async def log_in(settings: Settings, alarm: Alarm) -> Client:
    """A client that is logged in; raises ``Ended`` when that is impossible.

    Where the homeserver lets the token expire, the client logs in again by itself.
    """
    prepare(settings.store)
    login = load(settings.store, "login.json", Login) or Login()
    if login.user != settings.user:
        login = Login(settings.user)
    kept = login.token
    client = await _with_token(settings, login, kept, alarm)
    if client is None and (token := settings.token()) != kept:
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
    """Get a new token for the same device, once for all requests that met the expired one."""
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
            if hasattr(response, "signed_curve25519_count"):
                return
            if response.soft_logout:  # our own question renews the token, or says that it ended
                await call(client, "GET", _WHO)
            raise limited(response, client)

        await patiently(upload, alarm)
    await sign_device(client, login, settings, alarm)
    prepare(settings.store)


async def _with_token(settings: Settings, login: Login, token: str, alarm: Alarm) -> Client | None:
    """Log in with a token; None when it does not work and there is another way in."""
    if not token:
        return None
    bare = connect(settings)
    bare.access_token = token
    try:
        found = await patiently(lambda: call(bare, "GET", _WHO), alarm)
    except Ended as ended:
        if not _another_way(settings, token):
            raise
        if not (isinstance(ended, LoggedOut) and settings.password()):
            alarm("token_unknown")
            return None
        alarm("token_expired")
        return await _with_new_token(settings, login, alarm)
    finally:
        await bare.close()
    if found.get("user_id") != settings.user:
        raise Ended(_OTHER.format(found=found.get("user_id"), user=settings.user))
    login.device, login.token = str(found.get("device_id") or login.device), token
    login.pickle = login.pickle or secrets.token_hex(32)
    client = await _opened(settings, login, alarm)
    if client is None:
        _lost(settings, login)
    return client


async def _with_new_token(settings: Settings, login: Login, alarm: Alarm) -> Client | None:
    """Log in to the same device with the password. Its stored keys are looked at first: a log-in
    for a device without keys would be wasted."""
    kept = _over_keys(settings, login, new=False)
    client: Client | None = None
    if kept is not None:
        kept.store.database.close()
        await patiently(partial(_token, settings, login, login.device), alarm)
        client = await _opened(settings, login, alarm)
    if client is None:
        _lost(settings, login)
    return client


def _another_way(settings: Settings, token: str) -> bool:
    """Whether the keeper gave a password or another token."""
    return bool(settings.password()) or settings.token() not in ("", token)


async def _opened(settings: Settings, login: Login, alarm: Alarm) -> Client | None:
    """A client with the device's keys; None when they are lost. New keys are made only for a device
    for which the server shows none."""
    bare = connect(settings, login.device)
    bare.user_id, bare.access_token = settings.user, login.token
    try:
        shown = (await patiently(lambda: standing(bare), alarm)).key
    finally:
        await bare.close()
    client = _over_keys(settings, login, new=not shown)
    if client is None:
        return None
    if not shown:
        client.olm.account.shared = False
        return client
    if shown == client.olm.account.identity_keys["ed25519"]:
        return client
    await client.close()
    return None


def _over_keys(settings: Settings, login: Login, *, new: bool) -> Client | None:
    """A client with the stored keys of a device, or with ``new`` ones; None when the stored keys
    are missing or damaged."""
    if not new and not (settings.store / f"{settings.user}_{login.device}.db").is_file():
        return None
    client = connect(settings, login.device, login.pickle)
    try:
        client.restore_login(settings.user, login.device, login.token)
    except (OSError, peewee.OperationalError) as error:
        raise unusable(settings.store, error) from error
    except (vodozemac.PickleException, vodozemac.LibolmPickleException, peewee.DatabaseError):
        return None  # damaged, or keys of an earlier store, locked with what is gone
    return client


def _lost(settings: Settings, login: Login) -> None:
    """Note that the device's keys are lost, so that no later start uses that device again. Raises
    ``Ended`` where there is no other way in."""
    if not _another_way(settings, login.token):
        raise Ended(_LOST.format(device=login.device))
    login.device = login.token = ""
    save(settings.store, "login.json", login)


async def _with_password(settings: Settings, login: Login, alarm: Alarm) -> Client:
    """Log in as a new device. The homeserver allows few log-ins in a row; its waiting time is
    obeyed."""
    if not settings.password():
        raise Ended(_NO_SECRET.format(user=settings.user))
    known = login.device
    await patiently(partial(_token, settings, login, ""), alarm)
    client = _over_keys(settings, login, new=True)
    if not known and (login.signing or (await patiently(lambda: standing(client), alarm)).master):
        alarm("store_lost")
    return client


async def _token(settings: Settings, login: Login, device: str) -> None:
    """Get a token with the password, for a known device or ("") a new one. Stored at once, so that
    no start asks for another."""
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
