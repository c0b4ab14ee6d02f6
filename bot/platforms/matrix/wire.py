"""Requests to the homeserver, and what its refusals mean.

Every request ends in one of four ways: an answer, ``NotYet`` (the server's limit, or no usable
answer at all), ``Refusal`` (never in this form) or ``Ended`` (only the keeper can help). A token
that the server lets expire is renewed on the way, where there is a password.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import re
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import quote

import aiohttp
import nio

from bot.platforms.live import Doubtful, Ended, Impossible, NotYet
from bot.platforms.matrix.settings import Settings

#: The client library gives no types.
Client = Any

Json = dict[str, Any]

#: How long an ordinary request may take, in seconds.
PATIENCE = 60.0

#: The longest pause between two attempts, in seconds.
_LONGEST = 60.0

#: How long a refusal is remembered, and how long is waited at least for each of those, in seconds.
_REMEMBERED, _EACH = 600.0, 0.02

_REVOKED = (
    "The homeserver no longer accepts the token of {user}: it expired or was revoked. Put a new "
    "token in the token file, or set a password and start again; the bot then logs in anew."
)
_CLOSED = "The account {user} is closed or locked on its homeserver; ask the server's keeper."

_T = TypeVar("_T")


class Refusal(Impossible):
    """The homeserver refused the request for good; ``code`` is the error code it gave."""

    def __init__(self, code: str, status: int, data: Json) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.data = data


class LoggedOut(Ended):
    """The token expired; device and keys go on after a new log-in."""


class Unavailable(Doubtful):
    """No usable response came: a cut connection, a truncated body, a server that restarts."""

    def __init__(self) -> None:
        super().__init__(2.0 + 4.0 * random.random())


@dataclass(frozen=True, slots=True)
class Answer:
    """A response; ``dated`` is the server's own time, as it wrote it."""

    data: Json
    dated: str

    @property
    def date(self) -> datetime | None:
        """The server's own time of the response, if it gave one."""
        try:
            return parsedate_to_datetime(self.dated).astimezone(UTC)
        except (ValueError, TypeError):
            return None


@dataclass(slots=True)
class Stops:
    """The last refusals for reasons of rate, shared by all requests of a client.

    Many short waits in a row would be many refused requests, so each refusal makes the next wait
    longer: in ten minutes of refusals the server gets some hundred requests.
    """

    at: deque[float] = field(default_factory=deque)

    def again(self, seconds: float) -> NotYet:
        """Count one more refusal; ``seconds`` is the wait that the server asked for."""
        now = time.monotonic()
        self.at.append(now)
        while self.at[0] < now - _REMEMBERED:
            self.at.popleft()
        return NotYet(max(seconds, _EACH * len(self.at)))


class Account(nio.AsyncClient):  # type: ignore[misc]
    """The client of the library. ``renew`` replaces a token that expired, if it is still the
    present one."""

    renew: Callable[[str], Awaitable[None]] | None = None
    stops: Stops
    _token = ""

    @property
    def access_token(self) -> str:
        return self._token

    @access_token.setter
    def access_token(self, token: str) -> None:
        """The library forgets a token that expired; without one nothing tells that it can be
        renewed."""
        self._token = token or self._token


def connect(settings: Settings, device: str = "", pickle: str = "") -> Client:
    """A client of the library that never waits or retries by itself."""
    logging.getLogger("nio").setLevel(logging.CRITICAL)  # its lines hold words of people
    config = nio.AsyncClientConfig(
        max_limit_exceeded=0,
        max_timeouts=0,
        request_timeout=PATIENCE,
        store_sync_tokens=False,
        encryption_enabled=True,
        pickle_key=pickle,
    )
    client = Account(
        settings.homeserver.rstrip("/"),
        settings.user,
        device_id=device,
        store_path=str(settings.store),
        config=config,
    )
    client.stops = Stops()
    return client


def path(*parts: str, base: str = "/_matrix/client/v3") -> str:
    """A path of the client-server interface; every part is quoted."""
    return base + "".join("/" + _ODD.sub(_quoted, part) for part in parts)


#: The characters that have to be quoted in a path; an id has one or two of them.
_ODD = re.compile(r"[^\w.~-]", re.ASCII)


