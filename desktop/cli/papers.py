"""`banso-admin papers`: take in applications made online (電子申請) as received papers."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.clock import clock_on
from desktop.cli.progress_line import ProgressLine
from desktop.cli.secrets_in import with_password
from desktop.database.engine import is_postgresql, make_engine, refuse_missing_file
from desktop.database.failures import told_plainly
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.errors import UserError
from desktop.domain.online_applications import (
    READY,
    STANDING,
    ApplicationReport,
    Standing,
)
from desktop.resources import resource_path
from desktop.services.attachments import AttachmentService
from desktop.services.online_applications import OnlineApplicationService
from desktop.services.sign_in import SignIn

if TYPE_CHECKING:
    from desktop.cli.commands import Commands

_LEFT = 1
_NO_LOGIN = "研修用の事務所では、だれとして取り込むかを --as で指定してください。"


def add_parser(commands: Commands) -> None:
    """Add the commands."""
    group = commands.add_parser("papers", help="受領書類")
    actions = group.add_subparsers(required=True, metavar="操作")
    parser = actions.add_parser("import", help="電子申請の書き出しを受領書類として取り込みます")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--database", required=True, metavar="URL", help="ご自身の利用者名での接続先"
    )
    parser.add_argument(
        "--mapping",
        required=True,
        metavar="MAPPING.toml",
        help="対応表（training_csv・training_json も可）",
    )
    parser.add_argument(
        "--as", dest="login", metavar="利用者名", help="研修用の事務所でだけ使います"
    )
    parser.add_argument("--password-file", type=Path, metavar="FILE")
    parser.add_argument("--dry-run", action="store_true", help="確かめるだけで保存しません")
    parser.add_argument("--left", type=Path, metavar="FILE.csv", help="取り込まない申請の一覧")
    parser.add_argument("--json", action="store_true", help="機械が読む形で出力します")
    parser.add_argument("--today", type=date.fromisoformat, metavar="YYYY-MM-DD", help="受領日")
    parser.set_defaults(run=run_import)


def run_import(args: argparse.Namespace) -> int:
    """Look at an export, or take it in; status 1 where something is left."""
    with _service(args) as service, ProgressLine(sys.stderr) as line:
        report = service.preview(args.file, _mapping(args.mapping), line.report)
        if not args.dry_run:
            report = service.run(report, line.report)
        if args.left:
            service.save_left(report, args.left)
    if args.json:
        print(json.dumps(_as_json(report), ensure_ascii=False))
    else:
        _say(report)
    left = len(report.left) - (report.count(*READY) if args.dry_run else 0)
    return _LEFT if left else 0


@contextmanager
def _service(args: argparse.Namespace) -> Iterator[OnlineApplicationService]:
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
            files = AttachmentService(work, clock, staff, ReadingDoor(work, clock, staff))
            yield OnlineApplicationService(work, clock, staff, files)
    except KeyboardInterrupt:
        raise UserError(
            "中止しました。取り込んだ分はそのまま残り、もう一度取り込むと残りだけが入ります。"
        ) from None
    finally:
        engine.dispose()


def _mapping(given: str) -> Path:
    """A path, or the name of a mapping that comes with the program."""
    shipped = resource_path("mappings", "applications", f"{Path(given).name}.toml")
    return shipped if not Path(given).exists() and shipped.exists() else Path(given)


def _say(report: ApplicationReport) -> None:
    counts = [
        f"{label} {count:,}" for kind, label in STANDING.items() if (count := report.count(kind))
    ]
    print(f"申請：{len(report.lines):,}件（{'、'.join(counts)}）")
    for line in report.left:
        if line.standing is not Standing.NEW:
            number = line.application.number or f"{line.place}番目"
            print(f"{STANDING[line.standing]}　{number}　{line.sentence}".rstrip("　"))
    print("取込を終わりました。" if report.applied else "確認だけを行いました。")


def _as_json(report: ApplicationReport) -> dict[str, object]:
    return {
        "dry_run": not report.applied,
        "applications": len(report.lines),
        "counts": {kind.value: report.count(kind) for kind in Standing if report.count(kind)},
        "left": [
            {
                "place": line.place,
                "number": line.application.number,
                "standing": line.standing.value,
                "sentence": line.sentence,
            }
            for line in report.left
        ],
    }
