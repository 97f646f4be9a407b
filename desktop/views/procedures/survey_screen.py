"""課税調査: the year's survey of taxed income of the households somebody looks after, each begun and closed by one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.errors import ValidationError
from desktop.domain.ids import new_id
from desktop.domain.procedure_surveys import (
    TaxSurvey,
    TaxSurveys,
    begun_survey,
    closed_survey,
)
from desktop.domain.procedures import EARLIEST_YEAR, ProcedureInput
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.procedures import survey_columns, surveys_text
from desktop.viewmodels.rows import RowTableModel
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.number_field import NumberField
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.procedures.ports import TaxSurveysOfYears
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 7, 1: 8, 2: 9, 3: 5, 4: 5, 5: 6, 6: 5}
_STRETCH = 1
_MOST_ROWS = 24
_EMPTY = "担当する世帯がありません。"
_HAS_DIFFERENCE = (
    "終えているか、相違の額が記録されています。Enter で世帯を開き、「手続」で続けてください。"
)
_BEGUN = "この世帯の調査は始めてあります。"
MakeInput = Callable[[UUID, TaxSurvey, int, date], ProcedureInput | None]


class SurveyScreen(ScreenView):
    """Page up and down go through the years. A begins a survey, Z closes one without a difference, Enter opens the file."""

    def __init__(
        self,
        surveys: TaxSurveysOfYears,
        runner: JobRunner,
        *,
        look: Look,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="課税調査", parent=parent)
        self.setObjectName("tax_surveys")
        self._surveys, self._today = surveys, today
        self._live: Job[TaxSurveys] | None = None
        self._found: TaxSurveys | None = None
        self.year = NumberField("年", lowest=EARLIEST_YEAR, required=True)
        self.year.show_value(today().year)
        self.counts = named(Paragraph(), "survey_counts")
        self.nothing = named(Paragraph(), "no_surveys")
        self.model: RowTableModel[TaxSurvey] = RowTableModel(
            survey_columns(), key=lambda s: s.household_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="課税調査", characters=_WIDTHS, stretch=_STRETCH), "surveys"
        )
        self.before_button = named(QPushButton("前の年（PageUp）"), "year_before")
        self.after_button = named(QPushButton("次の年（PageDown）"), "year_after")
        self.begin_button = named(QPushButton("調査を始める（A）"), "begin_survey")
        self.close_button = named(QPushButton("相違なしで終える（Z）"), "close_survey")
        self._lay_out()

    @override
    def reload(self) -> None:
        """Ask for the year again."""
        year = self._year()
        if year is not None:
            self._live = self.run(
                lambda: self._surveys.surveys_of(year), self._show, replaces=self._live
            )

    @override
    def focus_first(self) -> None:
        """Begin in the list, or at the year where there is nothing."""
        wanted = self.table if self.model.rowCount() else self.year.editor()
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _year(self) -> int | None:
        try:
            return self.year.entered()
        except ValidationError:
            return None

    def _show(self, found: TaxSurveys) -> None:
        place = max(self.table.current_row(), 0)
        self._found = found
        self.model.set_rows(found.surveys)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.setVisible(bool(found.surveys))
        self.table.select_row(min(place, len(found.surveys) - 1))
        self.nothing.say("" if found.surveys else _EMPTY)
        self.counts.say(surveys_text(found))
        self.begin_button.setVisible(found.may_write)
        self.close_button.setVisible(found.may_write)

    def _keep(self, make: MakeInput, said: str, refused: str) -> None:
        row, found = self.model.row_at(self.table.currentIndex()), self._found
        if row is None or found is None or not found.may_write:
            return
        given = make(new_id(), row, found.year, self._today())
        self.messages.clear()
        if given is None:
            self.messages.show_error(refused)
            return

        def kept(_: object) -> None:
            self.announced.emit(f"{row.case_number}　{said}")
            self.table.select_row(min(self.table.current_row() + 1, self.model.rowCount() - 1))
            self.reload()

        self.run(lambda: self._surveys.keep(given), kept)

    def _step(self, years: int) -> None:
        year = self._year()
        if year is not None:
            self.year.show_value(year + years)
            self.reload()

    def _open(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        if row is not None:
            self.file_requested.emit(
                FileRequest(household_id=row.household_id, section="procedures")
            )

    def _lay_out(self) -> None:
        page, row, acts = FollowingScroll(), FlowingRow(), FlowingRow()
        row.add(form_row("年（西暦）(&Y)", self.year))
        for part in (row, acts, self.counts, self.nothing, self.table):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        self.body.addWidget(page)
        for key, button, act, at in (
            ("PgUp", self.before_button, lambda: self._step(-1), page),
            ("PgDown", self.after_button, lambda: self._step(1), page),
            (
                "A",
                self.begin_button,
                lambda: self._keep(begun_survey, "調査を始めました。", _BEGUN),
                self.table,
            ),
            (
                "Z",
                self.close_button,
                lambda: self._keep(closed_survey, "相違なしで終えました。", _HAS_DIFFERENCE),
                self.table,
            ),
        ):
            button.clicked.connect(act)
            acts.add(button)
            shortcut = QShortcut(QKeySequence(key), at)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
        self.year.editor().editingFinished.connect(self.reload)
        self.table.row_opened.connect(lambda *_: self._open())
