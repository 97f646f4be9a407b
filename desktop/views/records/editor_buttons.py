"""The foot of the entry editor: save, submit, close, and how the entry stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.views.widgets import muted_label, named


class EditorButtons(QWidget):
    """Every button shows its key; the keys work anywhere in the editor."""

    def __init__(self) -> None:
        super().__init__()
        self.state: QLabel = named(muted_label(), "editor_state")
        self.save = named(QPushButton("保存（Ctrl+S）"), "save_entry")
        self.submit = named(QPushButton("提出（Ctrl+Enter）"), "submit_entry")
        self.close_button = named(QPushButton("閉じる（Esc）"), "close_entry")
        self.submit.setProperty("primary", True)
        self.state.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.addWidget(self.state, 1)
        for button in (self.save, self.submit, self.close_button):
            layout.addWidget(button)

    def join(
        self,
        editor: QWidget,
        *,
        save: Callable[[], object],
        submit: Callable[[], object],
        close: Callable[[], object],
    ) -> None:
        """Connect buttons and keys."""
        for button, keys, act in (
            (self.save, ("Ctrl+S", "F12"), save),
            (self.submit, ("Ctrl+Return", "Ctrl+Enter"), submit),
            (self.close_button, ("Esc",), close),
        ):
            button.clicked.connect(lambda _checked=False, done=act: done())
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), editor)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.setAutoRepeat(False)
                shortcut.activated.connect(act)

    def set_busy(self, *, is_busy: bool) -> None:
        """While something is stored, nothing can be asked for twice."""
        self.save.setEnabled(not is_busy)
        self.submit.setEnabled(not is_busy)
