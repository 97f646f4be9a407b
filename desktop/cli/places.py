"""`banso-admin places`: take in the points of towns (位置参照情報) that visit planning measures travel by."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.clock import clock_on
from desktop.cli.secrets_in import with_password
from desktop.database.engine import is_postgresql, make_engine, refuse_missing_file
from desktop.database.failures import told_plainly
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.errors import UserError
from desktop.domain.places import FilePreview
from desktop.services.places import PlaceService
from desktop.services.sign_in import SignIn

if TYPE_CHECKING:
    from desktop.cli.commands import Commands

_REFUSED = 1
_NO_LOGIN = "研修用の事務所では、だれとして取り込むかを --as で指定してください。"


def add_parser(commands: Commands) -> None:
    """Add the commands."""
    group = commands.add_parser("places", help="位置参照情報")
    actions = group.add_subparsers(required=True, metavar="操作")
    parser = actions.add_parser(
        "import", help="位置参照情報（大字・町丁目レベル）のCSVを取り込みます"
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--database", required=True, metavar="URL", help="システム管理者の利用者名での接続先"
    )
    parser.add_argument(
        "--as", dest="login", metavar="利用者名", help="研修用の事務所でだけ使います"
    )
    parser.add_argument("--password-file", type=Path, metavar="FILE")
    parser.add_argument("--dry-run", action="store_true", help="確かめるだけで保存しません")
    parser.add_argument("--json", action="store_true", help="機械が読む形で出力します")
    parser.add_argument("--today", type=date.fromisoformat, metavar="YYYY-MM-DD")
    parser.set_defaults(run=run_import)


def run_import(args: argparse.Namespace) -> int:
    """Look at a file, or take all of it in; status 1 where a line cannot be read, and then nothing is stored."""
    with _service(args) as service:
        preview = service.preview(args.file)
        is_stored = preview.is_clean and not args.dry_run
        if is_stored:
            service.take_in(preview)
    if args.json:
        print(json.dumps(_as_json(preview, is_stored=is_stored), ensure_ascii=False))
    else:
        _say(preview, is_stored=is_stored)
    return 0 if preview.is_clean else _REFUSED


@contextmanager
def _service(args: argparse.Namespace) -> Iterator[PlaceService]:
    refuse_missing_file(args.database)
    engine = make_engine(with_password(args.database, args.password_file))
    try:
        with told_plainly():
            work, clock = UnitOfWork(engine), clock_on(args.today)
            entrance = SignIn(work, clock)
            if is_postgresql(engine):
                staff = entrance.sign_in_as_session_user()
            elif args.login:
                staff = entrance.sign_in(args.login)
            else:
                raise UserError(_NO_LOGIN)
            yield PlaceService(work, clock, staff)
    finally:
        engine.dispose()


def _say(preview: FilePreview, *, is_stored: bool) -> None:
    print(f"{preview.file_name}（{preview.encoding}）：{len(preview.points):,}地点")
    for city, count in preview.cities:
        print(f"　{city}　{count:,}")
    for sentence in preview.errors:
        print(sentence)
    if preview.error_count:
        print(f"読み取れない行が{preview.error_count:,}行あります。取り込みませんでした。")
    else:
        print("取り込みました。" if is_stored else "確認だけを行いました。")


def _as_json(preview: FilePreview, *, is_stored: bool) -> dict[str, object]:
    return {
        "file": preview.file_name,
        "sha256": preview.sha256,
        "stored": is_stored,
        "points": len(preview.points),
        "cities": dict(preview.cities),
        "error_count": preview.error_count,
        "errors": list(preview.errors),
    }
