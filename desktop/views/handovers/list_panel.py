"""The tab 引継ぎの状況: every handover with how far it has come; which is behind is said in words, nobody is ranked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.handovers import HandoverRow
from desktop.viewmodels.handovers import asked_together, handover_columns, state_words
from desktop.views.dialogs import Dialogs
from desktop.views.effort.lists import ListOf, in_a_row, key_of
from desktop.views.handovers.ports import KeepsHandovers
from desktop.views.look import Look
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_WIDTHS = {0: 5, 1: 10, 2: 5, 3: 5, 4: 3, 5: 6, 6: 5, 7: 5, 8: 7}
_STRETCH, _MOST = 8, 16
_NOTHING = "担当替えはまだありません。「担当替えをする」（Alt+2）で地区と新しい担当者を選びます。"
_NONE_OF_YOURS = "あなたに関わる担当替えはありません。"
_ALL = "同時の{}地区をまとめて取り消す（Shift+Z）"
_UNDO_ALL = "同時にした{count}地区{households}世帯の担当替えを、すべて取り消します。担当と、移ったやること・書類が元に戻ります。"
_UNDO = (
    "{district}の担当替え（{to}さんへ）を取り消します。担当と、移ったやること・書類が元に戻ります。"
)


class ListPanel(QWidget):
    """Enter shows the households, Z takes back, Shift+Z all that was done at once, T takes the list of faults. `chosen` carries the row."""

    chosen = Signal(object)

    def __init__(
        self,
        screen: ScreenView,
        port: KeepsHandovers,
        today: Callable[[], date],
        *,
        look: Look,
        dialogs: Dialogs,
        leads: bool,
    ) -> None:
        super().__init__()
        self._screen, self._port, self._today = screen, port, today
        self._dialogs, self._leads = dialogs, leads
        self.rows: ListOf[HandoverRow] = ListOf(
            *(look, handover_columns(today)),
            name="handovers",
            label="担当替えの一覧",
            widths=_WIDTHS,
            stretch=_STRETCH,
            key=lambda row: row.handover_id,
        )
        self.words = named(Paragraph(), "handover_words")
        self.open_button = named(QPushButton("世帯を見る（Enter）"), "open_handover")
        self.undo_button = named(QPushButton("取り消す（Z）"), "undo_handover")
        self.undo_all_button = named(QPushButton(_ALL.format(0)), "undo_handovers")
        self.check_button = named(QPushButton("総点検の一覧を作る（T）"), "check_handover")
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read the handovers."""
        self._screen.run(self._port.handovers, self._show)

    def focus_first(self) -> None:
        """Begin in the list."""
        self.rows.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, rows: tuple[HandoverRow, ...]) -> None:
        self.rows.show(rows)
        self.rows.view.show_all_rows(_MOST)
        self._say()

    def _say(self) -> None:
        row = self.rows.row()
        self.open_button.setEnabled(row is not None)
        self.undo_button.setEnabled(row is not None and row.can_lead and not row.undo_refusal)
        together = self._together()
        self.undo_all_button.setVisible(self._leads and len(together) > 1)
        self.undo_all_button.setText(_ALL.format(len(together)))
        self.undo_all_button.setEnabled(all(r.can_lead and not r.undo_refusal for r in together))
        begun = row is not None and row.has_begun(self._today())
        may_check = row is not None and row.can_lead and begun and not row.is_undone
        self.check_button.setEnabled(may_check and row is not None and row.checked_at is None)
        if row is None:
            self.words.say(_NOTHING if self._leads else _NONE_OF_YOURS)
            return
        why = row.undo_refusal if self._leads and not row.is_undone else ""
        self.words.say("\n".join(filter(None, (state_words(row, self._today()), why))))

    def _open(self) -> None:
        row = self.rows.row()
        if row is not None:
            self.chosen.emit(row)

    def _undo(self) -> None:
        row = self.rows.row()
        if row is None or not self.undo_button.isEnabled() or self.undo_button.isHidden():
            return
        sentence = _UNDO.format(district=row.district, to=row.to_name)
        self._dialogs.confirm(self, sentence, "取り消す", partial(self._take_back, row))

    def _undo_all(self) -> None:
        together, button = self._together(), self.undo_all_button
        if not together or not button.isEnabled() or button.isHidden():
            return
        households = sum(row.households for row in together)
        sentence = _UNDO_ALL.format(count=len(together), households=households)
        self._dialogs.confirm(
            self, sentence, "まとめて取り消す", partial(self._take_back, *together)
        )

    def _together(self) -> tuple[HandoverRow, ...]:
        row = self.rows.row()
        return () if row is None else asked_together(row, self.rows.model.rows())

    def _take_back(self, *rows: HandoverRow) -> None:
        ids = [row.handover_id for row in rows]
        self._act(lambda: self._port.undo(*ids), "担当替えを取り消しました。{}世帯です。")

    def _check(self) -> None:
        row = self.rows.row()
        if row is not None and self.check_button.isEnabled() and not self.check_button.isHidden():
            said = "総点検の一覧を作りました。{}件です。"
            self._act(lambda: self._port.check(row.handover_id), said)

    def _act(self, act: Callable[[], int], said: str) -> None:
        def done(count: int) -> None:
            self._screen.messages.clear()
            self._screen.announced.emit(said.format(count))
            self.reload()

        self._screen.run(act, done)

    def _lay_out(self) -> None:
        page = FollowingScroll(gap=8)
        buttons = in_a_row(
            *(self.open_button, self.undo_button),
            *(self.undo_all_button, self.check_button),
        )
        for part in (self.rows.view, self.words, buttons):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(page)
        for button in (self.undo_button, self.check_button):
            button.setVisible(self._leads)

    def _connect(self) -> None:
        self.rows.view.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.rows.view.row_opened.connect(lambda *_: self._open())
        self.open_button.clicked.connect(lambda *_: self._open())
        for key, button, act in (
            ("Z", self.undo_button, self._undo),
            ("Shift+Z", self.undo_all_button, self._undo_all),
            ("T", self.check_button, self._check),
        ):
            key_of(self, key, act)
            button.clicked.connect(lambda *_, act=act: act())
