"""``publish --serve``: the site on this machine alone, until a signal. Whoever starts it has that
signal ignored, as a shell does with Ctrl-C for what it runs in the background."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import time
from functools import partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.programs import COMMAND, ROOT
from tests.site.town import small_town


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_address_gives_files_and_ends_cleanly(
    ending: signal.Signals, tmp_path: Path
) -> None:
    town = small_town(tmp_path)
    given = ["publish", str(town.site), "--db", str(town.db), "--config", str(town.config)]
    program = subprocess.Popen(
        [*COMMAND, *given, "--serve"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=partial(signal.signal, ending, signal.SIG_IGN),
    )
    try:
        assert program.stdout is not None
        assert "2 dialogues" in program.stdout.readline()
        found = re.match(r"http://127\.0\.0\.1:(\d+)/ ", program.stdout.readline())
        assert found
        address = f"http://127.0.0.1:{found[1]}"
        with urlopen(f"{address}/") as answer:
            assert answer.read() == town.files()["index.html"]
            assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        for hidden in (
            "/.stadsgesprek-site.json",
            "/gesprekken/",
            "/../town.db",
            "/%2e%2e/town.db",
        ):
            with pytest.raises(HTTPError, match="404"):
                urlopen(address + hidden)
        with pytest.raises(OSError, match="refused"):  # of the machine's other addresses
            socket.create_connection(("127.0.0.2", int(found[1])), 2)
        began = time.monotonic()
        program.send_signal(ending)
        assert program.wait(60) == 0
        assert time.monotonic() - began < 10
        assert program.stderr is not None
        assert program.stderr.read() == ""
    finally:
        program.kill()
        program.wait()
