"""Forms of labelled fields."""

from __future__ import annotations

import re
from typing import TypeVar, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.override import override
from desktop.views.fields.field import Field
from desktop.views.fields.notes import FieldError

_MNEMONIC = re.compile(r"\(&.\)|&(?=.)")
AnyField = TypeVar("AnyField", bound=QWidget)


class FieldLabel(QWidget):
    """A label with its mnemonic, as high as the line it stands beside, and 必須 where something must be entered."""

    def __init__(self, text: str, field: QWidget, *, required: bool) -> None:
        super().__init__()
        self._editor = field.editor() if isinstance(field, Field) else field
        self._label = QLabel(text)
        self._label.setBuddy(self._editor)
        if not self._editor.accessibleName():
            self._editor.setAccessibleName(_MNEMONIC.sub("", text))
        self._mark: QLabel | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._label, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        self._mark_required(required=required)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def rename(self, text: str, *, required: bool) -> None:
        """Say something else of the same field, to the eye and to screen readers."""
        self._label.setText(text)
        self._editor.setAccessibleName(_MNEMONIC.sub("", text))
        self._mark_required(required=required)
        self.updateGeometry()

    def _mark_required(self, *, required: bool) -> None:
        if required and self._mark is None:
            self._mark = _required_mark()
            cast("QHBoxLayout", self.layout()).insertWidget(
                1, self._mark, 0, Qt.AlignmentFlag.AlignVCenter
            )
        if self._mark is not None:
            # Only in its place: shown without a parent it would flash as a window of its own.
            self._mark.setVisible(required)

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        line = self._editor.fontMetrics().height() * 3 // 2
        beside = min(self._editor.sizeHint().height(), line + line // 4)
        return QSize(hint.width(), max(hint.height(), beside))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class FormLayout(QFormLayout):
    """Labels beside their fields, or above them in narrow panes; tab order is the order of adding."""

    def __init__(self, parent: QWidget | None = None, *, labels_above: bool = False) -> None:
        super().__init__(parent)
        policy = QFormLayout.RowWrapPolicy
        self.setRowWrapPolicy(policy.WrapAllRows if labels_above else policy.DontWrapRows)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setFormAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

    def add_field(self, label: str, field: AnyField) -> AnyField:
        """Add a field under its label (`氏名(&N)`) and return it."""
        required = isinstance(field, Field) and field.required
        self.addRow(FieldLabel(label, field, required=required), field)
        return field

    def rename(self, field: QWidget, label: str, *, required: bool) -> None:
        """Let a field of this form have another label (`氏名(&N)`)."""
        known = self.labelForField(field)
        if isinstance(known, FieldLabel):
            known.rename(label, required=required)


def form_row(label: str, field: QWidget) -> QWidget:
    """Return a field with its label above it, for places outside a form."""
    row = QWidget()
    layout = QVBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(row.fontMetrics().height() // 8)
    layout.addWidget(FieldLabel(label, field, required=isinstance(field, Field) and field.required))
    layout.addWidget(field)
    return row


def _required_mark() -> QLabel:
    mark = FieldError()
    mark.setWordWrap(False)
    mark.setText("必須")
    mark.setProperty("tone", "required")
    return mark
