"""Requests to a homeserver: plain HTTP from the standard library, none of our own code."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import quote, urlsplit

JSON = dict[str, Any]
CLIENT = "/_matrix/client/v3"


class Refused(Exception):  # noqa: N818 - a refusal is an answer
    """The server said no."""

    def __init__(self, status: int, answer: JSON) -> None:
        self.status = status
        self.code = str(answer.get("errcode", ""))
        self.wait = float(answer.get("retry_after_ms", 1000)) / 1000  # seconds, of a 429
        super().__init__(f"{status} {self.code} {answer.get('error', '')}".strip())


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
