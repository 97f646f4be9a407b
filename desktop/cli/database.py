"""`banso-admin database create`: an empty office."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from desktop.domain.clock import SystemClock
from desktop.services.office_setup import create_database

if TYPE_CHECKING:
    from desktop.cli.commands import Commands


def add_parser(commands: Commands) -> None:
    """Add the command."""
    group = commands.add_parser("database", help="空のデータベースを作ります")
    actions = group.add_subparsers(required=True, metavar="操作")
    parser = actions.add_parser(
        "create", help="空のデータベースを作ります（SQLiteは研修用になります）"
    )
    parser.add_argument("--database", required=True, metavar="URL")
    parser.add_argument("--office-code", default="900001", help="福祉事務所の番号")
    parser.add_argument("--office-name", default="新しい福祉事務所", help="福祉事務所の名前")
    parser.add_argument("--login", default="kiroku", help="はじめの記録・庶務職員の利用者名")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Create the database and say what it is."""
    kind = create_database(
        args.database, SystemClock(), code=args.office_code, name=args.office_name, login=args.login
    )
    if args.json:
        print(json.dumps({"kind": kind.value}))
    else:
        print(f"「{args.office_name}」の空のデータベースを作りました。")
    return 0
