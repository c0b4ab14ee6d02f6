"""axe-core, which looks at a page as a checker of accessibility does; npm fetches it once."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from playground import webclient

SOURCE = Path(__file__).parent / "axe"

#: All rules of WCAG to 2.2 level AA, and what axe calls good practice.
_RUN = """() => axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
}).then((found) => found.violations.map((one) =>
  `${one.id}: ${one.nodes.map((node) => node.target + " " + node.failureSummary).join(" | ")}`
))"""

_NPM = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")


def program() -> str:
    """The source of axe-core; raises ``webclient.CannotBuildError`` with what is missing."""
    lack = webclient.missing()
    if lack:
        raise webclient.CannotBuildError(lack)
    lock = (SOURCE / "package-lock.json").read_bytes()
    file = webclient.cache() / f"axe-{hashlib.sha256(lock).hexdigest()[:16]}.js"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="axe-", dir=file.parent) as name:
            folder = Path(name)
            for each in SOURCE.iterdir():
                shutil.copy2(each, folder / each.name)
            done = subprocess.run(_NPM, cwd=folder, capture_output=True, text=True, check=False)
            if done.returncode:
                raise webclient.CannotBuildError(f"npm fetches no axe-core: {done.stderr[-400:]}")
            (folder / "node_modules/axe-core/axe.min.js").rename(file)
    return file.read_text("utf-8")


def findings(page: object) -> list[str]:
    """What axe finds on a page of Playwright as it is now; its ``program`` was read into the page,
    which was made with ``bypass_csp``."""
    return list(page.evaluate(_RUN))  # type: ignore[attr-defined]
