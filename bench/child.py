"""A command in a process of its own: how long it takes, its processor time, and its memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spent:
    """``seconds`` by the clock, ``cpu`` of the processor, and the most ``memory`` in MB."""

    seconds: float
    cpu: float
    memory: float


def python(*arguments: str) -> Spent:
    """Run this Python with arguments; what it says on its output is dropped. Raises
    ``CalledProcessError``."""
    command = [sys.executable, *arguments]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    spent = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Spent(spent, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def command(*words: str) -> Spent:
    """Run ``stadsgesprek`` with these words."""
    return python("-m", "bot.cli.main", *words)
