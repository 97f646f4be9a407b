"""稼働能力の活用（法4条） of one household: the findings, one put forward, one decided. Apart from 就労支援, with its own permission."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QWidget

from desktop.domain.work_findings import (
    FindingDecisionInput,
    FindingInput,
    FindingsOfFile,
    WorkFinding,
)
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.work_findings import finding_columns, finding_words
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named
from desktop.views.work_findings.forms import DecisionForm, FindingForm
from desktop.views.work_findings.ports import FindingsOfFiles

if TYPE_CHECKING:
    from desktop.views.workplace import Workplace

_EMPTY = (
    "この世帯に、稼働能力の活用（法4条1項）の判断はありません。必要なときだけ「判断案を書く（N）」を押します。"
    "どんな支援をするかは「就労支援」で決めます。"
)
_OWN = "この案はあなたが書いたので、判断は別の人（会議、所長・課長）が記録します。"
_GIVE_UP = "入力した内容は保存されていません。捨てて、一覧に戻りますか。"
_WIDTHS, _MOST_ROWS = {0: 11, 1: 12, 3: 12}, 6


class FileFindings(ScreenView):
    """Arrow keys go through the findings. N puts one forward, D decides the one at hand."""

    def __init__(
        self,
        household_id: UUID,
        findings: FindingsOfFiles,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="", parent=parent)
        self.setObjectName("file_findings")
        self._household_id, self._findings, self._dialogs = household_id, findings, dialogs
        self._found: FindingsOfFile | None = None
        self.nothing = named(Paragraph(), "no_findings")
        self.model: RowTableModel[WorkFinding] = RowTableModel(
            finding_columns(), key=lambda f: f.finding_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="稼働能力の活用の判断", characters=_WIDTHS, stretch=2),
            "work_findings",
        )
        self.words = named(Paragraph(), "finding_words")
        self.hint = named(Paragraph(tone="muted"), "finding_hint")
        self.new_button = named(QPushButton("判断案を書く（N）"), "new_finding")
        self.decide_button = named(QPushButton("判断を記録（D）"), "decide_finding")
        self.form, self.decision = FindingForm(household_id, today), DecisionForm(household_id)
        self._pages, self._list = QStackedWidget(), FollowingScroll()
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Ask for the findings again."""
        self.run(lambda: self._findings.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list, or with the button where there is none."""
        if self._pages.currentWidget() is self._list:
            wanted = self.table if self.model.rowCount() else self.new_button
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether something is half typed."""
        return self.form.has_unsaved() or self.decision.has_unsaved()

    def _show(self, found: FindingsOfFile) -> None:
        is_waited_for = self._found is None and self._list.isAncestorOf(
            QApplication.focusWidget() or self
        )
        self._found = found
        place = max(self.table.current_row(), 0)
        self.model.set_rows(found.findings)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.setVisible(bool(found.findings))
        self.table.select_row(min(place, len(found.findings) - 1))
        self.nothing.say("" if found.findings else _EMPTY)
        self._say()
        if is_waited_for:
            self.focus_first()

    def _say(self) -> None:
        finding, found = self.model.row_at(self.table.currentIndex()), self._found
        self.words.say(finding_words(finding) if finding else "")
        waits = finding is not None and finding.decision is None
        may = found is not None and found.may_decide and finding is not None
        is_own = finding is not None and finding.is_own
        self.decide_button.setVisible(waits and may and not is_own)
        self.hint.say(_OWN if waits and is_own else "")

    def _begin(self) -> None:
        if self._found is not None:
            self.messages.clear()
            self._pages.setCurrentWidget(self.form)
            self.form.begin(self._found)

    def _begin_decision(self) -> None:
        finding, found = self.model.row_at(self.table.currentIndex()), self._found
        if finding is not None and found is not None:
            self.messages.clear()
            self._pages.setCurrentWidget(self.decision)
            self.decision.begin(finding, found)

    def _put_forward(self, given: FindingInput) -> None:
        self.run(
            lambda: self._findings.put_forward(given),
            lambda _: self._done("判断案を保存しました。"),
            lambda error: self._refused(self.form.show_refusal(error)),
        )

    def _decide(self, given: FindingDecisionInput) -> None:
        self.run(
            lambda: self._findings.decide(given),
            lambda _: self._done("判断を記録しました。"),
            lambda error: self._refused(self.decision.show_refusal(error)),
        )

    def _refused(self, sentence: str) -> None:
        self.messages.clear()
        if sentence:
            self.messages.show_error(sentence)

    def _done(self, said: str) -> None:
        self.announced.emit(said)
        self._give_up()
        self.reload()

    def _leave(self) -> None:
        if self.has_unsaved():
            self._dialogs.confirm(self, _GIVE_UP, "捨てて戻る", self._give_up)
        else:
            self._give_up()

    def _give_up(self) -> None:
        self.form.clear()
        self.decision.clear()
        self.messages.clear()
        self._pages.setCurrentWidget(self._list)
        self.focus_first()

    def _lay_out(self) -> None:
        buttons = FlowingRow()
        buttons.add(self.new_button)
        buttons.add(self.decide_button)
        self.decide_button.hide()
        for part in (self.nothing, self.table, buttons, self.hint, self.words):
            self._list.add_part(part)
        self._list.add_part(QWidget(), 1)
        for page in (self._list, self.form, self.decision):
            self._pages.addWidget(page)
        self.outer.setContentsMargins(0, 8, 0, 0)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.form.put_forward.connect(self._put_forward)
        self.decision.decided.connect(self._decide)
        self.form.left.connect(self._leave)
        self.decision.left.connect(self._leave)
        for key, button, act in (
            ("N", self.new_button, self._begin),
            ("D", self.decide_button, self._begin_decision),
        ):
            button.clicked.connect(act)
            shortcut = QShortcut(QKeySequence(key), self._list)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda button=button: _press(button))


def make_file_findings(workplace: Workplace, household_id: UUID) -> FileFindings:
    """The section for the household's file."""
    return FileFindings(
        household_id,
        workplace.services.work_findings,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
        today=workplace.clock.today,
    )


def _press(button: QPushButton) -> None:
    if not button.isHidden():
        button.click()
