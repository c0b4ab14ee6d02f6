"""Fetches Element's interface with npm and builds it once, outside the project's folder.

It stands in ``~/.cache/stadsgesprek`` (or ``$XDG_CACHE_HOME/stadsgesprek``), a folder for each
version of what is built. npm's 300 MB are needed for the building alone and do not stay.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

SOURCE = Path(__file__).parent / "element"
NODE = 18
PATIENCE = 600  # seconds npm has

_NPM = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
_BUILD = ("node", "build.mjs")


class CannotBuildError(Exception):
    """Why there is no page, in a sentence for the person at the keyboard."""


def cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "stadsgesprek"


def missing() -> str:
    """A sentence about what this machine lacks for building the page; "" where nothing is."""
    for name in ("node", "npm"):
        if shutil.which(name) is None:
            return (
                f"There is no {name} here. Element's page needs Node.js {NODE} or newer with npm "
                "(apt-get install nodejs npm)."
            )
    asked = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)", asked.stdout)
    if not found or int(found[1]) < NODE:
        return f"node is {asked.stdout.strip() or 'broken'}; Element's page needs {NODE} or newer."
    return ""


def build(say: Callable[[str], None] = print) -> Path:
    """The folder with the built page; built first when there is none or our part of it has
    changed."""
    page = cache() / f"element-{_fingerprint()[:16]}"
    if page.is_dir():
        return page
    lack = missing()
    if lack:
        raise CannotBuildError(lack)
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        with (page.parent / "building").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # whoever comes second finds it there
            if not page.is_dir():
                _build(page, say)
    except OSError as error:
        raise CannotBuildError(f"Element's page cannot be kept: {error}.") from error
    return page


def _build(page: Path, say: Callable[[str], None]) -> None:
    with tempfile.TemporaryDirectory(prefix="building-", dir=page.parent) as name:
        folder = Path(name)
        for file in _sources():
            shutil.copy2(file, folder / file.name)
        say("npm fetches Element's interface (310 MB, one or two minutes, once) ...")
        _run(_NPM, folder)
        say("building Element's interface ...")
        _run(_BUILD, folder)
        (folder / "dist").rename(page)  # at once, so that what stands there is whole


def _run(command: tuple[str, ...], folder: Path) -> None:
    line = " ".join(command)
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CannotBuildError(f"`{line}` was not ready after {PATIENCE} seconds.") from error
    if done.returncode:
        tail = "\n".join(done.stdout.decode("utf-8", "replace").splitlines()[-8:])
        raise CannotBuildError(f"`{line}` failed:\n{tail}")


def _sources() -> list[Path]:
    return sorted(file for file in SOURCE.iterdir() if file.is_file() and file.suffix != ".md")


def _fingerprint() -> str:
    whole = hashlib.sha256()
    for file in _sources():
        whole.update(file.name.encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()
