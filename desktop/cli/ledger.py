"""`banso-admin import`: the ledger (台帳) and the old records of the former system."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop.cli.clock import clock_on
from desktop.cli.progress_line import ProgressLine
from desktop.database.engine import make_engine, refuse_missing_file
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.era import format_date
from desktop.domain.errors import UserError
from desktop.domain.ledger import (
    LedgerChange,
    LedgerChangeKind,
    LedgerProblem,
    LedgerReport,
    RecordsReport,
)
from desktop.resources import resource_path
from desktop.services.ledger_import import LedgerImport

if TYPE_CHECKING:
    from desktop.cli.commands import Commands

Report = TypeVar("Report", LedgerReport, RecordsReport)
_REFUSED = 1
_SHOWN = 20
_KINDS = {
    LedgerChangeKind.NEW: "新規",
    LedgerChangeKind.CHANGED: "変更",
    LedgerChangeKind.VANISHED: "台帳にない",
}


def add_parser(commands: Commands) -> None:
    """Add the commands."""
    group = commands.add_parser("import", help="台帳・旧システム記録を取り込みます")
    actions = group.add_subparsers(required=True, metavar="対象")
    for name, run, help_text in (
        ("ledger", run_ledger, "台帳（1行に1人）を取り込みます"),
        ("records", run_records, "旧システムの記録を読み取り専用で取り込みます"),
    ):
        parser = actions.add_parser(name, help=help_text)
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--database", required=True, metavar="URL")
        parser.add_argument(
            "--mapping", required=True, metavar="MAPPING.toml", help="列の対応表（training も可）"
        )
        parser.add_argument("--dry-run", action="store_true", help="確かめるだけで保存しません")
        parser.add_argument("--json", action="store_true", help="機械が読む形で出力します")
        parser.add_argument("--today", type=date.fromisoformat, metavar="YYYY-MM-DD", help="取込日")
        parser.set_defaults(run=run)


def run_ledger(args: argparse.Namespace) -> int:
    """Look at a ledger, or take it in."""
    report = _with_import(
        args,
        lambda service, line: (service.preview if args.dry_run else service.run)(
            args.file, _mapping(args.mapping), line.report
        ),
    )
    if args.json:
        _print_json(report, dry_run=args.dry_run)
    else:
        _print_ledger(report, dry_run=args.dry_run)
    return _status(report.problems, report.problem_total)


def run_records(args: argparse.Namespace) -> int:
    """Look at old records, or take them in."""
    report = _with_import(
        args,
        lambda service, line: (service.preview_records if args.dry_run else service.run_records)(
            args.file, _mapping(args.mapping), line.report
        ),
    )
    if args.json:
        _print_json(report, dry_run=args.dry_run)
    elif not report.problem_total:
        print(
            f"旧システム記録：{report.rows:,}件（新規 {report.new:,}、取込済み {report.known:,}）"
        )
        print(_ending(dry_run=args.dry_run, applied=report.applied))
    return _status(report.problems, report.problem_total)


def _with_import(
    args: argparse.Namespace, call: Callable[[LedgerImport, ProgressLine], Report]
) -> Report:
    refuse_missing_file(args.database)
    engine = make_engine(args.database)
    try:
        with ProgressLine(sys.stderr) as line:
            return call(LedgerImport(UnitOfWork(engine), clock_on(args.today)), line)
    except KeyboardInterrupt:
        raise UserError("取込を中止しました。データベースは変わっていません。") from None
    finally:
        engine.dispose()


def _mapping(given: str) -> Path:
    """A path, or the name of a mapping that comes with the program."""
    shipped = resource_path("mappings", f"{Path(given).name}.toml")
    return shipped if not Path(given).exists() and shipped.exists() else Path(given)


def _print_json(report: LedgerReport | RecordsReport, *, dry_run: bool) -> None:
    print(json.dumps({"dry_run": dry_run, **asdict(report)}, ensure_ascii=False, default=str))


def _print_ledger(report: LedgerReport, *, dry_run: bool) -> None:
    training = "・研修用" if report.is_training else ""
    print(f"取込日：{format_date(report.imported_on)}　文字コード：{report.encoding}{training}")
    print(f"行：{report.rows:,}　世帯：{report.households:,}")
    print(
        f"新規：{report.new_households:,}世帯（{report.new_rows:,}行）　"
        f"変更：{report.changed_households:,}世帯（{report.changed_rows:,}行）　"
        f"転出：{report.left_members:,}人"
    )
    print(
        f"台帳にない世帯：{report.vanished_households:,}（そのまま残します）　"
        f"矛盾・誤り：{report.problem_total:,}"
    )
    _print_changes(report.changes)
    for notice in report.notices[:_SHOWN]:
        print(f"注意　{notice.full_sentence}")
    if not report.problem_total:
        print(_ending(dry_run=dry_run, applied=report.applied))


def _print_changes(changes: Iterable[LedgerChange]) -> None:
    for kind, label in _KINDS.items():
        for change in [c for c in changes if c.kind is kind][:_SHOWN]:
            place = f"（{change.line}行目）" if change.line else ""
            print(f"{label}　{change.case_number}{place}　{'・'.join(change.what)}".rstrip("　"))


def _ending(*, dry_run: bool, applied: bool) -> str:
    if applied:
        return "取り込みました。"
    return "確認だけを行いました。" if dry_run else "変更はありません。"


def _status(problems: tuple[LedgerProblem, ...], total: int) -> int:
    if not total:
        return 0
    for problem in problems[:_SHOWN]:
        print(problem.full_sentence, file=sys.stderr)
    print(
        f"矛盾・誤りが{total:,}件あります。直してから取り込んでください。データベースは変わっていません。",
        file=sys.stderr,
    )
    return _REFUSED
