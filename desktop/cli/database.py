"""`banso-admin database create` and `upgrade`: an empty office, and the version of one that is there."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import TYPE_CHECKING

from desktop.cli.clock import clock_on
from desktop.services.office_setup import create_database, upgrade_database

if TYPE_CHECKING:
    from desktop.cli.commands import Commands


def add_parser(commands: Commands) -> None:
    """Add the command."""
    group = commands.add_parser("database", help="空のデータベースを作り、版を更新します")
    actions = group.add_subparsers(required=True, metavar="操作")
    parser = actions.add_parser(
        "create", help="空のデータベースを作ります（SQLiteは研修用になります）"
    )
    parser.add_argument("--database", required=True, metavar="URL")
    parser.add_argument("--office-code", default="900001", help="福祉事務所の番号")
    parser.add_argument("--office-name", default="新しい福祉事務所", help="福祉事務所の名前")
    parser.add_argument("--login", default="kiroku", help="はじめの記録・庶務職員の利用者名")
    parser.add_argument(
        "--today", type=date.fromisoformat, metavar="YYYY-MM-DD", help="利用者が働き始める日"
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)
    parser = actions.add_parser("upgrade", help="データベースをこのプログラムの版に更新します")
    parser.add_argument("--database", required=True, metavar="URL")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run_upgrade)


def run(args: argparse.Namespace) -> int:
    """Create the database and say what it is."""
    kind = create_database(
        args.database,
        clock_on(args.today),
        code=args.office_code,
        name=args.office_name,
        login=args.login,
    )
    if args.json:
        print(json.dumps({"kind": kind.value}))
    else:
        print(f"「{args.office_name}」の空のデータベースを作りました。")
    return 0


def run_upgrade(args: argparse.Namespace) -> int:
    """Bring the database up to date and say from where to where."""
    before, after = upgrade_database(args.database)
    if args.json:
        print(json.dumps({"before": before, "after": after}))
    elif before == after:
        print(f"データベースはすでにこのプログラムの版（{after}）です。")
    else:
        print(f"データベースの版を {before} から {after} に更新しました。")
    return 0
