"""What is done with a paper in its file: open the record that names it, draft, print, strike a wrong link."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.domain.papers import MOST_NOTE, PaperInFile
from desktop.viewmodels.papers import PaperActs, entries_of, link_text
from desktop.views.papers.folding_row import FlowingRow, FoldingRow
from desktop.views.widgets import named


class FileActs(QWidget):
    """`strike_requested` carries a link's id and the reason. `left`: back to the list. Readers see the first button only."""

    entry_requested = Signal()
    draft_requested = Signal()
    print_requested = Signal()
    strike_requested = Signal(object, str)
    left = Signal()

    def __init__(self, *, may_handle: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_handle = may_handle
        self.entry_button = named(QPushButton("記録を開く（Enter）"), "open_entry_of_paper")
        self.draft_button = named(QPushButton("起案を頼む（D）"), "draft_paper")
        self.print_button = named(QPushButton("受付票・受領証（P）"), "print_paper")
        self.links = named(QComboBox(), "links_of_paper")
        self.reason = named(QLineEdit(), "strike_reason")
        self.strike_button = named(QPushButton("結び付きを取り消す（X）"), "strike_link")
        self._strike_row = FoldingRow()
        self._lay_out()
        self._connect()

    def show_paper(self, paper: PaperInFile | None, acts: PaperActs) -> None:
        """Offer what may be done with the paper at hand."""
        held = [link for link in paper.links if not link.is_struck] if paper else []
        self.entry_button.setEnabled(bool(paper and entries_of(paper)))
        self.draft_button.setEnabled(acts.may_draft)
        self.print_button.setEnabled(paper is not None)
        self.links.clear()
        for link in reversed(held):
            self.links.addItem(link_text(link), link.link_id)
        self._strike_row.setVisible(self._may_handle and bool(held))

    def clear(self) -> None:
        """Forget the reason."""
        self.reason.clear()

    def strike(self) -> None:
        """Strike the link chosen with the reason that is typed; without one, ask for it."""
        link_id, reason = self.links.currentData(), self.reason.text().strip()
        if isinstance(link_id, UUID) and reason:
            self.strike_requested.emit(link_id, reason)
        else:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self.clear()
        self.left.emit()

    def _lay_out(self) -> None:
        self.links.setAccessibleName("取り消す結び付き")
        self.links.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.links.setMinimumContentsLength(20)
        self.reason.setAccessibleName("結び付きを取り消す理由")
        self.reason.setPlaceholderText("取り消す理由（例：別の月の書類だった）")
        self.reason.setMaxLength(MOST_NOTE)
        above = FlowingRow()
        for button in (self.entry_button, self.draft_button, self.print_button):
            above.add(button)
        if not self._may_handle:
            self.draft_button.hide()
            self.print_button.hide()
        self._strike_row.add_part(self.links, stretches=0, share=1)
        self._strike_row.add_part(self.reason, self.strike_button, stretches=0, share=2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(above)
        layout.addWidget(self._strike_row)

    def _connect(self) -> None:
        self.entry_button.clicked.connect(self.entry_requested)
        self.draft_button.clicked.connect(self.draft_requested)
        self.print_button.clicked.connect(self.print_requested)
        self.strike_button.clicked.connect(self.strike)
        self.reason.returnPressed.connect(self.strike)
        escape = QShortcut(QKeySequence("Escape"), self.reason)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(self._leave)
