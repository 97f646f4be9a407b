"""`banso-admin rights`: the matrix of rights and the move table, as the database obeys them."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from desktop.domain.roles import Role
from desktop.services.rights_table import move_lines, permission_lines, right_lines

if TYPE_CHECKING:
    from desktop.cli.commands import Commands

_EVERYBODY = len(Role)


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("rights", help="職務ごとの権限と決裁の動きの表を表示します")
    parser.add_argument("--json", action="store_true", help="機械が読む形で出力します")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print matrix and moves."""
    if args.json:
        print(json.dumps(as_json(), ensure_ascii=False, indent=1))
    else:
        print_tables()
    return 0


def as_json() -> dict[str, Any]:
    """Matrix, moves and the permissions of each role."""
    return {
        "rights": [asdict(line) for line in right_lines()],
        "moves": [asdict(line) for line in move_lines()],
        "permissions": permission_lines(),
    }


def print_tables() -> None:
    """Print them in words."""
    print("■ 表ごとの権限（行がない表は、サーバーの関数だけが書きます）")
    table = ""
    for line in right_lines():
        if line.table != table:
            table = line.table
            print(f"\n{table}（{line.visibility}）")
        who = "全員" if len(line.roles) == _EVERYBODY else "・".join(line.roles)
        columns = f"［{', '.join(line.columns)}］" if line.columns else ""
        print(f"  {line.action}：{line.reach}：{who}{columns}")
        if line.guard:
            print(f"    条件：{line.guard}")
    print("\n■ 決裁の動き")
    for move in move_lines():
        states = "・".join(move.from_states) or "（新しい提出）"
        print(f"  {move.move}：{move.party}：{states}{'：文が必要' if move.needs_text else ''}")
    print("\n■ 職務ごとの操作")
    for role, permissions in permission_lines().items():
        print(f"  {role}：{', '.join(permissions)}")
