"""`banso-admin server tick`: the one scheduled command of the server (systemd timer, Windows task)."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.clock import SystemClock
from desktop.domain.tick import TickReport, TickStep
from desktop.services.server.tick import tick

if TYPE_CHECKING:
    from desktop.cli.commands import Commands

FAILED = 1
_COUNTS = {
    "sealed": "封印 {}件",
    "kept": "書き足し {}件",
    "made": "作成 {}か月分",
    "files": "ログ {}ファイル",
    "refused": "失敗 {}件",
    "locked": "停止 {}人",
    "given": "付与 {}件",
    "taken": "取消 {}件",
    "opened": "再開 {}人",
    "closed": "停止 {}人",
    "left": "退職者等 {}件",
    "idle": "放置 {}件",
    "emptied": "言葉を消去 {}件",
}


def add_tick(actions: Commands) -> None:
    """Add `server tick`."""
    parser = actions.add_parser("tick", help="毎分の定期処理（封印、区画、権限、接続、失敗の集計）")
    parser.add_argument("--admin-url", required=True, metavar="URL", help="管理者としての接続先")
    parser.add_argument(
        "--log-dir",
        type=Path,
        metavar="DIR",
        help="サーバーのログのフォルダー（logging_collector を使わないとき）",
    )
    parser.add_argument(
        "--seals",
        type=Path,
        metavar="FILE",
        help="封印を書き足す控え（データベースの外の証人。古いバックアップに戻ると分かります）",
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run_tick)


def run_tick(args: argparse.Namespace) -> int:
    """Do the scheduled work once; status 1 where a step was not done."""
    report = tick(args.admin_url, SystemClock(), args.log_dir, args.seals)
    if args.json:
        print(json.dumps(_as_json(report), ensure_ascii=False))
    for step in report.steps:
        if not args.json:
            print(f"{step.label}: {_counted(step)}")
        for sentence in (step.failure, step.notice):
            if sentence:
                print(f"{step.label}: {sentence}", file=sys.stderr)
    return 0 if report.is_whole else FAILED


def _counted(step: TickStep) -> str:
    return "、".join(_COUNTS[name].format(n) for name, n in step.counts.items()) or "－"


def _as_json(report: TickReport) -> dict[str, object]:
    return {"whole": report.is_whole, "steps": [asdict(step) for step in report.steps]}
