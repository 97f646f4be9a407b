"""Runs the tour: the program on a fresh training office, a clock that stands still, nothing of the user's touched."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from desktop.app import Program, make_application
from desktop.services.settings import SettingsFile
from desktop.tour.camera import Camera
from desktop.tour.clock import TOUR_CLOCK
from desktop.tour.driver import Driver
from desktop.tour.main_job import main_job


def run_tour(out: Path, *, database: str = "") -> int:
    """Drive the main job and leave pictures and PDFs in `out`; 0 when everything appeared, else 1 and a sentence."""
    if not sys.platform.startswith(("win", "darwin")) and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out.mkdir(parents=True, exist_ok=True)
    for earlier in (*out.glob("[0-9][0-9]_*.png"), *out.glob("[0-9][0-9]_*.pdf")):
        earlier.unlink()
    app = QApplication.instance()
    app = app if isinstance(app, QApplication) else make_application(sys.argv[:1])
    folder = Path(tempfile.mkdtemp(prefix="banso-tour-"))
    try:
        return _drive(app, out, folder, database)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _drive(app: QApplication, out: Path, folder: Path, database: str) -> int:
    program = Program(
        app,
        SettingsFile(folder / "settings.toml"),
        database=database,
        clock=TOUR_CLOCK,
        folder=folder,
        state=QSettings(str(folder / "state.ini"), QSettings.Format.IniFormat),
    )
    camera = Camera(out)
    driver = Driver(app, main_job(program, camera))
    program.start()
    driver.start()
    status = app.exec()
    program.stop()
    if driver.failure:
        camera.last_picture()
        sys.stderr.write(f"ツアーが止まりました：{driver.failure}\n")
        return status
    sys.stdout.write(f"{len(camera.taken)}枚の画像とPDFを {out} に保存しました。\n")
    return status
