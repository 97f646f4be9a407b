"""Starts the program: `banso [--database URL]`, reads a pack: `banso --pack FILE`, or the tour through the main job: `banso tour --out DIR`."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.app import Program


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    given = _parser().parse_args(arguments)
    if given.command == "tour":
        from desktop.tour import run_tour

        return int(run_tour(given.out, database=given.database))
    app, program = begin(given.database, pack=given.pack)
    status = app.exec()
    program.stop()
    return status


def begin(
    database: str, settings: Path | None = None, *, pack: Path | None = None
) -> tuple[QApplication, Program]:
    """The program with its sign-in window, which takes keys once the event loop runs; or with a reading pack."""
    # What is made while starting lives as long as the program: there is nothing to collect. The desk switches it on.
    gc.disable()
    from desktop.app import Program, make_application, start_logging
    from desktop.services.settings import SettingsFile, data_folder, default_settings_path

    start_logging(data_folder())
    app = make_application(sys.argv[:1])
    stored = SettingsFile(settings or default_settings_path())
    program = Program(app, stored, database=database, pack=pack)
    program.crash.install()
    program.start()
    return app, program


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="banso", description="伴走：生活保護ケースワークの机")
    parser.add_argument(
        "--database", default="", help="データベースの場所（省略時は設定、なければ研修用）"
    )
    parser.add_argument(
        "--pack", type=Path, help="閲覧パックのファイルを開く（データベースは使わない）"
    )
    commands = parser.add_subparsers(dest="command")
    tour = commands.add_parser("tour", help="画面を順に撮影して一巡する")
    tour.add_argument("--out", type=Path, default=Path("tour"), help="画像とPDFを置くフォルダー")
    tour.add_argument("--database", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        # In the bundle a process that looks into a file is this very program, called with marks of its own.
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
