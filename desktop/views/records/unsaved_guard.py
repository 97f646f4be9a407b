"""Asked before something typed would be lost: three ways, the safe one is the default."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

_QUESTION = "保存していない内容があります。保存してから閉じますか。"


def ask_before_closing(
    parent: QWidget, on_save: Callable[[], object], on_discard: Callable[[], object]
) -> QMessageBox:
    """Open the question; Esc and 戻る leave everything as it is."""
    box = QMessageBox(
        QMessageBox.Icon.Question, parent.window().windowTitle(), _QUESTION, parent=parent
    )
    box.setObjectName("unsaved_guard")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    save = box.addButton("保存して閉じる", QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton("保存せずに閉じる", QMessageBox.ButtonRole.DestructiveRole)
    back = box.addButton("戻る", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(back)
    save.clicked.connect(on_save)
    discard.clicked.connect(on_discard)
    box.open()
    return box
