"""What happened to an entry field by field: who, when, from which workstation, what it was and became."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from desktop.domain.audit import RecordHistory
from desktop.domain.errors import UserError
from desktop.domain.records import Entry
from desktop.jobs.runner import Job, JobRunner
from desktop.viewmodels.records_difference import PartDifference
from desktop.viewmodels.records_history import HistoryLine, history_columns, history_lines
from desktop.viewmodels.records_history_values import Codes
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.text_difference import difference
from desktop.views.look import Look
from desktop.views.records.ports import Histories, RecordDesk
from desktop.views.records.side_by_side import SideBySide
from desktop.views.table_view import TableView
from desktop.views.widgets import named, restyle

_WIDTHS = {0: 9, 1: 8, 2: 8, 3: 10, 4: 10, 5: 12}
_LOADING = "監査記録を読んでいます。"
_NOTED = "監査記録からの一覧です。この履歴を見たことも、閲覧履歴に残ります。"
_NONE_HERE = (
    "研修用の福祉事務所には監査記録がないため、項目ごとの履歴は残りません。"
    "文章の変更は「版ごと」で見られます。本番のデータベースでは、だれが・いつ・どの端末から・"
    "どの項目を変えたかがすべて残ります。"
)
_NOTHING = (
    "この記録の変更は、監査記録に一件ずつは残っていません（台帳と一緒に取り込んだ記録などです）。"
)
_Loaded = tuple[RecordHistory, Codes]


class FieldHistory(QWidget):
    """Lines newest first; the chosen one is written out beneath, with what is different marked."""

    def __init__(
        self,
        records: RecordDesk,
        histories: Histories,
        runner: JobRunner,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("field_history")
        self._records = records
        self._histories = histories
        self._runner = runner
        self._shown: UUID | None = None
        self._pending: Job[_Loaded] | None = None
        self.model: RowTableModel[HistoryLine] = RowTableModel(
            history_columns(), brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="項目ごとの履歴", characters=_WIDTHS, stretch=5),
            "field_changes",
        )
        self.note = named(QLabel(), "field_history_note")
        self.note.setWordWrap(True)
        self.comparison = SideBySide(look)
        self._panes = QSplitter(Qt.Orientation.Vertical)
        self._build()

    def forget(self) -> None:
        """Another entry comes: what is shown belongs to the one before."""
        self._shown = None
        self.model.set_rows(())
        self._panes.hide()
        self._say("")

    def show_history(self, entry: Entry) -> None:
        """Ask for the fields of an entry, once."""
        if entry.entry_id == self._shown:
            self.table.setFocus()
            return
        self._shown = entry.entry_id
        self._say(_LOADING)
        self._pending = self._runner.run(
            self,
            lambda: (
                self._histories.record(entry.household_id, entry.entry_id),
                _codes(self._records),
            ),
            self._show,
            self._refused,
            replaces=self._pending,
        )

    def _show(self, loaded: _Loaded) -> None:
        history, codes = loaded
        lines = history_lines(history.changes, codes)
        self.model.set_rows(lines)
        self._panes.setVisible(bool(lines))
        if not history.is_kept:
            self._say(_NONE_HERE, "warning")
        elif not lines:
            self._say(_NOTHING)
        else:
            self._say(_NOTED)
            self.table.select_row(0)
            self.table.setFocus()

    def _refused(self, error: UserError) -> None:
        self._shown = None
        self._say(error.sentence, "error")

    def _say(self, sentence: str, tone: str = "muted") -> None:
        self.note.setText(sentence)
        restyle(self.note, "tone", tone)

    def _show_line(self) -> None:
        line = self.model.row_at(self.table.currentIndex())
        if line is None:
            return
        part = PartDifference(
            key=line.label, label=line.label, pieces=difference(line.before, line.after)
        )
        self.comparison.show_parts("前", "後", [part])

    def _build(self) -> None:
        self._panes.setChildrenCollapsible(False)
        self._panes.addWidget(self.table)
        self._panes.addWidget(self.comparison)
        self._panes.setStretchFactor(0, 1)
        self._panes.setStretchFactor(1, 1)
        self._panes.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.note, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._panes, 1)
        layout.addStretch(0)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_line())


def _codes(records: RecordDesk) -> Codes:
    kinds = {("kind", kind.code): kind.label for kind in records.kinds()}
    return kinds | {("result_code", code.code): code.label for code in records.result_codes()}
