"""One day of the trail on the screen: which day, its seal, what somebody should look at, and the last verdict."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.audit_day import AuditDay
from desktop.domain.errors import ValidationError
from desktop.domain.seals import Verification
from desktop.viewmodels.audit import (
    DayLine,
    count_sentence,
    day_lines,
    line_columns,
    seal_sentence,
    seal_value,
    verdict,
)
from desktop.viewmodels.rows import RowTableModel
from desktop.views.fields.date_field import DateField
from desktop.views.flow_layout import FlowLayout
from desktop.views.look import Look
from desktop.views.table_view import TableView
from desktop.views.widgets import named, restyle

_WIDTHS = {0: 8, 1: 6, 2: 15, 3: 10, 4: 8}
_QUIET = "この日は、アカウントの変更、拒否されたサインイン、支援措置の変更、通常と異なる閲覧、定期処理の遅れ、保存した検索のどれもありません。"


class DayView(QWidget):
    """`day_chosen` carries the day; `paper_requested` and `verify_requested` (True: beside a list kept elsewhere) ask."""

    day_chosen = Signal(object)
    paper_requested = Signal()
    verify_requested = Signal(bool)

    def __init__(
        self, look: Look, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._shown = today()
        self.field = DateField("報告する日", today=today)
        self.before_button = named(QPushButton("前の日（Alt+←）"), "day_before")
        self.after_button = named(QPushButton("次の日（Alt+→）"), "day_after")
        self.paper_button = named(QPushButton("日報を開く…（Ctrl+P）"), "open_paper")
        self.verify_button = named(QPushButton("検証する（Ctrl+Enter）"), "verify_trail")
        self.compare_button = named(QPushButton("封印の控えと比べて検証…"), "compare_trail")
        self.counts = named(QLabel(), "day_counts")
        self.seal = named(QLabel(), "last_seal")
        self.value = named(QLabel(), "seal_value")
        self.verdict = named(QLabel(), "verdict")
        self.model: RowTableModel[DayLine] = RowTableModel(
            line_columns(), brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="この日のこと", characters=_WIDTHS, stretch=2), "day_lines"
        )
        self._quiet = named(QLabel(_QUIET), "empty_sentence")
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def day(self) -> date:
        """The day that is asked for."""
        return self._shown

    def show_day(self, day: AuditDay) -> None:
        """Show a day."""
        self._shown = day.day
        self.field.show_value(day.day)
        self.after_button.setEnabled(day.day < self._today())
        self.paper_button.setEnabled(True)
        self.counts.setText(count_sentence(day))
        self.seal.setText(seal_sentence(day.last))
        self.value.setText(seal_value(day.last))
        self.value.setVisible(day.last is not None)
        lines = day_lines(day)
        self.model.set_rows(lines)
        self.table.select_row(0)
        self._pages.setCurrentIndex(0 if lines else 1)

    def show_verdict(self, found: Verification) -> None:
        """Say what the verification found; it stays until the next."""
        restyle(self.verdict, "tone", "error" if found.faults else "good")
        self.verdict.setText(f"{'✕' if found.faults else '●'} {verdict(found)}")
        self.verdict.show()

    def empty_sentence(self) -> str:
        """What is said instead of lines; "" while there are some."""
        return self._quiet.text() if self._pages.currentIndex() == 1 else ""

    def focus_first(self) -> None:
        """Begin with the lines, else with the day."""
        first = self.table if self.model.rowCount() else self.field
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finish(self) -> None:
        try:
            day = self.field.entered() or self._today()
        except ValidationError:
            return
        if day > self._today():
            self.field.show_error("今日までの日を入力してください。")
        else:
            self._choose(day)

    def _step(self, days: int) -> None:
        self._choose(min(self._shown + timedelta(days=days), self._today()))

    def _choose(self, day: date) -> None:
        if day != self._shown:
            self._shown = day
            self.day_chosen.emit(day)

    def _ask_paper(self) -> None:
        if self.paper_button.isEnabled():
            self.paper_requested.emit()

    def _lay_out(self) -> None:
        self.field.show_value(self._shown)
        self.after_button.setEnabled(False)
        self.paper_button.setEnabled(False)
        self.verify_button.setProperty("primary", True)
        choice = QWidget()
        label = QLabel("報告する日(&B)")
        label.setBuddy(self.field)
        row = QHBoxLayout(choice)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self.field)
        acts = FlowLayout(gap=8)
        for widget in (
            choice,
            self.before_button,
            self.after_button,
            self.paper_button,
            self.verify_button,
            self.compare_button,
        ):
            acts.addWidget(widget)
        card = named(QFrame(), "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 10, 16, 10)
        for said in (self.counts, self.seal, self.value, self.verdict):
            said.setWordWrap(True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            inside.addWidget(said)
        self.verdict.hide()
        self._quiet.setWordWrap(True)
        self._quiet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._quiet)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(acts)
        layout.addWidget(card)
        layout.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.field.editor().editingFinished.connect(self._finish)
        self.before_button.clicked.connect(lambda *_: self._step(-1))
        self.after_button.clicked.connect(lambda *_: self._step(1))
        self.paper_button.clicked.connect(self._ask_paper)
        self.verify_button.clicked.connect(lambda *_: self.verify_requested.emit(False))
        self.compare_button.clicked.connect(lambda *_: self.verify_requested.emit(True))
        for key, button in (
            ("Alt+Left", self.before_button),
            ("Alt+Right", self.after_button),
            ("Ctrl+P", self.paper_button),
            ("Ctrl+Return", self.verify_button),
            ("Ctrl+Enter", self.verify_button),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(button.click)
