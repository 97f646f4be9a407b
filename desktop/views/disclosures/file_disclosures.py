"""開示 in a household's file: its requests, and taking one in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.domain.disclosures import DisclosurePerson, DisclosureRow, RequestInput
from desktop.domain.errors import UserError
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.disclosures import request_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.disclosures.ports import DisclosuresOfFiles
from desktop.views.disclosures.request_form import RequestForm
from desktop.views.look import Look
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.papers.low_table import LowTable
from desktop.views.requests import DISCLOSURES_SCREEN, ScreenRequest
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_WIDTHS = {0: 5, 1: 6, 2: 8, 3: 3, 4: 5, 5: 5, 6: 7, 7: 5, 8: 6, 9: 6}
_STRETCH = 2
_EMPTY = "この世帯への開示請求はありません。"
_EMPTY_FOR_RECORDS = (
    "この世帯への開示請求はありません。請求書が出たら「請求を受け付ける」で登録します。"
)


class FileDisclosures(ScreenView):
    """Ctrl+N takes a request in; Enter opens one on the screen 開示, where the copy is made."""

    def __init__(
        self,
        household_id: UUID,
        disclosures: DisclosuresOfFiles,
        staff: SignedInStaff,
        runner: JobRunner,
        *,
        look: Look,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="", parent=parent)
        self.setObjectName("file_disclosures")
        self._household_id, self._disclosures = household_id, disclosures
        self._prepares = staff.may(Permission.PREPARE_DISCLOSURES)
        self.model: RowTableModel[DisclosureRow] = RowTableModel(
            request_columns(today()),
            key=lambda r: r.disclosure_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            LowTable(self.model, name="この世帯の開示請求", characters=_WIDTHS, stretch=_STRETCH),
            "disclosures_of_file",
        )
        self.new_button = named(QPushButton("請求を受け付ける（Ctrl+N）"), "take_request")
        self.form = RequestForm(household_id, today)
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Ask for the requests again."""
        self.run(lambda: self._disclosures.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list, or with taking a request in where there is none."""
        first = self.table if self.model.rowCount() else self.new_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether a request is half typed."""
        return not self.form.isHidden()

    def _show(self, rows: tuple[DisclosureRow, ...]) -> None:
        place = max(self.table.current_row(), 0)
        self.model.set_rows(rows)
        self.table.select_row(min(place, len(rows) - 1))
        if rows:
            self.show_body()
        else:
            self.show_empty(_EMPTY_FOR_RECORDS if self._prepares else _EMPTY)

    def _ask(self) -> None:
        if self._prepares and self.form.isHidden():
            self.run(lambda: self._disclosures.people(self._household_id), self._show_form)

    def _show_form(self, people: tuple[DisclosurePerson, ...]) -> None:
        self.messages.clear()
        self.show_body()
        self.form.show()
        self.form.ask(people)

    def _take(self, given: RequestInput) -> None:
        self.run(lambda: self._disclosures.take(given), self._was_taken, self._refused)

    def _was_taken(self, row: DisclosureRow) -> None:
        self._leave_form()
        self.announced.emit(f"開示請求 {row.label} を受け付けました。")
        self.reload()
        self._open(row)

    def _refused(self, error: UserError) -> None:
        self.messages.clear()
        sentence = self.form.show_refusal(error)
        if sentence:
            self.messages.show_error(sentence)

    def _leave_form(self) -> None:
        self.messages.clear()
        self.form.hide()
        self._show(self.model.rows())
        self.focus_first()

    def _open(self, row: DisclosureRow | None) -> None:
        if row is not None:
            request = ScreenRequest(key=DISCLOSURES_SCREEN, item_id=row.disclosure_id)
            self.screen_requested.emit(request)

    def _lay_out(self) -> None:
        self.outer.setContentsMargins(0, 8, 0, 0)
        if not self._prepares:
            self.new_button.hide()
        self.form.hide()
        row = QHBoxLayout()
        row.addWidget(self.new_button)
        row.addStretch(1)
        self.top.addLayout(row)
        parts = FollowingScroll()
        parts.add_part(self.form)
        parts.add_part(self.table, 1)
        self.body.addWidget(parts)

    def _connect(self) -> None:
        self.table.row_opened.connect(lambda index: self._open(self.model.row_at(index)))
        self.new_button.clicked.connect(lambda *_: self._ask())
        self.form.taken.connect(self._take)
        self.form.left.connect(self._leave_form)
        shortcut = QShortcut(QKeySequence("Ctrl+N"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._ask)
