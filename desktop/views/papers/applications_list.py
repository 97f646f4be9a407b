"""What a look at an export found, one line an application; whose it is may be chosen where no number says so."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.online_applications import ApplicationLine, ApplicationReport, Standing
from desktop.jobs.runner import JobRunner
from desktop.viewmodels.online_applications import application_columns, may_choose, verdict
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.papers.low_table import LowTable
from desktop.views.paragraph import Paragraph
from desktop.views.records.household_picker import HouseholdPicker
from desktop.views.records.ports import Finds
from desktop.views.widgets import named, restyle

_WIDTHS = {0: 2, 1: 6, 2: 9, 3: 5, 4: 7, 5: 6, 6: 7, 7: 5, 8: 2, 9: 18}
_STRETCH = 9


class ApplicationsList(QWidget):
    """`household_chosen` carries the place of an application and a household's id. Enter on a line chooses."""

    household_chosen = Signal(int, object)

    def __init__(
        self, files: Finds, runner: JobRunner, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model: RowTableModel[ApplicationLine] = RowTableModel(
            application_columns(), key=lambda a: a.place, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            LowTable(self.model, name="電子申請", characters=_WIDTHS, stretch=_STRETCH),
            "applications",
        )
        self.verdict = named(Paragraph(), "applications_verdict")
        self.words = named(Paragraph(tone="muted"), "application_words")
        self.household = named(
            HouseholdPicker(files, runner, name="世帯", takes_only=True), "application_household"
        )
        self.choose_button = named(QPushButton("この世帯にする（Enter）"), "choose_household")
        self._picker = QWidget()
        self._build()
        self._connect()

    def show_report(self, report: ApplicationReport) -> None:
        """Show what was found, or what was done; the first line that needs a person comes to hand."""
        place = self.table.current_row()
        is_new = self.model.rowCount() != len(report.lines)
        self.verdict.say(verdict(report))
        restyle(self.verdict, "tone", "good" if report.applied and not report.left else "")
        self.model.set_rows(report.lines)
        wanted = [may_choose(line) for line in report.lines]
        first = wanted.index(True) if is_new and any(wanted) else max(place, 0)
        self.table.select_row(min(first, len(report.lines) - 1))
        self._show_line()

    def clear(self) -> None:
        """Forget the list."""
        self.model.set_rows(())
        self.household.clear()

    def current(self) -> ApplicationLine | None:
        """The application at hand."""
        return self.model.row_at(self.table.currentIndex())

    def focus_list(self) -> None:
        """Put the keyboard on the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_choosing(self) -> bool:
        """Whether the keyboard is where a household is chosen."""
        return any(
            w.hasFocus() for w in (self.household.box, self.household.choice, self.choose_button)
        )

    def choose(self) -> None:
        """Take the household that is chosen; without one, look for what is typed."""
        line, household_id = self.current(), self.household.chosen()
        if line is None or not may_choose(line):
            return
        if isinstance(household_id, UUID):
            self.household_chosen.emit(line.place, household_id)
        else:
            self.household.search()

    def _show_line(self) -> None:
        line = self.current()
        self._picker.setVisible(may_choose(line))
        self.household.clear()
        note = line.application.note.replace("\n", " ") if line else ""
        said = [line.sentence, f"備考：{note}" if note else ""] if line else []
        if line and line.standing is Standing.NEW and line.application.files:
            said.insert(0, "添付：" + "、".join(line.application.files))
        self.words.say("　".join(filter(None, said)))

    def _open(self, index: QModelIndex) -> None:
        if may_choose(self.model.row_at(index)):
            self.household.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        picker = QHBoxLayout(self._picker)
        picker.setContentsMargins(0, 0, 0, 0)
        picker.addWidget(self.household, 1)
        picker.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.verdict)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.words)
        layout.addWidget(self._picker)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_line())
        self.table.row_opened.connect(self._open)
        self.choose_button.clicked.connect(self.choose)
        queued = Qt.ConnectionType.QueuedConnection
        self.household.box.returnPressed.connect(self.choose, queued)
        for key in ("Return", "Enter"):
            enter = QShortcut(QKeySequence(key), self.household.choice)
            enter.setContext(Qt.ShortcutContext.WidgetShortcut)
            enter.activated.connect(self.choose)
