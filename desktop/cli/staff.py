"""`banso-admin staff`: people, roles, districts and passwords, as the administrator or head who acts.

Adding, roles and districts are requests that a second person approves; retiring and passwords work at once.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import staff_actions as act
from desktop.domain.office import AssignmentKind
from desktop.domain.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.cli.commands import Commands

_DAY = "YYYY-MM-DD"


def add_parser(commands: Commands) -> None:
    """Add the commands."""
    group = commands.add_parser("staff", help="職員・職務・担当・パスワードを扱います")
    actions = group.add_subparsers(required=True, metavar="操作")
    _first(actions)
    _asking(actions)
    _deciding(actions)
    password = _action(
        actions, "password", act.password, "パスワードを再発行します（省略時は自分のものを変更）"
    )
    password.add_argument("login", nargs="?", metavar="利用者名")
    password.add_argument("--new-password-file", type=Path, metavar="FILE")
    retire = _action(actions, "retire", act.retire, "職員の利用をすぐに止めます")
    retire.add_argument("login", metavar="利用者名")
    for name, run, text in (
        ("list", act.list_people, "職員と、承認を待つ申請を表示します"),
        ("rights", act.rights, "だれがどの職務・地区をいつから持つかと、権限の表を表示します"),
    ):
        parser = _action(actions, name, run, text)
        parser.add_argument("--json", action="store_true")
        if name == "rights":
            parser.add_argument("--out", type=Path, metavar="FILE.pdf", help="権限一覧表（R-01）")


def _first(actions: Commands) -> None:
    first = _action(
        actions,
        "first",
        act.first,
        "最初のシステム管理者と課長を登録します（サーバーの設置者だけ）",
    )
    for name in ("administrator", "head"):
        first.add_argument(
            f"--{name}", required=True, nargs=3, metavar=("利用者名", "氏名", "カナ")
        )


def _asking(actions: Commands) -> None:
    add = _action(actions, "add", act.add, "職員の登録を申請します")
    add.add_argument("login", metavar="利用者名")
    add.add_argument("--name", required=True, metavar="氏名")
    add.add_argument("--kana", required=True, metavar="カナ")
    add.add_argument("--role", required=True, action="append", choices=list(map(str, Role)))
    add.add_argument(
        "--district", action="append", default=[], metavar="コード", help="主担当の地区"
    )
    add.add_argument("--from", dest="since", type=date.fromisoformat, metavar=_DAY)
    role = _action(actions, "role", act.role, "職務の付与または終了を申請します")
    role.add_argument("login", metavar="利用者名")
    role.add_argument("role", choices=list(map(str, Role)))
    _days(role)
    assign = _action(actions, "assign", act.assign, "担当地区、または不在中の代理を申請します")
    assign.add_argument("login", metavar="利用者名")
    what = assign.add_mutually_exclusive_group(required=True)
    what.add_argument("--district", metavar="コード")
    what.add_argument("--substitute", metavar="利用者名", help="不在の間の代理")
    assign.add_argument(
        "--kind", choices=list(map(str, AssignmentKind)), default=AssignmentKind.MAIN.value
    )
    _days(assign)
    taken = _action(actions, "import", act.import_file, "CSVの職員の登録をまとめて申請します")
    taken.add_argument("file", type=Path, metavar="FILE")


def _deciding(actions: Commands) -> None:
    for name, run, text in (
        ("approve", act.approve, "申請を承認します（本人と申請者のほかの職員）"),
        ("reject", act.reject, "申請を却下します"),
        ("withdraw", act.withdraw, "自分の申請を取り下げます"),
    ):
        parser = _action(actions, name, run, text)
        parser.add_argument("change", metavar="申請番号", help="list が表示する番号")
        if name == "reject":
            parser.add_argument("--reason", required=True, metavar="理由")


def _days(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="since", type=date.fromisoformat, metavar=_DAY)
    parser.add_argument("--to", dest="until", type=date.fromisoformat, metavar=_DAY)
    parser.add_argument(
        "--end", type=date.fromisoformat, metavar=_DAY, help="いまのものをこの日で終わらせます"
    )


def _action(
    actions: Commands, name: str, run: Callable[[argparse.Namespace], int], text: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text)
    parser.add_argument("--database", required=True, metavar="URL", help="操作する人自身の接続先")
    parser.add_argument("--password-file", type=Path, metavar="FILE")
    parser.set_defaults(run=run)
    return parser
