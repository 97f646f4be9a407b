"""Actions and short goals of the policy in force, and the form for what became of the one at hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.policy_duties import DutyRow
from desktop.viewmodels.briefs import duty_columns, told
from desktop.viewmodels.rows import RowTableModel
from desktop.views.briefs.result_form import ResultForm
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 6, 1: 5, 2: 5, 3: 10, 4: 9}
_STRETCH = 3
_EMPTY = "有効な援助方針の取組と短期目標はありません。援助方針が決裁されると、ここに並びます。"


class DutyPanel(QWidget):
    """Arrow keys go through the duties; Enter opens the form for what became of one, Esc closes it while it is empty.

    The words typed stay with their duty.
    """

    def __init__(self, look: Look, today: Callable[[], date], *, may_note: bool) -> None:
        super().__init__()
        self._may_note = may_note
        self._at_hand: UUID | None = None
        self.model: RowTableModel[DutyRow] = RowTableModel(
            duty_columns(today), key=lambda duty: duty.duty_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="方針の取組", characters=_WIDTHS, stretch=_STRETCH),
            "policy_duties",
        )
        self.words = named(Paragraph(), "duty_words")
        self.note_button = named(QPushButton("結果を書く（Enter）"), "begin_result")
        self.form = ResultForm(today)
        self._empty = named(QLabel(_EMPTY), "no_duties")
        self._pages = QStackedWidget()
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._chosen())
        self.table.row_opened.connect(lambda *_: self.begin_note())
        self.note_button.clicked.connect(self.begin_note)
        leave = QShortcut(QKeySequence("Esc"), self.form)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self._leave_form)
        self.form.begin(None)
        self.form.hide()
        self.note_button.hide()

    def show_duties(self, duties: tuple[DutyRow, ...]) -> None:
        """Show the duties; the chosen one stays chosen, else the first that is open is."""
        keep = self.current()
        self.model.set_rows(duties)
        self._pages.setCurrentIndex(0 if duties else 1)
        kept = self.model.index_of(keep.duty_id) if keep else None
        first = next((n for n, duty in enumerate(duties) if duty.is_open), 0)
        self.table.select_row(kept.row() if kept is not None and kept.isValid() else first)
        self._chosen()

    def current(self) -> DutyRow | None:
        """The duty at hand."""
        return self.model.row_at(self.table.currentIndex())

    def begin_note(self) -> None:
        """Open the form and put the keyboard on the words of a result."""
        if self._may_note and self.current() is not None:
            self.note_button.hide()
            self.form.show()
            self.form.focus_first()

    def was_noted(self) -> None:
        """The result is stored: back to the list."""
        self.form.begin(self._at_hand)
        self._leave_form()

    def focus_first(self) -> None:
        """Begin in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> None:
        duty = self.current()
        self.words.say(told(duty) if duty else "")
        if duty is None and not self.form.has_unsaved():
            self.form.hide()
        self.note_button.setVisible(duty is not None and self._may_note and self.form.isHidden())
        wanted = duty.duty_id if duty else None
        if wanted != self._at_hand and not self.form.has_unsaved():
            self._at_hand = wanted
            self.form.begin(wanted)
        elif wanted != self._at_hand:
            # What was typed belongs to the one before: it is the one at hand until that is stored or emptied.
            place = self.model.index_of(self._at_hand)
            if place.isValid():
                self.table.select_row(place.row())
            self.form.focus_first()

    def _leave_form(self) -> None:
        if not self.form.has_unsaved():
            self.form.hide()
            self.note_button.setVisible(self._may_note and self.current() is not None)
            self.focus_first()

    def _lay_out(self) -> None:
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.words)
        layout.addWidget(self.note_button, 0, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self.form)
