"""A command in a process of its own: how long it takes, its processor time, and its memory."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spent:
    """``seconds`` by the clock, ``cpu`` of the processor, and the most ``memory`` in MB."""

    seconds: float
    cpu: float
    memory: float


#: Starts a command and prints its seconds, its processor time and its memory. A process of its own
#: does so, since what starts a command gives it its own memory for a moment, which counts.
_LAUNCH = """
import os, subprocess, sys, time
began = time.perf_counter()
started = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(started.pid, 0)
print(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
sys.exit(os.waitstatus_to_exitcode(status) != 0)
"""


def python(*arguments: str) -> Spent:
    """Run this Python with arguments; what it says on its output is dropped. Raises
    ``CalledProcessError``."""
    launcher = [sys.executable, "-S", "-c", _LAUNCH, sys.executable, *arguments]
    told = subprocess.run(launcher, check=True, capture_output=True, text=True).stdout
    seconds, cpu, memory = map(float, told.split())
    return Spent(seconds, cpu, memory)


def command(*words: str) -> Spent:
    """Run ``stadsgesprek`` with these words."""
    return python("-m", "bot.cli.main", *words)