def _quoted(found: re.Match[str]) -> str:
    return quote(found[0], safe="")


async def call(
    client: Client,
    method: str,
    where: str,
    body: Json | bytes | None = None,
    kind: str = "application/json",
    seconds: float = PATIENCE,
) -> Json:
    """Make one request; returns the body of the response."""
    return (await ask(client, method, where, body, kind, seconds)).data


async def ask(
    client: Client,
    method: str,
    where: str,
    body: Json | bytes | None = None,
    kind: str = "application/json",
    seconds: float = PATIENCE,
) -> Answer:
    """Make one request; it is made again once when the token had expired."""
    token = client.access_token
    try:
        return await _ask(client, method, where, body, kind, seconds)
    except LoggedOut:
        if client.renew is None:
            raise
    await client.renew(token)
    return await _ask(client, method, where, body, kind, seconds)


async def _ask(
    client: Client, method: str, where: str, body: Json | bytes | None, kind: str, seconds: float
) -> Answer:
    headers = {"Content-Type": kind}
    if client.access_token:
        headers["Authorization"] = f"Bearer {client.access_token}"
    data = json.dumps(body).encode() if isinstance(body, dict) else body
    timeout = aiohttp.ClientTimeout(total=seconds)
    try:
        response = await client.send(method, where, data, headers, None, timeout)
        async with response:
            raw = await response.read()
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Unavailable from error
    answer = _json(raw)
    if 200 <= response.status < 300 and answer is not None:
        return Answer(answer, response.headers.get("Date", ""))
    wait = response.headers.get("Retry-After", "")
    raise _counted(client, refused(response.status, answer, wait, client.user))


def _counted(client: Client, error: Exception) -> Exception:
    if isinstance(error, NotYet) and not isinstance(error, Doubtful):
        return client.stops.again(error.seconds)  # type: ignore[no-any-return]
    return error


def refused(status: int, answer: Json | None, wait: str, user: str) -> Exception:
    """The exception for a response that is an error."""
    code = str((answer or {}).get("errcode", ""))
    if status == 429 or code == "M_LIMIT_EXCEEDED":
        return NotYet(_waiting((answer or {}).get("retry_after_ms"), wait))
    if answer is None or (not code and status != 401) or status >= 500:
        return Unavailable()
    if code in ("M_UNKNOWN_TOKEN", "M_MISSING_TOKEN"):
        soft = (answer or {}).get("soft_logout") is True
        return (LoggedOut if soft else Ended)(_REVOKED.format(user=user))
    if code in ("M_USER_DEACTIVATED", "M_USER_LOCKED"):
        return Ended(_CLOSED.format(user=user))
    return Refusal(code, status, answer)


def limited(response: Any, client: Client) -> Exception:
    """The exception for an error response of the client library, which keeps no status where there
    was no body."""
    status = getattr(response.transport_response, "status", 500)
    wait = getattr(response.transport_response, "headers", {}).get("Retry-After", "")
    code = response.status_code if isinstance(response.status_code, str) else ""
    answer = {"errcode": code, "retry_after_ms": response.retry_after_ms} if code else None
    found = _counted(client, refused(status, answer, wait, client.user))
    # The next question for news renews the token, or says that it ended.
    return Unavailable() if code and response.soft_logout else found


def _waiting(milliseconds: object, header: str) -> float:
    if isinstance(milliseconds, int | float):
        return max(milliseconds / 1000, 0.1)
    return float(header) if header.isdigit() else 5.0


def _json(raw: bytes) -> Json | None:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


async def patiently(work: Callable[[], Awaitable[_T]], alarm: Callable[[str], None]) -> _T:
    """Try until it succeeds, waiting as long as the server asks, else longer each time."""
    failures = 0
    while True:
        try:
            return await work()
        except Unavailable:
            alarm("unavailable")
            failures += 1
            pause = min(_LONGEST, 0.25 * 2**failures)
            await asyncio.sleep(pause * (0.5 + random.random()))
        except NotYet as later:
            alarm("limited")
            await asyncio.sleep(later.seconds * (1 + 0.1 * random.random()))
