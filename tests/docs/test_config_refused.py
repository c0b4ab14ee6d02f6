"""Configs that would do harm are refused with the key and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.town import config, config_file
from rounds.registry import kinds

HEAD = '[town]\nname = "Haarlem"\n'
MATRIX = '[matrix]\nhomeserver = "https://m.example"\nuser = "@bot:m.example"\n'


def refused(folder: Path, text: str) -> str:
    path = folder / "config.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(config_file.ConfigError) as raised:
        config.load(path, kinds())
    return raised.value.key


@pytest.mark.parametrize("store", ["", ".", "..", "/", "matrix/..", "./", "data"])
def test_the_store_is_a_folder_of_its_own(store: str, tmp_path: Path) -> None:
    """It is made readable for its owner alone: not the folder of the config or the database."""
    text = f'[storage]\nfile = "data/town.db"\n{MATRIX}store = "{store}"\n'
    assert refused(tmp_path, text) == "matrix.store"


def test_a_link_to_that_folder_is_that_folder(tmp_path: Path) -> None:
    (tmp_path / "store").symlink_to(tmp_path)
    assert refused(tmp_path, f'{MATRIX}store = "store"\n') == "matrix.store"


ROOM = '[[rooms]]\nname = "{}"\n{} = {}\n'
STAFF = '[[staff_rooms]]\nname = "{}"\n{} = {}\n'


@pytest.mark.parametrize(("key", "value"), [("matrix", '"!abc:m.example"'), ("discord", "12")])
@pytest.mark.parametrize("second", [ROOM, STAFF])
def test_two_rooms_are_two(key: str, value: str, second: str, tmp_path: Path) -> None:
    staff = "" if second is STAFF else '[[staff_rooms]]\nname = "staf"\n'
    text = ROOM.format("zomerstraat", key, value) + second.format("plein", key, value)
    text = text.replace("[[rooms]]\n", '[[rooms]]\nstaff = "plein"\n') if not staff else text
    assert refused(tmp_path, text + staff) == f"rooms.{key}"


ACCOUNTS = (
    "vera",
    "@vera",
    "vera:haarlem.example",
    "@:haarlem.example",
    "@vera:",
    "@ve ra:h.nl",
    "",
)


@pytest.mark.parametrize("account", ACCOUNTS)
@pytest.mark.parametrize("role", config_file.RoleNames.__struct_fields__)
def test_a_role_is_for_an_account_with_its_server(role: str, account: str, tmp_path: Path) -> None:
    text = f'{MATRIX}[roles.matrix]\n{role} = ["@goed:m.example", "{account}"]\n'
    assert refused(tmp_path, text) == f"roles.matrix.{role}"


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_bot_and_who_is_trusted_have_a_server(account: str, tmp_path: Path) -> None:
    assert refused(tmp_path, MATRIX.replace("@bot:m.example", account)) == "matrix.user"
    assert refused(tmp_path, f'{MATRIX}trusted = ["{account}"]\n') == "matrix.trusted"


@pytest.mark.parametrize(
    "address",
    ["http://matrix.haarlem.example", "http://1.1.1.1:8008", "HTTP://m.example/", "matrix.example",
     "ftp://m.example", "https://", "https://m.example:haven", "//m.example", " "],
)  # fmt: skip
def test_an_address_over_which_words_go_in_the_open_is_refused(
    address: str, tmp_path: Path
) -> None:
    assert refused(tmp_path, MATRIX.replace("https://m.example", address)) == "matrix.homeserver"


@pytest.mark.parametrize(
    "address",
    ["http://localhost:8008", "http://127.0.0.1:8008", "http://[::1]:8008", "http://synapse:8008",
     "http://10.0.0.4", "https://m.example:8448/"],
)  # fmt: skip
def test_an_address_in_the_own_network_may_be_http(address: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(HEAD + MATRIX.replace("https://m.example", address), encoding="utf-8")
    config.load(path, kinds())


@pytest.mark.parametrize("blank", ["", " ", "\\t", "\u200b", "\u3000 "])
def test_a_blank_name_is_refused(blank: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[town]\nname = "{blank}"\n', encoding="utf-8")
    with pytest.raises(config_file.ConfigError) as raised:
        config.load(path, kinds())
    assert raised.value.key == "town.name"
    assert refused(tmp_path, f'[storage]\nfile = "{blank}"\n') == "storage.file"


ENCODED = {
    "utf-8-sig": "BOM", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
    "utf-32": "UTF-32", "cp1252": "Windows-1252", "latin-1": "Latin-1",
}  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODED)
def test_another_encoding_is_named(encoding: str, tmp_path: Path) -> None:
    """Of the config, and of a format of the town's own."""
    path = tmp_path / "config.toml"
    path.write_bytes('[town]\nname = "Súdwest-Fryslân"\n'.encode(encoding))
    with pytest.raises(config_file.ConfigError, match=ENCODED[encoding]) as raised:
        config.load(path, kinds())
    assert "save it as UTF-8" in raised.value.reason
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "eigen.toml").write_bytes('title = "Één"\n'.encode(encoding))
    path.write_text(HEAD + 'formats = "own"\n', encoding="utf-8")
    with pytest.raises(config_file.ConfigError, match=ENCODED[encoding]) as raised:
        config.load(path, kinds())
    assert raised.value.file.name == "eigen.toml"


