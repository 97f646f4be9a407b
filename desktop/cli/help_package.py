"""`banso-admin help-package`: for who issues cards of the help (手引の更新): a key, and packages signed with it. No database is needed."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.domain.errors import UserError
from desktop.domain.help_packages import HelpKey, fingerprint_of, key_bytes, written_key
from desktop.services.help_cards.package_file import pack, read_package

if TYPE_CHECKING:
    from desktop.cli.commands import Commands

_NO_KEY = "{file}は署名の鍵ではありません。help-package key で作ったファイルを指定してください。"
_OWN_ONLY = 0o600


def add_parser(commands: Commands) -> None:
    """Add the commands."""
    group = commands.add_parser("help-package", help="手引の更新を作ります（発行者用）")
    actions = group.add_subparsers(required=True, metavar="操作")
    key = actions.add_parser("key", help="署名の鍵を作り、公開鍵と指紋を表示します")
    key.add_argument("--out", type=Path, required=True, metavar="FILE", help="新しい鍵のファイル")
    key.set_defaults(run=run_key)
    shown = actions.add_parser("public", help="鍵の公開鍵と指紋を表示します")
    shown.add_argument("--key", type=Path, required=True, metavar="FILE")
    shown.set_defaults(run=run_public)
    make = actions.add_parser("make", help="フォルダーの手引に署名して、更新のファイルを作ります")
    make.add_argument("folder", type=Path, metavar="FOLDER")
    make.add_argument("--key", type=Path, required=True, metavar="FILE")
    make.add_argument("--out", type=Path, required=True, metavar="FILE.zip")
    make.add_argument("--number", type=int, required=True, help="号。前のものより大きくします")
    make.add_argument("--title", required=True)
    make.add_argument("--issuer", required=True, help="発行者の名前")
    make.add_argument("--issued-on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
    make.add_argument("--withdrawn", nargs="*", default=[], metavar="KEY", help="なくす手引のキー")
    make.set_defaults(run=run_make)
    check = actions.add_parser("check", help="更新のファイルを公開鍵で確かめます")
    check.add_argument("file", type=Path, metavar="FILE.zip")
    check.add_argument("--public-key", required=True, metavar="BASE64")
    check.set_defaults(run=run_check)


def run_key(args: argparse.Namespace) -> int:
    """Make a key. A file that is there is never replaced."""
    key = Ed25519PrivateKey.generate()
    content = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    try:
        # Readable by its owner alone from the beginning.
        handle = os.open(args.out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWN_ONLY)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
    except OSError as error:
        raise UserError(f"{args.out}を作れません。もうあるか、書けない場所です。") from error
    _say(key)
    print(
        "このファイルは外に出さず、鍵のかかる場所に保管してください。公開鍵と指紋だけを渡します。"
    )
    return 0


def run_public(args: argparse.Namespace) -> int:
    """Say again what an office enters of a key."""
    _say(_key(args.key))
    return 0


def run_make(args: argparse.Namespace) -> int:
    """Sign the cards of a folder. What an office would refuse is not made."""
    if not args.folder.is_dir():
        raise UserError(f"{args.folder}というフォルダーはありません。")
    about = {
        "number": args.number,
        "title": args.title,
        "issuer": args.issuer,
        "issued_on": args.issued_on.isoformat(),
        "withdrawn": args.withdrawn,
    }
    data = pack(args.folder, about, _key(args.key))
    try:
        args.out.write_bytes(data)
    except OSError as error:
        raise UserError(f"{args.out}に書けません。") from error
    print(f"{args.out}：{len(data):,}バイト。第{args.number}号「{args.title}」")
    return 0


def run_check(args: argparse.Namespace) -> int:
    """Read a package as an office does."""
    public = key_bytes(args.public_key)
    if public is None:
        raise UserError("公開鍵ではありません。44文字をそのまま入れてください。")
    try:
        data = args.file.read_bytes()
    except OSError as error:
        raise UserError(f"{args.file}を読めません。") from error
    key = HelpKey(label="", fingerprint=fingerprint_of(public), public_key=public)
    found = read_package(data, [key])
    print(
        f"第{found.number}号「{found.title}」　{found.issuer}　手引{len(found.cards)}件。署名は合っています。"
    )
    return 0


def _key(path: Path) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UserError(_NO_KEY.format(file=path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UserError(_NO_KEY.format(file=path))
    return key


def _say(key: Ed25519PrivateKey) -> None:
    public = key.public_key().public_bytes_raw()
    print(f"公開鍵　{written_key(public)}")
    print(f"指紋　　{fingerprint_of(public)}")
