"""The commands that keep what a town has: the archive, a copy of its database, putting one back,
and a town that goes from a file to a server."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument("dialogue")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where files go.")
@click.option("--db", type=click.Path(path_type=Path), help="The database file.")
@click.option("--config", type=click.Path(path_type=Path), help="A config.toml.")
@click.option("--json", "as_json", is_flag=True, help="List what was written as JSON.")
def archive(dialogue: str, out: Path, db: Path | None, config: Path | None, as_json: bool) -> None:
    """Pack everything of a closed dialogue for the town's archive, with metadata (MDTO).

    \b
    Example:  stadsgesprek archive de-zomerstraat-opnieuw --out out/archief
    """
    from bot.cli.archive import archive_dialogue

    sys.exit(archive_dialogue(dialogue, out, db, config, as_json))


@click.command()
@click.option("--out", type=click.Path(path_type=Path), help="The folder of backups.")
@click.option("--without-key", is_flag=True, help="Leave the town's key out: keep it elsewhere.")
@click.option("--db", type=click.Path(path_type=Path), help="The database file.")
@click.option("--config", type=click.Path(path_type=Path), help="A config.toml.")
def backup(out: Path | None, without_key: bool, db: Path | None, config: Path | None) -> None:
    """Copy database and keys while they are in use, and check the copy.

    \b
    Example:  stadsgesprek backup --out /mnt/backup/stadsgesprek
    """
    from bot.cli.backups import make_backup

    sys.exit(make_backup(out, without_key, db, config))


@click.command()
@click.argument("backup", type=click.Path(path_type=Path))
@click.option("--db", type=click.Path(path_type=Path), help="The database file.")
@click.option("--config", type=click.Path(path_type=Path), help="A config.toml.")
def restore(backup: Path, db: Path | None, config: Path | None) -> None:
    """Put a backup in place of the database; what lay there is moved aside, never removed.

    \b
    Example:  stadsgesprek restore /mnt/backup/stadsgesprek/stadsgesprek-20261130T021500Z
    """
    from bot.cli.backups import restore_backup

    sys.exit(restore_backup(backup, db, config))


@click.command()
@click.option(
    "--to",
    required=True,
    type=click.Choice(["server", "file"]),
    help="Where the town goes: the config's server, or its file.",
)
@click.option("--config", type=click.Path(path_type=Path), help="A config.toml.")
def move(to: str, config: Path | None) -> None:
    """Bring a town from its file to the PostgreSQL server of its config, or back.

    \b
    Example:  stadsgesprek move --to server --config config.toml
    """
    from bot.cli.moving import move_town

    sys.exit(move_town(to == "server", config))


#: All of them.
COMMANDS = (archive, backup, move, restore)
