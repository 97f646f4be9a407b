"""One member's assessments to be read: the newest, or an earlier one, each with the version of its form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.assessment_forms import AssessedPerson, Assessment, AssessmentTables
from desktop.viewmodels.assessments import assessment_columns, every_assessment, hidden_sentence
from desktop.viewmodels.assessments_text import assessment_text
from desktop.viewmodels.rows import RowTableModel
from desktop.views.assessments.assessment_document import write_assessment
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.records.entry_browser import EntryBrowser
from desktop.views.records.notice import Notice
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 6, 1: 5, 2: 8, 3: 8}
_STRETCH = 2
_MOST_ROWS = 3
_EMPTY = (
    "{name}さんのアセスメントはまだありません。"
    "六つの問い（対象・就労・健康・阻害要因・意向・自走）に答えると、支援区分の提案ができます。{act}"
)
_WRITE = "「アセスメントを書く」（N）で書き始めます。"
_WAIT = "担当員が書くと、ここで読めます。"


class AssessmentReading(QWidget):
    """Arrow keys in the list of assessments choose which is read; `turned` tells that another one is."""

    turned = Signal()

    def __init__(self, look: Look, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._person: AssessedPerson | None = None
        self._tables: AssessmentTables | None = None
        self._is_filling = False
        self.hidden = named(Notice(), "hidden_answers")
        self.nothing = named(Paragraph(), "no_assessments")
        self.model: RowTableModel[Assessment] = RowTableModel(
            assessment_columns(),
            key=lambda a: a.given.assessment_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="アセスメントの一覧", characters=_WIDTHS, stretch=_STRETCH),
            "assessments",
        )
        self.text = named(EntryBrowser(look, "アセスメントの内容"), "assessment_text")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.hidden, self.nothing, self.table):
            layout.addWidget(part)
        layout.addWidget(self.text, 1)
        layout.addStretch(0)
        self.table.selectionModel().currentRowChanged.connect(self._read)

    def show_person(
        self, person: AssessedPerson | None, tables: AssessmentTables, *, may_write: bool
    ) -> None:
        """Show a member's newest assessment, or the earlier one that was being read, or say what to do where there is none."""
        self._person, self._tables = person, tables
        every = every_assessment(person)
        before = self.model.row_at(self.table.currentIndex())
        was_newest = self.table.current_row() <= 0
        self._is_filling = True
        self.model.set_rows(every)
        kept = -1 if before is None else self.model.index_of(before.given.assessment_id).row()
        self.table.select_row(0 if was_newest else max(kept, 0))
        self._is_filling = False
        self.table.show_all_rows(_MOST_ROWS)
        self.hidden.say(hidden_sentence(person), "info")
        act = _WRITE if may_write else _WAIT
        empty = _EMPTY.format(name=person.name, act=act) if person and not every else ""
        self.nothing.say(empty)
        for part in (self.table, self.text):
            part.setVisible(bool(every))
        self._read()

    def shown(self) -> Assessment | None:
        """The assessment that is read."""
        return self.model.row_at(self.table.currentIndex())

    def _read(self) -> None:
        shown = self.model.row_at(self.table.currentIndex())
        person, tables = self._person, self._tables
        if self._is_filling or shown is None or person is None or tables is None:
            return
        text = assessment_text(person, shown, tables, self._today())
        self.text.show_drawn(lambda writer: write_assessment(writer, text))
        self.turned.emit()
