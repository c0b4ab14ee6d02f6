"""Web servers on loopback: one address per person, since a browser keeps one log-in for each."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from playground.neighbourhood import CAST, Neighbourhood

HOST = "127.0.0.1"
Answers = Mapping[str, tuple[str, bytes]]  # path to type and content


class Pages:
    """Serve Element to every person, each at ``urls[name]``, until the ``with`` ends."""

    def __init__(self, dist: Path, hood: Neighbourhood, first_port: int = 0) -> None:
        self.urls: dict[str, str] = {}
        self._servers: list[http.server.ThreadingHTTPServer] = []
        for number, (name, seat) in enumerate(seats(hood).items()):
            port = first_port + number if first_port else 0
            answers = {"/seat.json": ("application/json", json.dumps(seat).encode())}
            self.urls[name] = self.serve(answers, dist, port)

    def serve(self, answers: Answers, folder: Path | None = None, port: int = 0) -> str:
        """One more address; a port in use is replaced by a free one."""
        handler = functools.partial(_Handler, answers, folder)
        try:
            server = _Server((HOST, port), handler)
        except OSError:
            server = _Server((HOST, 0), handler)
        self._servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://{HOST}:{server.server_address[1]}/"

    def close(self) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


def seats(hood: Neighbourhood) -> dict[str, dict[str, str]]:
    """The log-in of each person, as their page needs it."""
    return {
        one.name: {
            "name": one.shown,
            "language": one.language,
            "homeserver": hood.people[one.name].server,
            "user": hood.people[one.name].user,
            "token": hood.people[one.name].token,
            "device": hood.people[one.name].device,
            "room": hood.room,
        }
        for one in CAST
    }


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Files of a folder, and a few answers of our own; for this machine's browser alone."""

    protocol_version = "HTTP/1.1"
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".wasm": "application/wasm",
        ".woff2": "font/woff2",
    }

    def __init__(self, answers: Answers, folder: Path | None, *rest: Any) -> None:
        self._answers = answers
        self._folder = folder
        super().__init__(*rest, directory=str(folder) if folder else None)

    def do_GET(self) -> None:
        port = self.connection.getsockname()[1]
        if self.headers.get("Host") not in (f"{HOST}:{port}", f"localhost:{port}"):
            self.send_error(421)  # another site's name that leads here
            return
        answer = self._answers.get(self.path.split("?")[0])
        if answer is not None:
            self._send(*answer)
        elif self._folder is not None:
            super().do_GET()
        else:
            self.send_error(404)

    def do_HEAD(self) -> None:
        self.send_error(405)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        pass

    def _send(self, kind: str, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
