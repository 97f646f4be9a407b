"""Who opened or changed the file of one case number, between two days: names, times and kinds of rows, never a content."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.audit import Access
from desktop.domain.errors import UserError, ValidationError
from desktop.viewmodels.audit import (
    HouseholdAsk,
    household_columns,
    household_detail,
    household_sentence,
)
from desktop.viewmodels.paged_rows import PAGE_ROWS, PagedTableModel
from desktop.views.fields.date_field import DateField
from desktop.views.fields.text_field import TextField
from desktop.views.flow_layout import FlowLayout
from desktop.views.look import Look
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

_WIDTHS = {0: 8, 1: 8, 2: 7, 3: 12, 4: 5, 5: 5, 6: 8}
_NOTED = "調べたことも、その世帯の閲覧履歴と監査記録に残ります。台帳の取込で変わったことは、世帯ごとには残りません。"
_NOTED_TRAINING = (
    "研修用では、開いたことと印刷だけを表示します。変更・端末と、調べたことは残りません。"
)
_FIRST = "ケース番号を入力して Enter を押すと、その世帯のファイルをだれがいつ開き、変更したかを表示します。日付は空欄のままでもかまいません。"
_NONE = "この期間に、この世帯のファイルを開いた人も変更した人もいません。期間を広げてください。"


class HouseholdView(QWidget):
    """`asked` carries a HouseholdAsk. Nothing is asked before a person does so: each asking is noted."""

    asked = Signal(object)

    def __init__(
        self,
        look: Look,
        today: Callable[[], date],
        *,
        is_training: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shown: tuple[Access, ...] = ()
        self.case_number = TextField("ケース番号", required=True, characters=6, longest=30)
        self.since = DateField("いつから", today=today)
        self.until = DateField("いつまで", today=today)
        self.ask_button = named(QPushButton("調べる（Enter）"), "ask_household")
        self.note = named(muted_label(_NOTED_TRAINING if is_training else _NOTED), "household_note")
        self.heading = named(QLabel(), "household_heading")
        self.model = PagedTableModel(household_columns(), brush_of=look.brush_of, parent=self)
        self.table = named(
            TableView(self.model, name="世帯の閲覧と変更", characters=_WIDTHS, stretch=3),
            "household_accesses",
        )
        self.detail = named(muted_label(), "household_detail")
        self._choices = QWidget()
        self._empty = named(QLabel(_FIRST), "empty_sentence")
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_accesses(self, ask: HouseholdAsk, accesses: tuple[Access, ...]) -> None:
        """Show what was found, the newest first, and go there."""
        self.ask_button.setEnabled(True)
        self._shown = accesses
        self.heading.setText(household_sentence(ask, accesses))
        self.model.show_list(len(accesses), accesses[:PAGE_ROWS])
        self._empty.setText(_NONE)
        self._pages.setCurrentIndex(0 if accesses else 1)
        self.detail.clear()
        if accesses:
            self.table.select_row(0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its field; return what has no place there. What was shown goes: it is another household's."""
        self.ask_button.setEnabled(True)
        self._shown = ()
        self.heading.clear()
        self.detail.clear()
        self._empty.setText(_FIRST)
        self._pages.setCurrentIndex(1)
        fields = error.fields if isinstance(error, ValidationError) else {}
        placed = [name for name in ("case_number", "until") if name in fields]
        for name in placed:
            getattr(self, name).show_error(fields[name])
            getattr(self, name).setFocus(Qt.FocusReason.OtherFocusReason)
        return "" if placed else error.sentence

    def empty_sentence(self) -> str:
        """What is said instead of lines; "" while there are some."""
        return self._empty.text() if self._pages.currentIndex() == 1 else ""

    def focus_first(self) -> None:
        """Begin with the number."""
        self.case_number.setFocus(Qt.FocusReason.OtherFocusReason)
        self.case_number.editor().selectAll()

    def _ask(self) -> None:
        if not self.ask_button.isEnabled():
            return
        try:
            ask = HouseholdAsk(
                case_number=self.case_number.entered() or "",
                since=self.since.entered(),
                until=self.until.entered(),
            )
        except ValidationError:
            return
        self.ask_button.setEnabled(False)
        self.asked.emit(ask)

    def _show_detail(self, current: QModelIndex) -> None:
        """The current line in full: the columns cut off what is long."""
        access = self.model.row_at(current)
        self.detail.setText(household_detail(access) if access else "")

    def _give_page(self, generation: int, offset: int) -> None:
        self.model.page_loaded(generation, offset, self._shown[offset : offset + PAGE_ROWS])

    def _lay_out(self) -> None:
        self.ask_button.setProperty("primary", True)
        choices = FlowLayout(self._choices, gap=8)
        for title, field in (
            ("ケース番号(&N)", self.case_number),
            ("いつから(&F)", self.since),
            ("いつまで(&T)", self.until),
        ):
            choices.addWidget(_beside(title, field))
        choices.addWidget(self.ask_button)
        for said in (self.note, self.heading, self.detail):
            said.setWordWrap(True)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        self._pages.setCurrentIndex(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self._choices)
        layout.addWidget(self.note)
        layout.addWidget(self.heading)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.detail)

    def _connect(self) -> None:
        self.ask_button.clicked.connect(self._ask)
        self.table.selectionModel().currentRowChanged.connect(self._show_detail)
        self.model.page_wanted.connect(self._give_page)
        for key, place, act in (
            ("Return", self._choices, self._ask),
            ("Enter", self._choices, self._ask),
            ("Escape", self.table, self.focus_first),
        ):
            shortcut = QShortcut(QKeySequence(key), place)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)


def _beside(title: str, field: QWidget) -> QWidget:
    choice = QWidget()
    label = QLabel(title)
    label.setBuddy(field)
    row = QHBoxLayout(choice)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label)
    row.addWidget(field)
    return choice
