"""Labels beside their fields, row by row; a row can be hidden with its label."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import FieldLabel


class LabelledGrid(QGridLayout):
    """Unlike QFormLayout it keeps every row as tall as its field asks when rows come and go."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setColumnStretch(1, 1)
        self._labels: dict[QWidget, QWidget] = {}

    def add_row(self, label: str, field: QWidget) -> None:
        """Add a field under its label (`時刻(&J)`)."""
        row = self.rowCount()
        required = isinstance(field, Field) and field.required
        self._labels[field] = FieldLabel(label, field, required=required)
        self.addWidget(self._labels[field], row, 0, Qt.AlignmentFlag.AlignTop)
        self.addWidget(field, row, 1)

    def show_row(self, field: QWidget, *, is_shown: bool) -> None:
        """Show or hide a row."""
        field.setVisible(is_shown)
        self._labels[field].setVisible(is_shown)
