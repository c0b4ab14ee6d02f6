"""Element's interface, fetched by npm and built in a folder outside git. Done once."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

SOURCE = Path(__file__).parent / "element"
CACHE = Path(__file__).parent.parent / "out" / "playground" / "element"
NODE = 20  # import.meta.dirname is from there


class CannotBuildError(Exception):
    """Why there is no page, in a sentence for the person at the keyboard."""


def missing() -> str:
    """What this machine lacks for the page, in a sentence; empty where nothing is."""
    for name in ("node", "npm"):
        if shutil.which(name) is None:
            return (
                f"There is no {name} here. Element's page needs Node.js {NODE} or newer with npm."
            )
    asked = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)", asked.stdout)
    if not found or int(found[1]) < NODE:
        return f"node is {asked.stdout.strip() or 'broken'}; Element's page needs {NODE} or newer."
    return ""


def build(folder: Path = CACHE, say: Callable[[str], None] = print) -> Path:
    """The folder with the page; it is built where it is not there or ours has changed."""
    lack = missing()
    if lack:
        raise CannotBuildError(lack)
    stamp, now = folder / "stamp", _fingerprint()
    if stamp.is_file() and stamp.read_text() == now:
        return folder / "dist"
    folder.mkdir(parents=True, exist_ok=True)
    for file in _sources():
        shutil.copy2(file, folder / file.name)
    lock = hashlib.sha256((SOURCE / "package-lock.json").read_bytes()).hexdigest()
    fetched = folder / "node_modules" / f".{lock[:16]}"
    if not fetched.exists():
        say("npm fetches Element's interface (310 MB, half a minute, once) ...")
        _run(["npm", "ci"], folder)
        fetched.touch()
    say("building Element's interface ...")
    _run(["node", "build.mjs"], folder)
    stamp.write_text(now)
    return folder / "dist"


def _run(command: list[str], folder: Path) -> None:
    log = folder / f"{command[0]}.log"
    with log.open("wb") as output:
        done = subprocess.run(
            command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, check=False
        )
    if done.returncode:
        tail = "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-8:])
        raise CannotBuildError(f"`{' '.join(command)}` failed (all of it: {log}):\n{tail}")


def _sources() -> list[Path]:
    return sorted(file for file in SOURCE.iterdir() if file.is_file() and file.suffix != ".md")


def _fingerprint() -> str:
    whole = hashlib.sha256()
    for file in _sources():
        whole.update(file.name.encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()
