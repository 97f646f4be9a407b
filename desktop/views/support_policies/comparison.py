"""Two policies compared, with a line that says what changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QTextDocument
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from desktop.override import override
from desktop.viewmodels.support_policies import Names, Policy
from desktop.viewmodels.support_policies_comparison import Comparison, compare_policies
from desktop.views.look import Look
from desktop.views.records.entry_browser import EntryBrowser
from desktop.views.records.entry_document import EntryWriter
from desktop.views.support_policies.difference_document import write_columns, write_text
from desktop.views.widgets import muted_label, named

_LEGEND = "取消線＝前だけにある文　下線＝後だけにある文"
#: Narrower than this, in full-width characters, the two columns become one text.
_ROOM_FOR_COLUMNS = 36


class ComparisonBrowser(EntryBrowser):
    """`turned` says that there is room for two columns now, or no longer."""

    turned = Signal()

    @property
    def has_columns(self) -> bool:
        """Whether there is room for two columns."""
        em = self.fontMetrics().horizontalAdvance("国")
        return self.viewport().width() >= _ROOM_FOR_COLUMNS * em

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.turned.emit()


class PolicyComparison(QWidget):
    """The older policy at the left, the newer at the right; what belongs to one issue stands in one row."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.text = named(ComparisonBrowser(look, "援助方針の見比べ"), "policy_difference")
        self.summary = named(QLabel(), "difference_summary")
        self.whole = named(QCheckBox("変わらない文も表示(&V)"), "difference_whole")
        self._titles = ("", "")
        self._comparison: Comparison | None = None
        self._drawn_in_columns = True
        legend = muted_label(_LEGEND)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.summary)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.whole)
        layout.addWidget(legend)
        for label in (self.summary, legend):
            label.setWordWrap(True)
        self.whole.toggled.connect(self._draw)
        self.text.turned.connect(self._draw_if_turned)

    def show_policies(
        self, old: Policy, new: Policy, names: Names, titles: tuple[str, str]
    ) -> None:
        """Compare two policies; `titles` name the older and the newer one."""
        self._titles = titles
        self._comparison = compare_policies(old, new, names)
        self.summary.setText(self._comparison.summary)
        self._draw()

    def _draw_if_turned(self) -> None:
        if self._comparison is not None and self.text.has_columns != self._drawn_in_columns:
            self._draw()

    def _draw(self) -> None:
        if self._comparison is not None:
            self._drawn_in_columns = self.text.has_columns
            self.text.show_drawn(self._document)

    def _document(self, writer: EntryWriter) -> QTextDocument:
        comparison, titles, whole = self._comparison, self._titles, self.whole.isChecked()
        if comparison is None:
            return writer.blank()
        if self._drawn_in_columns:
            return write_columns(writer, titles, comparison, whole=whole)
        return write_text(writer, "\n".join(titles), comparison, whole=whole)
