"""`banso-admin audit`: verify the audit trail, take its seals out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Engine

from desktop.cli.progress_line import ProgressLine
from desktop.cli.secrets_in import with_password
from desktop.database.audit_trail.seal_list import read_list, write_list
from desktop.database.audit_trail.verify import seals, verify
from desktop.database.engine import is_postgresql, make_engine
from desktop.database.failures import told_plainly
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.audit_day import AuditDay
from desktop.domain.clock import JAPAN, SystemClock
from desktop.domain.errors import UserError
from desktop.domain.seals import Seal, Verification, hex_groups
from desktop.reports.audit.daily import DAILY_AUDIT
from desktop.reports.office_fonts import OfficeFonts
from desktop.services.audit_report import NOT_KEPT, AuditReports, whole_day
from desktop.services.sign_in import SignIn

if TYPE_CHECKING:
    from desktop.cli.commands import Commands

FAULTY = 1


def add_parser(commands: Commands) -> None:
    """Add the commands."""
    group = commands.add_parser("audit", help="監査記録を検証します")
    actions = group.add_subparsers(required=True, metavar="操作")
    check = actions.add_parser(
        "verify", help="すべての封印を計算し直し、変わった記録を名指しします"
    )
    _address(check)
    check.add_argument(
        "--seals", type=Path, metavar="FILE", help="控えておいた封印の一覧と比べます"
    )
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=run_verify)
    export = actions.add_parser("export-seals", help="封印の一覧を控えとして書き出します")
    _address(export)
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    export.set_defaults(run=run_export)
    report = actions.add_parser("report", help="監査日報をPDFで書き出します")
    _address(report)
    report.add_argument(
        "--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="報告する日（省略すると今日）"
    )
    report.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    report.set_defaults(run=run_report)


def run_verify(args: argparse.Namespace) -> int:
    """Verify; status 1 and a sentence for each fault."""
    exported = read_list(args.seals) if args.seals else ()
    with _trail(args) as trail, ProgressLine(sys.stderr) as line:
        found = trail.verify(exported, lambda done, total, what: line.report(done, total, f"検証 {what}"))  # fmt: skip
    if args.json:
        print(json.dumps(_as_json(found), ensure_ascii=False))
    else:
        _say(found)
    for fault in found.faults:
        print(fault.sentence, file=sys.stderr)
    return FAULTY if found.faults else 0


def run_export(args: argparse.Namespace) -> int:
    """Write the list of seals."""
    with _trail(args) as trail:
        count = write_list(args.out, trail.seals())
    print(f"封印{count}件の控えを書き出しました。")
    return 0


def run_report(args: argparse.Namespace) -> int:
    """Write the daily report."""
    with _trail(args) as trail:
        day = trail.day(args.day or SystemClock().today())
    made = DAILY_AUDIT.pdf(day, OfficeFonts()())
    try:
        args.out.write_bytes(made.data)
    except OSError:
        raise UserError(
            "監査日報を書けませんでした。保存先のフォルダーを確認してください。"
        ) from None
    print(f"監査日報（{made.pages}頁）を書き出しました。")
    return 0


class _Trail(Protocol):
    """Whoever reads the trail: the server's administrator, or a person through the database's functions."""

    def day(self, day: date) -> AuditDay:
        """The report of a day."""

    def verify(
        self, exported: Sequence[Seal], report: Callable[[int, int, str], object]
    ) -> Verification:
        """Compute everything anew."""

    def seals(self) -> list[Seal]:
        """All seals."""


@dataclass(frozen=True, slots=True)
class _OwnersTrail:
    """The trail as the administrator of the server reads it."""

    engine: Engine

    def day(self, day: date) -> AuditDay:
        return whole_day(UnitOfWork(self.engine), day, SystemClock().now())

    def verify(
        self, exported: Sequence[Seal], report: Callable[[int, int, str], object]
    ) -> Verification:
        return verify(self.engine, exported, report=report)

    def seals(self) -> list[Seal]:
        return seals(self.engine)


@contextmanager
def _trail(args: argparse.Namespace) -> Iterator[_Trail]:
    if args.admin_url:
        with server(args.admin_url) as engine:
            yield _OwnersTrail(engine)
        return
    with server(with_password(args.database, args.password_file)) as engine:
        work, clock = UnitOfWork(engine), SystemClock()
        yield AuditReports(work, clock, SignIn(work, clock).sign_in_as_session_user())


@contextmanager
def server(url: str) -> Iterator[Engine]:
    """The office's PostgreSQL. Raises UserError for SQLite, which keeps no audit trail."""
    engine = make_engine(url)
    try:
        if not is_postgresql(engine):
            raise UserError(NOT_KEPT)
        with told_plainly():
            yield engine
    finally:
        engine.dispose()


def _address(parser: argparse.ArgumentParser) -> None:
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--admin-url", metavar="URL", help="サーバー管理者としての接続先")
    who.add_argument(
        "--database", metavar="URL", help="監査担当・課長・所長としての接続先（ご自身の利用者名）"
    )
    parser.add_argument(
        "--password-file", type=Path, metavar="FILE", help="ご自身のパスワードを書いたファイル"
    )


def _say(found: Verification) -> None:
    print(
        f"監査記録 {found.events}件、封印 {found.seals}件を計算し直しました"
        f"（未封印 {found.unsealed}件、廃棄済み {found.disposed}件）。"
    )
    if found.last is not None:
        print(f"最後の封印 {found.last.n}番: {hex_groups(found.last.chain)}")
    for restore in found.restores:
        print(
            f"別のサーバーへ復元 {restore.at.astimezone(JAPAN):%Y-%m-%d %H:%M}（封印 {restore.seal}番から）"
        )
    print("変わった記録があります。" if found.faults else "変わった記録はありません。")


def _as_json(found: Verification) -> dict[str, object]:
    last = found.last
    return {
        "ok": not found.faults,
        "events": found.events,
        "seals": found.seals,
        "unsealed": found.unsealed,
        "disposed": found.disposed,
        "restores": [{"seal": r.seal, "at": r.at.isoformat()} for r in found.restores],
        "last": None if last is None else {"n": last.n, "chain": last.chain.hex()},
        "faults": [asdict(fault) for fault in found.faults],
    }
