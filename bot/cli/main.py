"""The command line: declares every command and its options; heavy imports wait until one runs.

Exit codes: 0 fine, 1 something was found wrong, 2 the command was used wrongly.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.cli.guarded import Guarded
from bot.cli.keeping import COMMANDS

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Guarded, context_settings=_CONTEXT)
@click.version_option(package_name="stadsgesprek", prog_name="stadsgesprek")
def main() -> None:
    """A bot that hosts dialogue in the chat people already use.

    \b
    Try it:   stadsgesprek demo --out out/demo
    Play it:  stadsgesprek console
    """


def _out(command: click.decorators.FC) -> click.decorators.FC:
    return click.option(
        "--out", "out", required=True, type=click.Path(path_type=Path), help="Where files go."
    )(command)


_forms = click.option(
    "--format",
    "forms",
    multiple=True,
    type=click.Choice(["pdf", "xlsx", "zip"]),
    help="The document in this form too, or all in one ZIP.",
)


@main.command()
@click.option("--db", type=click.Path(path_type=Path), help="The database file.")
@click.option("--config", type=click.Path(path_type=Path), help="A config.toml.")
def console(db: Path | None, config: Path | None) -> None:
    """A chat in the terminal in which one person plays anybody.

    \b
    Example:  stadsgesprek console --db probeer.db
              /wie vera moderator
              /plek staf
              gesprek nieuw gesprek De Zomerstraat opnieuw
    """
    from bot.cli.console import play_console

    sys.exit(play_console(db, config))


@main.command()
@_out
@click.option("--fast", is_flag=True, help="Without waiting between messages.")
def demo(out: Path, fast: bool) -> None:
    """Show a whole dialogue, held by 25 simulated residents.

    \b
    Example:  stadsgesprek demo --out out/demo
    """
    from bot.cli.console import play_demo

    sys.exit(play_demo(out, fast))


@main.command()
@click.argument("transcript", type=click.Path(path_type=Path))
@_out
@click.option("--clerk", is_flag=True, help="Add the clerk's files.")
@click.option("--chat", type=click.Path(path_type=Path), help="Write everything said here.")
@click.option("--seed", type=int, default=0, show_default=True, help="Chance and keys.")
@click.option("--db", type=click.Path(path_type=Path), help="Keep the database in this new file.")
@click.option("--config", type=click.Path(path_type=Path), help="A config.toml (town, formats).")
@_forms
@click.option("--json", "as_json", is_flag=True, help="List what was written as JSON.")
def replay(
    transcript: Path,
    out: Path,
    clerk: bool,
    chat: Path | None,
    seed: int,
    db: Path | None,
    config: Path | None,
    forms: tuple[str, ...],
    as_json: bool,
) -> None:
    """Play a recorded chat and hand over what came of it.

    \b
    Example:  stadsgesprek replay avond.jsonl --out out/avond --chat out/avond.chat.jsonl
    """
    from bot.cli.play import play_transcript

    sys.exit(play_transcript(transcript, out, clerk, chat, seed, db, config, as_json, forms))


@main.command("import-polis")
@click.argument("folder", type=click.Path(path_type=Path))
@_out
@click.option("--clerk", is_flag=True, help="Add the clerk's files.")
@click.option("--seed", type=int, default=0, show_default=True, help="Chance and keys.")
@click.option("--db", type=click.Path(path_type=Path), help="Keep the database in this new file.")
@click.option("--source", default="", help="Where it comes from and its licence, for the page.")
@click.option("--json", "as_json", is_flag=True, help="List what was written as JSON.")
def import_polis(
    folder: Path, out: Path, clerk: bool, seed: int, db: Path | None, source: str, as_json: bool
) -> None:
    """Take a Polis export (comments.csv, votes.csv) through the same counting.

    \b
    Example:  stadsgesprek import-polis polis/15-per-hour-seattle --out out/seattle
    """
    from bot.cli.play import take_polis

    sys.exit(take_polis(folder, out, clerk, seed, db, source, as_json))


@main.command()
@click.argument("dialogue", required=False, default="")
@_out
@click.option("--agenda", is_flag=True, help="What the town planned and promised.")
@click.option(
    "--paper",
    "papers",
    multiple=True,
    metavar="NAME",
    help="A paper: antwoordbrief, evaluatie, nieuwsbrief, participatieparagraaf. Again for more.",
)
@_forms
@click.option("--version", type=int, metavar="N", help="An earlier version of the advice.")
@click.option("--clerk", is_flag=True, help="Add the clerk's files.")
@click.option("--db", type=click.Path(path_type=Path), help="The database file.")
@click.option("--config", type=click.Path(path_type=Path), help="A config.toml.")
@click.option("--json", "as_json", is_flag=True, help="List what was written as JSON.")
def export(
    dialogue: str,
    out: Path,
    agenda: bool,
    papers: tuple[str, ...],
    forms: tuple[str, ...],
    version: int | None,
    clerk: bool,
    db: Path | None,
    config: Path | None,
    as_json: bool,
) -> None:
    """Write the last issued advice of a dialogue again, or an interim report.

    An earlier version leaves out what was erased since, and then says so. With --agenda what the
    town planned is written too, or alone where no dialogue is named; so with --paper nieuwsbrief.

    \b
    Example:  stadsgesprek export de-zomerstraat-opnieuw --out out/zomerstraat --clerk
              stadsgesprek export --agenda --out out/agenda --clerk
              stadsgesprek export de-dorpsweg --out out/dorpsweg --paper evaluatie --format pdf
    """
    from bot.cli.agenda import export_agenda
    from bot.cli.export import export_dialogue, export_newsletters, named

    wanted, news = named(papers, dialogue=bool(dialogue), agenda=agenda)
    code = 0
    if dialogue:
        code = export_dialogue(dialogue, out, clerk, db, config, as_json, version, wanted, forms)
    if news and not code:
        code = export_newsletters(out, db, config, as_json, clerk)
    sys.exit(export_agenda(out, db, config, as_json, clerk) if agenda and not code else code)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--serve", is_flag=True, help="Show it on this machine alone, until Ctrl-C.")
@click.option("--db", type=click.Path(path_type=Path), help="The database file.")
@click.option("--config", type=click.Path(path_type=Path), help="A config.toml.")
def publish(folder: Path, serve: bool, db: Path | None, config: Path | None) -> None:
    """Write the town's site in a folder, or bring the one that is there up to date.

    Only files that changed are written. What was erased leaves the site. Rooms of young people and
    of staff are left out.

    \b
    Example:  stadsgesprek publish out/site --serve
    """
    from bot.cli.publish import publish_site

    sys.exit(publish_site(folder, db, config, serve))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--expect", metavar="HASH", help="The 64 hex digits that were posted in the room.")
@click.option("--json", "as_json", is_flag=True, help="Say what was found as JSON.")
def verify(folder: Path, expect: str | None, as_json: bool) -> None:
    """Compute every figure of a bundle again and name what differs.

    \b
    Example:  stadsgesprek verify out/zomerstraat --expect 648f2ff2…
    """
    from bot.cli.verifying import verify_bundle

    sys.exit(verify_bundle(folder, expect, as_json))


@main.command()
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path("config.toml"),
    show_default=True,
    help="Where to write it.",
)
def init(config: Path) -> None:
    """Write a config.toml a person can fill in, and the town's key.

    \b
    Example:  stadsgesprek init
    """
    from bot.cli.setup import write_config

    sys.exit(write_config(config))


@main.command()
@click.option("--db", type=click.Path(path_type=Path), help="The database file.")
@click.option("--config", type=click.Path(path_type=Path), help="A config.toml.")
@click.option("--json", "as_json", is_flag=True, help="List the faults as JSON.")
def check(db: Path | None, config: Path | None, as_json: bool) -> None:
    """Say what is wrong with config, database and invariants, a line a fault.

    \b
    Example:  stadsgesprek check --config config.toml
    """
    from bot.cli.setup import check_all

    sys.exit(check_all(db, config, as_json))


@main.command()
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path("config.toml"),
    show_default=True,
    help="The town's config.toml.",
)
@click.option(
    "--log",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How log lines look.",
)
def run(config: Path, log: str) -> None:
    """Bring the bot into the rooms of the config, until a signal ends it.

    \b
    Example:  stadsgesprek run --config config.toml --log json
    """
    from bot.cli.run import run_bot

    sys.exit(run_bot(config, log))


for _command in COMMANDS:
    main.add_command(_command)

if __name__ == "__main__":
    main()
