"""Shows a folder in a browser on this machine, until a signal ends it."""

from __future__ import annotations

import signal
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.cli.output import FINE, complain, say

#: Only this machine itself comes here.
_HERE = "127.0.0.1"

#: The port that is asked for first; where it is taken the system gives another.
PORT = 8480

#: What ends it. Ctrl-C as well, even where whoever started the program had it ignored, as a shell
#: does for what it runs in the background.
_ENDING = (signal.SIGINT, signal.SIGTERM)

#: What a browser has to know of our files.
_TYPES = MappingProxyType(
    {
        ".csv": "text/csv; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".ics": "text/calendar; charset=utf-8",
        ".json": "application/json",
        ".md": "text/plain; charset=utf-8",
        ".xml": "application/atom+xml",
    }
)


class _Handler(SimpleHTTPRequestHandler):
    """Gives files and nothing else: no list of a folder, nothing hidden, no log."""

    def guess_type(self, path: Any) -> str:
        return _TYPES.get(Path(path).suffix) or super().guess_type(path)

    def send_head(self) -> Any:
        names = Path(self.translate_path(self.path)).relative_to(self.directory).parts
        if any(name.startswith(".") for name in names):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def list_directory(self, path: Any) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody has to know which pages were read."""


def serve(folder: Path) -> int:
    """Show a folder until Ctrl-C or the system ends the program; returns the exit code."""
    handler = partial(_Handler, directory=str(folder.resolve()))
    try:
        server = _server(handler)
    except OSError as error:
        return complain(f"nothing can be shown on this machine ({error.strerror})")
    before = {one: signal.signal(one, signal.default_int_handler) for one in _ENDING}
    try:
        with server:
            say(f"http://{_HERE}:{server.server_port}/  (Ctrl-C ends it)")
            server.serve_forever()
    except KeyboardInterrupt:
        say("")
    finally:
        for one, handler_before in before.items():
            signal.signal(one, handler_before)
    return FINE


def _server(handler: Any) -> ThreadingHTTPServer:
    try:
        return ThreadingHTTPServer((_HERE, PORT), handler)
    except OSError:
        return ThreadingHTTPServer((_HERE, 0), handler)
