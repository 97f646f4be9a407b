"""The way from the entry editor to its ticks and back: a button, and the panel in the place of the form."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from desktop.domain.ticks import TickSheet
from desktop.views.look import Look
from desktop.views.records.entry_form import EntryForm
from desktop.views.records.tick_panel import TickPanel
from desktop.views.widgets import named


class TickDoor(QObject):
    """Without a sheet nothing is offered. While the panel is open it takes the editor's Ctrl+Enter and Esc."""

    def __init__(
        self, sheet: TickSheet | None, look: Look, *, form: EntryForm, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._stack: QStackedWidget | None = None
        self._foot: QWidget | None = None
        self._before: QWidget | None = None
        self.button = named(QPushButton("チェックを文に(&C)"), "open_ticks")
        self.button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.button.setToolTip("聞いたこと・見たことを選ぶと、出所のある文になります。")
        self.panel = TickPanel(sheet, look) if sheet is not None and sheet.subjects else None
        if self.panel is None:
            self.button.hide()

    def join(self, stack: QStackedWidget, foot: QWidget) -> None:
        """Stand in this stack; the editor's foot is hidden meanwhile."""
        self._stack, self._foot = stack, foot
        if self.panel is None:
            return
        stack.addWidget(self.panel)
        self.button.clicked.connect(self.open)
        self.panel.given.connect(self.take)
        self.panel.left.connect(self.leave)

    @property
    def is_open(self) -> bool:
        """Whether the ticks are shown."""
        return self._stack is not None and self._stack.currentWidget() is self.panel

    def open(self) -> None:
        """Show what can be ticked, unless something else stands in the form's place."""
        if self.panel is None or self._stack is None or self._stack.currentIndex() != 0:
            return
        self._before = self._form.focusWidget()
        self.button.setEnabled(False)
        if self._foot is not None:
            self._foot.hide()
        self._stack.setCurrentWidget(self.panel)
        self.panel.begin(self._form.segments.texts_now(), self._form.tick_groups())

    def take(self) -> bool:
        """Put the sentences in, unless a word for one is missing; False where the panel is not open."""
        if self.panel is None or not self.is_open:
            return False
        if not self.panel.has_all():
            return True
        board = self.panel.board
        self._close()
        self._form.put_in(board.result(), board.sources())
        return True

    def leave(self) -> bool:
        """Back to the form as it was; False where the panel is not open."""
        if not self.is_open:
            return False
        self._close()
        return True

    def _close(self) -> None:
        if self._stack is not None:
            self._stack.setCurrentIndex(0)
        if self._foot is not None:
            self._foot.show()
        self.button.setEnabled(True)
        if self._before is not None:
            self._before.setFocus()
