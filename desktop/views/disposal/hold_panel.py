"""保留: files that must not go while a debt, an appeal or a lawsuit is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.era import DateStyle
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.holds import HOLD_LABELS, HOLD_REASON_LENGTH, HoldKind, HoldRow
from desktop.viewmodels.disposal import file_hold_columns, hold_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.text_field import TextField
from desktop.views.look import Look
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 7, 1: 12, 2: 6, 3: 6, 4: 8, 5: 5}
_EMPTY = "いま保留されている世帯はありません。債務や不服申立があるときは、下で設定してください。"
_FILE_WIDTHS = {0: 12, 1: 6, 2: 6, 3: 14, 4: 8, 5: 5}
_FILE_EMPTY = "この世帯に保留はありません。債務や不服申立があるときは下で設定すると、終えるまで廃棄されません。"
_FIELDS = ("case_number", "kind", "valid_from", "valid_to", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldDraft:
    """What was typed; the household is still a case number."""

    case_number: str
    kind: HoldKind
    valid_from: date
    valid_to: date | None
    reason: str = field(repr=False)


class HoldPanel(QWidget):
    """`hold_requested` carries a HoldDraft, `end_requested` a HoldRow. `of_file`: the household is known."""

    hold_requested = Signal(object)
    end_requested = Signal(object)

    def __init__(
        self,
        look: Look,
        today: Callable[[], date],
        *,
        may_end: bool,
        of_file: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._may_end = may_end
        self._of_file = of_file
        columns, widths = (
            (file_hold_columns(), _FILE_WIDTHS) if of_file else (hold_columns(), _WIDTHS)
        )
        self.model: RowTableModel[HoldRow] = RowTableModel(
            columns, key=lambda h: h.hold_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="保留", characters=widths, stretch=3 if of_file else 4),
            "disposal_holds",
        )
        self.end_button = named(QPushButton("保留を終える…"), "end_hold")
        self.set_button = named(QPushButton("保留を設定（Ctrl+Enter）"), "set_hold")
        self.case_number = TextField("ケース番号", required=not of_file, characters=10, longest=40)
        kinds = [Choice(code=kind.value, label=label) for kind, label in HOLD_LABELS.items()]
        self.kind = ChoiceField("種類", kinds, required=True)
        short = DateStyle.SHORT
        self.valid_from = DateField("いつから", today=today, required=True, style=short)
        self.valid_to = DateField("いつまで", today=today, style=short)
        self.reason = TextField("理由", required=True, longest=HOLD_REASON_LENGTH)
        self._empty = named(QLabel(_FILE_EMPTY if of_file else _EMPTY), "empty_sentence")
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_holds(self, rows: tuple[HoldRow, ...]) -> None:
        """Show the holds that run or begin later."""
        place = max(self.table.current_row(), 0)
        self.model.set_rows(rows)
        self.table.select_row(min(place, len(rows) - 1))
        self._pages.setCurrentIndex(0 if rows else 1)
        self._allow_end()
        self.set_button.setEnabled(True)

    def begin(self) -> None:
        """Empty the form for the next hold."""
        for one in (self.case_number, self.reason):
            one.show_value(None)
        self.kind.show_value(None)
        self.valid_from.show_value(self._today())
        self.valid_to.show_value(None)

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.set_button.setEnabled(True)
        if not isinstance(error, ValidationError):
            return error.sentence
        placed = [name for name in error.fields if name in _FIELDS]
        for name in placed:
            getattr(self, name).show_error(error.fields[name])
        return "" if placed else error.sentence

    def has_unsaved(self) -> bool:
        """Whether a hold is half typed."""
        return bool(self.case_number.editor().text() or self.reason.editor().text())

    def empty_sentence(self) -> str:
        """What is said instead of a list; "" while there is one."""
        return self._empty.text() if self._pages.currentIndex() == 1 else ""

    def focus_first(self) -> None:
        """Begin with the holds, else with the form."""
        form = self.kind if self._of_file else self.case_number
        first = self.table if self.model.rowCount() else form
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set(self) -> None:
        if not self.set_button.isEnabled():
            return
        try:
            draft = self._read()
        except ValidationError:
            return
        self.set_button.setEnabled(False)
        self.hold_requested.emit(draft)

    def _read(self) -> HoldDraft:
        reader = FormReader()
        case_number = reader.read("case_number", self.case_number)
        kind = reader.read("kind", self.kind)
        valid_from = reader.read("valid_from", self.valid_from)
        valid_to = reader.read("valid_to", self.valid_to)
        reason = reader.read("reason", self.reason)
        reader.finish()
        return HoldDraft(
            case_number=str(case_number or ""),
            kind=HoldKind(str(kind)),
            valid_from=valid_from or self._today(),
            valid_to=valid_to,
            reason=str(reason),
        )

    def _end(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        if row is not None and not row.is_over:
            self.end_requested.emit(row)

    def _allow_end(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        self.end_button.setEnabled(row is not None and not row.is_over)

    def _lay_out(self) -> None:
        self.set_button.setProperty("primary", True)
        form = FormLayout()
        if self._of_file:
            self.case_number.setParent(self)
            self.case_number.hide()
        else:
            form.add_field("ケース番号(&N)", self.case_number)
        form.add_field("種類(&K)", self.kind)
        form.add_field("いつから(&F)", self.valid_from)
        form.add_field("いつまで(&T)", self.valid_to)
        form.add_field("理由(&R)", self.reason)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        title = "廃棄の保留" if self._of_file else "保留されている世帯"
        ending = QHBoxLayout()
        ending.addWidget(named(QLabel(title), "section_title"), 1)
        ending.addWidget(self.end_button)
        setting = QHBoxLayout()
        setting.addWidget(self.set_button)
        setting.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(ending)
        layout.addWidget(self._pages, 1)
        layout.addWidget(named(QLabel("新しい保留"), "section_title"))
        layout.addLayout(form)
        layout.addLayout(setting)
        self.end_button.setVisible(self._may_end)
        self.begin()

    def _connect(self) -> None:
        self.set_button.clicked.connect(self._set)
        self.end_button.clicked.connect(self._end)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._allow_end())
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self._set)
