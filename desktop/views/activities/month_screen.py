"""就労支援: a month of the households somebody looks after: the acts, and the reports of the month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.activities import CaseloadAct, CaseloadMonth
from desktop.domain.activity_forms import MonthAsked
from desktop.domain.dates import months_later
from desktop.domain.errors import ValidationError
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.activities import caseload_columns, caseload_words
from desktop.viewmodels.rows import RowTableModel
from desktop.views.activities.act_section import ActSection, MakesPaper
from desktop.views.dialogs import Dialogs
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.month_field import MonthField
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.paragraph import Paragraph
from desktop.views.requests import FileRequest
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 6, 1: 7, 2: 8, 3: 12, 4: 3, 5: 7, 6: 6, 7: 8}
_STRETCH = 3
_MOST_ROWS = 24
_EMPTY = "この月の支援活動の記録はありません。世帯のファイルの「支援活動」で書きます。"


class ActivitiesOfMonths(Protocol):
    """The acts of the own duty (`services/activities`)."""

    def of_month(self, month: date) -> CaseloadMonth:
        """The acts of a month, without their words."""


class MonthScreen(ActSection):
    """Page up and down go through the months, Enter opens the file. S, K and Y print the reports."""

    def __init__(
        self,
        activities: ActivitiesOfMonths,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        today: Callable[[], date],
        make_paper: MakesPaper,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            runner, dialogs=dialogs, make_paper=make_paper, title="就労支援", parent=parent
        )
        self.setObjectName("support_month")
        self._activities, self._today = activities, today
        self._live: Job[CaseloadMonth] | None = None
        self._kinds = dict[str, str]()
        self.month = MonthField("月", today=today, required=True)
        self.month.show_value(today().replace(day=1))
        self.counts = named(Paragraph(), "month_counts")
        self.nothing = named(Paragraph(), "no_acts")
        self.model: RowTableModel[CaseloadAct] = RowTableModel(
            caseload_columns(self._kinds),
            key=lambda a: a.activity_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="この月の支援活動", characters=_WIDTHS, stretch=_STRETCH),
            "month_acts",
        )
        self.before_button = named(QPushButton("前の月（PageUp）"), "month_before")
        self.after_button = named(QPushButton("次の月（PageDown）"), "month_after")
        self.report_button = named(QPushButton("事業報告書を印刷（S）"), "print_programme")
        self.starts_button = named(QPushButton("就労開始者の実績を印刷（K）"), "print_starts")
        self.schedule_button = named(QPushButton("予定表を印刷（Y）"), "print_schedule")
        self._lay_out()

    @override
    def reload(self) -> None:
        """Ask for the month again."""
        month = self._month()
        if month is not None:
            self._live = self.run(
                lambda: self._activities.of_month(month), self._show, replaces=self._live
            )

    @override
    def focus_first(self) -> None:
        """Begin in the list, or at the month where there is nothing."""
        if self.pages.currentWidget() is self.list_page:
            wanted = self.table if self.model.rowCount() else self.month.editor()
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _month(self) -> date | None:
        try:
            return self.month.entered()
        except ValidationError:
            return None

    def _show(self, found: CaseloadMonth) -> None:
        self._kinds.update({kind.code: kind.label for kind in found.kinds})
        self.model.set_rows(found.acts)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.setVisible(bool(found.acts))
        self.table.select_row(0 if found.acts else -1)
        self.nothing.say("" if found.acts else _EMPTY)
        self.counts.say(caseload_words(found))

    def _step(self, months: int) -> None:
        month = self._month()
        if month is not None:
            self.month.show_value(months_later(month, months))
            self.reload()

    def _open(self) -> None:
        act = self.model.row_at(self.table.currentIndex())
        if act is not None:
            self.file_requested.emit(
                FileRequest(household_id=act.household_id, section="activities")
            )

    def _print(self, code: str) -> None:
        month = self._month()
        if month is not None:
            self.draw(code, MonthAsked(month=month))

    def _lay_out(self) -> None:
        row = FlowingRow()
        row.add(form_row("月(&M)", self.month))
        for part in (row, self.acts, self.counts, self.nothing, self.table):
            self.list_page.add_part(part)
        self.list_page.add_part(QWidget(), 1)
        self.add_act("PgUp", self.before_button, lambda: self._step(-1))
        self.add_act("PgDown", self.after_button, lambda: self._step(1))
        self.add_act("S", self.report_button, lambda: self._print("S-15"))
        self.add_act("K", self.starts_button, lambda: self._print("S-16"))
        self.add_act("Y", self.schedule_button, lambda: self._print("S-17"))
        self.month.editor().editingFinished.connect(self.reload)
        self.table.row_opened.connect(lambda *_: self._open())
