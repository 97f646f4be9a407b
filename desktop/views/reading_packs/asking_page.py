"""Before a reading pack is open: which file, its passphrase, and what to do with one that is over."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ValidationError
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.password_field import PasswordField
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.widgets import muted_label, named

_KEPT_NOWHERE = (
    "合言葉はどこにも保存されません。開いた内容はこの画面にだけ表示され、書き出せません。"
)


class AskingPage(QWidget):
    """`entered` carries the passphrase; `delete_requested` and `left` are wishes."""

    entered = Signal(str)
    delete_requested = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.told = named(QLabel(), "pack_told")
        self.told.setWordWrap(True)
        self.passphrase = PasswordField("合言葉", required=True)
        self.open_button = named(QPushButton("開く（Enter）"), "open_pack")
        self.open_button.setProperty("primary", True)
        self.delete_button = named(QPushButton("ファイルを消す（Ctrl+D）"), "delete_pack")
        self.leave_button = named(QPushButton("閉じる（Esc）"), "leave_pack")
        self._row = form_row("合言葉(&P)", self.passphrase)
        self._lay_out()
        self.open_button.clicked.connect(lambda *_: self.enter())
        self.delete_button.clicked.connect(self.delete_requested)
        self.leave_button.clicked.connect(self.left)

    def ask(self, told: str) -> None:
        """Ask for the passphrase of this pack."""
        self.told.setText(told)
        self._offer(may_open=True)
        self.passphrase.forget()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_again(self) -> None:
        """The passphrase was not the right one."""
        self._offer(may_open=True)
        self.passphrase.forget()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_deleting(self) -> None:
        """It opens no more; what remains is to delete it."""
        self.told.clear()
        self._offer(may_open=False, may_delete=True)
        self.delete_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_nothing(self) -> None:
        """It cannot be read at all, or is gone."""
        self.told.clear()
        self._offer(may_open=False)
        self.leave_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        """Hand the passphrase on."""
        if self.delete_button.hasFocus():
            self.delete_requested.emit()
        elif self.leave_button.hasFocus():
            self.left.emit()
        elif self.open_button.isVisible() and self.open_button.isEnabled():
            try:
                typed = self.passphrase.entered()
            except ValidationError:
                return  # the field says it
            self.open_button.setEnabled(False)
            self.entered.emit(typed or "")

    def _offer(self, *, may_open: bool, may_delete: bool | None = None) -> None:
        self._row.setVisible(may_open)
        self.open_button.setVisible(may_open)
        self.open_button.setEnabled(may_open)
        self.delete_button.setVisible(may_open if may_delete is None else may_delete)

    def _lay_out(self) -> None:
        hint = muted_label(_KEPT_NOWHERE)
        hint.setWordWrap(True)
        buttons = FlowingRow()
        for button in (self.open_button, self.delete_button, self.leave_button):
            buttons.add(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for widget in (self.told, self._row, hint, buttons):
            layout.addWidget(widget)
        layout.addStretch(1)
