"""A short form beneath a policy: filled in while the policy is read, recorded by one key, never a window of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import UserError, ValidationError
from desktop.views.fields.field import Field
from desktop.views.records.notice import Notice
from desktop.views.widgets import muted_label, named


class AnswerPanel(QFrame):
    """`recorded` carries what was filled in; `left` asks to close. Ctrl+S records, Esc leaves."""

    recorded = Signal(object)
    left = Signal()

    def __init__(self, name: str, help_line: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._edits = 0
        self.title = named(QLabel(), "section_title")
        self.title.setWordWrap(True)
        self.hint = Notice()
        self.refusal = Notice()
        self.form = QVBoxLayout()
        self.record_button = named(QPushButton("記録する（Ctrl+S）"), f"{name}_record")
        self.leave_button = named(QPushButton("やめる（Esc）"), f"{name}_leave")
        self._lay_out(help_line)
        for key, act in (("Ctrl+S", self.hand_in), ("Esc", self.left.emit)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def fields(self) -> dict[str, Field[str] | Field[object]]:
        """The fields by the names that the services use in their refusals, the first to be filled in first."""
        raise NotImplementedError

    def read(self) -> object:
        """What was filled in; raises ValidationError and goes to the field that is wrong."""
        raise NotImplementedError

    def has_unsaved(self) -> bool:
        """Whether somebody typed here since it was opened."""
        return not self.isHidden() and self._edits > 0

    def hand_in(self) -> None:
        """Record what was filled in, once."""
        if not self.record_button.isEnabled():
            return
        self.refusal.say("")
        try:
            given = self.read()
        except ValidationError:
            return
        self.record_button.setEnabled(False)
        self.recorded.emit(given)

    def show_refusal(self, error: UserError) -> None:
        """Say what was refused, beside its field where it has one."""
        self.record_button.setEnabled(True)
        fields = self.fields()
        sentences = error.fields if isinstance(error, ValidationError) else {}
        placed = [name for name in sentences if name in fields]
        for name in placed:
            fields[name].show_error(sentences[name])
        if placed:
            fields[placed[0]].setFocus()
        else:
            self.refusal.say(error.sentence, "error")

    def _begin(self, title: str, hint: str) -> None:
        """Stand ready: nothing typed yet."""
        self._edits = 0
        self.title.setText(title)
        self.hint.say(hint, "info")
        self.refusal.say("")
        self.record_button.setEnabled(True)
        self.show()

    def _watch(self) -> None:
        """Called once the fields stand in the form: the buttons, made before them, come behind the last one."""
        last: QWidget | None = None
        for field in self.fields().values():
            field.edited.connect(self._was_edited)
            last = field.editor()
        if last is not None:
            self.setTabOrder(last, self.leave_button)
            self.setTabOrder(self.leave_button, self.record_button)

    def _was_edited(self) -> None:
        self._edits += 1

    def _lay_out(self, help_line: str) -> None:
        self.record_button.setProperty("primary", True)
        about = muted_label(help_line)
        about.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave_button)
        buttons.addWidget(self.record_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        parts: tuple[QWidget, ...] = (self.title, self.hint, self.refusal)
        for part in parts:
            layout.addWidget(part)
        layout.addLayout(self.form)
        layout.addWidget(about)
        layout.addLayout(buttons)
        self.record_button.clicked.connect(self.hand_in)
        self.leave_button.clicked.connect(self.left)
        self.hide()
