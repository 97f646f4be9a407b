"""Numbered pictures of what a person sees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.errors import UserError
from desktop.reports.preview import page_image

_PAGE_DPI = 80


class Camera:
    """Takes pictures into one folder; file names say the step, never a person."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self.taken: list[Path] = []

    def take(self, step: str) -> Path:
        """Picture of the window at the front."""
        return self._keep(step, "png", lambda path: front_window().grab().save(str(path)))

    def pdf(self, step: str) -> Path:
        """Where the next PDF goes."""
        return self._keep(step, "pdf", lambda _: True)

    def page(self, step: str, pdf: Path) -> Path:
        """Picture of the first page of a PDF, as paper shows it."""
        drawn = page_image(pdf.read_bytes(), 0, _PAGE_DPI)
        picture = QImage(
            drawn.rgb, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB888
        )
        return self._keep(step, "png", lambda path: picture.save(str(path)))

    def last_picture(self) -> None:
        """What stood on the screen when the tour stopped."""
        if any(window.isVisible() for window in QApplication.topLevelWidgets()):
            self.take("stopped_here")

    def _keep(self, step: str, ending: str, save: Callable[[Path], bool]) -> Path:
        path = self._out / f"{len(self.taken) + 1:02}_{step}.{ending}"
        if not save(path):
            raise UserError(f"画像を保存できません：{path.name}")
        self.taken.append(path)
        return path


def front_window() -> QWidget:
    """The window a person has in front; a platform without a screen may still name one that was closed."""
    active = QApplication.activeWindow()
    if active is not None and active.isVisible():
        return active
    return next(window for window in QApplication.topLevelWidgets() if window.isVisible())
