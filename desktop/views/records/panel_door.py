"""The way from the entry editor to a panel in the form's place, and back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from desktop.views.records.entry_form import EntryForm
from desktop.views.widgets import named


class PanelDoor(QObject):
    """A button and its panel; without a panel nothing is offered. While it is open it takes the editor's Ctrl+Enter and Esc."""

    def __init__(
        self, panel: QWidget | None, form: EntryForm, *, text: str, name: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.form = form
        self._panel = panel
        self._stack: QStackedWidget | None = None
        self._around: tuple[QWidget, ...] = ()
        self._before: QWidget | None = None
        self.button = named(QPushButton(text), name)
        self.button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.button.clicked.connect(self.open)
        if panel is None:
            self.button.hide()

    def join(self, stack: QStackedWidget, *around: QWidget) -> None:
        """Stand in this stack; what is around it in the editor gives its room while the panel is open."""
        self._stack, self._around = stack, around
        if self._panel is not None:
            stack.addWidget(self._panel)

    @property
    def is_open(self) -> bool:
        """Whether the panel is shown."""
        return (
            self._panel is not None
            and self._stack is not None
            and self._stack.currentWidget() is self._panel
        )

    def open(self) -> None:
        """Show the panel, unless something else stands in the form's place."""
        if self._panel is None or self._stack is None or self._stack.currentIndex() != 0:
            return
        self._before = self.form.focusWidget()
        self.button.setEnabled(False)
        for part in self._around:
            part.hide()
        self._stack.setCurrentWidget(self._panel)
        self.begin()

    def take(self) -> bool:
        """Put what the panel holds in, unless something is missing; False where it is not open."""
        if not self.is_open:
            return False
        if self.is_ready():
            self._close()
            self.put_in()
        return True

    def leave(self) -> bool:
        """Back to the form as it was; False where the panel is not open."""
        if not self.is_open:
            return False
        self._close()
        return True

    def begin(self) -> None:
        """Fill the panel that was just opened."""

    def is_ready(self) -> bool:
        """Whether nothing is missing; else the panel says what."""
        return True

    def put_in(self) -> None:
        """Hand on what the panel holds."""

    def _close(self) -> None:
        if self._stack is not None:
            self._stack.setCurrentIndex(0)
        for part in self._around:
            part.show()
        self.button.setEnabled(True)
        if self._before is not None:
            self._before.setFocus()
