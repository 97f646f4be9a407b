"""Small helps for building widgets."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str) -> W:
    """The widget under an object name: style sheet and tests find it by that."""
    widget.setObjectName(name)
    return widget


def muted_label(text: str = "") -> QLabel:
    """A label in the quiet colour, for explanations."""
    label = QLabel(text)
    label.setProperty("muted", True)
    return label


def at_left(widget: QWidget) -> QHBoxLayout:
    """A row with the widget at its own width."""
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch(1)
    return row


def keep_height_for_width(widget: QWidget) -> None:
    """Give a row that flows over several lines the height that its width asks for, and no more."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)


def low_for_width(widget: QWidget) -> None:
    """The same for a row of many parts: the window may be lower than all of them beneath each other."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)


def restyle(widget: QWidget, property_name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and apply the style sheet again."""
    widget.setProperty(property_name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
