"""Choices beside each other where there is room, each under its label."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.views.fields.form_layout import FieldLabel
from desktop.views.flow_layout import FlowLayout


def labelled(label: str, field: QWidget) -> QWidget:
    """A field under its label, without the mark 必須: something is always chosen in it."""
    row = QWidget()
    layout = QVBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(row.fontMetrics().height() // 8)
    layout.addWidget(FieldLabel(label, field, required=False))
    layout.addWidget(field)
    return row


def side_by_side(rows: Sequence[QWidget]) -> QWidget:
    """These rows beside each other, in further lines where the room ends."""
    box = QWidget()
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    box.setSizePolicy(policy)
    layout = FlowLayout(box)
    for row in rows:
        layout.addWidget(row)
    return box


def stacked(rows: Sequence[QWidget]) -> QWidget:
    """These rows one below the other."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(box.fontMetrics().height() // 8)
    for row in rows:
        layout.addWidget(row)
    return box
