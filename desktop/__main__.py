"""Starts the program: `banso [--database URL]`, or the tour through the main job: `banso tour --out DIR`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    given = _parser().parse_args(arguments)
    from PySide6.QtWidgets import QApplication

    from desktop.app import Program, start_logging
    from desktop.services.settings import SettingsFile, data_folder, default_settings_path

    if given.command == "tour":
        from desktop.tour import run_tour

        return int(run_tour(given.out, database=given.database))
    start_logging(data_folder())
    app = QApplication(sys.argv[:1])
    program = Program(app, SettingsFile(default_settings_path()), database=given.database)
    program.crash.install()
    program.start()
    status = app.exec()
    program.stop()
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="banso", description="伴走：生活保護ケースワークの机")
    parser.add_argument(
        "--database", default="", help="データベースの場所（省略時は設定、なければ研修用）"
    )
    commands = parser.add_subparsers(dest="command")
    tour = commands.add_parser("tour", help="画面を順に撮影して一巡する")
    tour.add_argument("--out", type=Path, default=Path("tour"), help="画像とPDFを置くフォルダー")
    tour.add_argument("--database", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
