"""The tab 二重確認 of who is asked: the cases owed, and the form for A, B, C and E. The first answers stay hidden."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.blind_checks import BlindForm, BlindInput, OpenCheck
from desktop.domain.errors import UserError
from desktop.viewmodels.blind_checks import OPEN
from desktop.views.blind_checks.answer_form import AnswerForm
from desktop.views.blind_checks.ports import ChecksBlind
from desktop.views.conferences.list_and_page import ListAndPage
from desktop.views.dialogs import Dialogs
from desktop.views.effort.lists import ListOf, in_a_row, key_of
from desktop.views.look import Look
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_WIDTHS = {0: 6, 1: 7, 2: 6}
_NOTHING = "頼まれている二重確認はありません。査察指導員が頼むと、ここに並びます。"
_CHOOSE = (
    "頼まれた人です。Enterで開き、Oで世帯のファイルを読んでから答えます。"
    "はじめの評価・提案・決定は、答えを提出するまで見えません。"
)
_DONE = "二重確認の答えを提出しました。"
_UNSAVED = "書いた答えは提出されていません。別の人を開くと失われます。"
_LEAVE = "提出せずに開く"


class SecondPanel(QWidget):
    """Enter opens a case, O its file, Ctrl+S hands the answers in."""

    def __init__(self, screen: ScreenView, port: ChecksBlind, look: Look, dialogs: Dialogs) -> None:
        super().__init__()
        self._screen, self._port, self._dialogs = screen, port, dialogs
        self._row: OpenCheck | None = None
        self.rows: ListOf[OpenCheck] = ListOf(
            *(look, OPEN),
            name="asked_checks",
            label="頼まれた二重確認",
            widths=_WIDTHS,
            stretch=1,
            key=lambda row: row.assignment_id,
        )
        self.hint = named(Paragraph(tone="muted"), "asked_hint")
        self.file_button = named(QPushButton("世帯のファイルを開く（O）"), "asked_file")
        self.form = AnswerForm()
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read what is owed."""
        self._screen.run(self._port.asked_of_me, self._show)

    def focus_first(self) -> None:
        """Begin in the list."""
        self.rows.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_unsaved(self) -> bool:
        """Whether answers are entered and not handed in."""
        return self._row is not None and self.form.is_dirty

    def _show(self, rows: tuple[OpenCheck, ...]) -> None:
        if self.has_unsaved():
            return  # whoever is answering keeps the case at hand
        self.rows.show(rows)
        self._row = None
        self.form.hide()
        self.file_button.setVisible(bool(rows))
        self.hint.say(_CHOOSE if rows else _NOTHING)

    def _open(self) -> None:
        row = self.rows.row()
        if row is None:
            return
        if self.has_unsaved():
            self._dialogs.confirm(self, _UNSAVED, _LEAVE, partial(self._begin, row))
        else:
            self._begin(row)

    def _begin(self, row: OpenCheck) -> None:
        self._screen.messages.clear()

        def begun(form: BlindForm) -> None:
            self._row = row
            self.form.begin(row, form)
            self.form.show()
            self.form.focus_first()

        self._screen.run(lambda: self._port.begin(row.assignment_id), begun)

    def _read_file(self) -> None:
        row = self._row or self.rows.row()
        if row is None:
            return

        def opened(_: object) -> None:
            self._screen.file_requested.emit(FileRequest(household_id=row.household_id))

        self._screen.run(lambda: self._port.begin(row.assignment_id), opened)

    def _hand_in(self, given: BlindInput) -> None:
        def kept(_: object) -> None:
            self._row = None
            self.form.is_dirty = False
            self._screen.announced.emit(_DONE)
            self.reload()
            self.focus_first()

        def refused(error: UserError) -> None:
            rest = self.form.show_refusal(error)
            if rest:
                self._screen.messages.show_error(rest)

        self._screen.messages.clear()
        self._screen.run(lambda: self._port.answer(given), kept, refused)

    def _lay_out(self) -> None:
        page = FollowingScroll()
        for part in (self.hint, in_a_row(self.file_button), self.form):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        self.form.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(ListAndPage(self.rows.view, page), 1)

    def _connect(self) -> None:
        self.rows.view.row_opened.connect(lambda *_: self._open())
        self.file_button.clicked.connect(lambda *_: self._read_file())
        key_of(self.rows.view, "O", self._read_file)
        self.form.entered.connect(self._hand_in)
