"""Letters as keys of a widget: they act while it has the keyboard and belong to the fields elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def let_keys_act(
    widget: QWidget, acts: Mapping[str, Callable[[], object]], *, with_children: bool = False
) -> None:
    """Let each key act while the widget itself, or also what is in it, has the keyboard."""
    own, whole = (
        Qt.ShortcutContext.WidgetShortcut,
        Qt.ShortcutContext.WidgetWithChildrenShortcut,
    )
    for key, act in acts.items():
        shortcut = QShortcut(QKeySequence(key), widget)
        shortcut.setContext(whole if with_children else own)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)