@pytest.mark.parametrize(
    "address",
    [
        "gesprekken.haarlem.nl",
        "ftp://haarlem.nl/",
        "https://",
        "https://haarlem.nl/?a=1",
        "https://haarlem.nl/#top",
        "https://anna:geheim@haarlem.nl/",
        "https://haarlem.nl/ gesprekken",
        "https://haarlem.nl/\u202e",
        "https://[haarlem/",
        "javascript:alert(1)",
    ],
)
def test_an_address_of_a_site_is_one(address: str, tmp_path: Path) -> None:
    assert refused(tmp_path, f'[site]\naddress = "{address}"\n') == "site.address"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[theme.light]\naccent = "#ffdd00"\n', "theme.light.accent"),
        ('[theme.dark]\nink = "#333333"\n', "theme.dark.ink"),
        ('[theme.print]\nsignal = "#ffeeee"\n', "theme.print.signal"),
        ('[theme.light]\naccent = "blue"\n', "theme.light.accent"),
        ('[theme.light]\naccent = "#00f"\n', "theme.light.accent"),
        ('[theme.light]\nborder = "#000000"\n', "theme.light.border"),
        ('[theme]\nlogo = "weg.png"\nlogo_text = "Haarlem"\n', "theme.logo"),
        ('[theme]\nlogo = "."\nlogo_text = "Haarlem"\n', "theme.logo"),
        ('[theme]\nlogo = "config.toml"\nlogo_text = "Haarlem"\n', "theme.logo"),
        ('[theme]\nlogo = "logo.svg"\n', "theme.logo"),
        ('[theme]\nlogo_text = "Haarlem"\n', "theme.logo_text"),
    ],
)
def test_a_theme_can_be_read_and_a_logo_is_one(text: str, key: str, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    assert refused(tmp_path, text) == key


def test_a_theme_that_can_be_read_is_that_of_the_town(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    theme = '[theme]\nlogo = "logo.svg"\nlogo_text = "Haarlem"\n[theme.light]\naccent = "#004699"\n'
    path = tmp_path / "config.toml"
    path.write_text(HEAD + theme, encoding="utf-8")
    found = config.load(path, kinds()).theme
    assert found.light.accent == found.print.accent == "#004699"
    assert found.logo is not None
    assert found.logo.text == "Haarlem"


@pytest.mark.parametrize(
    ("section", "key"),
    [
        ("", "town.address"),
        ("", "town.responsible"),
        ("", "town.complaints"),
        ("[archive]\n", "archive.body"),
    ],
)
def test_words_that_people_read_are_not_blank(section: str, key: str, tmp_path: Path) -> None:
    """Left out they have a meaning of their own; in blanks nobody can read one."""
    name = key.partition(".")[2]
    assert refused(tmp_path, f'{section}{name} = " "\n') == key
