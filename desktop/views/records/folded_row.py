"""Fields that are seldom changed: a line says what they hold, a button opens them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.views.fields.form_layout import form_row
from desktop.views.widgets import named


class FoldedRow(QWidget):
    """Closed it costs one line and no stop for Tab; the key is in the button's text."""

    def __init__(self, button: str, keys: str, fields: dict[str, QWidget]) -> None:
        super().__init__()
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.button = named(QToolButton(), "unfold")
        self.button.setText(f"{button}（{keys}）")
        self.button.setShortcut(keys)
        self.button.setProperty("flat", True)
        self.button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._fields = tuple(fields.values())
        self._inside = QWidget()
        self._rows: dict[QWidget, QWidget] = {}
        self._build(fields)
        self.button.clicked.connect(self.unfold)

    @property
    def is_open(self) -> bool:
        """Whether the fields are shown."""
        return not self._inside.isHidden()

    def show_summary(self, text: str) -> None:
        """Say what the fields hold, and close them."""
        self.summary.setText(text)
        self._open(is_open=False)

    def unfold(self) -> None:
        """Show the fields and go to the first."""
        self._open(is_open=True)
        first = next((field for field, row in self._rows.items() if not row.isHidden()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def holds(self, field: QWidget) -> bool:
        """Whether the field is one of these."""
        return field in self._fields

    def show_field(self, field: QWidget, *, is_asked: bool) -> None:
        """Offer a field or not."""
        self._rows[field].setVisible(is_asked)

    def _open(self, *, is_open: bool) -> None:
        self._inside.setVisible(is_open)
        self.summary.setVisible(not is_open)
        self.button.setVisible(not is_open)

    def _build(self, fields: dict[str, QWidget]) -> None:
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        for label, field in fields.items():
            self._rows[field] = form_row(label, field)
            inside.addWidget(self._rows[field])
        line = QHBoxLayout()
        line.addWidget(self.summary, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self._inside)
