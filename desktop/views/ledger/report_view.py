"""What a look at the file found: a sentence, figures, and three lists."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from desktop.domain.ledger import LedgerReport
from desktop.viewmodels.ledger import (
    AnyReport,
    capped,
    change_columns,
    counts,
    notices,
    problem_columns,
    samples,
    verdict,
)
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named, restyle

_PROBLEM_WIDTHS = {0: 5, 1: 9, 2: 20}
_CHANGE_WIDTHS = {0: 5, 1: 6, 2: 5, 3: 20}


class ReportView(QWidget):
    """Problems come to the front when there are any, else the samples of changes."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        brush = look.brush_of
        self.problems = RowTableModel(problem_columns(), brush_of=brush, parent=self)
        self.notices = RowTableModel(problem_columns(), brush_of=brush, parent=self)
        self.changes = RowTableModel(change_columns(), brush_of=brush, parent=self)
        self.verdict = named(Paragraph(), "import_verdict")
        self.tabs = named(QTabWidget(), "import_lists")
        self._figures = QHBoxLayout()
        self._build()

    def show_report(self, report: AnyReport) -> None:
        """Show what was found, or what was done."""
        tone = "error" if report.problem_total else "good"
        restyle(self.verdict, "tone", tone if report.applied or tone == "error" else "")
        self.verdict.say(verdict(report))
        self._show_figures(report)
        self.problems.set_rows(report.problems)
        self.notices.set_rows(notices(report))
        self.changes.set_rows(samples(report))
        self._name_tabs(report)
        self.tabs.setCurrentIndex(0 if report.problem_total else 2)

    def figures(self) -> list[str]:
        """The figures as they are read."""
        items = [self._figures.itemAt(place) for place in range(self._figures.count())]
        cards = [item.widget() for item in items if item is not None]
        return [card.accessibleName() for card in cards if card is not None]

    def _name_tabs(self, report: AnyReport) -> None:
        total = report.notice_total if isinstance(report, LedgerReport) else 0
        problems = capped(len(report.problems), report.problem_total)
        self.tabs.setTabText(0, f"誤り・矛盾（{problems}）")
        self.tabs.setTabText(1, f"お知らせ（{capped(len(notices(report)), total)}）")
        self.tabs.setTabText(2, f"変更の例（{len(samples(report)):,}件）")

    def _show_figures(self, report: AnyReport) -> None:
        while (item := self._figures.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for count in counts(report):
            self._figures.addWidget(_figure(count.label, count.text, count.tone))
        self._figures.addStretch(1)

    def _build(self) -> None:
        self._figures.setSpacing(8)
        for name, model in (("誤り・矛盾", self.problems), ("お知らせ", self.notices)):
            table = TableView(model, name=name, characters=_PROBLEM_WIDTHS, stretch=2)
            self.tabs.addTab(table, name)
        changes = TableView(self.changes, name="変更の例", characters=_CHANGE_WIDTHS, stretch=3)
        self.tabs.addTab(changes, "変更の例")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.verdict)
        layout.addLayout(self._figures)
        layout.addWidget(self.tabs, 1)


def _figure(label: str, text: str, tone: str) -> QFrame:
    card = named(QFrame(), "card")
    card.setAccessibleName(f"{label} {text}")
    value = named(QLabel(text), "import_figure")
    value.setProperty("tone", tone)
    inside = QVBoxLayout(card)
    inside.setContentsMargins(10, 4, 10, 4)
    inside.setSpacing(0)
    inside.addWidget(muted_label(label))
    inside.addWidget(value)
    return card
