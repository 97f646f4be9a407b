"""支援活動 of one household: the line in which an act is written, and everything there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.activities import Activity, ActivityInput, FileActivities
from desktop.domain.activity_forms import ActivitySheetAsked
from desktop.domain.errors import UserError
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.activities import ActivityLabels, activity_columns, told
from desktop.viewmodels.rows import RowTableModel
from desktop.views.activities.act_section import ActSection, MakesPaper
from desktop.views.activities.entry_line import EntryLine
from desktop.views.activities.ports import ActivitiesOfFiles
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 6, 1: 6, 2: 9, 3: 3, 4: 8, 5: 6, 6: 8, 7: 6, 8: 6}
_STRETCH = 6
_MOST_ROWS = 10
_EMPTY = "この世帯の支援活動の記録はまだありません。上の欄に種類の番号を打ち、メモを書いて Enter で保存します。"
_EMPTY_TO_READ = "この世帯の支援活動の記録はありません。"
_GIVE_UP = "入力した内容は保存されていません。捨てますか。"


class FileActivitiesView(ActSection):
    """The keyboard begins at the kind. In the list E puts a row right, X takes one back, P and M print."""

    def __init__(
        self,
        household_id: UUID,
        activities: ActivitiesOfFiles,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        today: Callable[[], date],
        make_paper: MakesPaper,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, dialogs=dialogs, make_paper=make_paper, parent=parent)
        self.setObjectName("file_activities")
        self._household_id, self._activities, self._today = household_id, activities, today
        self._found: FileActivities | None = None
        self._labels = ActivityLabels()
        self.line = EntryLine(household_id, today)
        self.nothing = named(Paragraph(), "no_activities")
        self.model: RowTableModel[Activity] = RowTableModel(
            activity_columns(self._labels),
            key=lambda a: a.activity_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="支援活動", characters=_WIDTHS, stretch=_STRETCH),
            "activities",
        )
        self.words = named(Paragraph(), "activity_words")
        self.edit_button = named(QPushButton("訂正（E）"), "correct_activity")
        self.void_button = named(QPushButton("取消（X）"), "void_activity")
        self.print_button = named(QPushButton("支援記録票を印刷（P）"), "print_activities")
        self.month_button = named(QPushButton("今月の支援状況を印刷（M）"), "print_month")
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Ask for everything again."""
        self.run(lambda: self._activities.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin to write; only to read, begin in the list."""
        if self.pages.currentWidget() is self.list_page:
            if self.line.isHidden():
                self.table.setFocus()
            else:
                self.line.focus_first()

    @override
    def has_unsaved(self) -> bool:
        """Whether an act is half written, or paper came out that the log does not know."""
        return self.line.has_unsaved() or super().has_unsaved()

    def _show(self, found: FileActivities) -> None:
        self._found = found
        self._labels.learn(found)
        place = max(self.table.current_row(), 0)
        self.model.set_rows(found.activities)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.setVisible(bool(found.activities))
        self.table.select_row(min(place, len(found.activities) - 1))
        self.line.setVisible(found.may_write)
        self.line.show_choices(found)
        self.nothing.say("" if found.activities else _EMPTY if found.may_write else _EMPTY_TO_READ)
        self._say()

    def _say(self) -> None:
        act, found = self.model.row_at(self.table.currentIndex()), self._found
        steps = {step.step_id: step.text for step in found.steps} if found else {}
        self.words.say(told(act, self._labels, steps) if act else "")
        may = found is not None and found.may_write and act is not None and act.counts
        self.edit_button.setVisible(may)
        self.void_button.setVisible(may)
        self.print_button.setVisible(act is not None)
        self.month_button.setVisible(act is not None)

    def _put_right(self, *, is_void: bool) -> None:
        act = self.model.row_at(self.table.currentIndex())
        if act is None:
            return

        def begin() -> None:
            self.messages.clear()
            self.line.put_right(act, is_void=is_void)

        if self.line.has_unsaved():
            self._dialogs.confirm(self, _GIVE_UP, "捨てる", begin)
        else:
            begin()

    def _keep_line(self, given: ActivityInput) -> None:
        def kept(_: object) -> None:
            self.messages.clear()
            self.line.begin()
            self.announced.emit("支援活動を保存しました。")
            self.reload()
            QTimer.singleShot(
                0, self, self.focus_first
            )  # after Enter has gone on to the next field

        def refused(error: UserError) -> None:
            self.messages.clear()
            sentence = self.line.show_refusal(error)
            if sentence:
                self.messages.show_error(sentence)

        self.run(lambda: self._activities.add(given), kept, refused)

    def _leave_line(self) -> None:
        def give_up() -> None:
            self.line.begin()
            self.messages.clear()
            self.focus_first()

        if self.line.has_unsaved():
            self._dialogs.confirm(self, _GIVE_UP, "捨てる", give_up)
        else:
            give_up()

    def _print(self, code: str) -> None:
        act = self.model.row_at(self.table.currentIndex())
        if act is not None:
            self.draw(
                code,
                ActivitySheetAsked(
                    household_id=self._household_id,
                    person_id=act.person_id,
                    month=act.done_on.replace(day=1),
                ),
            )

    def _lay_out(self) -> None:
        for part in (self.line, self.nothing, self.table, self.acts, self.words):
            self.list_page.add_part(part)
        self.list_page.add_part(QWidget(), 1)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.line.acted.connect(self._keep_line)
        self.line.left.connect(self._leave_line)
        self.add_act("E", self.edit_button, lambda: self._put_right(is_void=False), at=self.table)
        self.add_act("X", self.void_button, lambda: self._put_right(is_void=True), at=self.table)
        self.add_act("P", self.print_button, lambda: self._print("S-13"), at=self.table)
        self.add_act("M", self.month_button, lambda: self._print("S-14"), at=self.table)
        for button in (self.edit_button, self.void_button, self.print_button, self.month_button):
            button.hide()
