"""`banso-admin status`: what a database is and how much it holds."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from desktop.services.office_setup import database_status

if TYPE_CHECKING:
    from desktop.cli.commands import Commands


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("status", help="データベースの種類、版、件数を表示します")
    parser.add_argument("--database", required=True, metavar="URL")
    parser.add_argument("--json", action="store_true", help="機械が読む形で出力します")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print kind, schema version and rows per table."""
    found = database_status(args.database)
    if args.json:
        print(json.dumps({"kind": found.kind, "schema": found.schema, "tables": found.rows}))
        return 0
    print(f"種類：{found.kind_label}")
    print(f"スキーマの版：{found.schema}")
    for table, rows in found.rows.items():
        print(f"{table:26}{rows:>12,}")
    return 0
