"""The last line of defence of the command line: whatever happens becomes one sentence."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any

import click

from bot.cli.output import still


class Guarded(click.Group):
    """No traceback ever reaches a user: what nobody foresaw becomes one sentence."""

    def make_context(self, *given: Any, **more: Any) -> click.Context:
        try:
            return super().make_context(*given, **more)
        except click.ClickException as error:
            _stilled(error)
            raise

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            _stilled(error)
            raise
        except (click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            _hush()  # whoever read the output has seen enough
            raise click.exceptions.Exit(1) from None
        except Exception as error:  # noqa: BLE001 - the last line of defence
            _sentence(error)
            raise click.exceptions.Exit(1) from None


def _stilled(error: click.ClickException) -> None:
    """Let the sentence of click hold nothing that moves a terminal."""
    object.__setattr__(error, "message", still(error.message))


def _hush() -> None:
    """Let what is still written go nowhere, at the end of the program too."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _sentence(error: Exception) -> None:
    """Say what is wrong: where the system refuses a file, that; else that nobody foresaw it."""
    if isinstance(error, OSError) and error.strerror:
        where = error.filename or "what is written"
        what = f"{where} cannot be used ({error.strerror})"
    elif isinstance(error, RecursionError):
        what = "what was given stands too deep within itself to be read"
    else:
        what = f"this should not happen ({type(error).__name__})"
    with suppress(OSError):
        click.echo(f"stadsgesprek: {still(what)}", err=True)
    _hush()
