"""`banso-admin training`: make a training office, and export its ledger."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.progress_line import ProgressLine
from desktop.database.engine import parse_url
from desktop.domain.clock import SystemClock
from desktop.services import training

if TYPE_CHECKING:
    from desktop.cli.commands import Commands

_HOUSEHOLDS, _SEED = 240, 1


def add_parser(commands: Commands) -> None:
    """Add the commands."""
    group = commands.add_parser("training", help="研修用の福祉事務所")
    actions = group.add_subparsers(required=True, metavar="操作")
    parser = actions.add_parser(
        "create", help="架空の人々と5年分の記録で研修用の福祉事務所を作ります"
    )
    parser.add_argument("--database", required=True, metavar="URL")
    parser.add_argument("--households", type=_count, default=_HOUSEHOLDS, metavar="N")
    parser.add_argument(
        "--seed", type=int, default=_SEED, metavar="S", help="同じ数なら同じ内容になります"
    )
    parser.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="この日を今日とみなします")
    parser.add_argument("--planted", type=Path, metavar="FILE.json", help="仕込んだ問題の一覧")
    parser.add_argument(
        "--entries-per-year",
        type=float,
        default=training.ENTRIES_PER_YEAR,
        metavar="N",
        help="1世帯1年の記録の数",
    )
    parser.add_argument("--json", action="store_true", help="機械が読む形で出力します")
    parser.set_defaults(run=run)
    parser = actions.add_parser(
        "export-ledger", help="研修用の台帳を CSV（CP932・和暦）に書き出します"
    )
    parser.add_argument("--database", required=True, metavar="URL")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="機械が読む形で出力します")
    parser.set_defaults(run=run_export)
    parser = actions.add_parser(
        "export-applications", help="研修用の電子申請（CSV・JSONと添付ファイル）を書き出します"
    )
    parser.add_argument("--database", required=True, metavar="URL")
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER")
    parser.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="この日を今日とみなします")
    parser.set_defaults(run=run_export_applications)


def run(args: argparse.Namespace) -> int:
    """Create the office, with progress on stderr."""
    with ProgressLine(sys.stderr) as line:
        made = training.create(
            args.database,
            households=args.households,
            seed=args.seed,
            today=args.today or SystemClock().today(),
            progress=line.report,
            planted=args.planted or _beside(args.database),
            entries_per_year=args.entries_per_year,
        )
    if args.json:
        content = {
            "households": made.households,
            "persons": made.persons,
            "entries": made.entries,
            "staff": made.staff,
            "planted": dict(made.planted),
            "planted_file": str(made.planted_file) if made.planted_file else None,
            "tables": dict(made.rows),
            "seconds": round(made.seconds, 2),
        }
        print(json.dumps(content))
        return 0
    print(
        f"研修用の福祉事務所を作りました（{made.households:,}世帯、{made.persons:,}人、"
        f"記録{made.entries:,}件、{made.seconds:.1f}秒）。"
    )
    if made.planted_file:
        print(f"仕込んだ問題の一覧：{made.planted_file}")
    return 0


def run_export(args: argparse.Namespace) -> int:
    """Export the ledger, with progress on stderr."""
    with ProgressLine(sys.stderr) as line:
        found = training.export_ledger(args.database, args.out, line.report)
    if args.json:
        print(json.dumps({"households": found.households, "rows": found.rows}))
    else:
        print(f"台帳を書き出しました（{found.households:,}世帯、{found.rows:,}行）。")
    return 0


def run_export_applications(args: argparse.Namespace) -> int:
    """Export online applications for practice."""
    found = training.export_applications(
        args.database, args.out, args.today or SystemClock().today()
    )
    print(
        f"電子申請をCSVとJSONに{found.applications:,}件ずつ書き出しました"
        f"（うち取り込めない例 {found.unfit:,}件）。"
    )
    return 0


def _beside(url: str) -> Path | None:
    """The list of plants stands beside an SQLite file; a server has no such place."""
    parsed = parse_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    place = Path(parsed.database)
    return place.with_name(f"{place.stem}.planted.json")


def _count(text: str) -> int:
    value = int(text)
    if not training.LEAST <= value <= training.MOST:
        raise argparse.ArgumentTypeError(f"{training.LEAST}から{training.MOST:,}までの数です。")
    return value


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("日付は 2026-11-24 のように指定してください。") from None
