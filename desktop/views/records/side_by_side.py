"""Two versions beside each other, each with what is different in it marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.domain.records import SegmentKind
from desktop.viewmodels.records_difference import PartDifference
from desktop.viewmodels.text_difference import new_side, old_side
from desktop.views.look import Look
from desktop.views.records.entry_browser import EntryBrowser
from desktop.views.widgets import muted_label, named

#: Texts are shown whole, the facts of the contact only where they differ.
_ALWAYS = frozenset({*SegmentKind, "promises"})
#: So begin the keys of the texts of a support policy.
_POLICY = "policy:"
_LEGEND = "取消線＝左だけにある文　下線＝右だけにある文"


class SideBySide(QWidget):
    """The older text at the left, the newer at the right; both scroll together."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left = named(EntryBrowser(look, "前の文"), "difference_left")
        self.right = named(EntryBrowser(look, "後の文"), "difference_right")
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        panes.addWidget(self.left)
        panes.addWidget(self.right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panes, 1)
        layout.addWidget(muted_label(_LEGEND))
        self.left.verticalScrollBar().valueChanged.connect(self.right.verticalScrollBar().setValue)
        self.right.verticalScrollBar().valueChanged.connect(self.left.verticalScrollBar().setValue)

    def show_parts(
        self, left_title: str, right_title: str, parts: Sequence[PartDifference]
    ) -> None:
        """Show the comparison."""
        shown = [
            part for part in parts if part.is_changed or (_is_text(part.key) and part.has_text)
        ]
        self.left.show_parts(left_title, [(p.label, old_side(p.pieces)) for p in shown])
        self.right.show_parts(right_title, [(p.label, new_side(p.pieces)) for p in shown])


def _is_text(key: str) -> bool:
    return key in _ALWAYS or key.startswith(_POLICY)
