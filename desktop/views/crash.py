"""What a person sees and what the log gets when the program has a bug."""

from __future__ import annotations

import logging
import sys
from datetime import datetime
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop.domain.incident import describe

logger = logging.getLogger(__name__)

_SENTENCE = (
    "プログラムの中で予期しない問題が起きました。保存済みの内容は失われていません。\n"
    "この画面を閉じて続けられます。続けて起きるときは、いったん終了し、下の番号をシステム担当者にお知らせください。"
)
_COPY = "詳細をコピー"


class CrashHandler(QObject):
    """Takes bugs from sys.excepthook and from the job runner: logs frames, shows one calm dialog, holds no person's data."""

    _caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._box: QMessageBox | None = None
        # Queued, so that a bug inside a paint or on another thread is shown from the event loop.
        self._caught.connect(self.show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the program's excepthook."""
        sys.excepthook = self.take

    def take(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Log a bug and have it shown; Ctrl+C in a terminal ends the program as usual."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        logger.critical("unexpected: %s", describe(error))
        self._caught.emit(error)

    @Slot(object)
    def show(self, error: BaseException) -> None:
        """Show the dialog, unless it is open already."""
        if self._box is not None:
            return
        box = _CrashBox(describe(error))
        box.finished.connect(self._forget)
        self._box = box
        box.open()

    def _forget(self) -> None:
        self._box = None


class _CrashBox(QMessageBox):
    """The calm dialog: a sentence, a number to name on the telephone, and the frames to copy."""

    def __init__(self, details: str) -> None:
        super().__init__(QApplication.activeWindow())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        moment = datetime.now().astimezone()
        self._report = f"{moment:%Y-%m-%d %H:%M:%S}\n{details}"
        self.setObjectName("crash_box")
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle("伴走")
        self.setText(_SENTENCE)
        self.setInformativeText(f"番号：{moment:%m%d-%H%M%S}")
        self._copy = self.addButton(_COPY, QMessageBox.ButtonRole.ActionRole)
        self._copy.clicked.disconnect()
        self._copy.clicked.connect(self._copy_report)
        self.setDefaultButton(self.addButton("閉じる", QMessageBox.ButtonRole.AcceptRole))

    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
