"""deploy: the unit and the Containerfile keep what docs/matrix.md says of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.platforms.discord import Settings
from bot.runtime import apart
from tests.docs.pages import ROOT

UNIT = ROOT / "deploy" / "stadsgesprek.service"
CONTAINER = ROOT / "deploy" / "Containerfile"


def lines(file: Path) -> list[str]:
    text = file.read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_the_unit_starts_again_as_the_page_says() -> None:
    wanted = {
        "Type=notify",
        "User=stadsgesprek",
        "Restart=on-failure",
        "RestartSec=90",
        "RestartPreventExitStatus=2",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "PrivateTmp=yes",
        "CapabilityBoundingSet=",
        "ReadWritePaths=/var/lib/stadsgesprek",
    }
    assert wanted - set(lines(UNIT)) == set()


def test_the_program_waits_as_long_as_the_unit() -> None:
    """Ninety seconds after a failure, for either platform."""
    assert "RestartSec=90" in lines(UNIT)
    assert apart.PAUSE == 90
    assert Settings(lambda: "", 1, b"").pause == 90


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed here"
)
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    text = UNIT.read_text(encoding="utf-8")
    unit = tmp_path / UNIT.name  # the program does not stand in /opt here
    unit.write_text(re.sub(r"/opt/\S+", "/bin/true", text), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_container_has_no_root_and_installs_from_the_lock() -> None:
    steps = lines(CONTAINER)
    last = steps[max(n for n, step in enumerate(steps) if step.startswith("FROM ")) :]
    assert [step for step in last if step.startswith("USER ")] == ["USER 10001:10001"]
    assert "VOLUME /data" in last
    installs = [part for step in steps for part in step.split("&&") if "pip install" in part]
    assert all("--require-hashes" in one or "--no-deps ." in one for one in installs)
    assert any("-r requirements/run.lock" in one for one in installs)


def test_every_folder_of_the_program_goes_into_the_container() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    packages = set(re.findall(r'"(\w+)", "\1\.\*"', project))
    copied = {step.split()[1] for step in lines(CONTAINER) if step.startswith("COPY ")}
    assert packages
    assert packages <= copied


def test_no_address_of_a_registry() -> None:
    for file in (UNIT, CONTAINER):
        assert not re.search(r"https?://|\w+\.io/", file.read_text(encoding="utf-8")), file.name
