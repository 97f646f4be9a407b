"""Numbered pictures of what a person sees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.errors import UserError


class Camera:
    """Takes pictures into one folder; file names say the step, never a person."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self.taken: list[Path] = []

    def take(self, step: str) -> Path:
        """Picture of the window at the front."""
        return self._keep(step, "png", lambda path: front_window().grab().save(str(path), "PNG"))

    def pdf(self, step: str) -> Path:
        """Where the next PDF goes."""
        return self._keep(step, "pdf", lambda _: True)

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
    """The visible top-level window."""
    return next(window for window in QApplication.topLevelWidgets() if window.isVisible())
